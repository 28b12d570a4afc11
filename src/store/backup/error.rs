//! Why a backup cannot be taken or restored, in sentences.

use std::path::{Path, PathBuf};

use crate::store::error::StoreError;
use crate::store::open_error::OpenError;
use crate::store::transfer::TransferError;

/// Why there is no backup, or none was restored, in one sentence with the remedy.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    #[error("{} is there already: name another file, or overwrite it with --force", .0.display())]
    Exists(PathBuf),
    #[error("{} is a database that is in use: name another file", .0.display())]
    InUse(PathBuf),
    #[error("{} is no ordinary file: name another", .0.display())]
    NoFile(PathBuf),
    #[error("{} cannot be written ({reason}): name a file in a folder that you may write to and that has room", path.display())]
    Unwritable { path: PathBuf, reason: String },
    #[error("{} cannot be read ({reason}): name a file that you may read", path.display())]
    Unreadable { path: PathBuf, reason: String },
    #[error("the database cannot be copied ({0}): nothing was changed; look at the disk, and try again")]
    NotCopied(String),
    #[error(
        "the copy is damaged ({0}): the database itself may be; restore the last backup, or ask for help with this message"
    )]
    Damaged(String),
    #[error("{} is damaged ({reason}): take another one, and look at the disk that it lies on", path.display())]
    Useless { path: PathBuf, reason: String },
    #[error("{0} is not installed: `apt install postgresql-client`, of the server's version or a newer one")]
    NoTool(&'static str),
    #[error(
        "{tool} failed ({reason}): see that it is of the server's version or a newer one, and what the server's log says"
    )]
    ToolFailed { tool: String, reason: String },
    #[error(
        "pg_dump failed ({0}): see that it is of the server's version or a newer one, or do without it, by --portable or \
         `portable = true` in section [backup]"
    )]
    NotDumped(String),
    #[error("{} is no backup of a database like this one: name a file that `keydesk backup` made", .0.display())]
    NoBackup(PathBuf),
    #[error(
        "{} lacks tables of keydesk, or has something else in their place ({what}): take another backup, or have somebody who knows SQL put that \
         right in a copy of it", path.display()
    )]
    Strange { path: PathBuf, what: String },
    #[error(
        "{} has triggers, rules or virtual tables that are not as keydesk made them ({what}), and a trigger can change every row of the \
         shop: take another backup, or restore it as it is with --unsound if you know who made them", path.display()
    )]
    Foreign { path: PathBuf, what: String },
    #[error("{} is a dump of PostgreSQL: restore it there, with the server's address in DATABASE_URL, and move on with `keydesk db copy`", .0.display())]
    OnlyPostgres(PathBuf),
    #[error("{} was made by a newer keydesk (migration {migration}): restore it with that release or a newer one", path.display())]
    Newer { path: PathBuf, migration: i64 },
    #[error(
        "{} is a dump of an older release than the database, whose younger tables it would leave: make an empty database, and put \
         its address into DATABASE_URL", .0.display()
    )]
    YoungerTables(PathBuf),
    #[error(
        "the database is of another release of keydesk, which alone can write it into a SQLite file: take the backup with that \
         release, or with pg_dump (`apt install postgresql-client`)"
    )]
    OtherRelease,
    #[error(
        "the disk of {} has {left} MB left, and a copy of the database may take {needed} MB: make room, or name a folder on \
         another disk", folder.display()
    )]
    NoRoom { folder: PathBuf, needed: u64, left: u64 },
    #[error("backups cannot be put into the folder {} ({reason}): let the bot write there, or name another folder", folder.display())]
    Folder { folder: PathBuf, reason: String },
    #[error("{} is a database in use and no backup: copy it with `keydesk backup`", .0.display())]
    Live(PathBuf),
    #[error(
        "the database {} has orders ({orders}): with --force the backup takes its place, and the former file is kept beside \
         it under a name with the date", path.display()
    )]
    FileHasOrders { path: PathBuf, orders: u64 },
    #[error(
        "the database {} cannot be looked at ({reason}): with --force the backup takes its place, and the former file is \
         kept beside it under a name with the date", path.display()
    )]
    NotLookedAt { path: PathBuf, reason: String },
    #[error(
        "the database has orders ({0}): with --force the backup takes their place; copy them with `keydesk backup` first"
    )]
    ServerHasOrders(u64),
    #[error("keydesk runs on this database (replicas: {0}): stop it first")]
    Running(usize),
    #[error(transparent)]
    Open(#[from] OpenError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Transfer(#[from] TransferError),
}

impl BackupError {
    /// The same of a file that somebody names: if it is damaged, the database is not.
    pub(super) fn of_file(self, path: &Path) -> BackupError {
        match self {
            BackupError::Damaged(reason) => BackupError::Useless { path: path.to_owned(), reason },
            other => other,
        }
    }
}

pub(super) fn damaged(error: sqlx::Error) -> BackupError {
    BackupError::Damaged(error.to_string())
}
