//! What a backup is written in.

use std::fmt;

/// What a backup is written in, and with that, what it can be restored into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BackupForm {
    /// A SQLite file, which is restored into either kind of database.
    Sqlite,
    /// The same, made of a PostgreSQL database.
    Portable,
    /// A dump by pg_dump, which PostgreSQL's own programs restore into PostgreSQL.
    Dump,
}

impl fmt::Display for BackupForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            BackupForm::Sqlite | BackupForm::Portable => "a SQLite file",
            BackupForm::Dump => "a dump by pg_dump",
        })
    }
}
