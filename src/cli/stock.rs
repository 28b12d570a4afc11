//! `keydesk stock`: how many serial numbers each product has left, and the key that they are encrypted with.

use std::collections::BTreeMap;

use serde::Serialize;

use super::ConfigFile;
use super::run::close;
use super::said::{pretty, say};
use super::startup::{Startup, sentences};
use super::stock_keys;
use crate::domain::{Catalogue, Language, Sku};
use crate::store::{Stock, Store};

/// What is said of a product that can no longer be ordered.
const GONE: &str = "(not in the price list)";

/// The options of `keydesk stock`.
#[derive(Debug, clap::Args)]
#[command(
    args_conflicts_with_subcommands = true,
    after_help = "Examples:\n  keydesk stock\n  keydesk stock --json | jq '.[] | select(.in_stock < 100)'\n  \
    keydesk stock key stock.key"
)]
pub struct Options {
    #[command(subcommand)]
    keys: Option<stock_keys::Command>,
    /// Writes JSON, for scripts.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    config: ConfigFile,
}

/// What is left of a product.
#[derive(Debug, Serialize)]
struct Entry {
    sku: String,
    in_stock: u64,
    /// None of a product that is not in the price list.
    name: Option<String>,
}

/// Writes a line for each product of the price list, and for each other one that has stock.
pub async fn stock(options: &Options) -> anyhow::Result<()> {
    if let Some(command) = &options.keys {
        return stock_keys::keys(command).await;
    }
    let setting = Startup::read(&options.config).map_err(sentences)?;
    let store = Store::open_beside(setting.database()).await?;
    let outcome = entries(&store, &setting).await;
    close(&store).await;
    let entries = outcome?;
    say(&if options.json { pretty(&entries)? } else { table(&entries) })
}

async fn entries(store: &Store, setting: &Startup) -> anyhow::Result<Vec<Entry>> {
    let prices = setting.price_list(store).await?;
    let stock = store.read().stock().await?;
    Ok(listed(&prices, stock, setting.config.shop.default_language))
}

/// The products in the order of the price list, then those that have left it.
fn listed(prices: &Catalogue, stock: Vec<Stock>, language: Language) -> Vec<Entry> {
    let mut left: BTreeMap<Sku, u64> = stock.into_iter().map(|stock| (stock.sku, stock.available)).collect();
    let sold = prices.products.iter().map(|product| {
        let name = Some(product.name.in_language(language).to_owned());
        Entry { sku: product.sku.to_string(), in_stock: left.remove(&product.sku).unwrap_or(0), name }
    });
    let mut entries: Vec<Entry> = sold.collect();
    let gone = left.into_iter().map(|(sku, in_stock)| Entry { sku: sku.to_string(), in_stock, name: None });
    entries.extend(gone);
    entries
}

fn table(entries: &[Entry]) -> String {
    let rows =
        entries.iter().map(|entry| row(&entry.sku, &entry.in_stock.to_string(), entry.name.as_deref().unwrap_or(GONE)));
    row("SKU", "IN STOCK", "PRODUCT") + &rows.collect::<String>()
}

fn row(sku: &str, available: &str, name: &str) -> String {
    format!("{sku:<width$}  {available:>8}  {name}\n", width = Sku::MAX_BYTES)
}
