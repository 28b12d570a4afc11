//! Why the bot has no backup.

use std::path::PathBuf;

use crate::store::{BackupError, StoreError};

/// Why a backup that was due was not taken, in one sentence with the remedy.
#[derive(Debug, thiserror::Error)]
pub enum BackupFailure {
    #[error(
        "the data are not sound (checks that found something: {checks}): `keydesk doctor` says what; they are kept as {}, which does \
         not count", kept.display()
    )]
    Unsound { checks: usize, kept: PathBuf },
    #[error("it took too long: look for locks in the database, and at the disk")]
    TooLong,
    #[error(transparent)]
    Backup(#[from] BackupError),
    #[error("the copy cannot be looked at: {0}")]
    Store(#[from] StoreError),
}
