//! Room for a copy: a disk that a backup fills is one on which nobody can order any more.

use std::fs;
use std::path::Path;

use rustix::fs::statvfs;

use crate::store::backup::error::BackupError;
use crate::store::lost::beside;

/// What the shop goes on with while the copy is there, in bytes.
const LEFT_OVER: u64 = 16 * MEGABYTE;
const MEGABYTE: u64 = 1024 * 1024;

/// Refuses a copy for which its disk has no room; it takes no more than the database with its log.
pub(super) fn refuse_full_disk(copy: &Path, database: &Path) -> Result<(), BackupError> {
    let length = |path: &Path| fs::metadata(path).map_or(0, |metadata| metadata.len());
    let needed = length(database) + length(&beside(database, "-wal")) + LEFT_OVER;
    let folder = copy.parent().unwrap_or(Path::new("."));
    // A disk that does not say how much it has left says so when it is full.
    let Ok(disk) = statvfs(folder) else { return Ok(()) };
    let left = disk.f_bavail.saturating_mul(disk.f_frsize);
    if left < needed {
        let folder = folder.to_owned();
        return Err(BackupError::NoRoom { folder, needed: needed / MEGABYTE, left: left / MEGABYTE });
    }
    Ok(())
}
