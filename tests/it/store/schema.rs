//! The two schemas say the same.

use sqlx::{Connection, PgConnection, SqliteConnection};
use tempfile::TempDir;

use keydesk::store::Store;

use crate::{store::at, support::postgres::Database};

/// Table, column, whether it may be null.
type Column = (String, String, bool);

/// But for the indexes of searches, which SQLite has as tables.
async fn sqlite_columns() -> Vec<Column> {
    let folder = TempDir::new().unwrap();
    let url = format!("sqlite://{}", folder.path().join("keydesk.db").display());
    Store::open(&url).await.unwrap().close().await;
    let mut connection = SqliteConnection::connect(&url).await.unwrap();
    sqlx::query_as(
        r#"SELECT t.name, c.name, c."notnull" = 0 FROM pragma_table_list t JOIN pragma_table_info(t.name) c
           WHERE t.schema = 'main' AND t.type = 'table' AND t.name NOT LIKE 'sqlite_%'
               AND t.name NOT LIKE '\_sqlx%' ESCAPE '\'
           ORDER BY t.name, c.name"#,
    )
    .fetch_all(&mut connection)
    .await
    .unwrap()
}

async fn postgres_columns() -> Vec<Column> {
    let database = Database::create().await;
    Store::open(&database.url).await.unwrap().close().await;
    let mut connection = PgConnection::connect(&database.url).await.unwrap();
    sqlx::query_as(
        r#"SELECT table_name::text, column_name::text, is_nullable = 'YES' FROM information_schema.columns
           WHERE table_schema = 'public' AND table_name NOT LIKE '\_sqlx%'
           ORDER BY table_name COLLATE "C", column_name COLLATE "C""#,
    )
    .fetch_all(&mut connection)
    .await
    .unwrap()
}

#[tokio::test]
async fn both_databases_have_the_same_tables_and_columns() {
    let sqlite = sqlite_columns().await;
    assert!(sqlite.len() > 60, "{sqlite:?}");
    assert_eq!(sqlite, postgres_columns().await);
}

#[tokio::test]
async fn both_databases_have_the_same_migrations() {
    let names = |folder: &str| {
        let files = std::fs::read_dir(format!("{}/migrations/{folder}", env!("CARGO_MANIFEST_DIR"))).unwrap();
        let mut names: Vec<_> = files.map(|file| file.unwrap().file_name()).collect();
        names.sort();
        names
    };
    assert_eq!(names("sqlite"), names("postgres"));
}

#[tokio::test]
async fn times_of_sqlite_sort_as_texts() {
    let mut connection = SqliteConnection::connect("sqlite::memory:").await.unwrap();
    let micros = [0, 1, 999, 1000, 1001, 123_000, 123_456, 999_999, 1_000_000, 60_000_000, 3_155_760_000_000_000];
    for pair in micros.windows(2) {
        let [earlier, later] =
            [pair[0], pair[1]].map(|micros| at(0) + chrono::TimeDelta::microseconds(micros - 123_456));
        let sorted: bool = sqlx::query_scalar("SELECT $1 < $2 AND typeof($1) = 'text'")
            .bind(earlier)
            .bind(later)
            .fetch_one(&mut connection)
            .await
            .unwrap();
        assert!(sorted, "{earlier} {later}");
    }
}
