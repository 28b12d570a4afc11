//! The folder of a file, and what its disk has left.

use std::path::Path;

use rustix::fs::statvfs;

/// What a shop goes on with for a while, in bytes; with less on its disk it is as good as full.
pub(in crate::store) const LEAST_ROOM: u64 = 16 * MEGABYTE;
pub(in crate::store) const MEGABYTE: u64 = 1024 * 1024;

/// Where a file is; one without a folder in its name is in the current one.
pub fn folder_of(file: &Path) -> &Path {
    file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// How many bytes the disk of a folder has left; `None` where it does not even say how large it is.
pub(in crate::store) fn room_in(folder: &Path) -> Option<u64> {
    let disk = statvfs(folder).ok().filter(|disk| disk.f_blocks > 0)?;
    Some(disk.f_bavail.saturating_mul(disk.f_frsize))
}
