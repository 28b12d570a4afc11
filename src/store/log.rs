//! SQLite's write-ahead log.

use crate::store::db::Store;
use crate::store::pools::Pools;

impl Store {
    /// Empties the write-ahead log, where pages stand as they were before, unless somebody keeps it from that by reading for long.
    pub(in crate::store) async fn empty_log(&self) {
        let Pools::Sqlite { writer, .. } = &self.pools else { return };
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
