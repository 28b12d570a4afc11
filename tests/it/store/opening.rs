//! Opening a database: what is refused, and several who open it at once.

use std::{fs, path::Path};

use keydesk::{
    domain::{ChatId, Lane, Sending, UpdateId},
    store::{Dedup, Driver, NewFileJob, NewOutboxMessage, OpenError, Readiness, SaveDialogue, ShowIn, Store},
};
use sqlx::{Connection, SqliteConnection};
use tempfile::TempDir;

use super::{TestStore, at, commit, dialogue_of};
use crate::support::postgres::Database;

async fn refusal(url: &str) -> String {
    Store::open(url).await.expect_err("it is refused").to_string()
}

fn file_in(folder: &TempDir) -> String {
    folder.path().join("keydesk.db").display().to_string()
}

fn address_in(folder: &TempDir) -> String {
    format!("sqlite://{}", file_in(folder))
}

async fn apply_later_migration(file: &str) {
    let mut connection = SqliteConnection::connect(&format!("sqlite://{}", file)).await.unwrap();
    sqlx::raw_sql(
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
         VALUES (9999, 'later', TRUE, x'00', 0)",
    )
    .execute(&mut connection)
    .await
    .unwrap();
    connection.close().await.unwrap();
}

#[tokio::test]
async fn a_file_is_created_by_any_of_its_addresses() {
    for scheme in ["sqlite://", "sqlite:"] {
        let folder = TempDir::new().unwrap();
        let file = file_in(&folder);
        let store = Store::open(&format!("{scheme}{file}")).await.unwrap();
        store.check().await.unwrap();
        assert!(Path::new(&file).exists());
    }
}

#[tokio::test]
async fn addresses_that_would_lose_orders_are_refused() {
    for url in ["sqlite::memory:", "sqlite://:memory:", "sqlite://a.db?mode=memory", ":memory:"] {
        assert_eq!(
            refusal(url).await,
            "a SQLite database in memory would lose every order: name a file, such as sqlite://keydesk.db"
        );
    }
    assert!(matches!(Store::open("sqlite://a.db?mode=ro").await, Err(OpenError::ReadOnly)));
}

#[tokio::test]
async fn no_refusal_shows_a_password() {
    let closed = "postgres://keydesk:hunter2@127.0.0.1:1/desk";
    let sentence = refusal(closed).await;
    assert!(sentence.starts_with("PostgreSQL at 127.0.0.1:1/desk cannot be used ("), "{sentence}");
    let addresses = [
        closed,
        "mysql://keydesk:hunter2@db/desk",
        "keydesk:hunter2@db/desk",
        "postgres://keydesk:hunter2@db:x/desk",
        "",
    ];
    for url in addresses {
        let refused = Store::open(url).await.expect_err("it is refused");
        assert!(!format!("{refused} {refused:?}").contains("hunter2"), "{refused:?}");
    }
}

#[tokio::test]
async fn a_server_that_does_not_know_the_database_is_named() {
    let mut url = url::Url::parse(&Database::create().await.url).unwrap();
    url.set_path("/no_such_desk");
    let sentence = refusal(url.as_str()).await;
    assert!(sentence.contains("/no_such_desk cannot be used"), "{sentence}");
    assert!(sentence.contains("does not exist"), "{sentence}");
}

#[tokio::test]
async fn a_missing_folder_is_named() {
    let sentence = refusal("sqlite:///no/such/folder/keydesk.db").await;
    let start = "the database file /no/such/folder/keydesk.db cannot be opened (No such file or directory";
    assert!(sentence.starts_with(start), "{sentence}");
}

#[tokio::test]
async fn a_file_that_is_no_database_is_refused_and_left_as_it_is() {
    let folder = TempDir::new().unwrap();
    let text = "Dear diary, ".repeat(1000);
    fs::write(file_in(&folder), &text).unwrap();
    let sentence = refusal(&address_in(&folder)).await;
    assert!(sentence.contains("file is not a database"), "{sentence}");
    assert_eq!(fs::read_to_string(file_in(&folder)).unwrap(), text);
}

#[tokio::test]
async fn a_file_has_one_process_at_a_time() {
    let folder = TempDir::new().unwrap();
    let store = Store::open(&address_in(&folder)).await.unwrap();
    let other_name = folder.path().join("other.db");
    std::os::unix::fs::symlink(file_in(&folder), &other_name).unwrap();
    for name in [file_in(&folder), other_name.display().to_string()] {
        let sentence = refusal(&format!("sqlite://{name}")).await;
        assert!(sentence.starts_with("another keydesk process uses the database "), "{sentence}");
    }
    store.close().await;
    drop(store);
    Store::open(&address_in(&folder)).await.unwrap();
}

#[tokio::test]
async fn a_command_runs_beside_the_bot() {
    let folder = TempDir::new().unwrap();
    let refused = Store::open_beside(&address_in(&folder)).await;
    assert!(matches!(refused, Err(OpenError::Absent(_))), "{refused:?}");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "it makes no file");
    let bot = Store::open(&address_in(&folder)).await.unwrap();
    let command = Store::open_beside(&address_in(&folder)).await.unwrap();
    assert_eq!(commit!(command, |tx| tx.deduplicate(UpdateId(1), at(0))), Dedup::First);
    assert_eq!(commit!(bot, |tx| tx.deduplicate(UpdateId(1), at(0))), Dedup::Duplicate);
    command.close().await;
    assert_eq!(commit!(bot, |tx| tx.deduplicate(UpdateId(2), at(0))), Dedup::First);
}

#[tokio::test]
async fn the_next_process_has_at_once_what_the_former_had_in_hand_and_a_command_has_not() {
    let folder = TempDir::new().unwrap();
    let former = Store::open(&address_in(&folder)).await.unwrap();
    let next = SaveDialogue { state: "a form".to_owned(), show_in: ShowIn::NewMessage, watches: None };
    commit!(former, |tx| tx.save_dialogue(dialogue_of(1), None, &next, at(0)));
    let fact = NewOutboxMessage { chat: ChatId(-5), order: None, body: "placed".to_owned(), lane: Lane::Notice };
    commit!(former, |tx| tx.post(&fact, at(0)));
    let file = NewFileJob { key: dialogue_of(1), file_id: "stock.csv".to_owned(), purpose: "{}".to_owned() };
    commit!(former, |tx| tx.request_file(&file, at(0)));
    assert_eq!(commit!(former, |tx| tx.claim_redraws(at(0), at(60), 8)).len(), 1);
    assert!(commit!(former, |tx| tx.claim_file_job(at(0), at(600))).is_some());
    assert_eq!(commit!(former, |tx| tx.claim_messages(at(0), at(60), 8)).len(), 1);
    let command = Store::open_beside(&address_in(&folder)).await.unwrap();
    assert_eq!(commit!(command, |tx| tx.claim_redraws(at(1), at(60), 8)), []);
    command.close().await;
    former.close().await;
    drop((former, command));

    let store = Store::open(&address_in(&folder)).await.unwrap();
    assert_eq!(commit!(store, |tx| tx.claim_redraws(at(1), at(60), 8)).len(), 1);
    let [notice] = commit!(store, |tx| tx.claim_messages(at(1), at(60), 8)).try_into().unwrap();
    assert_eq!((notice.sending, notice.attempts), (Sending::PossibleDuplicate, 2));
    let file = commit!(store, |tx| tx.claim_file_job(at(1), at(600))).expect("its lease went with the former process");
    assert_eq!(file.attempts, 2);
}

#[tokio::test]
async fn a_command_does_not_run_beside_a_bot_of_another_release() {
    let folder = TempDir::new().unwrap();
    let _bot = Store::open(&address_in(&folder)).await.unwrap();
    apply_later_migration(&file_in(&folder)).await;
    let refused = Store::open_beside(&address_in(&folder)).await;
    assert!(matches!(refused, Err(OpenError::InUse(_))), "{refused:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_who_open_a_new_file_at_once_one_has_it() {
    let folder = TempDir::new().unwrap();
    let openings: Vec<_> = (0..8)
        .map(|_| {
            let file = address_in(&folder);
            tokio::spawn(async move { Store::open(&file).await })
        })
        .collect();
    // Kept until the end, so that the file is in use all the time.
    let mut opened = Vec::new();
    for opening in openings {
        match opening.await.unwrap() {
            Ok(store) => opened.push(store),
            Err(refused) => assert!(matches!(refused, OpenError::InUse(_)), "{refused:?}"),
        }
    }
    assert_eq!(opened.len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn many_replicas_may_migrate_a_new_postgres_at_once() {
    let database = Database::create().await;
    let openings: Vec<_> = (0..8)
        .map(|_| {
            let url = database.url.clone();
            tokio::spawn(async move { Store::open(&url).await.unwrap().check().await.unwrap() })
        })
        .collect();
    for opening in openings {
        opening.await.unwrap();
    }
}

#[tokio::test]
async fn a_database_of_a_newer_keydesk_is_refused() {
    let folder = TempDir::new().unwrap();
    Store::open(&address_in(&folder)).await.unwrap().close().await;
    apply_later_migration(&file_in(&folder)).await;
    assert_eq!(
        refusal(&address_in(&folder)).await,
        "the database was made by a newer keydesk (migration 9999): run that version or a newer one"
    );
}

#[tokio::test]
async fn sqlite_is_set_to_lose_nothing() {
    let store = TestStore::on_sqlite().await;
    for tx in [store.begin().await.unwrap(), store.read()] {
        let mut tx = tx;
        let Driver::Sqlite(tx) = tx.driver().await.unwrap() else { panic!("it is on SQLite") };
        let settings: (String, i64, i64, i64) = sqlx::query_as(
            "SELECT j.journal_mode, s.synchronous, f.foreign_keys, b.timeout
             FROM pragma_journal_mode j, pragma_synchronous s, pragma_foreign_keys f, pragma_busy_timeout b",
        )
        .fetch_one(&mut **tx)
        .await
        .unwrap();
        assert_eq!(settings, ("wal".to_owned(), 2, 1, 5000));
    }
}

#[tokio::test]
async fn a_look_at_a_database_file_makes_nothing_and_says_what_a_start_would_find() {
    let folder = TempDir::new().unwrap();
    let url = format!("sqlite://{}", folder.path().join("keydesk.db").display());
    assert_eq!(Store::probe(&url).await.unwrap(), Readiness::Empty);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    let store = Store::open(&url).await.unwrap();
    assert_eq!(Store::probe(&url).await.unwrap(), Readiness::UpToDate);
    store.close().await;
    let missing = format!("sqlite://{}", folder.path().join("nowhere/keydesk.db").display());
    assert!(matches!(Store::probe(&missing).await, Err(OpenError::File { .. })));
}

#[tokio::test]
async fn a_look_at_a_postgres_database_makes_nothing_and_says_what_a_start_would_find() {
    let database = Database::create().await;
    assert_eq!(Store::probe(&database.url).await.unwrap(), Readiness::Empty);
    assert_eq!(Store::probe(&database.url).await.unwrap(), Readiness::Empty);
    Store::open(&database.url).await.unwrap().close().await;
    assert_eq!(Store::probe(&database.url).await.unwrap(), Readiness::UpToDate);
}
