//! Copies of a whole database: taken while a bot runs, and put into the place of one.

mod copy;
mod error;
mod existing;
pub(in crate::store) mod extent;
mod restore;
mod server;

use std::fs;
use std::path::{Path, PathBuf};

use crate::store::address::{Address, parse};
use crate::store::lost::beside;

pub use crate::store::backup::copy::DatabaseCopy;
pub use crate::store::backup::error::BackupError;
pub use crate::store::backup::existing::Existing;
pub use crate::store::backup::restore::Restoration;

/// A backup that was taken and is not yet where it shall be; dropped, it goes away.
#[derive(Debug)]
pub struct Backup {
    copy: DatabaseCopy,
    to: PathBuf,
    existing: Existing,
}

impl Backup {
    /// Copies the database of an address, be it in use, into a file of its own beside `to`.
    pub async fn take(url: &str, to: &Path, existing: Existing) -> Result<Backup, BackupError> {
        refuse_in_the_way(to, existing)?;
        match parse(url)? {
            Address::Sqlite(options) => {
                let from = options.get_filename().to_owned();
                refuse_database(&from, to)?;
                let copy = DatabaseCopy::beside(to)?;
                copy.vacuum(*options).await?;
                Ok(Backup { copy, to: to.to_owned(), existing })
            }
            Address::Postgres(_) => {
                let copy = DatabaseCopy::beside(to)?.of_server(url);
                server::dump(url, copy.path()).await?;
                Ok(Backup { copy, to: to.to_owned(), existing })
            }
        }
    }

    /// What was copied.
    pub fn copy(&self) -> &DatabaseCopy {
        &self.copy
    }

    /// Gives the copy its name, from when on it is the backup.
    pub fn keep(self) -> Result<(), BackupError> {
        refuse_in_the_way(&self.to, self.existing)?;
        self.copy.become_file(&self.to)
    }
}

fn refuse_in_the_way(to: &Path, existing: Existing) -> Result<(), BackupError> {
    if beside(to, "-wal").exists() {
        return Err(BackupError::InUse(to.to_owned()));
    }
    match fs::symlink_metadata(to) {
        Ok(metadata) if !metadata.is_file() => Err(BackupError::NoFile(to.to_owned())),
        Ok(_) if existing == Existing::Keep => Err(BackupError::Exists(to.to_owned())),
        _ => Ok(()),
    }
}

/// A backup over the very database would be its end.
fn refuse_database(from: &Path, to: &Path) -> Result<(), BackupError> {
    let is_same = match (from.canonicalize(), to.canonicalize()) {
        (Ok(from), Ok(to)) => from == to,
        _ => false,
    };
    if is_same { Err(BackupError::InUse(to.to_owned())) } else { Ok(()) }
}
