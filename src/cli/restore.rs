//! `keydesk restore`: a backup takes the place of the database.

use std::path::PathBuf;

use super::ConfigFile;
use super::backup::{WhenUnsound, looked_at, spinner};
use super::said::say;
use super::startup::{Startup, sentences};
use crate::clock::Clock;
use crate::store::{Existing, Foreign, Restoration, Store};

/// The options of `keydesk restore`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "DATABASE_URL says where to: a SQLite file is restored into either kind of database, a dump by pg_dump into PostgreSQL. A \
    backup of an older release is brought up to date.\n\n\
    Example:\n  systemctl stop keydesk && keydesk restore shop.backup --force && systemctl start keydesk"
)]
pub struct Options {
    /// A file that `keydesk backup` or the bot made.
    #[arg(value_name = "FILE")]
    from: PathBuf,
    /// Overwrite a database that has orders; a former SQLite file is kept beside it under a name with the date.
    #[arg(long)]
    force: bool,
    /// Restore the backup although the doctor finds something in it, with whatever triggers and rules keydesk did not make: these change
    /// what they like whenever a row is written.
    #[arg(long)]
    unsound: bool,
    #[command(flatten)]
    config: ConfigFile,
}

/// Restores a backup, and says what it is and what it holds.
pub async fn restore(options: &Options) -> anyhow::Result<()> {
    let setting = Startup::read(&options.config).map_err(sentences)?;
    let existing = if options.force { Existing::Overwrite } else { Existing::Keep };
    let (when_unsound, foreign) = match options.unsound {
        true => (WhenUnsound::Keep, Foreign::Keep),
        false => (WhenUnsound::Refuse, Foreign::Refuse),
    };
    let preparing = spinner("looking at the backup");
    let prepared = Restoration::prepare(setting.database(), &options.from, existing, foreign).await;
    preparing.finish_and_clear();
    let restoration = prepared?;
    let seen = match restoration.copy() {
        Some(copy) => Some(looked_at(copy.open().await?, when_unsound).await?),
        None => None,
    };
    let (form, is_of_server) = (restoration.form(), restoration.is_of_server());
    let restoring = spinner("restoring the database");
    let finished = restoration.finish(Clock::system().now()).await;
    restoring.finish_and_clear();
    let former = finished?;
    let held = match seen {
        Some(held) if !is_of_server => held,
        // It is in its place already: what the doctor finds is said, and cannot be refused any more.
        _ => looked_at(Store::open_beside(setting.database()).await?, WhenUnsound::Keep).await?,
    };
    say(&format!("Restored from {}, {form}: {held}\n", options.from.display()))?;
    match former {
        Some(former) => say(&format!("The former database is kept as {}\n", former.display())),
        None => Ok(()),
    }
}
