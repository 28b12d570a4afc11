//! A backup takes the place of a database.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use sqlx::postgres::PgConnectOptions;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection, PgConnection};

use crate::config::Secret;
use crate::store::address::{Address, parse};
use crate::store::backup::copy::DatabaseCopy;
use crate::store::backup::error::BackupError;
use crate::store::backup::existing::Existing;
use crate::store::backup::fitness::Foreign;
use crate::store::backup::form::BackupForm;
use crate::store::backup::portable;
use crate::store::backup::release::applied_to;
use crate::store::backup::server;
use crate::store::codes::read_count;
use crate::store::database::Database;
use crate::store::error::StoreError;
use crate::store::lost::beside;
use crate::store::mounts::refuse_network_file_system;
use crate::store::open_error::{OpenError, file_fault, server_fault};
use crate::store::place::{NotHeld, Place, refuse_overwritten};
use crate::store::real_path::real_path;
use crate::store::vigil::LIVING;

/// What files of SQLite and dumps of PostgreSQL begin with.
const SQLITE: &[u8] = b"SQLite format 3\0";
const DUMP: &[u8] = b"PGDMP";

/// A backup that may take the place of a database; dropped, nothing has changed.
#[derive(Debug)]
pub struct Restoration {
    existing: Existing,
    onto: Onto,
}

#[derive(Debug)]
enum Onto {
    File {
        path: PathBuf,
        copy: DatabaseCopy,
    },
    /// A server, whose own programs read the dump.
    Dump {
        url: Secret,
        dump: PathBuf,
    },
    /// A server, which is given the copy row by row.
    Rows {
        url: Secret,
        copy: DatabaseCopy,
    },
}

impl Restoration {
    /// Makes sure that nobody uses a database, that it may be overwritten, and that a backup is whole.
    pub async fn prepare(
        database: Database<'_>,
        from: &Path,
        existing: Existing,
        foreign: Foreign,
    ) -> Result<Restoration, BackupError> {
        let Database { url, key } = database;
        let onto = match parse(url)? {
            Address::Sqlite(options) => {
                let path = real_path(options.get_filename())?;
                refuse_network_file_system(&path)?;
                if form_of(from)? == BackupForm::Dump {
                    return Err(BackupError::OnlyPostgres(from.to_owned()));
                }
                refuse_live(from)?;
                // To hold the file takes the note away that it was overwritten, which the next start may still need.
                if path.exists() && refuse_overwritten(&path).is_ok() {
                    drop(hold(&path)?);
                }
                refuse_orders_in(&path, existing).await?;
                let copy = DatabaseCopy::beside(&path, key)?;
                copy.fill(from, foreign).await.map_err(|error| error.of_file(from))?;
                Onto::File { path, copy }
            }
            Address::Postgres(options) => {
                let url = Secret::new(url.to_owned());
                let onto = match form_of(from)? {
                    BackupForm::Dump => {
                        server::refuse_unfit_dump(from, foreign).await?;
                        let applied = server::applied_in(from).await?;
                        refuse_younger_tables(&options, &applied, from).await?;
                        Onto::Dump { url, dump: from.to_owned() }
                    }
                    BackupForm::Sqlite | BackupForm::Portable => {
                        refuse_live(from)?;
                        let copy = DatabaseCopy::beside(from, key)?;
                        copy.fill(from, foreign).await.map_err(|error| error.of_file(from))?;
                        Onto::Rows { url, copy }
                    }
                };
                refuse_busy_server(&options, existing).await?;
                onto
            }
        };
        Ok(Restoration { existing, onto })
    }

    /// The database as it is to be, to look at before; none of a server's, whose dump only the server reads.
    pub fn copy(&self) -> Option<&DatabaseCopy> {
        match &self.onto {
            Onto::File { copy, .. } | Onto::Rows { copy, .. } => Some(copy),
            Onto::Dump { .. } => None,
        }
    }

    /// What the backup is written in.
    pub fn form(&self) -> BackupForm {
        match &self.onto {
            Onto::File { .. } | Onto::Rows { .. } => BackupForm::Sqlite,
            Onto::Dump { .. } => BackupForm::Dump,
        }
    }

    /// Whether what comes of it is a server's database, to be looked at once more in its place.
    pub fn is_of_server(&self) -> bool {
        matches!(&self.onto, Onto::Dump { .. } | Onto::Rows { .. })
    }

    /// Puts the backup into its place; gives where the former file is kept.
    pub async fn finish(self, now: DateTime<Utc>) -> Result<Option<PathBuf>, BackupError> {
        let (path, copy) = match self.onto {
            Onto::File { path, copy } => (path, copy),
            Onto::Dump { url, dump } => return server::restore(url.reveal(), &dump).await.map(|()| None),
            Onto::Rows { url, copy } => return portable::restore(&copy, url.reveal()).await.map(|()| None),
        };
        refuse_orders_in(&path, self.existing).await?;
        let _place = hold(&path)?;
        let former = set_aside(&path, now)
            .map_err(|reason| BackupError::Unwritable { path: path.clone(), reason: reason.to_string() })?;
        copy.become_file(&path)?;
        Ok(former)
    }
}

fn hold(path: &Path) -> Result<Place, BackupError> {
    Place::hold(path).map_err(|why| match why {
        NotHeld::InUse => OpenError::InUse(path.to_owned()).into(),
        NotHeld::OtherName => OpenError::OtherName(path.to_owned()).into(),
        NotHeld::Fault(reason) => file_fault(path, reason).into(),
    })
}

/// Keeps a file under a second name, with the log that belongs to it; the first stays until another file takes it.
fn set_aside(path: &Path, now: DateTime<Utc>) -> io::Result<Option<PathBuf>> {
    let former = free_name(path, &now.format(".%Y-%m-%dT%H-%M-%SZ").to_string());
    let is_empty = fs::metadata(path)?.len() == 0;
    if !is_empty {
        fs::hard_link(path, &former)?;
    }
    match fs::rename(beside(path, "-wal"), beside(&former, "-wal")) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    match fs::remove_file(beside(path, "-shm")) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    Ok(Some(former).filter(|_| !is_empty))
}

/// A name beside a file with this ending that nothing has; the second of one second is numbered.
fn free_name(path: &Path, ending: &str) -> PathBuf {
    let is_taken = |name: &Path| [name, &beside(name, "-wal")].into_iter().any(|name| name.symlink_metadata().is_ok());
    let mut name = beside(path, ending);
    let mut number = 1_u32;
    while is_taken(&name) {
        number += 1;
        name = beside(path, &format!("{ending}-{number}"));
    }
    name
}

/// What a backup is written in, by how it begins.
pub(super) fn form_of(from: &Path) -> Result<BackupForm, BackupError> {
    let mut found = Vec::new();
    let limit = u64::try_from(SQLITE.len()).unwrap_or(u64::MAX);
    let read = File::open(from).and_then(|file| file.take(limit).read_to_end(&mut found));
    read.map_err(|reason| BackupError::Unreadable { path: from.to_owned(), reason: reason.to_string() })?;
    if found == SQLITE {
        Ok(BackupForm::Sqlite)
    } else if found.starts_with(DUMP) {
        Ok(BackupForm::Dump)
    } else {
        Err(BackupError::NoBackup(from.to_owned()))
    }
}

pub(super) fn refuse_live(from: &Path) -> Result<(), BackupError> {
    if beside(from, "-wal").exists() { Err(BackupError::Live(from.to_owned())) } else { Ok(()) }
}

/// Refuses to overwrite orders, and a file that cannot be looked at: it may have some.
async fn refuse_orders_in(path: &Path, existing: Existing) -> Result<(), BackupError> {
    if existing == Existing::Overwrite || fs::metadata(path).map_or(0, |metadata| metadata.len()) == 0 {
        return Ok(());
    }
    let unknown = |reason: String| BackupError::NotLookedAt { path: path.to_owned(), reason };
    refuse_overwritten(path).map_err(|lost| unknown(lost.to_string()))?;
    match orders_in(path).await.map_err(|error| unknown(error.to_string()))? {
        0 => Ok(()),
        orders => Err(BackupError::FileHasOrders { path: path.to_owned(), orders: read_count(orders)? }),
    }
}

async fn orders_in(path: &Path) -> sqlx::Result<i64> {
    let mut database = SqliteConnectOptions::new().filename(path).disable_statement_logging().connect().await?;
    let is_there: i64 =
        sqlx::query_scalar("SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = 'orders'")
            .fetch_one(&mut database)
            .await?;
    let orders = match is_there {
        0 => 0,
        _ => sqlx::query_scalar("SELECT COUNT(*) FROM orders").fetch_one(&mut database).await?,
    };
    database.close().await?;
    Ok(orders)
}

/// Refuses a dump where tables stand that a later release made: it would leave them, and nobody could make them again.
async fn refuse_younger_tables(options: &PgConnectOptions, in_dump: &[i64], from: &Path) -> Result<(), BackupError> {
    let options = options.clone().disable_statement_logging();
    let mut database = options.connect().await.map_err(|error| server_fault(&options, &error))?;
    let is_there: bool = sqlx::query_scalar("SELECT to_regclass('_sqlx_migrations') IS NOT NULL")
        .fetch_one(&mut database)
        .await
        .map_err(StoreError::from)?;
    database.close().await.map_err(StoreError::from)?;
    if is_there && applied_to(&options).await?.iter().any(|version| !in_dump.contains(version)) {
        return Err(BackupError::YoungerTables(from.to_owned()));
    }
    Ok(())
}

async fn refuse_busy_server(options: &PgConnectOptions, existing: Existing) -> Result<(), BackupError> {
    let options = options.clone().disable_statement_logging();
    let mut database = options.connect().await.map_err(|error| server_fault(&options, &error))?;
    let (living, orders) = usage(&mut database).await.map_err(StoreError::from)?;
    database.close().await.map_err(StoreError::from)?;
    match (living, orders, existing) {
        (1.., ..) => Err(BackupError::Running(living)),
        (0, 1.., Existing::Keep) => Err(BackupError::ServerHasOrders(read_count(orders)?)),
        _ => Ok(()),
    }
}

/// How many replicas show that they live, and how many orders there are.
async fn usage(database: &mut PgConnection) -> sqlx::Result<(usize, i64)> {
    let living: Vec<i64> = sqlx::query_scalar(LIVING).fetch_all(&mut *database).await?;
    let is_there: bool =
        sqlx::query_scalar("SELECT to_regclass('orders') IS NOT NULL").fetch_one(&mut *database).await?;
    let orders = match is_there {
        true => sqlx::query_scalar("SELECT COUNT(*) FROM orders").fetch_one(&mut *database).await?,
        false => 0,
    };
    Ok((living.len(), orders))
}
