//! `keydesk stock`: how many serial numbers each product has left.

use std::collections::BTreeMap;
use std::io::Write;

use super::ConfigFile;
use super::run::close;
use super::startup::{Startup, sentences};
use crate::domain::{Catalogue, Language, Sku};
use crate::store::{Stock, Store};

/// What is said of a product that can no longer be ordered.
const GONE: &str = "(not in the price list)";

/// Writes a line for each product of the price list, and for each other one that has stock.
pub async fn stock(file: &ConfigFile) -> anyhow::Result<()> {
    let setting = Startup::read(file).map_err(sentences)?;
    let store = Store::open_beside(setting.environment.database_url.reveal()).await?;
    let outcome = report(&store, &setting).await;
    close(&store).await;
    outcome
}

async fn report(store: &Store, setting: &Startup) -> anyhow::Result<()> {
    let prices = setting.price_list(store).await?;
    let stock = store.read().stock().await?;
    let mut out = std::io::stdout().lock();
    out.write_all(table(&prices, stock, setting.config.shop.default_language).as_bytes())?;
    Ok(out.flush()?)
}

/// The products in the order of the price list, then those that have left it.
fn table(prices: &Catalogue, stock: Vec<Stock>, language: Language) -> String {
    let mut left: BTreeMap<Sku, u64> = stock.into_iter().map(|stock| (stock.sku, stock.available)).collect();
    let mut text = row("SKU", "IN STOCK", "PRODUCT");
    for product in &prices.products {
        let available = left.remove(&product.sku).unwrap_or(0);
        text += &row(product.sku.as_str(), &available.to_string(), product.name.in_language(language));
    }
    for (sku, available) in left {
        text += &row(sku.as_str(), &available.to_string(), GONE);
    }
    text
}

fn row(sku: &str, available: &str, name: &str) -> String {
    format!("{sku:<width$}  {available:>8}  {name}\n", width = Sku::MAX_BYTES)
}
