//! A PostgreSQL database of its own for each test.

use std::{
    env, process,
    sync::atomic::{AtomicU32, Ordering},
    thread,
    time::{SystemTime, UNIX_EPOCH},
};

use keydesk::store::Store;
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use tokio::runtime;
use tokio::time::timeout;
use url::Url;

use super::program::PATIENCE;

/// An empty database on the server that `scripts/test` started; it goes away with the value.
pub struct Database {
    /// Its address.
    pub url: String,
    name: String,
}

impl Database {
    /// Creates one.
    pub async fn create() -> Database {
        Database::create_with("").await
    }

    /// Creates one with the tables of this release. They are copied: making them anew for each of some hundred tests would
    /// take a tenth of the suite's time.
    pub async fn with_tables() -> Database {
        match Database::copy_of(TABLES, "").await {
            Ok(database) => database,
            Err(error) if sqlstate(&error) == NO_SUCH_DATABASE => {
                make_tables().await;
                Database::copy_of(TABLES, "").await.expect("PostgreSQL copies a database")
            }
            Err(error) => panic!("PostgreSQL copies a database: {error}"),
        }
    }

    /// Creates one with these options of `CREATE DATABASE`.
    pub async fn create_with(options: &str) -> Database {
        // template0 has no connections, so that tests do not wait for each other's CREATE DATABASE.
        Database::copy_of("template0", options).await.expect("PostgreSQL creates a database")
    }

    async fn copy_of(template: &str, options: &str) -> sqlx::Result<Database> {
        let name = unused_name();
        // Where nothing is synced, copying the files costs half of what writing them through the log does.
        let create = format!("CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY {options}");
        execute_at(&server(), create).await?;
        let url = at(&name);
        Ok(Database { url: url.into(), name })
    }

    /// The address for a user of its own, who owns nothing.
    pub async fn for_a_stranger(&self) -> String {
        let mut url = Url::parse(&self.url).unwrap();
        execute_at(&url, format!("CREATE ROLE {} LOGIN", self.name)).await.unwrap();
        url.set_username(&self.name).unwrap();
        url.into()
    }

    /// Runs a statement in it, as its owner.
    pub async fn runs(&self, statement: &str) {
        execute_at(&Url::parse(&self.url).unwrap(), statement.to_owned()).await.unwrap();
    }

    /// Its name, which differs from run to run; that of the stranger as well.
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let drop_it = format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name);
        // A runtime cannot wait within a runtime, hence the thread. The cluster is thrown away anyway: no error matters.
        let dropping = thread::spawn(move || {
            let runtime = runtime::Builder::new_current_thread().enable_all().build();
            runtime.map(|runtime| runtime.block_on(execute(drop_it)))
        });
        let _ = dropping.join();
    }
}

/// What the first test makes that needs tables, for the others to copy; it goes with the server, which `scripts/test` starts.
const TABLES: &str = "keydesk_tables";
/// <https://www.postgresql.org/docs/current/errcodes-appendix.html>
const NO_SUCH_DATABASE: &str = "3D000";

async fn make_tables() {
    let mut turn = PgConnection::connect(server().as_str()).await.unwrap();
    sqlx::raw_sql("SELECT pg_advisory_lock(1)").execute(&mut turn).await.unwrap();
    let made = sqlx::query("SELECT 1 FROM pg_database WHERE datname = $1").bind(TABLES);
    if made.fetch_optional(&mut turn).await.unwrap().is_none() {
        let unfinished = Database::create().await;
        Store::open(&unfinished.url).await.unwrap().close().await;
        // Nobody copies what is half made.
        execute(format!("ALTER DATABASE {} RENAME TO {TABLES}", unfinished.name)).await.unwrap();
    }
    // The lock ends with its connection.
    turn.close().await.unwrap();
}

/// Asks the server until as many sessions as that wait for a lock in this database.
pub async fn until_there_wait(holder: &mut PgConnection, is_enough: impl Fn(i64) -> bool) {
    let count = "SELECT COUNT(*) FROM pg_locks
        WHERE NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";
    let asking = async { while !is_enough(sqlx::query_scalar(count).fetch_one(&mut *holder).await.unwrap()) {} };
    timeout(PATIENCE, asking).await.expect("as many wait for a lock");
}

fn sqlstate(error: &sqlx::Error) -> String {
    error.as_database_error().and_then(|error| error.code()).unwrap_or_default().into_owned()
}

fn at(database: &str) -> Url {
    let mut url = server();
    url.set_path(database);
    url
}

fn server() -> Url {
    let url = env::var("KEYDESK_TEST_POSTGRES")
        .unwrap_or_else(|_| panic!("KEYDESK_TEST_POSTGRES is not set: run scripts/test"));
    Url::parse(&url).expect("KEYDESK_TEST_POSTGRES is an address such as postgres://postgres@127.0.0.1:5432/postgres")
}

/// The server as a role of the test's own sees it, who owns the database and nothing else.
pub struct Role {
    pub database: Database,
    /// The address of the database, in this role.
    pub url: String,
    pub name: String,
}

impl Role {
    pub async fn create() -> Role {
        let database = Database::create().await;
        let name = format!("{}_owner", database.name);
        execute(format!("CREATE ROLE {name} LOGIN")).await.expect("PostgreSQL creates a role");
        execute(format!("ALTER DATABASE {} OWNER TO {name}", database.name)).await.expect("a database has an owner");
        let mut url = Url::parse(&database.url).unwrap();
        url.set_username(&name).unwrap();
        Role { url: url.into(), database, name }
    }
}

/// One connection for one statement: some hundred tests run at a time on few cores, and connections are what runs out.
pub async fn execute(statement: String) -> sqlx::Result<()> {
    execute_at(&server(), statement).await
}

async fn execute_at(at: &Url, statement: String) -> sqlx::Result<()> {
    let mut connection = PgConnection::connect(at.as_str()).await?;
    sqlx::raw_sql(AssertSqlSafe(statement)).execute(&mut connection).await?;
    connection.close().await
}

/// Unique among processes, within a process, and against what an earlier run may have left.
fn unused_name() -> String {
    static CREATED: AtomicU32 = AtomicU32::new(0);
    let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH).expect("the clock is set");
    let number = CREATED.fetch_add(1, Ordering::Relaxed);
    format!("keydesk_{}_{}_{number}", process::id(), since_epoch.as_micros())
}

#[tokio::test]
async fn each_test_has_a_database_of_its_own_which_goes_away() {
    let (one, other) = (Database::create().await, Database::create().await);
    let mut connection = PgConnection::connect(&one.url).await.unwrap();
    sqlx::raw_sql("CREATE TABLE orders (id BIGINT)").execute(&mut connection).await.unwrap();
    let mut elsewhere = PgConnection::connect(&other.url).await.unwrap();
    let tables: i64 = sqlx::query_scalar("SELECT count(*) FROM pg_tables WHERE tablename = 'orders'")
        .fetch_one(&mut elsewhere)
        .await
        .unwrap();
    assert_eq!(tables, 0);

    let url = one.url.clone();
    drop(one);
    assert!(PgConnection::connect(&url).await.is_err());
}
