//! SQLite's write-ahead log.

use crate::store::db::Store;
use crate::store::error::StoreError;
use crate::store::pools::Pools;

/// Pages in the log from which on it is moved into the file: SQLite's own measure.
const LONG: i64 = 1_000;
/// Pages from which on a commit moves the log itself. While others write without a pause nobody else gets to its end, and it
/// would grow: 32 MB at SQLite's usual page.
pub(in crate::store) const TOO_LONG: &str = "8192";

impl Store {
    /// Moves a long log into the file. A commit that did would keep people waiting for two further syncs.
    pub async fn shorten_log(&self) -> Result<(), StoreError> {
        let Pools::Sqlite { keeper, .. } = &self.pools else { return Ok(()) };
        let mut connection = keeper.acquire().await?;
        let (_, pages, moved): (i64, i64, i64) =
            sqlx::query_as("PRAGMA wal_checkpoint(NOOP)").fetch_one(&mut *connection).await?;
        if pages - moved >= LONG {
            sqlx::query("PRAGMA wal_checkpoint(PASSIVE)").execute(&mut *connection).await?;
        }
        Ok(())
    }

    /// Empties the write-ahead log, where pages stand as they were before, unless somebody keeps it from that by reading for long.
    pub(in crate::store) async fn empty_log(&self) {
        let Pools::Sqlite { writer, keeper, .. } = &self.pools else { return };
        // Of two that move the log at the same time SQLite refuses one.
        let _keeper = keeper.acquire().await;
        let emptied = sqlx::query_scalar("PRAGMA wal_checkpoint(TRUNCATE)").fetch_one(writer).await;
        if let Some(why) = kept_from(emptied) {
            tracing::warn!("{why}: the write-ahead log keeps what was erased until the bot stops");
        }
    }
}

/// What kept the log from being emptied, by what SQLite says of it: whether it was busy.
fn kept_from(emptied: sqlx::Result<i64>) -> Option<String> {
    match emptied {
        Ok(0) => None,
        Ok(_) => Some("somebody is reading the database".to_owned()),
        Err(error) => Some(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_looks_for_the_reason_finds_it() {
        assert_eq!(kept_from(Ok(0)), None);
        assert_eq!(kept_from(Ok(1)).as_deref(), Some("somebody is reading the database"));
        let closed = kept_from(Err(sqlx::Error::PoolClosed)).unwrap();
        assert!(closed.contains("closed"), "{closed}");
    }
}
