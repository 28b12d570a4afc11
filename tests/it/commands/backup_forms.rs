//! Backups from one kind of database into the other, and from one release to another.

use sqlx::{AssertSqlSafe, Connection, PgConnection, SqliteConnection};

use super::backup::{SOUND, has_order, place};
use super::premises::Premises;

const HELD: &str = "sound, orders: 3, the last is 3, the newest change is from 2015-04-01T07:00:03Z\n";
const OLDER_ON_SQLITE: &str = include_str!("../upgrade/fixtures/0.1.0/sqlite.sql");
const OLDER_ON_POSTGRES: &str = include_str!("../upgrade/fixtures/0.1.0/postgres.sql");
/// A place that no release knows, which the doctor would find.
const NOWHERE: &str = "DELETE FROM dialogues WHERE chat_id = 118";

async fn runs_on(url: &str, sql: &str) {
    let sql = AssertSqlSafe(sql.to_owned());
    if url.starts_with("sqlite:") {
        let mut database = SqliteConnection::connect(&format!("{url}?mode=rwc")).await.unwrap();
        sqlx::raw_sql(sql).execute(&mut database).await.unwrap();
        database.close().await.unwrap();
    } else {
        let mut database = PgConnection::connect(url).await.unwrap();
        sqlx::raw_sql(sql).execute(&mut database).await.unwrap();
        database.close().await.unwrap();
    }
}

#[tokio::test]
async fn a_portable_backup_of_postgres_is_restored_into_either() {
    let (server, file) = (Premises::on_postgres().await, Premises::on_sqlite());
    let bot = server.bot_store().await;
    bot.show_life().await.unwrap();
    place(&bot, 1..=3).await;
    let said = server.says(&["backup", "shop.backup", "--portable"]);
    assert_eq!(said, format!("shop.backup: a SQLite file; {HELD}"));
    let backup = server.path("shop.backup").display().to_string();
    let refusal = server.refusal(&["restore", &backup, "--force"]);
    assert!(refusal.contains("stop it first"), "{refusal}");

    place(&bot, 4..=4).await;
    bot.close().await;
    let refusal = server.refusal(&["restore", &backup]);
    assert!(refusal.contains("has orders (4)") && refusal.contains("--force"), "{refusal}");
    for premises in [&server, &file] {
        let said = premises.says(&["restore", &backup, "--force"]);
        assert_eq!(said, format!("Restored from {backup}, a SQLite file: {HELD}"));
        assert!(has_order(premises, 3).await && !has_order(premises, 4).await);
        assert_eq!(premises.says(&["doctor"]), SOUND);
        // Numbers go on where they stood.
        place(&premises.bot_store().await, 4..=4).await;
        assert_eq!(premises.names(".keydesk-"), Vec::<String>::new(), "no half of a copy stays");
    }
}

#[tokio::test]
async fn a_backup_of_sqlite_moves_to_postgres_and_a_dump_does_not_move_to_sqlite() {
    let (file, server) = (Premises::on_sqlite(), Premises::on_postgres().await);
    let bot = file.bot_store().await;
    place(&bot, 1..=3).await;
    file.says(&["backup", "shop.backup"]);
    let backup = file.path("shop.backup").display().to_string();
    assert_eq!(server.says(&["restore", &backup]), format!("Restored from {backup}, a SQLite file: {HELD}"));
    assert_eq!(server.says(&["orders", "list", "--json"]), file.says(&["orders", "list", "--json"]));
    bot.close().await;

    server.says(&["backup", "shop.dump"]);
    let dump = server.path("shop.dump").display().to_string();
    assert_eq!(
        file.refusal(&["restore", &dump, "--force"]),
        format!(
            "keydesk: {dump} is a dump of PostgreSQL: restore it there, with the server's address in DATABASE_URL, and move \
             on with `keydesk db copy`\n"
        )
    );
}

#[tokio::test]
async fn a_file_of_an_older_release_is_brought_up_to_date_wherever_it_is_restored() {
    let (former, file, server) = (Premises::on_sqlite(), Premises::on_sqlite(), Premises::on_postgres().await);
    runs_on(former.database_url(), &format!("BEGIN; {OLDER_ON_SQLITE} {NOWHERE}; COMMIT;")).await;
    let said = former.says(&["backup", "shop.backup"]);
    assert!(said.contains("of another release of keydesk; its data were not examined"), "{said}");
    let backup = former.path("shop.backup").display().to_string();
    for premises in [&file, &server] {
        let said = premises.says(&["restore", &backup]);
        assert!(said.starts_with(&format!("Restored from {backup}, a SQLite file: sound, ")), "{said}");
        assert_eq!(premises.says(&["doctor"]), SOUND);
    }
    assert_eq!(file.says(&["orders", "list", "--json"]), server.says(&["orders", "list", "--json"]));
}

#[tokio::test]
async fn a_dump_of_an_older_release_is_brought_up_to_date_and_only_pg_dump_makes_it() {
    let (former, server) = (Premises::on_postgres().await, Premises::on_postgres().await);
    runs_on(former.database_url(), OLDER_ON_POSTGRES).await;
    runs_on(former.database_url(), NOWHERE).await;
    let refusal = former.refusal(&["backup", "shop.backup", "--portable"]);
    assert!(refusal.contains("of another release of keydesk, which alone can write it"), "{refusal}");
    let said = former.says(&["backup", "shop.backup"]);
    let other = "a dump by pg_dump; whole, of another release of keydesk; its data were not examined\n";
    assert_eq!(said, format!("shop.backup: {other}"), "and the database is as its own release made it");
    let backup = former.path("shop.backup").display().to_string();
    let said = server.says(&["restore", &backup]);
    assert!(said.starts_with(&format!("Restored from {backup}, a dump by pg_dump: sound, ")), "{said}");
    assert_eq!(server.says(&["doctor"]), SOUND);
    let refusal = server.refusal(&["restore", &backup, "--force"]);
    assert!(refusal.contains("an older release than the database, whose younger tables it would leave"), "{refusal}");
    assert_eq!(server.says(&["doctor"]), SOUND, "nothing was changed");
}

/// Has a database look as if a later release had made it.
const LATER: &str = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
    SELECT 9001, 'later', success, checksum, execution_time FROM _sqlx_migrations WHERE version = 1";

#[tokio::test]
async fn a_backup_of_a_newer_release_takes_no_place() {
    let (file, server) = (Premises::on_sqlite(), Premises::on_postgres().await);
    for premises in [&file, &server] {
        let bot = premises.bot_store().await;
        place(&bot, 1..=3).await;
        bot.close().await;
    }
    for (made_on, restored_on) in [(&file, &file), (&file, &server), (&server, &server)] {
        let later = if made_on.database_url().starts_with("sqlite:") {
            Premises::on_sqlite()
        } else {
            Premises::on_postgres().await
        };
        later.bot_store().await.close().await;
        runs_on(later.database_url(), LATER).await;
        later.says(&["backup", "later.backup"]);
        let backup = later.path("later.backup").display().to_string();
        assert_eq!(
            restored_on.refusal(&["restore", &backup, "--force"]),
            format!(
                "keydesk: {backup} was made by a newer keydesk (migration 9001): restore it with that release or a newer one\n"
            )
        );
        assert!(has_order(restored_on, 3).await, "nothing was changed");
    }
}

#[tokio::test]
async fn a_file_of_something_else_takes_no_place() {
    let (file, server) = (Premises::on_sqlite(), Premises::on_postgres().await);
    let foreign = file.path("foreign.db").display().to_string();
    runs_on(&format!("sqlite://{foreign}"), "CREATE TABLE notes (id INTEGER)").await;
    for premises in [&file, &server] {
        let refusal = premises.refusal(&["restore", &foreign]);
        assert!(refusal.contains("is no backup of a database like this one"), "{refusal}");
    }
}

#[tokio::test]
async fn the_audit_and_everything_else_makes_way_on_a_server() {
    let (file, server) = (Premises::on_sqlite(), Premises::on_postgres().await.started().await);
    let bot = file.bot_store().await;
    place(&bot, 1..=3).await;
    file.says(&["backup", "shop.backup"]);
    bot.close().await;
    server.write("serials.txt", "AAAA-0001\nAAAA-0002\n");
    server.says(&["serials", "import", "sp-1", "serials.txt"]);
    runs_on(
        server.database_url(),
        "INSERT INTO audit (happened_at, actor_id, actor_name, role, action) VALUES (now(), 1, 'Z', 'admin', '{}')",
    )
    .await;
    let backup = file.path("shop.backup").display().to_string();
    server.says(&["restore", &backup]);
    assert_eq!(server.says(&["stock", "--json"]), file.says(&["stock", "--json"]));
}
