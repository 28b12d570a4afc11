//! Section `[backup]`.

use std::path::PathBuf;

use chrono::TimeDelta;
use serde::Deserialize;

/// Backups that the bot takes by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackupSettings {
    pub every: TimeDelta,
    /// How many of them stay; at least one.
    pub keep: u32,
    /// Relative to the current folder, as the database's file is.
    pub folder: PathBuf,
    pub form: PreferredForm,
}

impl BackupSettings {
    /// How old the newest backup may be before somebody is to hear of it.
    pub fn overdue_after(&self) -> TimeDelta {
        self.every * 2
    }
}

/// What a backup of PostgreSQL is to be written in; one of SQLite is always a SQLite file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PreferredForm {
    /// A dump where pg_dump is installed, else a SQLite file.
    Usual,
    /// A SQLite file, which can be restored into either kind of database.
    Portable,
}

const EVERY: &str = "24h";
/// A fortnight of days.
const KEEP: u32 = 14;
const FOLDER: &str = "backups";
/// More than anybody looks through.
const MOST_KEPT: u32 = 10_000;
/// A shop whose last backup is older than that has none.
const LONGEST: TimeDelta = TimeDelta::days(31);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct BackupSection {
    every: Option<String>,
    keep: Option<u32>,
    folder: Option<PathBuf>,
    #[serde(default)]
    portable: bool,
}

impl BackupSection {
    /// What the section asks for, or each key that is wrong with its remedy.
    pub(super) fn read(self) -> Result<BackupSettings, Vec<(&'static str, &'static str)>> {
        let every = interval(self.every.as_deref().unwrap_or(EVERY));
        let keep = self.keep.unwrap_or(KEEP);
        let folder = self.folder.unwrap_or_else(|| FOLDER.into());
        let form = if self.portable { PreferredForm::Portable } else { PreferredForm::Usual };
        let mut faults = Vec::new();
        if every.is_none() {
            faults.push(("backup.every", "use a time such as \"24h\", \"30m\" or \"7d\", no longer than \"31d\""));
        }
        if !(1..=MOST_KEPT).contains(&keep) {
            faults.push(("backup.keep", "use a whole number from 1 to 10000"));
        }
        if folder.as_os_str().is_empty() {
            faults.push(("backup.folder", "is empty; name a folder such as \"backups\""));
        }
        match every {
            Some(every) if faults.is_empty() => Ok(BackupSettings { every, keep, folder, form }),
            _ => Err(faults),
        }
    }
}

fn interval(text: &str) -> Option<TimeDelta> {
    let (count, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
    let seconds = match unit {
        "s" => 1,
        "m" => 60,
        "h" => 3_600,
        "d" => 86_400,
        _ => return None,
    };
    let count: i64 = Some(count).filter(|count| count.bytes().all(|digit| digit.is_ascii_digit()))?.parse().ok()?;
    let interval = TimeDelta::try_seconds(count.checked_mul(seconds)?)?;
    (interval > TimeDelta::zero() && interval <= LONGEST).then_some(interval)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interval_is_a_number_and_a_unit() {
        let seconds = |text: &str| interval(text).map(|interval| interval.num_seconds());
        for (text, expected) in [("1s", 1), ("30m", 1_800), ("24h", 86_400), ("7d", 604_800), ("31d", 2_678_400)] {
            assert_eq!(seconds(text), Some(expected), "{text}");
        }
        for text in ["", "h", "24", "0h", "-1h", "+1h", "1.5h", "1 h", "24H", "32d", "99999999999999999999d", "1ч"] {
            assert_eq!(seconds(text), None, "{text}");
        }
    }
}
