//! Files that are their owner's alone, whatever the umask is and whoever made them.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions, Permissions};
use std::io;
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::Path;

/// Everybody but the owner.
const OTHERS: u32 = 0o077;

/// Opens a file to write, made when it is missing.
pub(in crate::store) fn open_private(path: &Path) -> io::Result<File> {
    let file = OpenOptions::new().create(true).truncate(false).write(true).mode(0o600).open(path)?;
    close_to_others(path);
    Ok(file)
}

/// Makes a database's file, if it is missing, and closes it to others with what stands beside it. SQLite gives the files
/// that it makes beside it the same permissions.
pub(in crate::store) fn make_private(path: &Path) -> io::Result<()> {
    // A file that is there is not opened: closing it would drop the locks that SQLite holds on it in this process.
    match OpenOptions::new().create_new(true).write(true).mode(0o600).open(path) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
        _ => close_to_others(path),
    }
    for beside in ["-wal", "-shm"] {
        let mut name = OsString::from(path);
        name.push(beside);
        close_to_others(Path::new(&name));
    }
    Ok(())
}

fn close_to_others(path: &Path) {
    let Ok(metadata) = fs::metadata(path) else { return };
    let mode = metadata.permissions().mode() & 0o7777;
    if mode & OTHERS == 0 || !metadata.is_file() {
        return;
    }
    let shown = path.display();
    match fs::set_permissions(path, Permissions::from_mode(mode & !OTHERS)) {
        Ok(()) => tracing::info!("{shown} was open to others, and is its owner's alone now"),
        // Somebody else's file that we may write: only they can close it.
        Err(error) => tracing::warn!("{shown} is open to others ({error}): close it with chmod 600"),
    }
}
