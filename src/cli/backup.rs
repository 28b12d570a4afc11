//! `keydesk backup`: a copy of the whole database, taken beside a running bot and looked at before it counts.

use std::path::PathBuf;
use std::time::Duration;

use indicatif::ProgressBar;

use super::ConfigFile;
use super::doctor::{examine, report};
use super::exit::Failure;
use super::run::close;
use super::said::{instant, say};
use super::startup::{Startup, sentences};
use crate::config::PreferredForm;
use crate::store::{Backup, BackupForm, Existing, Extent, Finding, Store};

/// To open it would bring it up to date, and the release that it is of could not use it any more.
const OTHER_RELEASE: &str = "whole, of another release of keydesk; its data were not examined";
const TICK: Duration = Duration::from_millis(100);

/// The options of `keydesk backup`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "A backup of SQLite is a SQLite file. One of PostgreSQL is a dump by pg_dump where that is installed, and a SQLite file \
    elsewhere; the answer says which. `keydesk restore` puts a SQLite file into either kind of database, and a dump into PostgreSQL.\n\n\
    The bot takes backups by itself with section [backup] of the configuration.\n\n\
    Examples:\n  keydesk backup shop.backup\n  keydesk backup \"/var/backups/keydesk-$(date +%F)\"\n  \
    keydesk backup --portable shop.backup"
)]
pub struct Options {
    /// Where to put the copy.
    #[arg(value_name = "FILE")]
    to: PathBuf,
    /// Overwrite a file that is there.
    #[arg(long)]
    force: bool,
    /// Write a SQLite file although pg_dump is there: it can be restored into SQLite too, and by another release of PostgreSQL.
    #[arg(long)]
    portable: bool,
    /// Keep the copy although the doctor finds something in it.
    #[arg(long)]
    unsound: bool,
    #[command(flatten)]
    config: ConfigFile,
}

/// What is done with a copy in which the doctor finds something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum WhenUnsound {
    Refuse,
    Keep,
}

/// Takes a backup, and says what it is and what it holds.
pub async fn backup(options: &Options) -> anyhow::Result<()> {
    let setting = Startup::read(&options.config).map_err(sentences)?;
    let existing = if options.force { Existing::Overwrite } else { Existing::Keep };
    let when_unsound = if options.unsound { WhenUnsound::Keep } else { WhenUnsound::Refuse };
    let preferred = if options.portable { PreferredForm::Portable } else { PreferredForm::Usual };
    let spinner = spinner("copying the database");
    let taken = Backup::take(setting.database(), &options.to, existing, preferred).await;
    spinner.finish_and_clear();
    let backup = taken?;
    let held = match backup.copy().is_current().await? {
        true => looked_at(backup.copy().open().await?, when_unsound).await?,
        false => OTHER_RELEASE.to_owned(),
    };
    let form = backup.form();
    let why = match (form, preferred) {
        (BackupForm::Portable, PreferredForm::Usual) => ", since pg_dump is not installed here",
        _ => "",
    };
    backup.keep()?;
    say(&format!("{}: {form}{why}; {held}\n", options.to.display()))
}

/// What a database holds, unless the doctor finds something in it.
pub(super) async fn looked_at(store: Store, when_unsound: WhenUnsound) -> anyhow::Result<String> {
    let outcome = async { anyhow::Ok((examine(&store).await?, store.read().extent().await?)) }.await;
    close(&store).await;
    let (mut findings, extent) = outcome?;
    findings.retain(Finding::is_about_rows);
    if !findings.is_empty() && when_unsound == WhenUnsound::Refuse {
        return Err(Failure::data(format!(
            "the data of the copy are not sound, and nothing was kept; --unsound keeps it as it is:\n{}",
            report(&findings).trim_end()
        )));
    }
    let verdict = if findings.is_empty() { "sound" } else { "NOT sound, see `keydesk doctor`" };
    Ok(format!("{verdict}, {}", held(&extent)))
}

/// What a database holds, for people.
pub(super) fn held(Extent { orders, last, newest }: &Extent) -> String {
    match (last, newest) {
        (Some(last), Some(newest)) => {
            format!("orders: {orders}, the last is {}, the newest change is from {}", last.0, instant(*newest))
        }
        _ => "no orders".to_owned(),
    }
}

/// Shows nothing unless standard error is a terminal.
pub(super) fn spinner(what: &'static str) -> ProgressBar {
    let spinner = ProgressBar::new_spinner().with_message(what);
    spinner.enable_steady_tick(TICK);
    spinner
}
