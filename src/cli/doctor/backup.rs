//! The doctor's look at the folder of the backups that the bot takes by itself.

use std::path::PathBuf;

use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;

use crate::backups::newest_of_any;
use crate::cli::said::instant;
use crate::config::BackupSettings;
use crate::store::{BackupWatch, prove_backup};

const FIRST: &str =
    "the bot takes the first one soon after its start: see that it runs, and what its log says of backups";
const OVERDUE: &str = "see that the bot runs, and what its log says of backups";
const USELESS: &str = "the bot takes the next one when it is due; until then, or if it is not sound either, take one with `keydesk backup`";

/// How it stands with the newest backup.
#[derive(Debug, Default, Serialize)]
pub(super) struct BackupFinding {
    /// None where the folder has no backup.
    file: Option<PathBuf>,
    /// When the newest one was taken, be it on another machine.
    taken_at: Option<DateTime<Utc>>,
    overdue: bool,
    /// Whether it could be restored; none where it is not here to be looked at.
    sound: Option<bool>,
    /// What somebody should see to, if anything.
    problem: Option<String>,
    #[serde(skip)]
    words: String,
}

impl BackupFinding {
    /// Whether it makes the command fail. That there is no backup, or only an old one, says nothing against the data: in a drill
    /// there is none.
    pub(super) fn is_useless(&self) -> bool {
        self.sound == Some(false)
    }

    /// For people, with the remedy.
    pub(super) fn words(&self) -> &str {
        &self.words
    }
}

/// Looks for the newest backup, and whether it could be restored; `watch` is what the bot noted of them, wherever it runs.
pub(super) async fn look(settings: &BackupSettings, watch: Option<&BackupWatch>, now: DateTime<Utc>) -> BackupFinding {
    let folder = settings.folder.display();
    let (taken, file) = match newest_of_any(&settings.folder, now) {
        Ok(Some((at, file))) => (Some(at), Some(file)),
        Ok(None) => (None, None),
        Err(reason) => {
            let problem = format!("the folder {folder} cannot be looked into ({reason})");
            return finding(problem, "run this as a user who may read it");
        }
    };
    let noted = watch.and_then(|watch| watch.taken_at).filter(|at| *at <= now);
    let newest = taken.max(noted);
    let Some(at) = newest else {
        return finding(format!("the folder {folder} has no backup"), FIRST);
    };
    let when = format!("taken at {} ({} ago)", instant(at), age(now - at));
    let overdue = now - at > settings.overdue_after();
    let every = age(settings.every);
    let (sound, here) = match &file {
        Some(file) if taken == newest => match prove_backup(file).await {
            Ok(form) => (Some(true), format!("{}, {form}, {when}", file.display())),
            Err(why) => {
                let found = finding(format!("the newest backup is of no use: {why}"), USELESS);
                return BackupFinding {
                    file: Some(file.clone()),
                    taken_at: newest,
                    overdue,
                    sound: Some(false),
                    ..found
                };
            }
        },
        // Only the bot that took it knows where it is.
        Some(_) | None => (None, format!("not in the folder {folder} of this machine: {when}")),
    };
    let found = match (overdue, sound) {
        (true, _) => finding(format!("the newest backup is overdue, since one is due every {every}: {here}"), OVERDUE),
        (false, Some(_)) => {
            BackupFinding { words: format!("The newest backup is sound: {here}.\n"), ..BackupFinding::default() }
        }
        (false, None) => BackupFinding { words: format!("The newest backup is {here}.\n"), ..BackupFinding::default() },
    };
    BackupFinding { file, taken_at: newest, overdue, sound, ..found }
}

fn finding(problem: String, remedy: &str) -> BackupFinding {
    BackupFinding { words: format!("{problem}\n    {remedy}\n"), problem: Some(problem), ..BackupFinding::default() }
}

/// A span in the largest unit that says enough of it.
fn age(span: TimeDelta) -> String {
    let counted = |count: i64, unit: &str| format!("{count} {unit}{}", if count == 1 { "" } else { "s" });
    match (span.num_days(), span.num_hours(), span.num_minutes()) {
        (days @ 2.., ..) => counted(days, "day"),
        (_, hours @ 1.., _) => counted(hours, "hour"),
        (_, _, minutes @ 1..) => counted(minutes, "minute"),
        _ => counted(span.num_seconds(), "second"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_is_said_in_the_largest_unit_that_says_something() {
        let said =
            [0, 1, 59, 60, 3_599, 3_600, 86_400, 172_799, 172_800].map(|seconds| age(TimeDelta::seconds(seconds)));
        let expected = [
            "0 seconds",
            "1 second",
            "59 seconds",
            "1 minute",
            "59 minutes",
            "1 hour",
            "24 hours",
            "47 hours",
            "2 days",
        ];
        assert_eq!(said, expected);
    }
}
