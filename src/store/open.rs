//! Opening a database by its address: connections, the file lock, migrations, and faults that people can mend.

use std::{
    io,
    path::{Path, PathBuf},
    str::FromStr,
    sync::Arc,
    time::Duration,
};

use futures_util::TryFutureExt;
use sqlx::{
    ConnectOptions, Connection, PgConnection, SqliteConnection,
    migrate::{MigrateError, Migrator},
    postgres::{PgConnectOptions, PgPoolOptions},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

use crate::store::place::{NotHeld, Place};
use crate::store::pools::Pools;
use crate::store::turns::{ACQUIRE_TIMEOUT, POSTGRES_CONNECTIONS, PostgresPool};

pub(in crate::store) static SQLITE_MIGRATIONS: Migrator = sqlx::migrate!("migrations/sqlite");
pub(in crate::store) static POSTGRES_MIGRATIONS: Migrator = sqlx::migrate!("migrations/postgres");

/// Older releases can corrupt a WAL file that is reset while another connection reads.
const OLDEST_SQLITE: (u32, u32, u32) = (3, 51, 3);
/// Only this process writes; the wait is for tools that look into the file beside it.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
/// Order lists and cards are read beside the writer; more readers than cores only wait for each other.
const READERS: u32 = 4;
/// A replica that freezes in a transaction must not hold the order numbers from the others for long. Sent as a statement,
/// since connection poolers refuse it among the start-up parameters.
const POSTGRES_LIMITS: &str = "SET lock_timeout = '10s'; SET idle_in_transaction_session_timeout = '60s'";

/// Why a database could not be opened, in one sentence with the remedy. No variant holds the address with its password.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Neither SQLite nor PostgreSQL.
    #[error("the database address is not understood: write sqlite://FILE or postgres://USER:PASSWORD@HOST/DATABASE")]
    UnknownAddress,
    #[error("a SQLite database in memory would lose every order: name a file, such as sqlite://keydesk.db")]
    InMemory,
    /// A SQLite database that may not be written.
    #[error("the database address asks for read-only access: take `mode=ro` and `immutable` out of it")]
    ReadOnly,
    /// Somebody else has the file.
    #[error("another keydesk process uses the database {}: stop it first, or give this one another DATABASE_URL", .0.display())]
    InUse(PathBuf),
    /// Somebody else has the file under another of its names.
    #[error("another keydesk process uses the database {} under another name: stop it first, and keep one name of the file", .0.display())]
    OtherName(PathBuf),
    /// The file or its folder cannot be used.
    #[error("the database file {} cannot be opened ({reason}): its folder must exist and be writable", path.display())]
    File {
        path: PathBuf,
        /// What the system says.
        reason: String,
    },
    /// The SQLite library is too old.
    #[error("SQLite {0} can corrupt its file: build keydesk with SQLite 3.51.3 or newer")]
    OldSqlite(String),
    /// The server does not answer, or does not let us in.
    #[error("PostgreSQL at {server} cannot be used ({reason}): check that it runs, and the address, user and password")]
    Server {
        /// Host, port and database.
        server: String,
        /// What the driver says.
        reason: String,
    },
    /// Made by a newer keydesk.
    #[error("the database was made by a newer keydesk (migration {0}): run that version or a newer one")]
    Newer(i64),
    /// A migration that was applied is not what this program holds.
    #[error("migration {0} of the database differs from this program's: run the release that made the database")]
    Changed(i64),
    #[error("the database could not be made ready ({0}): restore a backup or ask for help with this message")]
    Broken(String),
}

/// Whether another process may have the same SQLite file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::store) enum Neighbours {
    /// None: this one delivers, and two that deliver would do so twice.
    None,
    /// One that delivers may run, as long as it is of the same release.
    Welcome,
}

pub(in crate::store) async fn open(url: &str, neighbours: Neighbours) -> Result<Pools, OpenError> {
    match parse(url)? {
        Address::Sqlite(options) => open_sqlite(*options, neighbours).await,
        Address::Postgres(options) => open_postgres(quieted(*options, neighbours)).await,
    }
}

/// A command says itself what takes long, to the person who waits for it; the log's warnings of slow statements would
/// only tear its progress apart.
fn quieted<O: ConnectOptions>(options: O, neighbours: Neighbours) -> O {
    match neighbours {
        Neighbours::None => options,
        Neighbours::Welcome => options.disable_statement_logging(),
    }
}

pub(in crate::store) enum Address {
    Sqlite(Box<SqliteConnectOptions>),
    Postgres(Box<PgConnectOptions>),
}

pub(in crate::store) fn parse(url: &str) -> Result<Address, OpenError> {
    if url.contains(":memory:") || url.contains("mode=memory") {
        return Err(OpenError::InMemory);
    }
    if url.starts_with("postgres://") || url.starts_with("postgresql://") {
        let options = PgConnectOptions::from_str(url).map_err(|_| OpenError::UnknownAddress)?;
        return Ok(Address::Postgres(Box::new(options)));
    }
    if url.starts_with("sqlite:") {
        if url.contains("mode=ro") || url.contains("immutable=") {
            return Err(OpenError::ReadOnly);
        }
        let options = SqliteConnectOptions::from_str(url).map_err(|_| OpenError::UnknownAddress)?;
        let named = !options.get_filename().as_os_str().is_empty();
        return if named { Ok(Address::Sqlite(Box::new(options))) } else { Err(OpenError::UnknownAddress) };
    }
    // An address with its scheme forgotten must not become a file that is named by a password.
    if url.trim().is_empty() || url.contains("://") || url.contains('@') {
        return Err(OpenError::UnknownAddress);
    }
    Ok(Address::Sqlite(Box::new(SqliteConnectOptions::new().filename(url))))
}

async fn open_sqlite(options: SqliteConnectOptions, neighbours: Neighbours) -> Result<Pools, OpenError> {
    // Two names of one file are one lock.
    let named = options.get_filename();
    let path = named.canonicalize().unwrap_or_else(|_| named.to_owned());
    let place = match Place::hold(&path) {
        Ok(place) => Some(Arc::new(place)),
        Err(NotHeld::InUse) if neighbours == Neighbours::Welcome => None,
        Err(NotHeld::InUse) => return Err(OpenError::InUse(path)),
        Err(NotHeld::OtherName) => return Err(OpenError::OtherName(path)),
        Err(NotHeld::Fault(reason)) => return Err(file_fault(&path, reason)),
    };
    let options = quieted(options, neighbours)
        .filename(&path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(BUSY_TIMEOUT);

    let mut connection = options.connect().await.map_err(|error| file_fault(&path, error))?;
    let version = sqlx::query_scalar("SELECT sqlite_version()").fetch_one(&mut connection).await;
    refuse_old_sqlite(version.map_err(|error| file_fault(&path, error))?)?;
    if place.is_some() {
        SQLITE_MIGRATIONS.run_direct(None, &mut connection, false).await.map_err(migration_fault)?;
    } else if !is_up_to_date(&mut connection).await {
        return Err(OpenError::InUse(path));
    }
    if neighbours == Neighbours::None {
        release_leases(&mut connection).await.map_err(|error| file_fault(&path, error))?;
    }
    connection.close().await.map_err(|error| file_fault(&path, error))?;

    let writer = sqlite_pool(1).connect_lazy_with(options.clone());
    let importer = sqlite_pool(1).connect_lazy_with(options.clone());
    let readers = sqlite_pool(READERS).connect_lazy_with(options.pragma("query_only", "ON"));
    Ok(Pools::Sqlite { writer, readers, importer, place })
}

/// Whether the process that has the file made its tables as this one would.
async fn is_up_to_date(connection: &mut SqliteConnection) -> bool {
    let applied = sqlx::query_scalar("SELECT MAX(version) FROM _sqlx_migrations").fetch_one(connection).await;
    applied.is_ok_and(|applied: Option<i64>| applied == SQLITE_MIGRATIONS.iter().map(|one| one.version).max())
}

/// Lets this process do at once what the former one had in hand: the file's lock proves that it is gone. A message
/// may have got through, as after a lease that ended.
async fn release_leases(connection: &mut SqliteConnection) -> sqlx::Result<()> {
    sqlx::raw_sql(
        "UPDATE dialogues SET leased_until = NULL WHERE leased_until IS NOT NULL;
         UPDATE outbox_messages SET leased_until = NULL, sending = 'possible_duplicate'
         WHERE leased_until IS NOT NULL;
         UPDATE file_jobs SET leased_until = NULL WHERE leased_until IS NOT NULL",
    )
    .execute(connection)
    .await
    .map(drop)
}

fn sqlite_pool(connections: u32) -> SqlitePoolOptions {
    SqlitePoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
        .after_release(|connection, _| {
            Box::pin(async move {
                if !connection.is_in_transaction() {
                    return Ok(true);
                }
                // A rollback may still be on its way to the connection's thread, and a ping comes after it. When a full
                // disk has ended the transaction already, the rollback fails and the connection is of no use any more.
                connection.ping().await?;
                Ok(!connection.is_in_transaction())
            })
        })
}

fn refuse_old_sqlite(version: String) -> Result<(), OpenError> {
    let mut numbers = version.split('.').map(|number| number.parse::<u32>().unwrap_or(0));
    let mut next = || numbers.next().unwrap_or(0);
    if (next(), next(), next()) < OLDEST_SQLITE { Err(OpenError::OldSqlite(version)) } else { Ok(()) }
}

async fn open_postgres(options: PgConnectOptions) -> Result<Pools, OpenError> {
    let options = options.application_name("keydesk");
    let mut connection = connect_postgres(&options).await?;
    POSTGRES_MIGRATIONS.run_direct(None, &mut connection, false).await.map_err(migration_fault)?;
    connection.close().await.map_err(|error| server_fault(&options, &error))?;

    let pool = PgPoolOptions::new()
        .max_connections(2 * POSTGRES_CONNECTIONS)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        .after_connect(|connection, _| Box::pin(sqlx::raw_sql(POSTGRES_LIMITS).execute(connection).map_ok(drop)));
    Ok(Pools::Postgres(PostgresPool::new(pool.connect_lazy_with(options))))
}

/// A connection of its own, not the pool's: the pool would try a refused connection again until its time-out, and hide
/// the reason.
pub(in crate::store) async fn connect_postgres(options: &PgConnectOptions) -> Result<PgConnection, OpenError> {
    let connecting = tokio::time::timeout(ACQUIRE_TIMEOUT, options.connect()).await;
    let connected = connecting.unwrap_or_else(|_| Err(io::Error::from(io::ErrorKind::TimedOut).into()));
    connected.map_err(|error| server_fault(options, &error))
}

pub(in crate::store) fn file_fault(path: &Path, reason: impl ToString) -> OpenError {
    OpenError::File { path: path.to_owned(), reason: reason.to_string() }
}

fn server_fault(options: &PgConnectOptions, reason: &sqlx::Error) -> OpenError {
    let database = options.get_database().unwrap_or(options.get_username());
    let server = format!("{}:{}/{database}", options.get_host(), options.get_port());
    OpenError::Server { server, reason: reason.to_string() }
}

fn migration_fault(fault: MigrateError) -> OpenError {
    match fault {
        MigrateError::VersionMissing(version) => OpenError::Newer(version),
        MigrateError::VersionMismatch(version) => OpenError::Changed(version),
        other => OpenError::Broken(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sqlite_is_refused_up_to_the_last_release_that_corrupts() {
        for old in ["3.51.2", "3.46.0", "2.99.99", ""] {
            assert!(matches!(refuse_old_sqlite(old.to_owned()), Err(OpenError::OldSqlite(_))), "{old}");
        }
        for sound in ["3.51.3", "3.52.0", "4.0.0"] {
            assert!(refuse_old_sqlite(sound.to_owned()).is_ok(), "{sound}");
        }
    }
}
