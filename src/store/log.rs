//! SQLite's write-ahead log.

use crate::store::db::Store;
use crate::store::pools::Pools;

impl Store {
    /// Empties the write-ahead log, where pages stand as they were before; whether nobody kept it from that by reading for long.
    pub async fn empty_log(&self) -> bool {
        let Pools::Sqlite { writer, .. } = &self.pools else { return true };
        let busy = sqlx::query_scalar::<_, i64>("PRAGMA wal_checkpoint(TRUNCATE)").fetch_one(writer).await;
        if !matches!(busy, Ok(0)) {
            tracing::warn!("the log beside the database keeps what was erased until the next stop: {busy:?}");
        }
        matches!(busy, Ok(0))
    }
}
