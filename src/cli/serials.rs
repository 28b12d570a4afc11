//! `keydesk serials import`: serial numbers from a file into the stock, all or none.

use std::fs::File;
use std::io::{BufRead, BufReader, Cursor, Read};
use std::path::PathBuf;
use std::time::Duration;

use anyhow::Context;
use clap::Subcommand;
use indicatif::{ProgressBar, ProgressStyle};

use super::ConfigFile;
use super::exit::Failure;
use super::run::close;
use super::said::say;
use super::startup::{Startup, sentences};
use crate::chat::report::is_packed;
use crate::chat::report::serial_book::{self, Reading, SerialBookFault};
use crate::clock::Clock;
use crate::domain::{Actor, Catalogue, ListedProducts, Remarks, SerialRefusal, Sku, SomeLines};
use crate::shop::{Batch, StockReading};
use crate::store::{Import, Imported, Staging, Store, StoreError};

/// SKUs that an error lists; the rest is counted.
const LISTED: usize = 20;
/// Bytes of a workbook, which is unpacked in memory: what the bot takes in the chat.
const LARGEST_BOOK: u64 = 20 * 1024 * 1024;
const TOO_LARGE: &str = "the workbook is too large; save the sheet as \"CSV UTF-8\", which may have any size";
const TICK: Duration = Duration::from_millis(100);

/// What to do with serial numbers.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Import the serial numbers of a .txt, .csv or .xlsx file into the stock of a product, all or none.
    Import(Options),
}

/// The options of `keydesk serials import`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  keydesk serials import sp-1 stock.csv\n  keydesk serials import sp-1 stock.xlsx")]
pub struct Options {
    /// The product, by its SKU in the price list.
    sku: String,
    /// One serial number per line or row, alone or beside the SKU.
    #[arg(value_name = "FILE")]
    list: PathBuf,
    #[command(flatten)]
    config: ConfigFile,
}

/// Imports a file, and says what was new.
pub async fn serials(command: &Command) -> anyhow::Result<()> {
    let Command::Import(options) = command;
    let setting = Startup::read(&options.config).map_err(sentences)?;
    let store = Store::open_beside(setting.database()).await?;
    let outcome = import(&store, &setting, options).await;
    close(&store).await;
    outcome
}

async fn import(store: &Store, setting: &Startup, options: &Options) -> anyhow::Result<()> {
    let prices = setting.price_list(store).await?;
    let sku = known_sku(&options.sku, &prices)?;
    let path = &options.list;
    let shown = path.display();
    let file = File::open(path)
        .map_err(|error| Failure::data(format!("{shown} cannot be opened ({error}); name a file that you may read")))?;
    let mut stock = store.begin_staging().await?;

    let bar = reading_bar(file.metadata().map_or(0, |metadata| metadata.len()));
    let products = ListedProducts::new(&prices, [&sku]);
    let gathered = match list_in(bar.wrap_read(file)) {
        Ok(list) => gather(list, &products, &sku, &mut stock).await,
        Err(why) => Err(Failure::data(why)),
    };
    bar.finish_and_clear();
    let remarks = gathered.with_context(|| format!("{shown}, nothing was imported"))?;

    let spinner = writing_spinner();
    let outcome = stock.finish(&sku, &Actor::System, Clock::system().now()).await;
    spinner.finish_and_clear();
    match outcome.map_err(explained)? {
        Import::Done(imported) => say(&report(&sku, remarks, imported)),
        Import::Refused(why) => Err(Failure::data(format!("{shown}, nothing was imported: {}", refusal(why)))),
    }
}

fn known_sku(text: &str, prices: &Catalogue) -> anyhow::Result<Sku> {
    if let Some(product) = Sku::parse(text).and_then(|sku| prices.product(&sku)) {
        return Ok(product.sku.clone());
    }
    let mut skus: Vec<_> = prices.products.iter().map(|product| product.sku.as_str()).collect();
    let more = skus.len().saturating_sub(LISTED);
    skus.truncate(LISTED);
    let rest = if more > 0 { format!(" and {more} more, see `keydesk stock`") } else { String::new() };
    Err(Failure::data(format!("the price list has no product with this SKU; it has {}{rest}", skus.join(", "))))
}

/// The lines of a text, as they come, or of a workbook, which is told by its content.
fn list_in(file: impl Read + 'static) -> Result<Box<dyn BufRead>, String> {
    let mut text = BufReader::new(file);
    // What cannot be read is said where its lines are.
    if !text.fill_buf().is_ok_and(is_packed) {
        return Ok(Box::new(text));
    }
    let mut book = Vec::new();
    let read = text.take(LARGEST_BOOK + 1).read_to_end(&mut book);
    read.map_err(|error| format!("the workbook cannot be read ({error}); try again"))?;
    if book.len() as u64 > LARGEST_BOOK {
        return Err(TOO_LARGE.to_owned());
    }
    serial_book::lines(&book, Reading::Strict).map(|lines| Box::new(Cursor::new(lines)) as Box<dyn BufRead>).map_err(
        |fault| match fault {
            SerialBookFault::NotAWorkbook => {
                "the file is packed and no workbook (.xlsx); save it as .xlsx, or as \"CSV UTF-8\"".to_owned()
            }
            SerialBookFault::Former => {
                "the workbook is of a former form or has a password; save it as .xlsx without one".to_owned()
            }
            SerialBookFault::TooLarge => TOO_LARGE.to_owned(),
            SerialBookFault::SeveralSheets(sheets) => {
                format!("several sheets have something in them ({}); keep one of them", sheets.join(", "))
            }
            SerialBookFault::Fault(fault) => fault.to_string(),
        },
    )
}

/// Reads the whole file.
async fn gather(
    reader: impl BufRead,
    products: &ListedProducts,
    sku: &Sku,
    stock: &mut Staging,
) -> anyhow::Result<Remarks> {
    let mut reading = StockReading::new(reader, products, sku.clone());
    loop {
        if let Batch::Whole { remarks } = reading.gather(stock).await? {
            return Ok(remarks);
        }
    }
}

fn refusal(why: SerialRefusal) -> String {
    match why {
        SerialRefusal::OtherProduct { count } => format!(
            "serial numbers that stand under another product already: {count}; take them out, or correct the SKU"
        ),
        SerialRefusal::Respelled { count } => format!(
            "serial numbers that are known in another spelling (capitals, braces): {count}; take them out of the file"
        ),
        SerialRefusal::Withdrawn { count } => {
            format!("serial numbers that were withdrawn from the stock: {count}; take them out of the file")
        }
        // These are about the lists of orders.
        SerialRefusal::AlreadyIssued { count } | SerialRefusal::HeldFor { count, .. } => {
            format!("serial numbers that belong to orders: {count}; take them out of the file")
        }
        SerialRefusal::Moved => "the stock changed in the meantime; run the command again".to_owned(),
    }
}

fn explained(error: StoreError) -> anyhow::Error {
    let remedy = if error.is_transient() { "; run the command again" } else { "" };
    anyhow::Error::new(error).context(format!("nothing was imported{remedy}"))
}

fn report(sku: &Sku, remarks: Remarks, Imported { added, known, .. }: Imported) -> String {
    let mut text = String::new();
    if let Some(line) = remarks.separator {
        text += &format!("Line {line} sets the column separator and was skipped.\n");
    }
    if let Some(line) = remarks.heading {
        text += &format!("Line {line} was taken as a heading.\n");
    }
    if let Some(SomeLines { first, count }) = remarks.rules {
        text += &format!("Lines without letters or digits were skipped: {count}, the first is line {first}.\n");
    }
    if let Some(SomeLines { first, count }) = remarks.unwrapped {
        text += &format!("Serial numbers without the marks around them: {count}, the first is in line {first}.\n");
    }
    text + &format!("{sku}: {added} added to the stock, {known} known before\n")
}

/// Shows nothing unless standard error is a terminal.
fn reading_bar(length: u64) -> ProgressBar {
    let style = ProgressStyle::with_template("reading {wide_bar} {bytes} of {total_bytes}, {eta} left");
    ProgressBar::new(length).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

fn writing_spinner() -> ProgressBar {
    let spinner = ProgressBar::new_spinner().with_message("writing into the stock");
    spinner.enable_steady_tick(TICK);
    spinner
}
