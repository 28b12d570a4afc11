//! Why a database cannot be copied into another, in sentences.

use crate::store::error::StoreError;

/// Why nothing was copied, in one sentence with the remedy.
#[derive(Debug, thiserror::Error)]
pub enum TransferError {
    #[error(
        "the database that is to be filled is not empty (its table {0} has rows): name one that nothing was stored in"
    )]
    NotEmpty(String),
    #[error("keydesk runs on one of the two databases (replicas: {0}): stop it first")]
    Running(usize),
    #[error("the two databases have other tables or columns ({0}): bring both up to date with this release first")]
    OtherTables(String),
    #[error(
        "{copied} rows of the table {table} arrived, and there are {counted}: nothing was kept; stop whatever writes there"
    )]
    Incomplete { table: String, copied: u64, counted: u64 },
    #[error("an instant in the table {0} cannot be read: `keydesk doctor` looks for what else is wrong")]
    NoInstant(String),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<sqlx::Error> for TransferError {
    fn from(error: sqlx::Error) -> TransferError {
        TransferError::Store(error.into())
    }
}
