//! A shop that opens on a database which an earlier release left.

use chrono::{DateTime, Utc};
use sqlx::{AssertSqlSafe, Connection, PgConnection, SqliteConnection};
use tempfile::TempDir;

use super::postgres::Database;
use super::shop::{Home, Shop};

/// The price list that the shops had: a new release brings none.
const ITS_CATALOGUE: &str = include_str!("../upgrade/fixtures/0.1.0/catalog.toml");

impl Shop {
    /// A shop on a SQLite file with these tables and rows.
    pub async fn open_on_dump(sql: &'static str, now: DateTime<Utc>) -> Shop {
        let folder = TempDir::new().unwrap();
        let address = format!("sqlite://{}", folder.path().join("keydesk.db").display());
        let mut database = SqliteConnection::connect(&format!("{address}?mode=rwc")).await.unwrap();
        // Tens of commits less.
        let sql = format!("BEGIN; {sql} COMMIT;");
        sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut database).await.unwrap();
        database.close().await.unwrap();
        Shop::open_at(address, Home::Folder { _folder: folder }, now, ITS_CATALOGUE).await
    }

    /// A shop on a PostgreSQL database with these tables and rows.
    pub async fn open_on_postgres_dump(sql: &'static str, now: DateTime<Utc>) -> Shop {
        let made = Database::create().await;
        let mut database = PgConnection::connect(&made.url).await.unwrap();
        sqlx::raw_sql(sql).execute(&mut database).await.unwrap();
        database.close().await.unwrap();
        Shop::open_at(made.url.clone(), Home::Server { _database: made }, now, ITS_CATALOGUE).await
    }

    /// Where the data are.
    pub fn address(&self) -> &str {
        &self.address
    }
}
