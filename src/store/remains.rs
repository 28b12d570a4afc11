//! That nothing is left in a SQLite file of what was deleted. Every connection overwrites what it deletes (`secure_delete`), from the
//! first row on: of a row that was changed or moved before, copies would stand in the gaps of pages otherwise.

use sqlx::SqliteConnection;

/// Writes a file anew in which a former release left what it deleted, once.
pub(in crate::store) async fn sweep(connection: &mut SqliteConnection) {
    if let Err(error) = write_anew(connection).await {
        tracing::warn!(
            "the database may hold remains of what was deleted, and cannot be written anew without room for a copy; the next \
             start tries again: {error}"
        );
    }
}

async fn write_anew(connection: &mut SqliteConnection) -> sqlx::Result<()> {
    let is_due: Option<i64> = sqlx::query_scalar("SELECT value FROM counters WHERE name = 'remains' AND value = 1")
        .fetch_optional(&mut *connection)
        .await?;
    if is_due.is_some() {
        sqlx::raw_sql("VACUUM; UPDATE counters SET value = 0 WHERE name = 'remains'; PRAGMA wal_checkpoint(TRUNCATE)")
            .execute(connection)
            .await?;
    }
    Ok(())
}
