//! Backups and databases with something in them that keydesk did not make, and names that lead nowhere.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;

use chrono::{DateTime, Utc};
use insta::assert_snapshot;
use keydesk::store::{Database, Existing, Foreign, Restoration};
use sqlx::{AssertSqlSafe, Connection, PgConnection, SqliteConnection};

use super::backup::{SOUND, has_order, place};
use super::premises::Premises;

/// Rows without an end.
const ENDLESS: &str = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x AS version FROM n";
const SPY: &str = "CREATE TRIGGER spy AFTER INSERT ON orders BEGIN UPDATE orders SET total = 0; END";
const BY_HAND: &str = "PRAGMA writable_schema = ON";

async fn runs_on_file(file: &Path, sql: &str) {
    let mut database = SqliteConnection::connect(&format!("sqlite://{}", file.display())).await.unwrap();
    sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(&mut database).await.unwrap();
    database.close().await.unwrap();
}

async fn runs_on_server(url: &str, sql: &str) {
    let mut database = PgConnection::connect(url).await.unwrap();
    sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(&mut database).await.unwrap();
    database.close().await.unwrap();
}

/// A shop with three orders, and its backup, which is called `shop.backup`.
async fn backed_up() -> Premises {
    let premises = Premises::on_sqlite();
    let bot = premises.bot_store().await;
    place(&bot, 1..=3).await;
    premises.says(&["backup", "shop.backup"]);
    bot.close().await;
    premises
}

#[tokio::test]
async fn a_backup_with_more_in_it_than_keydesk_made_takes_no_place() {
    let (premises, server) = (backed_up().await, Premises::on_postgres().await);
    let mut told = String::new();
    for crafted in [
        &format!("DROP TABLE _sqlx_migrations; CREATE VIEW _sqlx_migrations AS {ENDLESS}"),
        &format!("DROP TABLE drafts; CREATE VIEW drafts AS {ENDLESS}"),
        "DROP TABLE drafts",
        SPY,
        "DROP TRIGGER audit_rows_stay",
        "DROP TRIGGER audit_rows_stay; CREATE TRIGGER audit_rows_stay BEFORE DELETE ON audit BEGIN SELECT 1; END",
        "CREATE VIRTUAL TABLE notes USING fts5 (words)",
        // What only somebody writes who writes into the schema by hand.
        &format!("{BY_HAND}; INSERT INTO sqlite_master VALUES ('TRIGGER', 'spy', 'orders', 0, '{SPY}')"),
        &format!(
            "{BY_HAND}; INSERT INTO sqlite_master VALUES ('trigger', 'sqlite_spy', 'orders', 0, '{}')",
            SPY.replace("spy", "sqlite_spy")
        ),
        &format!(
            "{BY_HAND}; UPDATE sqlite_master SET rootpage = 0, sql = 'CREATE/**/VIRTUAL TABLE drafts USING fts5 (words)'
             WHERE name = 'drafts'"
        ),
        "UPDATE _sqlx_migrations SET version = 9001 WHERE version = 1",
    ] {
        fs::copy(premises.path("shop.backup"), premises.path("crafted")).unwrap();
        runs_on_file(&premises.path("crafted"), crafted).await;
        let crafted_file = premises.path("crafted").display().to_string();
        let refusal = premises.refusal(&["restore", &crafted_file, "--force"]);
        assert_eq!(server.refusal(&["restore", &crafted_file, "--force"]), refusal);
        if !refusal.contains("--unsound") {
            assert_eq!(premises.refusal(&["restore", &crafted_file, "--force", "--unsound"]), refusal);
        }
        told += &refusal.replace(&crafted_file, "crafted");
    }
    assert_snapshot!(told);
    assert!(has_order(&premises, 3).await, "nothing was changed");
    // A table or a view of the owner's own does nothing.
    let own = "CREATE TABLE notes (words TEXT); CREATE INDEX by_words ON notes (words);
        CREATE VIEW takings AS SELECT SUM(total) FROM orders";
    runs_on_file(&premises.path("shop.backup"), own).await;
    premises.says(&["restore", "shop.backup", "--force"]);
    assert_eq!(premises.says(&["doctor"]), SOUND);
    assert!(premises.says(&["restore", "--help"]).contains("triggers and rules"), "what comes along is said before");
    // Nor does a trigger keep anybody from their own backup.
    runs_on_file(&premises.path("keydesk.db"), SPY).await;
    premises.says(&["backup", "own.backup"]);
    premises.says(&["restore", "own.backup", "--force", "--unsound"]);
    assert!(has_order(&premises, 3).await);
}

#[tokio::test]
async fn what_keydesk_did_not_make_in_a_file_is_found() {
    let premises = backed_up().await;
    let file = premises.path("keydesk.db");
    runs_on_file(&file, &format!("{SPY}; DROP TRIGGER audit_rows_stay")).await;
    let doctor = premises.keydesk(&["doctor"]);
    assert_eq!(doctor.status, Some(3), "{doctor:?}");
    let checked = premises.keydesk(&["check"]).said;
    let notes: Vec<&str> = checked.lines().filter(|line| line.starts_with("note   database")).collect();
    // Reading orders would have no end.
    runs_on_file(
        &file,
        &format!("PRAGMA foreign_keys = OFF; DROP TABLE order_lines; CREATE VIEW order_lines AS {ENDLESS}"),
    )
    .await;
    let replaced = premises.keydesk(&["doctor"]).said;
    assert_snapshot!(format!("{}\n{}\n\n{replaced}", doctor.said, notes.join("\n")));
    runs_on_file(&file, &format!("DROP TABLE counters; CREATE VIEW counters AS {ENDLESS}")).await;
    for arguments in [&["doctor"][..], &["stock"], &["orders", "list"]] {
        let refusal = premises.refusal(arguments);
        assert!(refusal.contains("a view stands in the place of the table counters"), "{refusal}");
    }
}

#[tokio::test]
async fn what_keydesk_did_not_make_on_a_server_is_found_and_a_dump_with_it_takes_no_place() {
    let premises = Premises::on_postgres().await.started().await;
    assert_eq!(premises.says(&["doctor"]), SOUND);
    let crafted = "CREATE FUNCTION spy() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
        CREATE TRIGGER spy AFTER INSERT ON orders FOR EACH ROW EXECUTE FUNCTION spy();
        CREATE VIEW takings AS SELECT SUM(total) FROM orders;
        CREATE RULE gone AS ON DELETE TO drafts DO INSTEAD NOTHING";
    runs_on_server(premises.database_url(), &format!("{crafted}; ALTER TABLE audit DISABLE TRIGGER audit_stays")).await;
    let doctor = premises.keydesk(&["doctor"]);
    assert_eq!(doctor.status, Some(3), "{doctor:?}");
    premises.says(&["backup", "crafted"]);
    let refusal = premises.refusal(&["restore", "crafted", "--force"]);
    premises.says(&["restore", "crafted", "--force", "--unsound"]);
    assert_snapshot!(format!("{}\n{refusal}", doctor.said));
}

/// Tables that an opening reads: a file with a view in the place of one is not opened at all.
const OF_AN_OPENING: &str = "('_sqlx_migrations', 'counters', 'dialogues', 'file_jobs', 'orders', 'outbox_messages',
    'serial_numbers', 'withdrawn_serials')";

/// How many tables the doctor finds something else in the place of.
fn replaced(premises: &Premises) -> u64 {
    let doctor = premises.keydesk(&["doctor", "--json"]);
    let doctor: serde_json::Value = serde_json::from_str(&doctor.said).unwrap_or_else(|_| panic!("{doctor:?}"));
    assert_eq!(doctor["findings"][0]["check"], "tables", "{doctor}");
    doctor["findings"][0]["count"].as_u64().unwrap()
}

#[tokio::test]
async fn a_view_in_the_place_of_any_table_is_found_on_both() {
    let premises = backed_up().await;
    let url = format!("sqlite://{}", premises.path("keydesk.db").display());
    let mut database = SqliteConnection::connect(&url).await.unwrap();
    let named =
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite%'";
    let tables: Vec<String> = sqlx::query_scalar(AssertSqlSafe(format!("{named} AND name NOT IN {OF_AN_OPENING}")))
        .fetch_all(&mut database)
        .await
        .unwrap();
    database.close().await.unwrap();
    let server = Premises::on_postgres().await.started().await;
    for name in &tables {
        let view = format!("ALTER TABLE {name} RENAME TO {name}_away; CREATE VIEW {name} AS SELECT * FROM {name}_away");
        runs_on_file(&premises.path("keydesk.db"), &view).await;
        runs_on_server(server.database_url(), &view).await;
    }
    assert!(tables.len() > 30, "{tables:?}");
    assert_eq!(replaced(&premises), tables.len() as u64);
    assert_eq!(replaced(&server), tables.len() as u64);
}

#[tokio::test]
async fn a_dump_with_a_view_in_the_place_of_a_table_takes_no_place() {
    let premises = Premises::on_postgres().await.started().await;
    let view = "DROP TABLE drafts CASCADE; CREATE MATERIALIZED VIEW drafts AS SELECT 1 AS person_id";
    runs_on_server(premises.database_url(), view).await;
    premises.says(&["backup", "crafted", "--unsound"]);
    let refusal = premises.refusal(&["restore", "crafted", "--force", "--unsound"]);
    assert_snapshot!(refusal, @"keydesk: crafted lacks tables of keydesk, or has something else in their place (the materialized view drafts in the place of a table): take another backup, or have somebody who knows SQL put that right in a copy of it");
}

#[tokio::test]
async fn a_link_that_leads_to_no_file_is_neither_read_nor_written_through() {
    let premises = backed_up().await;
    let nowhere = premises.path("nowhere.db");
    for link in ["link.db", "link.backup", "link.csv", "link.toml"] {
        symlink(&nowhere, premises.path(link)).unwrap();
    }
    let mut told = String::new();
    for line in
        ["restore shop.backup", "restore shop.backup --force", "doctor", "stock", "run", "db copy --to DATABASE"]
    {
        let url = format!("sqlite://{}", premises.path("link.db").display());
        let arguments: Vec<&str> = line.split(' ').map(|word| if word == "DATABASE" { &url } else { word }).collect();
        let mut command = premises.command(&arguments);
        if !line.starts_with("db") {
            command.env("DATABASE_URL", &url);
        }
        let ended = command.env("TELOXIDE_TOKEN", "1:a").output().unwrap();
        told += &format!("$ keydesk {line}\n{}", String::from_utf8(ended.stderr).unwrap());
    }
    for line in
        ["backup link.backup", "backup link.backup --force", "orders export link.csv", "init --config link.toml"]
    {
        let arguments: Vec<&str> = line.split(' ').collect();
        told += &format!("$ keydesk {line}\n{}", premises.refusal(&arguments));
    }
    assert_snapshot!(told.replace(&premises.path("").display().to_string(), ""));
    assert!(!nowhere.exists() && premises.names("link.db") == ["link.db"], "{:?}", premises.names("link"));
}

#[tokio::test]
async fn two_databases_that_make_way_within_a_second_are_both_kept() {
    let premises = backed_up().await;
    let now: DateTime<Utc> = "2026-11-30T06:05:15Z".parse().unwrap();
    for _ in 0..3 {
        let database = Database::from(premises.database_url());
        let restoration =
            Restoration::prepare(database, &premises.path("shop.backup"), Existing::Overwrite, Foreign::Refuse)
                .await
                .unwrap();
        restoration.finish(now).await.unwrap();
    }
    let former =
        ["keydesk.db.2026-11-30T06-05-15Z", "keydesk.db.2026-11-30T06-05-15Z-2", "keydesk.db.2026-11-30T06-05-15Z-3"];
    assert_eq!(premises.names("keydesk.db.2"), former);
}
