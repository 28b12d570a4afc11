//! A copy of a SQLite database under a name of its own, looked at before it takes another's place.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::Path;

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, SqliteConnection};
use tempfile::TempPath;

use crate::config::Secret;
use crate::store::address::{Address, parse};
use crate::store::backup::error::{BackupError, damaged};
use crate::store::backup::fitness::{Foreign, refuse_damaged, refuse_unfit, strange_file};
use crate::store::backup::release::{Release, applied_to};
use crate::store::backup::room::{most_of, refuse_full_disk};
use crate::store::database::Database;
use crate::store::db::Store;
use crate::store::disk::folder_of;
use crate::store::lost::beside;
use crate::store::open::{POSTGRES_MIGRATIONS, SQLITE_MIGRATIONS, refuse_old_sqlite};
use crate::store::open_error::{OpenError, sqlite_fault};
use crate::store::place::refuse_overwritten;
use crate::store::schema::sqlite::migrations_of;
use crate::store::vault::StockKey;

/// How its file is called until it has its name.
pub(super) const BEGINNING: &str = ".keydesk-";
pub(super) const ENDING: &str = ".part";

/// A copy, its owner's alone; dropped, it goes away.
#[derive(Debug)]
pub struct DatabaseCopy {
    path: TempPath,
    /// The address of the server whose dump it is; only there its data can be looked at.
    server: Option<Secret>,
    key: Option<StockKey>,
    /// Its folder, locked for as long as the copy has no name, so that nobody takes it for one that was left behind.
    _folder: Option<File>,
}

impl DatabaseCopy {
    /// An empty one in the folder of a file, on the same disk as that.
    pub(super) fn beside(file: &Path, key: Option<&StockKey>) -> Result<DatabaseCopy, BackupError> {
        let folder = folder_of(file).canonicalize().map_err(|reason| unwritable(file, &reason))?;
        let locked = File::open(&folder).ok().filter(|folder| folder.lock_shared().is_ok());
        let made = tempfile::Builder::new().prefix(BEGINNING).suffix(ENDING).tempfile_in(folder);
        let made = made.map_err(|reason| unwritable(file, &reason))?;
        Ok(DatabaseCopy { path: made.into_temp_path(), server: None, key: key.cloned(), _folder: locked })
    }

    /// The same, which is to be a server's dump.
    pub(super) fn of_server(mut self, url: &str) -> DatabaseCopy {
        self.server = Some(Secret::new(url.to_owned()));
        self
    }

    /// The key that its serial numbers are encrypted with, if the vendor has one.
    pub(super) fn key(&self) -> Option<&StockKey> {
        self.key.as_ref()
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Makes it a copy of a database at one moment, whoever writes to that meanwhile.
    pub(super) async fn vacuum(&self, options: SqliteConnectOptions) -> Result<(), BackupError> {
        let named = options.get_filename();
        let path = named.canonicalize().map_err(|_| OpenError::Absent(named.to_owned()))?;
        refuse_overwritten(&path).map_err(OpenError::from)?;
        let options = options.filename(&path).create_if_missing(false).disable_statement_logging();
        let mut database = options.connect().await.map_err(|error| sqlite_fault(&path, &error))?;
        refuse_old_sqlite(&mut database).await.map_err(|error| sqlite_fault(&path, &error))??;
        refuse_full_disk(&self.path, most_of(&path))?;
        let copied =
            sqlx::query("VACUUM INTO $1").bind(self.path.to_string_lossy().as_ref()).execute(&mut database).await;
        let closed = database.close().await;
        copied.and(closed).map_err(|error| BackupError::NotCopied(error.to_string()))?;
        self.seal().await
    }

    /// Makes it a copy of a file that nobody writes to, if that is a backup that could be restored.
    pub(super) async fn fill(&self, from: &Path, foreign: Foreign) -> Result<(), BackupError> {
        let (source, to) = (from.to_owned(), self.path.to_path_buf());
        let copied = tokio::task::spawn_blocking(move || {
            let mut reader = File::open(source)?;
            io::copy(&mut reader, &mut OpenOptions::new().write(true).truncate(true).open(to)?)
        });
        let copied = copied.await.map_err(io::Error::other).flatten();
        copied.map_err(|reason| BackupError::NotCopied(reason.to_string()))?;
        let mut copy = strange_file(&self.path).connect().await.map_err(damaged)?;
        let fit = refuse_unfit(&mut copy, from, foreign).await;
        copy.close().await.map_err(damaged)?;
        fit?;
        self.seal().await
    }

    /// Makes sure that the file is whole, and gives it a mark of its own: laid over the live database, it is to be noticed
    /// as well as any other file.
    pub(super) async fn seal(&self) -> Result<(), BackupError> {
        let mut copy = self.connect().await.map_err(damaged)?;
        refuse_damaged(&mut copy).await?;
        let mark = getrandom::u32().map_or(1, u32::cast_signed);
        sqlx::raw_sql(AssertSqlSafe(format!("PRAGMA user_version = {mark}")))
            .execute(&mut copy)
            .await
            .map_err(damaged)?;
        copy.close().await.map_err(damaged)
    }

    /// Whether it is of this very release; one of another is not opened, since that would bring it up to date.
    pub async fn is_current(&self) -> Result<bool, BackupError> {
        Ok(self.release().await? == Release::This)
    }

    pub(super) async fn release(&self) -> Result<Release, BackupError> {
        if let Some(url) = &self.server
            && let Address::Postgres(options) = parse(url.reveal())?
        {
            return Ok(Release::of(&applied_to(&options).await?, &POSTGRES_MIGRATIONS));
        }
        let mut copy = self.connect().await.map_err(damaged)?;
        let applied = migrations_of(&mut copy).await.map_err(damaged)?;
        copy.close().await.map_err(damaged)?;
        let applied = applied.ok_or_else(|| BackupError::Damaged("it has no table of migrations".to_owned()))?;
        Ok(Release::of(&applied, &SQLITE_MIGRATIONS))
    }

    /// Opens it as the database that it is a copy of; of a dump, that database itself.
    pub async fn open(&self) -> Result<Store, BackupError> {
        let key = self.key();
        if let Some(url) = &self.server {
            return Ok(Store::open_beside(Database { url: url.reveal(), key }).await?);
        }
        let path = self.path.to_string_lossy().replace('%', "%25").replace('?', "%3F");
        Ok(Store::open_beside(Database { url: &format!("sqlite://{path}"), key }).await?)
    }

    async fn connect(&self) -> sqlx::Result<SqliteConnection> {
        SqliteConnectOptions::new().filename(&self.path).disable_statement_logging().connect().await
    }

    /// Takes a name, for good.
    pub(super) fn become_file(self, file: &Path) -> Result<(), BackupError> {
        if beside(&self.path, "-wal").exists() {
            return Err(BackupError::NotCopied("its log was not put into it".to_owned()));
        }
        let synced = File::open(&self.path).and_then(|copy| copy.sync_all());
        synced.map_err(|reason| unwritable(file, &reason))?;
        fs::rename(&self.path, file).map_err(|reason| unwritable(file, &reason))?;
        let folder = folder_of(file);
        // A folder that cannot be synced still has the file.
        let _ = File::open(folder).and_then(|folder| folder.sync_all());
        Ok(())
    }
}

impl Drop for DatabaseCopy {
    fn drop(&mut self) {
        for ending in [".lock", "-wal", "-shm"] {
            let _ = fs::remove_file(beside(&self.path, ending));
        }
    }
}

fn unwritable(file: &Path, reason: &std::io::Error) -> BackupError {
    BackupError::Unwritable { path: file.to_owned(), reason: reason.to_string() }
}
