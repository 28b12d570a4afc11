//! `keydesk orders`: orders in a list, one by one, or all of them as a file.

mod days;
mod export;
mod list;
mod show;

use clap::Subcommand;

use super::ConfigFile;
use super::run::close;
use super::startup::{Startup, sentences};
use crate::store::Store;

/// What to do with orders.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// List orders, the newest first.
    #[command(after_help = "Examples:\n  keydesk orders list --status invoiced\n  \
        keydesk orders list --from 2026-04-01 --to 2026-04-15 --json\n  keydesk orders list --account 17 | head")]
    List(list::Options),
    /// Show an order with its lines and its audit trail; serial numbers are counted and not shown.
    #[command(after_help = "Example:\n  keydesk orders show 449")]
    Show(show::Options),
    /// Write orders into a file of any size, as the bot's /export does: .csv or .xlsx by the file's name.
    #[command(after_help = "Examples:\n  keydesk orders export orders.xlsx\n  \
        keydesk orders export april.csv --from 2026-04 --to 2026-04")]
    Export(export::Options),
}

/// Lists orders, shows one, or exports them.
pub async fn orders(command: &Command) -> anyhow::Result<()> {
    let config: &ConfigFile = match command {
        Command::List(options) => &options.config,
        Command::Show(options) => &options.config,
        Command::Export(options) => &options.config,
    };
    let setting = Startup::read(config).map_err(sentences)?;
    let store = Store::open_beside(setting.database()).await?;
    let outcome = match command {
        Command::List(options) => list::list(&store, &setting, options).await,
        Command::Show(options) => show::show(&store, &setting, options).await,
        Command::Export(options) => export::export(&store, &setting, options).await,
    };
    close(&store).await;
    outcome
}
