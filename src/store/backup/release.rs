//! Of which release a database is, by the migrations that were applied to it.

use sqlx::migrate::Migrator;
use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions, Connection};

use crate::store::backup::error::BackupError;
use crate::store::error::StoreError;
use crate::store::open::has_tables;
use crate::store::open_error::{no_tables, server_fault};

/// Which release made the tables of a database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Release {
    This,
    /// One that this release brings up to date.
    Older,
    /// One with a migration that this release does not know: this one.
    Newer(i64),
}

impl Release {
    pub(super) fn of(applied: &[i64], known: &Migrator) -> Release {
        let versions: Vec<i64> = known.iter().map(|migration| migration.version).collect();
        match applied.iter().rev().find(|version| !versions.contains(version)) {
            Some(version) => Release::Newer(*version),
            None if applied.iter().max() == versions.iter().max() => Release::This,
            None => Release::Older,
        }
    }
}

/// The migrations that were applied to a server's database.
pub(super) async fn applied_to(options: &PgConnectOptions) -> Result<Vec<i64>, BackupError> {
    let options = options.clone().disable_statement_logging();
    let mut database = options.connect().await.map_err(|error| server_fault(&options, &error))?;
    if !has_tables(&mut database).await.map_err(StoreError::from)? {
        return Err(no_tables(&options).into());
    }
    let applied = sqlx::query_scalar("SELECT version FROM _sqlx_migrations ORDER BY version")
        .fetch_all(&mut database)
        .await
        .map_err(StoreError::from)?;
    database.close().await.map_err(StoreError::from)?;
    Ok(applied)
}
