//! Copies of a whole database: taken while a bot runs, and put into the place of one.

mod copy;
mod error;
mod existing;
pub(in crate::store) mod extent;
mod fitness;
mod folder;
mod form;
mod look;
mod portable;
mod release;
mod restore;
mod room;
mod server;

use std::fs;
use std::path::{Path, PathBuf};

use crate::config::PreferredForm;
use crate::store::address::{Address, parse};
use crate::store::backup::release::applied_to;
use crate::store::database::Database;
use crate::store::lost::beside;

pub use crate::store::backup::copy::DatabaseCopy;
pub use crate::store::backup::error::BackupError;
pub use crate::store::backup::existing::Existing;
pub use crate::store::backup::fitness::Foreign;
pub use crate::store::backup::folder::{clear_abandoned, prove_folder};
pub use crate::store::backup::form::BackupForm;
pub use crate::store::backup::look::prove_backup;
pub use crate::store::backup::restore::Restoration;

/// A backup that was taken and is not yet where it shall be; dropped, it goes away.
#[derive(Debug)]
pub struct Backup {
    copy: DatabaseCopy,
    form: BackupForm,
    to: PathBuf,
    existing: Existing,
}

impl Backup {
    /// Copies a database, be it in use, into a file of its own beside `to`.
    pub async fn take(
        database: Database<'_>,
        to: &Path,
        existing: Existing,
        preferred: PreferredForm,
    ) -> Result<Backup, BackupError> {
        refuse_in_the_way(to, existing)?;
        let Database { url, key } = database;
        let (copy, form) = match parse(url)? {
            Address::Sqlite(options) => {
                refuse_database(options.get_filename(), to)?;
                let copy = DatabaseCopy::beside(to, key)?;
                copy.vacuum(*options).await?;
                (copy, BackupForm::Sqlite)
            }
            Address::Postgres(options) => match server::pg_dump() {
                Ok(program) if preferred == PreferredForm::Usual => {
                    // Nothing but what keydesk made is worth a dump.
                    applied_to(&options).await?;
                    let copy = DatabaseCopy::beside(to, key)?.of_server(url);
                    server::dump(program, url, copy.path()).await?;
                    (copy, BackupForm::Dump)
                }
                Ok(_) | Err(_) => {
                    let copy = DatabaseCopy::beside(to, key)?;
                    portable::fill(&copy, url, &options).await?;
                    (copy, BackupForm::Portable)
                }
            },
        };
        Ok(Backup { copy, form, to: to.to_owned(), existing })
    }

    /// What it is written in.
    pub fn form(&self) -> BackupForm {
        self.form
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

    /// Gives the copy another name in that folder, in the place of whatever has it.
    pub fn keep_as(self, to: &Path) -> Result<(), BackupError> {
        refuse_in_the_way(to, Existing::Overwrite)?;
        self.copy.become_file(to)
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
