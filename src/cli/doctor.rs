//! `keydesk doctor`: whether what always holds does hold in the data, and whether there is a backup of them.

mod backup;

use indicatif::{ProgressBar, ProgressStyle};

use self::backup::BackupFinding;
use super::ConfigFile;
use super::exit::Unsound;
use super::findings::{Said, sentence};
use super::run::close;
use super::said::{pretty, say};
use super::startup::{Startup, sentences};
use crate::chat;
use crate::clock::Clock;
use crate::store::{Check, Finding, Store, StoreError};

/// The options of `keydesk doctor`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Exit status: 0 nothing was found, 3 something was found, any other the data could not be looked at.\n\n\
    Where section [backup] has the bot take backups, it looks at the newest of them as well: one that is of no use is\n\
    something that was found, one that is overdue is only said.\n\n\
    It runs beside the bot and changes nothing but tables of an older release, as every command does.\n\n\
    Examples:\n  keydesk doctor\n  keydesk doctor --json | jq '.findings[].check'"
)]
pub struct Options {
    /// Writes JSON, for scripts.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    config: ConfigFile,
}

/// Looks for everything that contradicts what always holds.
pub async fn doctor(options: &Options) -> anyhow::Result<()> {
    let setting = Startup::read(&options.config).map_err(sentences)?;
    let store = Store::open_beside(setting.database()).await?;
    let outcome = async { anyhow::Ok((examine(&store).await?, newest_backup(&store, &setting).await)) }.await;
    close(&store).await;
    let (findings, backup) = outcome?;
    let words = || report(&findings) + backup.as_ref().map_or("", BackupFinding::words);
    say(&if options.json { json(&findings, backup.as_ref())? } else { words() })?;
    let is_sound = findings.is_empty() && !backup.is_some_and(|backup| backup.is_useless());
    if is_sound { Ok(()) } else { Err(Unsound.into()) }
}

/// How it stands with the backups, if the bot is to take any.
async fn newest_backup(store: &Store, setting: &Startup) -> Option<BackupFinding> {
    let settings = setting.config.backup.as_ref()?;
    // Data that cannot be read have their own finding.
    let watch = store.read().backup_watch().await.ok().flatten();
    Some(backup::look(settings, watch.as_ref(), Clock::system().now()).await)
}

/// Runs every check, with a bar in a terminal.
pub(super) async fn examine(store: &Store) -> Result<Vec<Finding>, StoreError> {
    let bar = bar(Check::ALL.len());
    let findings = chat::examine(store, || bar.inc(1)).await;
    bar.finish_and_clear();
    findings
}

/// What was found, for people.
pub(super) fn report(findings: &[Finding]) -> String {
    match findings {
        [] => format!("The data are sound: {} checks found nothing.\n", Check::ALL.len()),
        _ => findings.iter().map(sentence).collect(),
    }
}

fn json(findings: &[Finding], backup: Option<&BackupFinding>) -> anyhow::Result<String> {
    let findings: Vec<Said> = findings.iter().map(Said::from).collect();
    let mut report = serde_json::json!({ "checks": Check::ALL.len(), "findings": findings });
    if let (Some(backup), Some(report)) = (backup, report.as_object_mut()) {
        report.insert("backup".to_owned(), serde_json::to_value(backup)?);
    }
    pretty(&report)
}

/// Shows nothing unless standard error is a terminal.
fn bar(checks: usize) -> ProgressBar {
    let style = ProgressStyle::with_template("examining the data {wide_bar} {pos} of {len}");
    ProgressBar::new(checks as u64).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}
