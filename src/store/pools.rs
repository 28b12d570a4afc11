//! The connections of a store.

use std::sync::Arc;

use sqlx::SqlitePool;

use crate::store::place::Place;
use crate::store::turns::PostgresPool;

#[derive(Debug, Clone)]
pub(in crate::store) enum Pools {
    /// One connection writes, since SQLite has one writer at a time and waiting in a queue of ours is fair.
    Sqlite {
        writer: SqlitePool,
        readers: SqlitePool,
        /// Gathers a stock import on disk, while the writer goes on with its short transactions.
        importer: SqlitePool,
        /// One connection that neither reads nor writes, so that the write-ahead log stays the same file when the others break.
        /// Whoever has it moves the log into the file, beside the writer.
        keeper: SqlitePool,
        /// Held as long as the store lives: one bot for each file. A command beside the bot holds none.
        place: Option<Arc<Place>>,
    },
    Postgres(PostgresPool),
}
