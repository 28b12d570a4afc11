//! Whether a key suits a database: found out before anything is written there.

use sqlx::{PgConnection, SqliteConnection};

use crate::store::vault::{KeyFault, Script};

/// What tells the key of a database, and whether there is anything that it would be for.
const FOUND: &str = "SELECT value, CAST(CASE WHEN EXISTS (SELECT 1 FROM serial_numbers)
         OR EXISTS (SELECT 1 FROM withdrawn_serials) THEN 1 ELSE 0 END AS BIGINT)
     FROM counters WHERE name = 'stock'";

type Found = Option<(i64, i64)>;

/// The inner outcome is the verdict, the outer one whether the database could be asked.
pub(in crate::store) async fn check_sqlite(
    connection: &mut SqliteConnection,
    script: &Script,
) -> sqlx::Result<Result<(), KeyFault>> {
    let tables: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM sqlite_master WHERE name = 'withdrawn_serials'")
        .fetch_one(&mut *connection)
        .await?;
    if tables == 0 {
        return Ok(Ok(()));
    }
    Ok(verdict(sqlx::query_as(FOUND).fetch_optional(connection).await?, script))
}

/// The same on a server.
pub(in crate::store) async fn check_postgres(
    connection: &mut PgConnection,
    script: &Script,
) -> sqlx::Result<Result<(), KeyFault>> {
    let is_there: bool =
        sqlx::query_scalar("SELECT to_regclass('withdrawn_serials') IS NOT NULL").fetch_one(&mut *connection).await?;
    if !is_there {
        return Ok(Ok(()));
    }
    Ok(verdict(sqlx::query_as(FOUND).fetch_optional(connection).await?, script))
}

fn verdict(found: Found, script: &Script) -> Result<(), KeyFault> {
    match found {
        // A key that is new in a shop without serial numbers.
        None | Some((0, 0)) => Ok(()),
        Some((fingerprint, _)) => script.suits(fingerprint),
    }
}
