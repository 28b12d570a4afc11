//! A database as SQL text: tables, then rows in the order of their keys, so that two dumps can be compared.

use std::process::Command;

use sqlx::{AssertSqlSafe, Connection, Row, SqliteConnection};

use crate::support::shop::Shop;

/// Migrations are marked with when they ran and for how long, which says nothing about a release.
const PLAIN_MIGRATIONS: &str = "UPDATE _sqlx_migrations SET installed_on = '2015-04-01 09:30:00', execution_time = 0";
/// PostgreSQL dumps rows as they lie: this puts them into the order of their keys.
const IN_ORDER: &str = "DO $$
DECLARE key record;
BEGIN
    FOR key IN SELECT conrelid::regclass AS of, conname AS name FROM pg_constraint
        WHERE contype = 'p' AND connamespace = 'public'::regnamespace
    LOOP
        EXECUTE format('CLUSTER %s USING %I', key.of, key.name);
        EXECUTE format('ALTER TABLE %s SET WITHOUT CLUSTER', key.of);
    END LOOP;
END $$";

/// Hundreds of updates that nobody redelivers would only make the fixtures long.
const FEW_UPDATES: &str =
    "DELETE FROM taken_updates WHERE update_id <= (SELECT MAX(update_id) FROM taken_updates) - 20";

/// The database of a shop.
pub async fn dump(shop: &Shop) -> String {
    for tidying in [PLAIN_MIGRATIONS, FEW_UPDATES] {
        shop.runs_sql(tidying, tidying).await;
    }
    if shop.address().starts_with("sqlite:") {
        return dump_sqlite(shop.address()).await;
    }
    shop.runs_sql("", IN_ORDER).await;
    dump_postgres(shop.address())
}

async fn dump_sqlite(address: &str) -> String {
    let mut database = SqliteConnection::connect(address).await.unwrap();
    let schema =
        "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY rowid";
    let (mut tables, mut indexes, mut rows) = (Vec::new(), Vec::new(), Vec::new());
    for object in sqlx::query(schema).fetch_all(&mut database).await.unwrap() {
        let sql = format!("{};", object.get::<String, _>("sql"));
        if object.get::<String, _>("type") == "table" {
            tables.push(sql);
            rows.extend(rows_of(&mut database, object.get("name")).await);
        } else {
            indexes.push(sql);
        }
    }
    rows.push("DELETE FROM sqlite_sequence;".to_owned());
    rows.extend(rows_of(&mut database, "sqlite_sequence").await);
    database.close().await.unwrap();
    [tables, rows, indexes].concat().join("\n") + "\n"
}

async fn rows_of(database: &mut SqliteConnection, table: &str) -> Vec<String> {
    let columns = sqlx::query(AssertSqlSafe(format!("PRAGMA table_info({table})"))).fetch_all(&mut *database);
    let columns = columns.await.unwrap();
    let mut key: Vec<(i64, String)> =
        columns.iter().map(|column| (column.get("pk"), column.get("name"))).filter(|(place, _)| *place > 0).collect();
    key.sort();
    let key: Vec<String> = key.into_iter().map(|(_, name)| name).collect();
    let quoted: Vec<String> =
        columns.iter().map(|column| format!("quote({})", column.get::<String, _>("name"))).collect();
    let order = if key.is_empty() { "1".to_owned() } else { key.join(", ") };
    let query = format!(
        "SELECT 'INSERT INTO {table} VALUES(' || {} || ');' FROM {table} ORDER BY {order}",
        quoted.join(" || ',' || ")
    );
    sqlx::query_scalar(AssertSqlSafe(query)).fetch_all(database).await.unwrap()
}

fn dump_postgres(address: &str) -> String {
    // Debian keeps the server's programs out of PATH; pg_dump is to be of the server's release.
    let program = "$(compgen -G '/usr/lib/postgresql/*/bin/pg_dump' | sort -V | tail -n 1)";
    let command = format!(
        "{program} --inserts --no-owner --no-privileges --dbname=\"$0\" || pg_dump --inserts --no-owner --no-privileges --dbname=\"$0\""
    );
    let output = Command::new("bash").args(["-c", &command, address]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let dump = String::from_utf8(output.stdout).unwrap();
    // Comments, settings of newer servers and commands of psql: none of them is data.
    let said = |line: &&str| !["--", "SET ", "\\"].iter().any(|begin| line.starts_with(begin));
    dump.lines().filter(said).collect::<Vec<_>>().join("\n") + "\n"
}
