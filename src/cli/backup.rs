//! `keydesk backup`: a copy of the whole database, taken beside a running bot and looked at before it counts.

use std::io::Write;
use std::path::PathBuf;
use std::time::Duration;

use chrono::SecondsFormat;
use indicatif::ProgressBar;

use super::ConfigFile;
use super::doctor::{examine, report};
use super::exit::Failure;
use super::run::close;
use super::startup::{Startup, sentences};
use crate::store::{Backup, Existing, Extent, Store};

/// To open it would bring it up to date, and the release that it is of could not use it any more.
const OTHER_RELEASE: &str = "whole, of another release of keydesk; its data were not examined";
const TICK: Duration = Duration::from_millis(100);

/// The options of `keydesk backup`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  keydesk backup shop.backup\n  keydesk backup \"/var/backups/keydesk-$(date +%F)\""
)]
pub struct Options {
    /// Where to put the copy.
    #[arg(value_name = "FILE")]
    to: PathBuf,
    /// Overwrite a file that is there.
    #[arg(long)]
    force: bool,
    /// Keep the copy although the doctor finds something in it.
    #[arg(long)]
    unsound: bool,
    #[command(flatten)]
    config: ConfigFile,
}

/// Takes a backup, and says what it holds.
pub async fn backup(options: &Options) -> anyhow::Result<()> {
    let setting = Startup::read(&options.config).map_err(sentences)?;
    let existing = if options.force { Existing::Overwrite } else { Existing::Keep };
    let spinner = spinner("copying the database");
    let taken = Backup::take(setting.environment.database_url.reveal(), &options.to, existing).await;
    spinner.finish_and_clear();
    let backup = taken?;
    let said = match backup.copy().is_current().await? {
        true => looked_at(backup.copy().open(setting.key.as_ref()).await?, options.unsound).await?,
        false => OTHER_RELEASE.to_owned(),
    };
    backup.keep()?;
    let mut out = std::io::stdout().lock();
    writeln!(out, "{}: {said}", options.to.display())?;
    Ok(out.flush()?)
}

/// What a database holds, unless the doctor finds something in it.
pub(super) async fn looked_at(store: Store, is_unsound_welcome: bool) -> anyhow::Result<String> {
    let outcome = async { anyhow::Ok((examine(&store).await?, store.read().extent().await?)) }.await;
    close(&store).await;
    let (findings, extent) = outcome?;
    if !findings.is_empty() && !is_unsound_welcome {
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
            let newest = newest.to_rfc3339_opts(SecondsFormat::Secs, true);
            format!("{orders} orders, the last is {}, the newest change is of {newest}", last.0)
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
