//! `keydesk catalog`: the price list that holds, what a file would change in it, and to make a file hold.

use std::path::{Path, PathBuf};

use clap::Subcommand;
use serde_json::{Value, json};

use super::ConfigFile;
use super::catalog_json::{difference, product};
use super::exit::Failure;
use super::run::close;
use super::said::{AnswerIn, AnswerOption, money, pretty, say};
use super::startup::{Startup, sentences};
use crate::chat::i18n::Texts;
use crate::chat::report::is_packed;
use crate::chat::report::price_book::{self, BookFault};
use crate::chat::view::admin::catalogue::lines;
use crate::clock::Clock;
use crate::domain::catalogue::diff::Difference;
use crate::domain::{Catalogue, CatalogueFault, Fault, Language, Product};
use crate::shop::{NoProposal, Origin, ProposedPrices, Shop};
use crate::store::{Store, Tx};

/// What to do with the price list.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Show the price list that holds.
    #[command(after_help = "Examples:\n  keydesk catalog show\n  keydesk catalog show --toml > catalog.toml")]
    Show {
        /// Writes the catalogue file that holds, remarks included.
        #[arg(long)]
        toml: bool,
        /// Writes JSON, for scripts.
        #[arg(long, conflicts_with = "toml")]
        json: bool,
        #[command(flatten)]
        config: ConfigFile,
    },
    /// Show what a file would change in the price list, as staff see it in the chat; nothing is changed.
    #[command(after_help = "Examples:\n  keydesk catalog diff catalog.toml\n  keydesk catalog diff prices.xlsx --json")]
    Diff(Proposal),
    /// Make a file the price list that holds; a running bot goes by it from the next message on.
    #[command(
        after_help = "Placed orders keep the prices that they were placed with, and open drafts are asked again.\n\n\
        Example:\n  keydesk catalog apply catalog.toml"
    )]
    Apply(Proposal),
}

/// A file that may become the price list.
#[derive(Debug, clap::Args)]
pub struct Proposal {
    /// A catalogue file, or a workbook (.xlsx) as the bot hands it out.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[command(flatten)]
    answer: AnswerOption,
    #[command(flatten)]
    config: ConfigFile,
}

/// Shows the price list, compares it with a file, or applies one.
pub async fn catalog(command: &Command) -> anyhow::Result<()> {
    let config = match command {
        Command::Show { config, .. } => config,
        Command::Diff(proposal) | Command::Apply(proposal) => &proposal.config,
    };
    let setting = Startup::read(config).map_err(sentences)?;
    let store = Store::open_beside(setting.database()).await?;
    let outcome = run(&store, &setting, command).await;
    close(&store).await;
    say(&outcome?)
}

async fn run(store: &Store, setting: &Startup, command: &Command) -> anyhow::Result<String> {
    let language = setting.config.shop.default_language;
    match command {
        Command::Show { toml: true, .. } => {
            let applied = store.read().current_price_list().await?;
            Ok(applied.map_or_else(|| setting.catalogue.clone(), |list| list.source))
        }
        Command::Show { json, .. } => {
            let prices = setting.price_list(store).await?;
            if *json { shown_as_json(&prices) } else { Ok(table(&prices, language)) }
        }
        Command::Diff(proposal) | Command::Apply(proposal) => {
            let shop = Shop::new(store.clone(), Clock::system(), setting.config.clone());
            let mut tx = store.begin().await?;
            shop.begin_prices(&mut tx, &setting.catalogue).await?;
            let proposed = read(&shop, &mut tx, &proposal.file, language).await?;
            let differences = shop.compare(&mut tx, &proposed).await?;
            let texts = Texts::new(language, setting.config.shop.time_zone);
            if !matches!(command, Command::Apply(_)) {
                return answer(&differences, proposal.answer.form(), "It changes nothing.", &texts);
            }
            shop.apply(&mut tx, &proposed, origin(&proposal.file, setting)).await?;
            tx.commit().await?;
            let form = proposal.answer.form();
            let said = answer(&differences, form, "It changed nothing: the price list says so already.", &texts)?;
            let applied = if differences.is_empty() || form == AnswerIn::Json { "" } else { "\nApplied.\n" };
            Ok(said + applied)
        }
    }
}

/// The configuration's own file is known again by the next start.
fn origin(file: &Path, setting: &Startup) -> Origin {
    match (file.canonicalize(), setting.config.shop.catalog.canonicalize()) {
        (Ok(file), Ok(own)) if file == own => Origin::CatalogueFile,
        _ => Origin::OtherFile,
    }
}

async fn read(shop: &Shop, tx: &mut Tx, path: &Path, language: Language) -> anyhow::Result<ProposedPrices> {
    let shown = path.display();
    let bytes = std::fs::read(path)
        .map_err(|error| Failure::data(format!("{shown} cannot be read ({error}); name a file that you may read")))?;
    if !is_packed(&bytes) {
        return shop.read_proposal(&bytes).map_err(|why| match why {
            NoProposal::Faults(faults) => refused(path, &faults),
            NoProposal::NotText => {
                Failure::data(format!("{shown} is neither UTF-8 text nor a workbook; save it as one"))
            }
            NoProposal::Same => Failure::data(format!("{shown} says what the price list says")),
        });
    }
    let current = shop.catalogue(tx).await?;
    let read = price_book::read(&bytes, &current, language);
    read.map(ProposedPrices::of).map_err(|fault| match fault {
        BookFault::Faults(faults) => refused(path, &faults),
        BookFault::NotAWorkbook => Failure::data(format!("{shown} is no workbook; save it as .xlsx")),
        BookFault::Former => {
            Failure::data(format!("{shown} is of Excel's former form or locked; save it as .xlsx without a password"))
        }
        BookFault::TooLarge => Failure::data(format!("{shown} is too large for a price list; take out what is none")),
        BookFault::NoTable => Failure::data(format!(
            "no sheet of {shown} has the columns of a price list; begin with the bot's own workbook"
        )),
        BookFault::SeveralTables(sheets) => {
            let sheets = sheets.join(", ");
            Failure::data(format!("several sheets of {shown} are price lists ({sheets}); keep one of them"))
        }
    })
}

fn refused(path: &Path, faults: &[CatalogueFault]) -> anyhow::Error {
    let fault =
        |found: &CatalogueFault| Fault { place: path.display().to_string(), problem: found.to_string() }.to_string();
    Failure::data(faults.iter().map(fault).collect::<Vec<_>>().join("\nkeydesk: "))
}

fn answer(differences: &[Difference], form: AnswerIn, nothing: &str, texts: &Texts) -> anyhow::Result<String> {
    if form == AnswerIn::Json {
        let all: Vec<Value> = differences.iter().map(difference).collect();
        return pretty(&json!({ "differences": all }));
    }
    let entries = differences.iter().map(|difference| lines(difference, texts).join("\n") + "\n");
    let text = entries.collect::<String>();
    Ok(if text.is_empty() { format!("{nothing}\n") } else { text })
}

fn shown_as_json(prices: &Catalogue) -> anyhow::Result<String> {
    let groups: Vec<Value> =
        (prices.groups.iter()).map(|group| json!({ "id": group.id.as_str(), "name": group.name })).collect();
    let products: Vec<Value> = prices.products.iter().map(product).collect();
    pretty(&json!({ "groups": groups, "products": products }))
}

/// A line for each product, and below it one for each of its prices.
fn table(prices: &Catalogue, language: Language) -> String {
    prices.products.iter().map(|product| entry(product, language)).collect()
}

fn entry(product: &Product, language: Language) -> String {
    let mut text = format!("{}  {}\n", product.sku, product.name.in_language(language));
    for package in &product.packages {
        text += &format!("    {:>7}      {:>20}\n", package.quantity, money(package.price));
    }
    if let Some(free) = &product.free {
        for tier in &free.tiers {
            text += &format!("    {:>7}+ each {:>20}\n", tier.from, money(tier.unit_price));
        }
        text += &format!("    from {} to {} in steps of {}\n", free.min, free.max, free.step);
    }
    text
}
