//! What became of a SQLite file while somebody used it.

use std::path::{Path, PathBuf};

/// Why what is written would not be found by the next start.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Lost {
    /// The file is not where the next start would look for it.
    #[error(
        "the database file {} was moved away or replaced while the bot used it: stop the bot before a file is moved, put \
         the right one into its place, and start the bot again", .0.display()
    )]
    Gone(PathBuf),
    /// The write-ahead log is not where the next start would look for it; what it holds is put into the file at the end.
    #[error(
        "the database's log {} was removed or replaced while the bot used it: leave it alone while the bot runs, and start \
         the bot again", .0.display()
    )]
    LogGone(PathBuf),
    /// Its write-ahead log, which stands beside it still, would be put into whatever the file is now.
    #[error(
        "the database file {} was overwritten while the bot used it: keep the bot stopped, copy the right file into its \
         place once more, remove {} and {}, and start the bot again",
        .0.display(), beside(.0, "-wal").display(), beside(.0, "-shm").display()
    )]
    Overwritten(PathBuf),
}

/// A file that SQLite or this program keeps beside a database's file.
pub(in crate::store) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}
