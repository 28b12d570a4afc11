//! The two schemas say the same.

use sqlx::{Connection, PgConnection, SqliteConnection};
use tempfile::TempDir;

use keydesk::store::Store;

use super::TestStore;
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
async fn no_table_is_left_out_when_a_database_is_copied() {
    let store = TestStore::on_postgres().await;
    let mut tables: Vec<String> = sqlite_columns().await.into_iter().map(|(table, ..)| table).collect();
    tables.dedup();
    assert_eq!(store.transferred_tables().await.unwrap(), tables);
    let store = TestStore::on_sqlite().await;
    assert_eq!(store.transferred_tables().await.unwrap(), tables);
}

/// Columns that name a person, or a chat that may be one's.
const OF_PEOPLE: [&str; 16] = [
    "access_by",
    "actor_id",
    "appointed_by",
    "changed_by",
    "chat_id",
    "dismissed_by",
    "founder",
    "invited",
    "person_id",
    "placed_by",
    "proposed_by",
    "raw",
    "source_chat",
    "subject_id",
    "turn_of",
    "username",
];
/// Tables that have such a column and nothing about a customer.
const OF_GROUPS: [&str; 5] = ["digests", "digest_lines", "order_topics", "staff_chats", "moved_chats"];

#[tokio::test]
async fn no_table_is_left_out_that_has_something_about_a_person() {
    let known: Vec<&str> = keydesk::store::Tx::tables_about_people().collect();
    for (table, column, _) in sqlite_columns().await {
        let is_covered = known.contains(&table.as_str()) || OF_GROUPS.contains(&table.as_str());
        assert!(is_covered || !OF_PEOPLE.contains(&column.as_str()), "{table}.{column} may be about a person");
    }
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
