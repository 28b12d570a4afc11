//! The folder that backups are put into.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

use crate::store::backup::copy::{BEGINNING, DatabaseCopy, ENDING};
use crate::store::backup::error::BackupError;
use crate::store::backup::room::refuse_full_disk;
use crate::store::mounts::refuse_network_file_system;

/// Makes sure that backups can be put into a folder, or that it can be made; nothing of the proof is left.
pub fn prove_folder(folder: &Path) -> Result<(), BackupError> {
    let unfit = |reason: String| BackupError::Folder { folder: folder.to_owned(), reason };
    let found = nearest(folder);
    if fs::metadata(found).is_ok_and(|metadata| !metadata.is_dir()) {
        return Err(unfit(format!("{} is no folder", found.display())));
    }
    let file = found.join("backup");
    refuse_network_file_system(&file)?;
    refuse_full_disk(&file, 0)?;
    match DatabaseCopy::beside(&file, None) {
        Ok(_) => Ok(()),
        Err(BackupError::Unwritable { reason, .. }) => Err(unfit(reason)),
        Err(other) => Err(other),
    }
}

/// The folder itself, or the one that it would be made in.
fn nearest(folder: &Path) -> &Path {
    let is_there = |path: &&Path| fs::metadata(path).err().is_none_or(|error| error.kind() != io::ErrorKind::NotFound);
    let named = folder.ancestors().filter(|path| !path.as_os_str().is_empty()).find(is_there);
    named.unwrap_or(Path::new("."))
}

/// Takes away the halves of copies that were left behind in a folder by processes that were killed. Where somebody makes one at
/// this moment, it is left for another time.
pub fn clear_abandoned(folder: &Path) -> io::Result<()> {
    let locked = File::open(folder)?;
    if locked.try_lock().is_err() {
        return Ok(());
    }
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if is_half(&entry.file_name()) && entry.file_type()?.is_file() {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

/// Whether a name is that of a copy without a name yet, or of what SQLite and this program keep beside it.
fn is_half(name: &OsStr) -> bool {
    let name = name.as_bytes();
    let endings = ["", ".lock", "-wal", "-shm", "-journal"];
    name.starts_with(BEGINNING.as_bytes())
        && endings.iter().any(|beside| name.ends_with(format!("{ENDING}{beside}").as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_that_nobody_makes_any_more_are_cleared_and_nothing_else_is() {
        let folder = tempfile::tempdir().unwrap();
        let kept = ["shop_bot-2026-11-30T06-05-15Z.backup", "notes.part", ".keydesk-notes"];
        for name in [".keydesk-abc.part", ".keydesk-abc.part-wal", ".keydesk-abc.part.lock"].iter().chain(&kept) {
            fs::write(folder.path().join(name), "").unwrap();
        }
        let names = || {
            let entries = fs::read_dir(folder.path()).unwrap();
            let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
            names.sort();
            names
        };
        let copy = DatabaseCopy::beside(&folder.path().join("backup"), None).unwrap();
        clear_abandoned(folder.path()).unwrap();
        assert_eq!(names().len(), 7, "somebody makes one");
        drop(copy);
        clear_abandoned(folder.path()).unwrap();
        let mut kept = kept.map(str::to_owned);
        kept.sort();
        assert_eq!(names(), kept);
    }

    #[test]
    fn a_folder_is_proved_without_a_trace() {
        let home = tempfile::tempdir().unwrap();
        fs::write(home.path().join("file"), "").unwrap();
        for (path, is_sound) in [("", true), ("new", true), ("new/deep", true), ("file", false), ("file/deep", false)] {
            assert_eq!(prove_folder(&home.path().join(path)).is_ok(), is_sound, "{path}");
        }
        assert_eq!(fs::read_dir(home.path()).unwrap().count(), 1);
    }
}
