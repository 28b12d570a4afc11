//! Databases in which a shop could not live, found by `check` and refused by `run`, each with the remedy.

use std::fs;

use insta::assert_snapshot;

use super::faults::said;
use crate::support::pgbouncer::Pgbouncer;
use crate::support::postgres::Database;
use crate::support::program::{Flood, Premises, Program};

const ANNA: i64 = 101;

async fn premises() -> Premises {
    Premises::on_sqlite(Flood::Unlimited).await
}

/// What `check` and `run` say of a database, whose name differs from run to run.
async fn said_of(database: &Database, url: &str) -> String {
    let told = said(&premises().await, &[("DATABASE_URL", url)]).await;
    told.lines().filter(|line| !line.starts_with("ok ")).collect::<Vec<_>>().join("\n").replace(database.name(), "NAME")
}

#[tokio::test]
async fn a_database_that_cannot_hold_every_character_is_refused() {
    for encoding in ["SQL_ASCII", "LATIN1"] {
        let options = format!("ENCODING '{encoding}' LC_COLLATE 'C' LC_CTYPE 'C'");
        let database = Database::create_with(&options).await;
        let told = said_of(&database, &database.url).await;
        assert_snapshot!("encoding", told.replace(encoding, "ENCODING"));
    }
}

#[tokio::test]
async fn a_schema_in_which_nothing_may_be_made_is_refused_and_the_remedy_helps() {
    let database = Database::create().await;
    let url = database.for_a_stranger().await;
    assert_snapshot!(said_of(&database, &url).await);
    database.runs(&format!("ALTER DATABASE {0} OWNER TO {0}", database.name())).await;
    let premises = premises().await;
    let bot = Program::start(premises.command(&["run"]).env("DATABASE_URL", &url));
    bot.says("serving as").await;
    assert_eq!(bot.stops().await.status.code(), Some(0));
}

#[tokio::test]
async fn a_user_without_a_schema_or_temporary_tables_is_refused() {
    let database = Database::create().await;
    let url = database.for_a_stranger().await;
    database.runs(&format!("GRANT CREATE ON SCHEMA public TO {}", database.name())).await;
    database.runs(&format!("REVOKE TEMPORARY ON DATABASE {} FROM PUBLIC", database.name())).await;
    let temporary = said_of(&database, &url).await;
    database.runs(&format!("ALTER ROLE {} SET search_path = nowhere", database.name())).await;
    assert_snapshot!([temporary, said_of(&database, &url).await].join("\n"));
}

#[tokio::test]
async fn tables_of_somebody_else_are_refused() {
    let database = Database::create().await;
    keydesk::store::Store::open(&database.url).await.unwrap().close().await;
    let url = database.for_a_stranger().await;
    database.runs(&format!("GRANT CREATE ON SCHEMA public TO {}", database.name())).await;
    assert_snapshot!(said_of(&database, &url).await);
}

#[tokio::test]
async fn a_pooler_in_transaction_mode_is_refused() {
    let database = Database::create().await;
    for mode in ["transaction", "statement"] {
        let pooler = Pgbouncer::before(&database.url, mode).await;
        assert_snapshot!("pooler", said_of(&database, &pooler.url).await);
    }
}

#[tokio::test]
async fn a_pooler_in_session_mode_is_no_hindrance() {
    let database = Database::create().await;
    let pooler = Pgbouncer::before(&database.url, "session").await;
    let premises = premises().await;
    let check = Program::start(premises.command(&["check"]).env("DATABASE_URL", &pooler.url)).ends().await;
    assert_eq!(check.status.code(), Some(0), "{check:#?}");
    let bot = Program::start(premises.command(&["run"]).env("DATABASE_URL", &pooler.url));
    premises.emulator.say(ANNA, ANNA, "/start");
    premises.until("she is greeted", |world| world.messages(ANNA).count() == 2).await;
    assert_eq!(bot.stops().await.status.code(), Some(0));
}

#[tokio::test]
async fn no_part_of_a_password_is_shown_or_becomes_a_file() {
    let premises = premises().await;
    let mut told = String::new();
    for address in [
        "postgres://app:p@Ss9kTail#1@127.0.0.1:1/shop2",
        "postgres://app:48151#Zq@127.0.0.1:1/shop2",
        "postgres://app:48151?Zq@127.0.0.1:1/shop2",
        "postgres://app:48151/Zq@127.0.0.1:1/shop2",
        "postgres://app:p@Ss9kTail@127.0.0.1:1/shop2",
        "postgres://127.0.0.1:1/shop2?pasword=Ss9kTail",
        "sqlite://app:Ss9kTail@127.0.0.1/shop2",
        "Ss9kTail",
        "sqlite://keydesk.db\r",
    ] {
        let before = fs::read_dir(premises.file("")).unwrap().count();
        let said = said(&premises, &[("DATABASE_URL", address), ("RUST_LOG", "trace")]).await;
        for part in ["Ss9kTail", "48151", "Zq"] {
            assert!(!said.contains(part), "{address}: {said}");
        }
        assert_eq!(fs::read_dir(premises.file("")).unwrap().count(), before, "{address} made a file");
        told += said.lines().last().unwrap();
        told += "\n";
    }
    assert_snapshot!(told);
}
