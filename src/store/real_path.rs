//! The file that the name of a SQLite database leads to.

use std::path::{Path, PathBuf};

use crate::store::open_error::OpenError;

/// The one name of a file, however it is called; of one that is to be made, the name itself. A link that leads to no file is
/// refused: whoever writes through it would make the file there, with its log and its locks here.
pub(in crate::store) fn real_path(named: &Path) -> Result<PathBuf, OpenError> {
    match named.canonicalize() {
        Ok(path) => Ok(path),
        Err(_) if named.is_symlink() => Err(OpenError::Dangling(named.to_owned())),
        Err(_) => Ok(named.to_owned()),
    }
}
