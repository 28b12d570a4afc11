//! What can go wrong with a database that answers, sorted by what the caller can do about it.

use sqlx::error::DatabaseError;

use crate::domain::{Unreadable, Unwritable};
use crate::store::lost::Lost;
use crate::store::vault::KeyFault;

/// A statement or a commit that did not succeed. After a failed commit it is unknown whether it took effect.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database is out of reach, overloaded, full, or refuses for a reason that is not known to lie in what it was
    /// given: try again later, however long that takes.
    #[error("the database cannot be used at the moment ({0})")]
    Unavailable(sqlx::Error),
    /// Two transactions were in each other's way: run this one again at once.
    #[error("the database asks to run the transaction again ({0})")]
    Conflict(sqlx::Error),
    /// Statements that were prepared on one session are looked for on another.
    #[error(
        "a connection pooler in transaction mode stands before the database ({0}): let it use session mode for \
         keydesk, or connect to PostgreSQL directly"
    )]
    Pooled(sqlx::Error),
    /// Asked of a transaction that has only what it was told.
    #[error("what is asked for is not known without a look into the database")]
    NotTold,
    /// What is written would not be found by the next start.
    #[error(transparent)]
    Lost(#[from] Lost),
    /// What is encrypted in the database is not for the key that keydesk has.
    #[error(transparent)]
    Key(#[from] KeyFault),
    /// The database works, and refuses what it was given: no repetition cures that.
    #[error("the database did not do what keydesk asked of it ({0})")]
    Broken(sqlx::Error),
}

impl StoreError {
    /// Whether the same transaction may succeed when it is run again.
    pub fn is_transient(&self) -> bool {
        !matches!(self, StoreError::Broken(_) | StoreError::NotTold | StoreError::Key(KeyFault::Changed))
    }

    /// A stored value that the domain does not know; `what` names its kind, never the value.
    pub(in crate::store) fn unreadable(what: &str) -> StoreError {
        StoreError::Broken(sqlx::Error::Decode(format!("a stored {what} is out of its range").into()))
    }
}

impl From<Unwritable> for StoreError {
    fn from(error: Unwritable) -> StoreError {
        StoreError::Broken(sqlx::Error::Encode(error.into()))
    }
}

impl From<Unreadable> for StoreError {
    fn from(error: Unreadable) -> StoreError {
        StoreError::Broken(sqlx::Error::Decode(error.into()))
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> StoreError {
        match &error {
            sqlx::Error::Database(refusal) => match remedy(refusal.as_ref()) {
                Remedy::Wait => StoreError::Unavailable(error),
                Remedy::Repeat => StoreError::Conflict(error),
                Remedy::OtherPooling => StoreError::Pooled(error),
                Remedy::None => StoreError::Broken(error),
            },
            // What was read or written is not what the program knows.
            sqlx::Error::Decode(_)
            | sqlx::Error::Encode(_)
            | sqlx::Error::ColumnDecode { .. }
            | sqlx::Error::ColumnNotFound(_)
            | sqlx::Error::ColumnIndexOutOfBounds { .. }
            | sqlx::Error::RowNotFound
            | sqlx::Error::TypeNotFound { .. } => StoreError::Broken(error),
            // No connection, none in time, or one that broke.
            _ => StoreError::Unavailable(error),
        }
    }
}

enum Remedy {
    Wait,
    Repeat,
    OtherPooling,
    None,
}

fn remedy(refusal: &dyn DatabaseError) -> Remedy {
    let code = refusal.code().unwrap_or_default();
    if refusal.try_downcast_ref::<sqlx::sqlite::SqliteError>().is_some() {
        return sqlite_remedy(&code);
    }
    postgres_remedy(&code)
}

/// The code of a refusal, if it is PostgreSQL's.
pub(in crate::store) fn postgres_code(error: &sqlx::Error) -> Option<String> {
    let refusal = error.as_database_error()?.try_downcast_ref::<sqlx::postgres::PgDatabaseError>()?;
    Some(refusal.code().to_owned())
}

/// <https://www.sqlite.org/rescode.html>: the low byte of an extended code is its kind. Everything that does not lie in the
/// data of this very statement is waited for: a full disk, a lock, a file that may not be written, a table that is away
/// while a backup is played in.
fn sqlite_remedy(code: &str) -> Remedy {
    match code.parse::<u32>().map(|code| code & 0xff) {
        // TOOBIG, CONSTRAINT, MISMATCH, RANGE.
        Ok(18 | 19 | 20 | 25) => Remedy::None,
        _ => Remedy::Wait,
    }
}

/// <https://www.postgresql.org/docs/current/errcodes-appendix.html>: as above; a server refuses for a time in more ways than
/// anybody has listed (a login, a database that was renamed, a standby, a pooler between).
fn postgres_remedy(code: &str) -> Remedy {
    match code {
        // Serialization failure, deadlock.
        "40001" | "40P01" => Remedy::Repeat,
        // A prepared statement that is there already, or is not: we prepare each of them once on each connection.
        "42P05" | "26000" => Remedy::OtherPooling,
        // Data exception, integrity constraint, a view's check option, an exception that a trigger raised.
        _ if ["22", "23", "44", "P0"].iter().any(|class| code.starts_with(class)) => Remedy::None,
        _ => Remedy::Wait,
    }
}
