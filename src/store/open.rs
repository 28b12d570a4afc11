//! Opening a database by its address: connections, the file lock, migrations, and faults that people can mend.

use std::{io, sync::Arc, time::Duration};

use futures_util::TryFutureExt;
use sqlx::{
    ConnectOptions, Connection, PgConnection, SqliteConnection,
    migrate::Migrator,
    postgres::{PgConnectOptions, PgPoolOptions},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

use crate::store::address::{Address, parse};
use crate::store::error::StoreError;
use crate::store::log::TOO_LONG;
use crate::store::mounts::refuse_network_file_system;
use crate::store::open_error::{
    OpenError, file_fault, migration_fault, no_tables, server_fault, sqlite_fault, statement_fault,
};
use crate::store::place::{NotHeld, Place, refuse_overwritten};
use crate::store::pools::Pools;
use crate::store::private_file::make_private;
use crate::store::real_path::real_path;
use crate::store::remains;
use crate::store::replaced::refuse_replaced;
use crate::store::suitability;
use crate::store::trigrams;
use crate::store::turns::{ACQUIRE_TIMEOUT, PostgresPool};
use crate::store::unlocking;
use crate::store::vault::Script;

pub(in crate::store) static SQLITE_MIGRATIONS: Migrator = sqlx::migrate!("migrations/sqlite");
pub(in crate::store) static POSTGRES_MIGRATIONS: Migrator = sqlx::migrate!("migrations/postgres");

/// Older releases can corrupt a WAL file that is reset while another connection reads.
const OLDEST_SQLITE: (u32, u32, u32) = (3, 51, 3);
/// Only this process writes; the wait is for tools that look into the file beside it.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
/// Rows of one statement that wait to be taken: more than those of a batch or a list. A thread whose rows find no room stops at
/// each of them and is woken for the next, which costs more than reading it.
const ROWS_AT_ONCE: usize = 256;
/// Statements that stay prepared where it is written: those of every use case, and those on lists in each of their lengths
/// ([`portions`](super::portions)).
const WRITTEN_STATEMENTS: usize = 256;
/// Order lists and cards are read beside the writer; more readers than cores only wait for each other.
const READERS: u32 = 4;
/// Half a megabyte of pages for each, instead of two: what they read once they seldom read again, and the system has it too.
const READERS_CACHE: &str = "-512";
/// A pooler with one session to give keeps the second connection waiting, and is no trouble that this could find.
const POOLER_TIMEOUT: Duration = Duration::from_secs(3);
/// A replica that freezes in a transaction must not hold the order numbers from the others for long. Compiling a statement takes
/// longer than any of ours runs. Sent as a statement, since connection poolers refuse it among the start-up parameters.
const POSTGRES_SETTINGS: &str =
    "SET lock_timeout = '10s'; SET idle_in_transaction_session_timeout = '10s'; SET jit = off";

/// Whether another process may have the same SQLite file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::store) enum Neighbours {
    /// None: this one delivers, and two that deliver would do so twice.
    None,
    /// None: this one is a command that takes or makes the whole of it.
    Refused,
    /// One that delivers may run, as long as it is of the same release.
    Welcome,
}

/// What to do where there is no file, or a server has no tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::store) enum WhenAbsent {
    /// A bot begins with an empty shop, and what is to be filled is empty.
    Make,
    /// Whoever looks into a shop would take an empty one for theirs: they are in the wrong folder, or mistyped the address.
    Refuse,
}

/// The script is the one that serial numbers must be written in there; without one, nobody is to read any.
pub(in crate::store) async fn open(
    url: &str,
    neighbours: Neighbours,
    when_absent: WhenAbsent,
    script: Option<&Script>,
) -> Result<Pools, OpenError> {
    match parse(url)? {
        Address::Sqlite(options) => open_sqlite(*options, neighbours, when_absent, script).await,
        Address::Postgres(options) => open_postgres(quieted(*options, neighbours), when_absent, script).await,
    }
}

/// A command says itself what takes long, to the person who waits for it; the log's warnings of slow statements would
/// only tear its progress apart.
fn quieted<O: ConnectOptions>(options: O, neighbours: Neighbours) -> O {
    match neighbours {
        Neighbours::None => options,
        Neighbours::Refused | Neighbours::Welcome => options.disable_statement_logging(),
    }
}

async fn open_sqlite(
    options: SqliteConnectOptions,
    neighbours: Neighbours,
    when_absent: WhenAbsent,
    script: Option<&Script>,
) -> Result<Pools, OpenError> {
    // Two names of one file are one lock.
    let named = options.get_filename();
    let path = real_path(named)?;
    refuse_network_file_system(&path)?;
    if when_absent == WhenAbsent::Refuse && !path.exists() {
        return Err(OpenError::Absent(path));
    }
    refuse_overwritten(&path)?;
    make_private(&path).map_err(|error| file_fault(&path, error))?;
    let place = match Place::hold(&path) {
        Ok(place) => Some(Arc::new(place)),
        Err(NotHeld::InUse) if neighbours == Neighbours::Welcome => None,
        Err(NotHeld::InUse) => return Err(OpenError::InUse(path)),
        Err(NotHeld::OtherName) => return Err(OpenError::OtherName(path)),
        Err(NotHeld::Fault(reason)) => return Err(file_fault(&path, reason)),
    };
    let options = quieted(options, neighbours)
        .filename(&path)
        // It is there by now. Whoever connects when it is gone must not make another.
        .create_if_missing(false)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(BUSY_TIMEOUT)
        .row_buffer_size(ROWS_AT_ONCE)
        .pragma("secure_delete", "ON");

    let keeper = sqlite_pool(1).connect_with(options.clone()).await.map_err(|error| sqlite_fault(&path, &error))?;
    let mut acquired = keeper.acquire().await.map_err(|error| sqlite_fault(&path, &error))?;
    let connection: &mut SqliteConnection = &mut acquired;
    refuse_old_sqlite(connection).await.map_err(|error| sqlite_fault(&path, &error))??;
    refuse_replaced(connection, &path).await?;
    if let Some(script) = script {
        unlocking::check_sqlite(connection, script).await.map_err(|error| sqlite_fault(&path, &error))??;
    }
    if place.is_some() {
        SQLITE_MIGRATIONS.run_direct(None, connection, false).await.map_err(migration_fault)?;
        remains::sweep(connection).await;
    } else if !is_up_to_date(connection).await {
        return Err(OpenError::InUse(path));
    }
    if let Some(place) = &place {
        let mark = sqlx::query_scalar("PRAGMA user_version").fetch_one(&mut *connection).await;
        place.begin(mark.map_err(|error| sqlite_fault(&path, &error))?);
        if neighbours == Neighbours::None {
            begin_anew(place, connection).await.map_err(|error| file_fault(&path, error))?;
        }
    }
    drop(acquired);

    // What a statement on many rows may have to take back is a few pages, and a file for them would be made for each batch.
    let writing = options.clone().statement_cache_capacity(WRITTEN_STATEMENTS).pragma("temp_store", "MEMORY");
    let writing = writing.pragma("wal_autocheckpoint", TOO_LONG);
    let writer = sqlite_pool(1).connect_lazy_with(writing);
    let importer = sqlite_pool(1).connect_lazy_with(options.clone());
    let reading = options.pragma("query_only", "ON").pragma("cache_size", READERS_CACHE);
    let readers = sqlite_pool(READERS).connect_lazy_with(reading);
    Ok(Pools::Sqlite { writer, readers, importer, keeper, place })
}

/// Whether the process that has the file made its tables as this one would.
async fn is_up_to_date(connection: &mut SqliteConnection) -> bool {
    let applied = sqlx::query_scalar("SELECT MAX(version) FROM _sqlx_migrations").fetch_one(connection).await;
    applied.is_ok_and(|applied: Option<i64>| applied == SQLITE_MIGRATIONS.iter().map(|one| one.version).max())
}

/// Lets this process do at once what the former one had in hand: the file's lock proves that it is gone. A message
/// may have got through, as after a lease that ended. The file gets a mark of this process's own.
///
/// The conditions are those of indexes: only what is still to be done has a lease, and there may be very much else.
async fn begin_anew(place: &Place, connection: &mut SqliteConnection) -> Result<(), StoreError> {
    let mut tx = connection.begin().await?;
    sqlx::raw_sql(
        "UPDATE dialogues SET leased_until = NULL WHERE leased_until IS NOT NULL;
         UPDATE outbox_messages SET leased_until = NULL, sending = 'possible_duplicate'
         WHERE delivery IN ('pending', 'parked') AND leased_until IS NOT NULL;
         UPDATE file_jobs SET leased_until = NULL WHERE leased_until IS NOT NULL",
    )
    .execute(&mut *tx)
    .await?;
    place.commit(tx).await?;
    sqlx::raw_sql("PRAGMA wal_checkpoint").execute(connection).await?;
    Ok(())
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

/// The inner outcome is the verdict on SQLite, the outer one whether the file could be asked.
pub(in crate::store) async fn refuse_old_sqlite(
    connection: &mut SqliteConnection,
) -> sqlx::Result<Result<(), OpenError>> {
    let version = sqlx::query_scalar("SELECT sqlite_version()").fetch_one(connection).await?;
    Ok(refuse_older(version))
}

fn refuse_older(version: String) -> Result<(), OpenError> {
    let mut numbers = version.split('.').map(|number| number.parse::<u32>().unwrap_or(0));
    let mut next = || numbers.next().unwrap_or(0);
    if (next(), next(), next()) < OLDEST_SQLITE { Err(OpenError::OldSqlite(version)) } else { Ok(()) }
}

async fn open_postgres(
    options: PgConnectOptions,
    when_absent: WhenAbsent,
    script: Option<&Script>,
) -> Result<Pools, OpenError> {
    let options = options.application_name("keydesk").statement_cache_capacity(WRITTEN_STATEMENTS);
    let mut connection = suitable_connection(&options).await?;
    if when_absent == WhenAbsent::Refuse && !has_tables(&mut connection).await.map_err(statement_fault)? {
        return Err(no_tables(&options));
    }
    if let Some(script) = script {
        unlocking::check_postgres(&mut connection, script).await.map_err(statement_fault)??;
    }
    POSTGRES_MIGRATIONS.run_direct(None, &mut connection, false).await.map_err(migration_fault)?;
    trigrams::make(&mut connection).await.map_err(|error| server_fault(&options, &error))?;
    connection.close().await.map_err(|error| server_fault(&options, &error))?;

    let pool = PgPoolOptions::new()
        .after_connect(|connection, _| Box::pin(sqlx::raw_sql(POSTGRES_SETTINGS).execute(connection).map_ok(drop)));
    Ok(Pools::Postgres(PostgresPool::new(pool, options)))
}

/// Whether a keydesk has made its tables in a server's database.
pub(in crate::store) async fn has_tables(connection: &mut PgConnection) -> sqlx::Result<bool> {
    sqlx::query_scalar("SELECT to_regclass('_sqlx_migrations') IS NOT NULL").fetch_one(connection).await
}

/// Connects to a server that can serve as the database.
pub(in crate::store) async fn suitable_connection(options: &PgConnectOptions) -> Result<PgConnection, OpenError> {
    let mut connection = connect_postgres(options).await.map_err(|error| server_fault(options, &error))?;
    suitability::check_rights(&mut connection).await.map_err(|error| server_fault(options, &error))??;
    // Whoever may not connect twice finds out from the pool, and is no pooler's client.
    if let Ok(mut other) = connect_postgres(options).await {
        let pooled = tokio::time::timeout(POOLER_TIMEOUT, suitability::share_sessions(&mut connection, &mut other));
        if let Ok(Ok(true)) = pooled.await {
            return Err(OpenError::Pooler);
        }
        let _ = other.close().await;
    }
    Ok(connection)
}

/// A connection of its own, not the pool's: the pool would try a refused connection again until its time-out, and hide
/// the reason.
async fn connect_postgres(options: &PgConnectOptions) -> sqlx::Result<PgConnection> {
    let connecting = tokio::time::timeout(ACQUIRE_TIMEOUT, options.connect()).await;
    connecting.unwrap_or_else(|_| Err(io::Error::from(io::ErrorKind::TimedOut).into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sqlite_is_refused_up_to_the_last_release_that_corrupts() {
        for old in ["3.51.2", "3.46.0", "2.99.99", ""] {
            assert!(matches!(refuse_older(old.to_owned()), Err(OpenError::OldSqlite(_))), "{old}");
        }
        for sound in ["3.51.3", "3.52.0", "4.0.0"] {
            assert!(refuse_older(sound.to_owned()).is_ok(), "{sound}");
        }
    }
}
