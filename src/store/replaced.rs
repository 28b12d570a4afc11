//! Views in the place of tables, which are read before anybody asks what a database is made of.

use std::path::Path;

use sqlx::SqliteConnection;

use crate::store::open_error::{OpenError, sqlite_fault};

/// Views with the names of tables that an opening reads, and those that ask whether it may be done. No migration makes a view.
const REPLACED: &str =
    "SELECT name FROM sqlite_master WHERE lower(type) = 'view' AND lower(name) IN ('_sqlx_migrations', 'counters',
         'dialogues', 'file_jobs', 'orders', 'outbox_messages', 'serial_numbers', 'withdrawn_serials')
     ORDER BY name LIMIT 1";

/// Refuses a file in which a view stands where this program reads a table, which might never end.
pub(in crate::store) async fn refuse_replaced(connection: &mut SqliteConnection, path: &Path) -> Result<(), OpenError> {
    let replaced: Option<String> =
        sqlx::query_scalar(REPLACED).fetch_optional(connection).await.map_err(|error| sqlite_fault(path, &error))?;
    match replaced {
        Some(name) => Err(OpenError::Replaced { path: path.to_owned(), name }),
        None => Ok(()),
    }
}
