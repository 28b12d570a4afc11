//! Why a database cannot be opened, in sentences.

use std::path::{Path, PathBuf};

use sqlx::migrate::MigrateError;
use sqlx::postgres::PgConnectOptions;

use crate::store::error::{StoreError, postgres_code};
use crate::store::lost::Lost;
use crate::store::vault::KeyFault;

/// Why a database could not be opened, in one sentence with the remedy. No variant holds the address with its password.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Neither SQLite nor PostgreSQL.
    #[error("the database address is not understood: write sqlite://FILE or postgres://USER:PASSWORD@HOST/DATABASE")]
    UnknownAddress,
    #[error("a SQLite database in memory would lose every order: name a file, such as sqlite://keydesk.db")]
    InMemory,
    /// What of it is the password cannot be told, so nothing of it is shown.
    #[error(
        "the password in the database address holds a character that means something else there: write # as %23, \
         @ as %40, / as %2F, ? as %3F and % as %25"
    )]
    Unescaped,
    /// A SQLite database that may not be written.
    #[error("the database address asks for read-only access: take `mode=ro` and `immutable` out of it")]
    ReadOnly,
    /// No file is there, and whoever asks is not to make one.
    #[error(
        "there is no database {}: correct DATABASE_URL, or run this in the bot's folder; the first `keydesk run` makes the \
         database", .0.display()
    )]
    Absent(PathBuf),
    /// The next orders would fill the disk, if it is not full.
    #[error(
        "the disk of the folder {} has {left} MB left: make room there, or move the database to another disk",
        folder.display()
    )]
    NoRoom { folder: PathBuf, left: u64 },
    /// A link whose file is not there.
    #[error(
        "{} is a symbolic link that leads to no file: name the file itself, or make the one that it leads to, by `touch`",
        .0.display()
    )]
    Dangling(PathBuf),
    /// Nobody made tables in it, and whoever asks is not to.
    #[error(
        "the PostgreSQL database {0} has no tables of keydesk: correct DATABASE_URL; the first `keydesk run` makes them"
    )]
    NoTables(String),
    /// Whoever reads there might do so for ever.
    #[error(
        "a view stands in the place of the table {name} in {}, which is not as keydesk made it: name another file, or put a \
         backup into its place with `keydesk restore FILE --force`", path.display()
    )]
    Replaced { path: PathBuf, name: String },
    /// Somebody else has the file.
    #[error("another keydesk process uses the database {}: stop it first, or give this one another DATABASE_URL", .0.display())]
    InUse(PathBuf),
    /// Somebody else has the file under another of its names.
    #[error("another keydesk process uses the database {} under another name: stop it first, and keep one name of the file", .0.display())]
    OtherName(PathBuf),
    /// What the last process that used the file left of it.
    #[error(transparent)]
    Lost(#[from] Lost),
    /// The serial numbers are encrypted, and not with this key.
    #[error(transparent)]
    Key(#[from] KeyFault),
    /// The file or its folder cannot be used.
    #[error("the database file {} cannot be opened ({reason}): its folder must exist and be writable", path.display())]
    File {
        path: PathBuf,
        /// What the system says.
        reason: String,
    },
    /// Something wrote over it, or its disk gave it back otherwise.
    #[error(
        "the file {} is no SQLite database, or a damaged one ({reason}): put a backup into its place with `keydesk restore \
         FILE --force`, which keeps the former file", path.display()
    )]
    Damaged { path: PathBuf, reason: String },
    /// Locks and shared memory do not hold across machines.
    #[error(
        "the database file {} lies on a network file system ({kind}), where SQLite can corrupt it: put it on a disk of \
         this machine, or use PostgreSQL", path.display()
    )]
    NetworkFileSystem { path: PathBuf, kind: String },
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
    /// A text of some people would fail, or stand there as something else.
    #[error(
        "the PostgreSQL database {database} stores text as {encoding}, which cannot hold every character: make another \
         with `CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0`, and name that one"
    )]
    Encoding { database: String, encoding: String },
    /// The user lacks a right; database and user are quoted as SQL wants them.
    #[error(
        "PostgreSQL does not let the user {user} {action}: have an administrator run `ALTER DATABASE {database} OWNER TO \
         {user}`, or `{grant}` in that database"
    )]
    Forbidden { user: String, database: String, action: String, grant: String },
    /// PostgreSQL refused a migration or a look at the tables.
    #[error(
        "PostgreSQL refused what keydesk needs ({0}): have an administrator make the user in DATABASE_URL the owner of \
         the database and of keydesk's tables"
    )]
    Refused(String),
    /// Statements that were prepared, and settings, are another session's at the next transaction.
    #[error(
        "a connection pooler stands before PostgreSQL and changes sessions between transactions: let it use session mode \
         (pool_mode = session) for keydesk, or connect to PostgreSQL directly"
    )]
    Pooler,
    /// Made by a newer keydesk.
    #[error("the database was made by a newer keydesk (migration {0}): run that version or a newer one")]
    Newer(i64),
    /// A migration that was applied is not what this program holds.
    #[error("migration {0} of the database differs from this program's: run the release that made the database")]
    Changed(i64),
    #[error("the database could not be made ready ({0}): restore a backup or ask for help with this message")]
    Broken(String),
}

impl From<StoreError> for OpenError {
    fn from(error: StoreError) -> OpenError {
        match error {
            StoreError::Pooled(_) => OpenError::Pooler,
            StoreError::Lost(lost) => lost.into(),
            StoreError::Key(fault) => fault.into(),
            StoreError::Unavailable(error) | StoreError::Conflict(error) | StoreError::Broken(error) => {
                OpenError::Broken(error.to_string())
            }
            StoreError::NotTold => OpenError::Broken(error.to_string()),
        }
    }
}

pub(in crate::store) fn file_fault(path: &Path, reason: impl ToString) -> OpenError {
    OpenError::File { path: path.to_owned(), reason: reason.to_string() }
}

/// What SQLite says of a file.
pub(in crate::store) fn sqlite_fault(path: &Path, error: &sqlx::Error) -> OpenError {
    // https://www.sqlite.org/rescode.html: SQLITE_CORRUPT and SQLITE_NOTADB, the former with what was damaged above its lowest byte.
    const CORRUPT: i32 = 11;
    const NOT_A_DATABASE: i32 = 26;
    let code = error.as_database_error().and_then(|error| error.code()?.parse::<i32>().ok());
    match code.map(|code| code & 0xff) {
        Some(CORRUPT | NOT_A_DATABASE) => OpenError::Damaged { path: path.to_owned(), reason: error.to_string() },
        _ => file_fault(path, error),
    }
}

pub(in crate::store) fn server_fault(options: &PgConnectOptions, reason: &sqlx::Error) -> OpenError {
    let database = options.get_database().unwrap_or(options.get_username());
    let server = format!("{}:{}/{database}", options.get_host(), options.get_port());
    OpenError::Server { server, reason: reason.to_string() }
}

/// That a server's database has nothing of keydesk.
pub(in crate::store) fn no_tables(options: &PgConnectOptions) -> OpenError {
    OpenError::NoTables(options.get_database().unwrap_or(options.get_username()).to_owned())
}

pub(in crate::store) fn migration_fault(fault: MigrateError) -> OpenError {
    match fault {
        MigrateError::VersionMissing(version) => OpenError::Newer(version),
        MigrateError::VersionMismatch(version) => OpenError::Changed(version),
        MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => statement_fault(error),
        other => OpenError::Broken(other.to_string()),
    }
}

/// What a failed statement says of the database that it was meant for.
pub(in crate::store) fn statement_fault(error: sqlx::Error) -> OpenError {
    match postgres_code(&error).as_deref() {
        Some("42501") => {
            OpenError::Refused(error.as_database_error().map(|said| said.message().to_owned()).unwrap_or_default())
        }
        _ => StoreError::from(error).into(),
    }
}
