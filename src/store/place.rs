//! The file of a SQLite database, held by one process under one name for as long as its store lives.
//!
//! Two names of one file (a hard link, a file that was moved while a bot had it, one file mounted at two places) are two
//! write-ahead logs, which ruin each other. So beside the lock of the name there is one of the file itself.

use std::fs::{self, File, Metadata, OpenOptions, TryLockError};
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use crate::store::private_file::open_private;

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
    _name: File,
    /// Whether its write-ahead log was seen, which then stays as long as a connection is open.
    logged: AtomicBool,
    /// Whether it was found gone; nothing brings it back for this process.
    gone: AtomicBool,
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
    /// Takes hold of a file, and makes it if there is none.
    pub(in crate::store) fn hold(path: &Path) -> Result<Place, NotHeld> {
        let mut name = path.as_os_str().to_owned();
        name.push(".lock");
        let name = open_private(Path::new(&name)).map_err(NotHeld::Fault)?;
        match name.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(NotHeld::InUse),
            Err(TryLockError::Error(reason)) => return Err(NotHeld::Fault(reason)),
        }
        let mut held = held();
        held.retain(|(_, file)| file.strong_count() > 0);
        let known = fs::metadata(path).ok().map(|found| identity(&found));
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
        let file = Arc::new(file);
        held.push((identity(&file.metadata().map_err(NotHeld::Fault)?), Arc::downgrade(&file)));
        Ok(Place {
            path: path.to_owned(),
            file,
            _name: name,
            logged: AtomicBool::new(false),
            gone: AtomicBool::new(false),
        })
    }

    pub(in crate::store) fn path(&self) -> &Path {
        &self.path
    }

    /// Whether what is written goes where the next start looks for it: the path leads to the open file, and the log that
    /// SQLite writes first stands beside it. To be asked while a transaction is open, which keeps that log.
    pub(in crate::store) fn is_kept(&self) -> bool {
        if !self.has_log() {
            self.gone.store(true, Ordering::Relaxed);
        }
        !self.is_gone()
    }

    /// Whether the path leads elsewhere by now; asked at any time.
    pub(in crate::store) fn is_gone(&self) -> bool {
        let moved = match (self.file.metadata(), fs::metadata(&self.path)) {
            (Ok(ours), Ok(theirs)) => identity(&ours) != identity(&theirs),
            (_, Err(error)) => error.kind() == io::ErrorKind::NotFound,
            (Err(_), _) => false,
        };
        if moved {
            self.gone.store(true, Ordering::Relaxed);
        }
        self.gone.load(Ordering::Relaxed)
    }

    fn has_log(&self) -> bool {
        let mut log = self.path.as_os_str().to_owned();
        log.push("-wal");
        match fs::metadata(log) {
            Ok(_) => {
                self.logged.store(true, Ordering::Relaxed);
                true
            }
            Err(error) => error.kind() != io::ErrorKind::NotFound || !self.logged.load(Ordering::Relaxed),
        }
    }
}

fn held() -> MutexGuard<'static, Vec<(Identity, Weak<File>)>> {
    // A poisoned lock still holds a sound list: every change to it is a single step.
    HELD.lock().unwrap_or_else(PoisonError::into_inner)
}

fn identity(metadata: &Metadata) -> Identity {
    (metadata.dev(), metadata.ino())
}
