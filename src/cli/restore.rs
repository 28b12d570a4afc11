//! `keydesk restore`: a backup takes the place of the database.

use std::io::Write;
use std::path::PathBuf;

use super::ConfigFile;
use super::backup::{looked_at, spinner};
use super::startup::{Startup, sentences};
use crate::clock::Clock;
use crate::store::{Existing, Restoration, Store};

/// The options of `keydesk restore`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  systemctl stop keydesk && keydesk restore shop.backup --force && systemctl start keydesk"
)]
pub struct Options {
    /// A file that `keydesk backup` made.
    #[arg(value_name = "FILE")]
    from: PathBuf,
    /// Overwrite a database that has orders; a former SQLite file is kept beside it under a name with the date.
    #[arg(long)]
    force: bool,
    /// Restore the backup although the doctor finds something in it.
    #[arg(long)]
    unsound: bool,
    #[command(flatten)]
    config: ConfigFile,
}

/// Restores a backup, and says what it holds.
pub async fn restore(options: &Options) -> anyhow::Result<()> {
    let setting = Startup::read(&options.config).map_err(sentences)?;
    let url = setting.environment.database_url.reveal();
    let existing = if options.force { Existing::Overwrite } else { Existing::Keep };
    let spinner = spinner("restoring the database");
    let prepared = Restoration::prepare(url, &options.from, existing).await;
    spinner.finish_and_clear();
    let restoration = prepared?;
    let seen = match restoration.copy() {
        Some(copy) => Some(looked_at(copy.open(setting.key.as_ref()).await?, options.unsound).await?),
        None => None,
    };
    let former = restoration.finish(Clock::system().now()).await?;
    let said = match seen {
        Some(said) => said,
        // It is in its place already: what the doctor finds is said, and cannot be refused any more.
        None => looked_at(Store::open_beside(setting.database()).await?, true).await?,
    };
    let mut out = std::io::stdout().lock();
    writeln!(out, "Restored from {}: {said}", options.from.display())?;
    if let Some(former) = former {
        writeln!(out, "The former database is kept as {}", former.display())?;
    }
    Ok(out.flush()?)
}
