//! A SQLite file that is overwritten while a store has it, and checkpoints by whomever, which are none.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use keydesk::domain::{Actor, PersonId, Role, SerialNumber, Sku, UpdateId};
use keydesk::store::{Import, Lost, NumberedSerial, Store, StoreError};
use sqlx::{Connection, SqliteConnection};
use tempfile::TempDir;

use super::{at, commit, dialogue_of};

struct Files {
    folder: TempDir,
}

impl Files {
    fn new() -> Files {
        Files { folder: TempDir::new().unwrap() }
    }

    fn named(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn url(&self) -> String {
        format!("sqlite://{}", self.named("keydesk.db").display())
    }

    /// What somebody's command-line tool does beside the bot.
    async fn look_in(&self) -> SqliteConnection {
        SqliteConnection::connect(&self.url()).await.unwrap()
    }
}

async fn move_log(connection: &mut SqliteConnection, mode: &'static str) {
    sqlx::raw_sql(mode).execute(connection).await.unwrap();
}

fn is_overwritten(outcome: Result<(), StoreError>) -> bool {
    matches!(outcome, Err(StoreError::Lost(Lost::Overwritten(_))))
}

#[tokio::test]
async fn whoever_connects_late_to_a_file_that_was_moved_away_makes_no_other() {
    let files = Files::new();
    let store = Store::open(&files.url()).await.unwrap();
    fs::rename(files.named("keydesk.db"), files.named("keydesk-old.db")).unwrap();
    // Each of these is the first to use its connection.
    assert!(store.read().dialogue(dialogue_of(1)).await.is_err());
    assert!(store.begin_staging().await.is_err());
    assert!(store.begin().await.is_err());
    assert!(!files.named("keydesk.db").exists());
}

#[tokio::test]
async fn a_backup_of_this_very_run_is_noticed() {
    let files = Files::new();
    let store = Store::open(&files.url()).await.unwrap();
    let mut tool = files.look_in().await;
    commit!(store, |tx| tx.deduplicate(UpdateId(1), at(1)));
    for id in 2..5 {
        move_log(&mut tool, "PRAGMA wal_checkpoint").await;
        fs::copy(files.named("keydesk.db"), files.named(&format!("backup{id}.db"))).unwrap();
        commit!(store, |tx| tx.deduplicate(UpdateId(id), at(id)));
    }
    store.stands().unwrap();
    // The newest one is what the file is still.
    fs::copy(files.named("backup4.db"), files.named("keydesk.db")).unwrap();
    store.stands().unwrap();
    fs::copy(files.named("backup3.db"), files.named("keydesk.db")).unwrap();
    assert!(is_overwritten(store.stands()));
    assert!(is_overwritten(store.begin().await.map(drop)));
    fs::copy(files.named("backup4.db"), files.named("keydesk.db")).unwrap();
    assert!(is_overwritten(store.stands()), "nothing brings it back for this process");
}

#[tokio::test]
async fn a_backup_from_before_somebody_else_wrote_is_noticed() {
    let files = Files::new();
    let store = Store::open(&files.url()).await.unwrap();
    fs::copy(files.named("keydesk.db"), files.named("backup.db")).unwrap();
    // Nobody talks to the bot, and a command beside it imports.
    store.keep_watch().await.unwrap();
    let mut tool = files.look_in().await;
    sqlx::raw_sql("INSERT INTO processed_updates VALUES (1, '2015-04-01T09:30:00Z')").execute(&mut tool).await.unwrap();
    move_log(&mut tool, "PRAGMA wal_checkpoint").await;
    store.keep_watch().await.unwrap();
    fs::copy(files.named("backup.db"), files.named("keydesk.db")).unwrap();
    assert!(is_overwritten(store.keep_watch().await));
}

#[tokio::test]
async fn a_transaction_that_was_begun_before_the_file_was_overwritten_is_not_committed() {
    let files = Files::new();
    let store = Store::open(&files.url()).await.unwrap();
    let mut tx = store.begin().await.unwrap();
    tx.deduplicate(UpdateId(1), at(1)).await.unwrap();
    fs::write(files.named("keydesk.db"), "Dear diary").unwrap();
    assert!(is_overwritten(tx.commit().await));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_moves_the_log_into_the_file_does_not_overwrite_it() {
    let files = Files::new();
    let store = Store::open(&files.url()).await.unwrap();
    let over = Arc::new(AtomicBool::new(false));
    let mut beside = Vec::new();
    for mode in ["PRAGMA wal_checkpoint(PASSIVE)", "PRAGMA wal_checkpoint(TRUNCATE)"] {
        let (mut tool, over) = (files.look_in().await, Arc::clone(&over));
        beside.push(tokio::spawn(async move {
            while !over.load(Ordering::Relaxed) {
                move_log(&mut tool, mode).await;
            }
        }));
    }
    for _ in 0..2 {
        let (store, over) = (store.clone(), Arc::clone(&over));
        beside.push(tokio::spawn(async move {
            while !over.load(Ordering::Relaxed) {
                store.keep_watch().await.unwrap();
                tokio::task::yield_now().await;
            }
        }));
    }
    let sku = Sku::parse("sp-1").unwrap();
    let admin = Actor::Person { id: PersonId(9), name: "Olga".to_owned(), role: Role::Admin };
    for id in 0..300 {
        commit!(store, |tx| tx.deduplicate(UpdateId(id), at(id)));
        drop(store.begin().await.unwrap());
        if id % 10 == 0 {
            let mut staging = store.begin_staging().await.unwrap();
            let serial = SerialNumber::parse(&format!("AAAA-{id:04}")).unwrap();
            assert_eq!(staging.gather(&sku, &[NumberedSerial { line: 1, serial }]).await.unwrap(), None);
            assert!(matches!(staging.finish(&sku, &admin, at(id)).await.unwrap(), Import::Done(_)));
        }
    }
    over.store(true, Ordering::Relaxed);
    for one in beside {
        one.await.unwrap();
    }
    store.stands().unwrap();
}
