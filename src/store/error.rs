//! What can go wrong with a database that answers, sorted by what the caller can do about it.

use sqlx::error::DatabaseError;

use crate::domain::{Unreadable, Unwritable};

/// A statement or a commit that did not succeed. After a failed commit it is unknown whether it took effect.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database is out of reach, overloaded or full: try again later.
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
    /// A fault that no repetition cures.
    #[error("the database did not do what keydesk asked of it ({0})")]
    Broken(sqlx::Error),
}

impl StoreError {
    /// Whether the same transaction may succeed when it is run again.
    pub fn is_transient(&self) -> bool {
        matches!(self, StoreError::Unavailable(_) | StoreError::Conflict(_) | StoreError::Pooled(_))
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
            sqlx::Error::Io(_)
            | sqlx::Error::Tls(_)
            | sqlx::Error::PoolTimedOut
            | sqlx::Error::PoolClosed
            | sqlx::Error::WorkerCrashed
            | sqlx::Error::BeginFailed => StoreError::Unavailable(error),
            _ => StoreError::Broken(error),
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

/// <https://www.sqlite.org/rescode.html>: the low byte of an extended code is its kind.
fn sqlite_remedy(code: &str) -> Remedy {
    match code.parse::<u32>().map(|code| code & 0xff) {
        // BUSY, LOCKED, NOMEM, INTERRUPT, IOERR, FULL, CANTOPEN, PROTOCOL (a race for the WAL lock).
        Ok(5 | 6 | 7 | 9 | 10 | 13 | 14 | 15) => Remedy::Wait,
        _ => Remedy::None,
    }
}

/// <https://www.postgresql.org/docs/current/errcodes-appendix.html>
fn postgres_remedy(code: &str) -> Remedy {
    match code {
        // Serialization failure, deadlock.
        "40001" | "40P01" => Remedy::Repeat,
        // A prepared statement that is there already, or is not: we prepare each of them once on each connection.
        "42P05" | "26000" => Remedy::OtherPooling,
        // Lock timeout, idle-in-transaction timeout, read-only because this server is now a standby.
        "55P03" | "25P03" | "25006" => Remedy::Wait,
        // Connection, insufficient resources, operator intervention, system error.
        _ if ["08", "53", "57", "58"].iter().any(|class| code.starts_with(class)) => Remedy::Wait,
        _ => Remedy::None,
    }
}
