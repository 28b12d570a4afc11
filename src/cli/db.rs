//! `keydesk db copy`: everything from the database that is configured into another, of the same kind or the other.

use std::path::PathBuf;

use clap::Subcommand;
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::json;

use super::ConfigFile;
use super::backup::held;
use super::doctor::{examine, report};
use super::exit::{Failure, Unsound};
use super::run::close;
use super::said::{pretty, say};
use super::startup::{Startup, sentences};
use crate::store::{Database, Store, TransferError, Transferred};

/// What to do with databases.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Copy everything into an empty database, SQLite to PostgreSQL or back: all of it or nothing; no bot may run.
    #[command(
        after_help = "Then put the new address into DATABASE_URL and start the bot. The former database stays as it is.\n\n\
        Examples:\n  keydesk db copy --to postgres://keydesk@localhost/keydesk\n  \
        keydesk db copy --to sqlite://keydesk.db\n  keydesk db copy --to-file /run/credentials/new-database-url"
    )]
    Copy(Options),
}

/// The options of `keydesk db copy`.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// The address of the empty database, as in DATABASE_URL.
    #[arg(long, value_name = "URL", required_unless_present = "address_file")]
    to: Option<String>,
    /// A file that holds that address, so that nobody reads its password in the list of processes.
    #[arg(long = "to-file", value_name = "FILE", conflicts_with = "to")]
    address_file: Option<PathBuf>,
    /// Writes JSON, for scripts.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    config: ConfigFile,
}

/// Copies the database, looks at the copy, and says what it holds.
pub async fn db(command: &Command) -> anyhow::Result<()> {
    let Command::Copy(options) = command;
    let setting = Startup::read(&options.config).map_err(sentences)?;
    let to = address(options)?;
    if to == setting.environment.database_url.reveal() {
        return Err(Failure::data("--to is the database that is configured; name the one that is to be filled"));
    }
    // For itself alone: what a bot wrote meanwhile would be missing in the copy.
    let from = Store::open_alone(setting.database()).await?;
    let outcome = match Store::open_to_fill(Database { url: &to, key: setting.key.as_ref() }).await {
        Ok(into) => {
            let outcome = copied(&from, &into, options).await;
            close(&into).await;
            outcome
        }
        Err(error) => Err(anyhow::Error::new(error).context("the database that is to be filled cannot be used")),
    };
    close(&from).await;
    outcome
}

fn address(options: &Options) -> anyhow::Result<String> {
    match (&options.to, &options.address_file) {
        (Some(address), _) => Ok(address.clone()),
        (None, Some(file)) => {
            let text = std::fs::read_to_string(file).map_err(|error| {
                Failure::data(format!("{} cannot be read ({error}); name a file that you may read", file.display()))
            })?;
            Ok(text.trim().to_owned())
        }
        (None, None) => Err(Failure::data("name the database that is to be filled with --to")),
    }
}

async fn copied(from: &Store, into: &Store, options: &Options) -> anyhow::Result<()> {
    let bar = bar();
    let outcome = from
        .transfer(into, |Transferred { rows, of }| {
            bar.set_length(of);
            bar.set_position(rows);
        })
        .await;
    bar.finish_and_clear();
    let rows = outcome?;
    let (there, here) = (from.read().extent().await?, into.read().extent().await?);
    let findings = examine(into).await?;
    if there != here {
        return Err(TransferError::Incomplete {
            table: "orders".to_owned(),
            copied: here.orders,
            counted: there.orders,
        }
        .into());
    }
    if options.json {
        say(&pretty(&json!({ "rows": rows, "orders": here.orders, "sound": findings.is_empty() }))?)?;
    } else {
        let verdict = if findings.is_empty() { "sound" } else { "NOT sound, as the database that it came from" };
        say(&format!("{rows} rows were copied: {verdict}, {}\n", held(&here)))?;
    }
    if findings.is_empty() {
        return Ok(());
    }
    if !options.json {
        say(&report(&findings))?;
    }
    Err(Unsound.into())
}

/// Shows nothing unless standard error is a terminal.
fn bar() -> ProgressBar {
    let style = ProgressStyle::with_template("copying {wide_bar} {human_pos} of {human_len} rows, {eta} left");
    ProgressBar::new(0).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}
