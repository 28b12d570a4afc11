//! A look at a database that changes nothing: what the next start would find.

use std::path::Path;

use sqlx::migrate::Migrator;
use sqlx::postgres::PgConnectOptions;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection};

use crate::store::address::{Address, parse};
use crate::store::database::Database;
use crate::store::db::Store;
use crate::store::disk::{LEAST_ROOM, MEGABYTE, folder_of, room_in};
use crate::store::mounts::refuse_network_file_system;
use crate::store::open::{POSTGRES_MIGRATIONS, SQLITE_MIGRATIONS, refuse_old_sqlite, suitable_connection};
use crate::store::open_error::{OpenError, file_fault, sqlite_fault, statement_fault};
use crate::store::place::refuse_overwritten;
use crate::store::real_path::real_path;
use crate::store::replaced::refuse_replaced;
use crate::store::schema::sqlite::migrations_of;
use crate::store::trigrams;
use crate::store::unlocking;
use crate::store::vault::Script;

/// How a database stands to this program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Readiness {
    /// Its tables are as this program makes them.
    UpToDate,
    /// So they are, but for the indexes of searches: a search reads every text.
    WithoutTrigrams,
    /// The next start makes its tables.
    Empty,
    /// The next start applies so many migrations.
    Behind(usize),
}

impl Store {
    /// Finds out whether a start could use the database, without making or changing anything in it.
    pub async fn probe<'a>(database: impl Into<Database<'a>>) -> Result<Readiness, OpenError> {
        let Database { url, key } = database.into();
        let script = Script::of(key);
        match parse(url)? {
            Address::Sqlite(options) => probe_sqlite(*options, &script).await,
            Address::Postgres(options) => probe_postgres(*options, &script).await,
        }
    }
}

async fn probe_sqlite(options: SqliteConnectOptions, script: &Script) -> Result<Readiness, OpenError> {
    let named = options.get_filename();
    let path = real_path(named)?;
    refuse_network_file_system(&path)?;
    refuse_overwritten(&path)?;
    refuse_full_disk(&path)?;
    if !path.exists() {
        // A file without a name, which is gone at once, proves that a lasting one can be made.
        return match tempfile::tempfile_in(folder_of(&path)) {
            Ok(_) => Ok(Readiness::Empty),
            Err(error) => Err(file_fault(&path, error)),
        };
    }
    let mut connection = options
        .read_only(true)
        .create_if_missing(false)
        .connect()
        .await
        .map_err(|error| sqlite_fault(&path, &error))?;
    refuse_old_sqlite(&mut connection).await.map_err(|error| sqlite_fault(&path, &error))??;
    // Reading the schema finds out whether the file is a database at all.
    refuse_replaced(&mut connection, &path).await?;
    let applied = migrations_of(&mut connection).await.map_err(|error| sqlite_fault(&path, &error))?;
    let applied = applied.unwrap_or_default();
    unlocking::check_sqlite(&mut connection, script).await.map_err(|error| sqlite_fault(&path, &error))??;
    connection.close().await.map_err(|error| sqlite_fault(&path, &error))?;
    readiness(&applied, &SQLITE_MIGRATIONS)
}

/// A full disk reads well, and takes no order.
fn refuse_full_disk(path: &Path) -> Result<(), OpenError> {
    let folder = folder_of(path);
    match room_in(folder) {
        Some(left) if left < LEAST_ROOM => Err(OpenError::NoRoom { folder: folder.to_owned(), left: left / MEGABYTE }),
        _ => Ok(()),
    }
}

async fn probe_postgres(options: PgConnectOptions, script: &Script) -> Result<Readiness, OpenError> {
    let mut connection = suitable_connection(&options).await?;
    let table = "SELECT to_regclass('_sqlx_migrations') IS NOT NULL";
    let applied = match sqlx::query_scalar(table).fetch_one(&mut connection).await.map_err(statement_fault)? {
        false => Vec::new(),
        true => sqlx::query_scalar("SELECT version FROM _sqlx_migrations ORDER BY version")
            .fetch_all(&mut connection)
            .await
            .map_err(statement_fault)?,
    };
    let has_trigrams = trigrams::are_made(&mut connection).await.map_err(statement_fault)?;
    unlocking::check_postgres(&mut connection, script).await.map_err(statement_fault)??;
    connection.close().await.map_err(statement_fault)?;
    match readiness(&applied, &POSTGRES_MIGRATIONS)? {
        Readiness::UpToDate if !has_trigrams => Ok(Readiness::WithoutTrigrams),
        readiness => Ok(readiness),
    }
}

fn readiness(applied: &[i64], migrations: &Migrator) -> Result<Readiness, OpenError> {
    if let Some(unknown) = applied.iter().find(|version| !migrations.version_exists(**version)) {
        return Err(OpenError::Newer(*unknown));
    }
    match migrations.iter().filter(|migration| !applied.contains(&migration.version)).count() {
        _ if applied.is_empty() => Ok(Readiness::Empty),
        0 => Ok(Readiness::UpToDate),
        missing => Ok(Readiness::Behind(missing)),
    }
}
