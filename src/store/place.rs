//! The file of a SQLite database, held by one process under one name for as long as its store lives.
//!
//! Two names of one file (a hard link, a file that was moved while a bot had it, one file mounted at two places) are two
//! write-ahead logs, which ruin each other. So beside the lock of the name there is one of the file itself.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::os::unix::fs::{FileExt, MetadataExt};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use sqlx::{AssertSqlSafe, Sqlite, Transaction};

use crate::store::disk::folder_of;
use crate::store::error::StoreError;
use crate::store::lost::{Lost, beside};
use crate::store::mark::Marks;
use crate::store::private_file::open_private;

/// What the lock of the name holds when its file was overwritten.
const OVERWRITTEN: &[u8] = b"overwritten\n";

/// Device and number of a file: the same under all its names.
type Identity = (u64, u64);

/// The files that this process holds. Closing any handle of a file takes all locks away that the process has on it, those
/// of SQLite too, so a file is never opened twice to find out whether it is held.
static HELD: Mutex<Vec<(Identity, Weak<File>)>> = Mutex::new(Vec::new());

/// A database's file, and the locks on its name and on itself; the system releases them however the process ends.
#[derive(Debug)]
pub(in crate::store) struct Place {
    path: PathBuf,
    file: Arc<File>,
    identity: Identity,
    /// The lock of the name, which holds [`OVERWRITTEN`] when that is what became of the file.
    name: File,
    known: Mutex<Known>,
}

/// What is known of the file at this moment.
#[derive(Debug, Default)]
struct Known {
    marks: Marks,
    /// Its write-ahead log, once it was seen: it stays as long as a connection is open.
    log: Option<Identity>,
    /// What became of the file; nothing brings it back for this process.
    lost: Option<Lost>,
}

/// Why a file cannot be held.
pub(in crate::store) enum NotHeld {
    /// Another process has it, under this name.
    InUse,
    /// Somebody has it under another name.
    OtherName,
    Fault(io::Error),
}

impl Place {
    pub(in crate::store) fn folder(&self) -> &Path {
        folder_of(&self.path)
    }

    /// Takes hold of a file, and makes it if there is none.
    pub(in crate::store) fn hold(path: &Path) -> Result<Place, NotHeld> {
        let name = open_private(&beside(path, ".lock")).map_err(NotHeld::Fault)?;
        match name.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(NotHeld::InUse),
            Err(TryLockError::Error(reason)) => return Err(NotHeld::Fault(reason)),
        }
        let mut held = lock(&HELD);
        held.retain(|(_, file)| file.strong_count() > 0);
        let known = identity(path).ok();
        if held.iter().any(|(one, _)| Some(*one) == known) {
            return Err(NotHeld::OtherName);
        }
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .read(true)
            .write(true)
            .open(path)
            .map_err(NotHeld::Fault)?;
        // Elsewhere than on Linux such a lock would get into the way of SQLite's own.
        if cfg!(target_os = "linux") && matches!(file.try_lock(), Err(TryLockError::WouldBlock)) {
            return Err(NotHeld::OtherName);
        }
        name.set_len(0).map_err(NotHeld::Fault)?;
        let metadata = file.metadata().map_err(NotHeld::Fault)?;
        let identity = (metadata.dev(), metadata.ino());
        let file = Arc::new(file);
        held.push((identity, Arc::downgrade(&file)));
        Ok(Place { path: path.to_owned(), file, identity, name, known: Mutex::default() })
    }

    /// Takes the file for what it is now, whose newest mark, be it in the log, is this one.
    pub(in crate::store) fn begin(&self, mark: i32) {
        lock(&self.known).marks = Marks::of(&self.file, mark);
    }

    /// Makes sure that what is written goes where the next start looks for it: the path leads to the open file, the log that
    /// SQLite writes first stands beside it, and nobody else wrote the file.
    pub(in crate::store) fn check(&self) -> Result<(), Lost> {
        let mut known = lock(&self.known);
        if known.lost.is_none() {
            known.lost = self.loss(&mut known);
            if let Some(Lost::Overwritten(path)) = &known.lost
                && let Err(error) = self.name.write_all_at(OVERWRITTEN, 0)
            {
                tracing::warn!("that {} was overwritten cannot be noted for the next start: {error}", path.display());
            }
        }
        known.lost.clone().map_or(Ok(()), Err)
    }

    fn loss(&self, known: &mut Known) -> Option<Lost> {
        // What cannot be looked at for another reason may well be there.
        let is_elsewhere = |path: &Path, ours: Option<Identity>| match identity(path) {
            Ok(found) => ours.is_some_and(|ours| ours != found),
            Err(error) => error.kind() == io::ErrorKind::NotFound && ours.is_some(),
        };
        let log = beside(&self.path, "-wal");
        known.log = known.log.or_else(|| identity(&log).ok());
        if is_elsewhere(&self.path, Some(self.identity)) {
            Some(Lost::Gone(self.path.clone()))
        } else if !known.marks.fit(&self.file) {
            Some(Lost::Overwritten(self.path.clone()))
        } else if is_elsewhere(&log, known.log) {
            Some(Lost::LogGone(log))
        } else {
            None
        }
    }

    pub(in crate::store) fn is_mark_due(&self) -> bool {
        lock(&self.known).marks.is_due()
    }

    /// Commits what was written to the file, as long as it is what it was, and marks it when it is time to.
    pub(in crate::store) async fn commit(&self, mut tx: Transaction<'_, Sqlite>) -> Result<(), StoreError> {
        self.check()?;
        let mark = lock(&self.known).marks.due();
        if let Some(mark) = mark {
            sqlx::raw_sql(AssertSqlSafe(format!("PRAGMA user_version = {mark}"))).execute(&mut *tx).await?;
        }
        tx.commit().await?;
        if let Some(mark) = mark {
            lock(&self.known).marks.committed(mark);
        }
        Ok(())
    }
}

/// Refuses a file that was overwritten while a bot used it, as long as the log of the former one stands beside it.
pub(in crate::store) fn refuse_overwritten(path: &Path) -> Result<(), Lost> {
    let noted = fs::read(beside(path, ".lock")).is_ok_and(|noted| noted == OVERWRITTEN);
    if noted && beside(path, "-wal").exists() { Err(Lost::Overwritten(path.to_owned())) } else { Ok(()) }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // A poisoned lock still holds what is sound: every change is a single step.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn identity(path: &Path) -> io::Result<Identity> {
    let metadata = fs::metadata(path)?;
    Ok((metadata.dev(), metadata.ino()))
}
