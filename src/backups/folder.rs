//! The folder of the backups that the bot takes: which of its files are whole backups of this bot, and which of those go.

use std::fs::{self, DirBuilder};
use std::io;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

use chrono::{DateTime, NaiveDateTime, Utc};

use crate::store::clear_abandoned;

/// The instant in a name: the names of one bot are in the order of time.
const INSTANT: &str = "%Y-%m-%dT%H-%M-%SZ";
const ENDING: &str = ".backup";

/// Where one bot's backups lie. A file has its name only once it was found sound, so that a name is all that there is to know.
#[derive(Debug, Clone)]
pub(super) struct Folder {
    path: PathBuf,
    /// What the names begin with. No two bots have the same username, so that several may share a folder.
    bot: String,
}

/// A backup in the folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Taken {
    pub(super) at: DateTime<Utc>,
    path: PathBuf,
}

impl Folder {
    pub(super) fn new(path: &Path, username: &str) -> Folder {
        Folder { path: path.to_owned(), bot: username.to_owned() }
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Where the backup of an instant goes.
    pub(super) fn place(&self, at: DateTime<Utc>) -> PathBuf {
        self.path.join(format!("{}-{}{ENDING}", self.bot, at.format(INSTANT)))
    }

    /// Where the last copy goes that was not found sound; it has no instant, and so counts for nothing.
    pub(super) fn unsound(&self) -> PathBuf {
        self.path.join(format!("{}-unsound{ENDING}", self.bot))
    }

    /// Makes the folder if it is missing, its owner's alone, and takes away what a process that was killed left behind.
    pub(super) fn prepare(&self) -> io::Result<()> {
        DirBuilder::new().recursive(true).mode(0o700).create(&self.path)?;
        clear_abandoned(&self.path)
    }

    /// This bot's backups, the oldest first. What a clock that went wrong made in the future is left alone until then.
    pub(super) fn taken(&self, now: DateTime<Utc>) -> io::Result<Vec<Taken>> {
        let entries = match fs::read_dir(&self.path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            entries => entries?,
        };
        let mut taken = Vec::new();
        for entry in entries {
            let entry = entry?;
            let at = entry.file_name().to_str().and_then(|name| self.instant_in(name));
            if let Some(at) = at.filter(|at| *at <= now)
                && entry.metadata().is_ok_and(|metadata| metadata.is_file() && metadata.len() > 0)
            {
                taken.push(Taken { at, path: entry.path() });
            }
        }
        taken.sort_by_key(|taken| taken.at);
        Ok(taken)
    }

    /// All of this bot's backups but the newest.
    pub(super) fn surplus(&self, keep: u32, now: DateTime<Utc>) -> io::Result<Vec<Taken>> {
        let mut taken = self.taken(now)?;
        taken.truncate(taken.len().saturating_sub(usize::try_from(keep).unwrap_or(usize::MAX).max(1)));
        Ok(taken)
    }

    /// Takes them away; gives how many they were.
    pub(super) fn prune(&self, keep: u32, now: DateTime<Utc>) -> io::Result<usize> {
        let surplus = self.surplus(keep, now)?;
        for old in &surplus {
            fs::remove_file(&old.path)?;
        }
        Ok(surplus.len())
    }

    fn instant_in(&self, name: &str) -> Option<DateTime<Utc>> {
        instant(name.strip_prefix(&self.bot)?.strip_prefix('-')?.strip_suffix(ENDING)?)
    }
}

fn instant(text: &str) -> Option<DateTime<Utc>> {
    let at = NaiveDateTime::parse_from_str(text, INSTANT).ok()?.and_utc();
    // The calendar reads more than it writes.
    (at.format(INSTANT).to_string() == text).then_some(at)
}

/// The newest backup in a folder, whichever bot took it: for somebody who does not know what the bot is called.
pub fn newest_of_any(folder: &Path, now: DateTime<Utc>) -> io::Result<Option<(DateTime<Utc>, PathBuf)>> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        entries => entries?,
    };
    let mut newest: Option<(DateTime<Utc>, PathBuf)> = None;
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name();
        let Some(stem) = name.to_str().and_then(|name| name.strip_suffix(ENDING)) else { continue };
        let mut parts = stem.match_indices('-').filter_map(|(at, _)| instant(stem.get(at + 1..)?));
        let Some(at) = parts.next_back().filter(|at| *at <= now) else { continue };
        // One that is gone meanwhile made way for a newer one.
        let is_file = entry.metadata().is_ok_and(|metadata| metadata.is_file());
        if is_file && newest.as_ref().is_none_or(|(known, _)| *known < at) {
            newest = Some((at, entry.path()));
        }
    }
    Ok(newest)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn names(folder: &Path) -> Vec<String> {
        let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = names.collect();
        names.sort();
        names
    }

    #[test]
    fn only_whole_backups_of_this_bot_count_and_nothing_else_is_ever_taken_away() {
        let home = tempfile::tempdir().unwrap();
        let foreign = [
            ".keydesk-x.part",
            "keydesk_bot-2015-04-01T09-30-00Z.backup.gz",
            "keydesk_bot-2015-04-01T9-30-00Z.backup",
            "keydesk_bot-2015-02-30T09-30-00Z.backup",
            "keydesk_bot-before-upgrade.backup",
            "keydesk_bot-unsound.backup",
            "my_keydesk_bot-2015-04-01T09-30-00Z.backup",
            "other_bot-2015-04-01T09-30-00Z.backup",
            "shop.backup",
        ];
        for name in foreign {
            fs::write(home.path().join(name), "x").unwrap();
        }
        let folder = Folder::new(home.path(), "keydesk_bot");
        let days = ["2015-04-01T09:30:00Z", "2015-04-02T09:30:00Z", "2015-04-03T09:30:00Z", "2015-04-09T09:30:00Z"];
        for day in days {
            fs::write(folder.place(at(day)), "x").unwrap();
        }
        fs::write(folder.place(at("2015-04-01T00:00:00Z")), "").unwrap();
        fs::create_dir(folder.place(at("2015-04-01T00:00:01Z"))).unwrap();
        symlink(home.path().join("shop.backup"), folder.place(at("2015-04-01T00:00:02Z"))).unwrap();
        let all = names(home.path());

        let now = at("2015-04-03T10:00:00Z");
        let found = |now| folder.taken(now).unwrap().into_iter().map(|taken| taken.at).collect::<Vec<_>>();
        assert_eq!(found(now), days[..3].iter().map(|day| at(day)).collect::<Vec<_>>());
        assert_eq!(folder.prune(3, now).unwrap(), 0);
        assert_eq!(folder.prune(0, now).unwrap(), 2, "the only good one stays");
        assert_eq!(found(now), [at(days[2])]);
        let gone = [days[0], days[1]].map(|day| folder.place(at(day)));
        let gone = gone.map(|path| path.file_name().unwrap().to_str().unwrap().to_owned());
        assert_eq!(names(home.path()), all.into_iter().filter(|name| !gone.contains(name)).collect::<Vec<_>>());
    }

    #[test]
    fn a_folder_that_is_missing_has_no_backups_and_is_made_for_its_owner_alone() {
        use std::os::unix::fs::PermissionsExt;
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("a/b");
        let folder = Folder::new(&path, "keydesk_bot");
        assert_eq!(folder.taken(at("2015-04-03T10:00:00Z")).unwrap(), []);
        folder.prepare().unwrap();
        assert_eq!(fs::metadata(path).unwrap().permissions().mode() & 0o777, 0o700);
    }
}
