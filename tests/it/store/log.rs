//! SQLite's write-ahead log, which is moved into the file beside the writer.

use std::path::Path;

use keydesk::domain::UpdateId;
use keydesk::store::{DeadLetter, Store};
use sqlx::{Connection, SqliteConnection};
use tempfile::TempDir;

use super::{at, commit};
use crate::support::sqlite;

const PAGE: usize = 4096;
/// Pages that are moved without anybody's asking.
const TOO_LONG: usize = 8192;

/// Pages in the log, and how many of these are in the file too, as somebody's command-line tool sees it.
async fn log(url: &str) -> (i64, i64) {
    let mut tool = SqliteConnection::connect(url).await.unwrap();
    let look = sqlx::query_as("PRAGMA wal_checkpoint(NOOP)").fetch_one(&mut tool).await;
    let (_, pages, moved): (i64, i64, i64) = look.unwrap();
    tool.close().await.unwrap();
    (pages, moved)
}

/// What takes so many pages.
fn letter(update: i64, pages: usize) -> DeadLetter {
    let raw = "x".repeat(pages * PAGE);
    DeadLetter { update: UpdateId(update), person: None, raw, error: "no".to_owned(), at: at(update) }
}

async fn open(folder: &Path) -> (Store, String) {
    let url = sqlite::with_tables(folder).await;
    (Store::open(&url).await.unwrap(), url)
}

#[tokio::test]
async fn a_long_log_is_moved_beside_a_transaction_and_a_short_one_stays() {
    let folder = TempDir::new().unwrap();
    let (store, url) = open(folder.path()).await;
    commit!(store, |tx| tx.dead_letter(&letter(1, 500)));
    store.shorten_log().await.unwrap();
    let (pages, moved) = log(&url).await;
    assert!(pages > 500 && moved < 100, "{moved} of {pages} pages of a short log");

    commit!(store, |tx| tx.dead_letter(&letter(2, 1000)));
    let (pages, moved) = log(&url).await;
    assert!(pages > 1500 && moved < 100, "a commit moved {moved} of {pages} pages");

    let mut tx = store.begin().await.unwrap();
    tx.dead_letter(&letter(3, 1)).await.unwrap();
    store.shorten_log().await.unwrap();
    assert_eq!(log(&url).await, (pages, pages));
    tx.commit().await.unwrap();
    store.shorten_log().await.unwrap();
    commit!(store, |tx| tx.dead_letter(&letter(4, 1000)));
    store.shorten_log().await.unwrap();
    commit!(store, |tx| tx.dead_letter(&letter(5, 1)));
    let (pages, _) = log(&url).await;
    assert!(pages < 100, "the log begins anew, and has {pages} pages");
    store.close().await;
}

#[tokio::test]
async fn a_log_that_nobody_gets_to_the_end_of_does_not_grow_for_ever() {
    let folder = TempDir::new().unwrap();
    let (store, url) = open(folder.path()).await;
    commit!(store, |tx| tx.dead_letter(&letter(1, TOO_LONG)));
    let (pages, moved) = log(&url).await;
    assert!(pages > TOO_LONG as i64, "{pages} pages");
    assert_eq!(moved, pages);
    store.close().await;
}
