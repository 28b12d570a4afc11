//! Room for a copy: a disk that a backup fills is one on which nobody can order any more.

use std::fs;
use std::path::Path;

use crate::store::backup::error::BackupError;
use crate::store::disk::{LEAST_ROOM, MEGABYTE, folder_of, room_in};
use crate::store::lost::beside;

/// The most bytes that a copy of a file can take: those of the file and of its log.
pub(super) fn most_of(database: &Path) -> u64 {
    let length = |path: &Path| fs::metadata(path).map_or(0, |metadata| metadata.len());
    length(database) + length(&beside(database, "-wal"))
}

/// Refuses a copy of so many bytes for which its disk has no room, while the shop goes on.
pub(super) fn refuse_full_disk(copy: &Path, bytes: u64) -> Result<(), BackupError> {
    let needed = bytes + LEAST_ROOM;
    let folder = folder_of(copy);
    match room_in(folder) {
        Some(left) if left < needed => {
            let folder = folder.to_owned();
            Err(BackupError::NoRoom { folder, needed: needed / MEGABYTE, left: left / MEGABYTE })
        }
        _ => Ok(()),
    }
}
