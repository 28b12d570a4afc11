//! A whole database goes into another one and is the same there.

use keydesk::domain::PersonId;
use keydesk::store::{Store, TransferError};

use super::doctor::{examined, live_in};
use super::{StoredAbout, TestStore, anna, placed, read};

async fn transferred(from: &Store, into: &Store) -> u64 {
    from.transfer(into, |_| {}).await.unwrap()
}

/// From `one` into `other`, which is used, and back into a third one, of the kind of the first.
async fn there_and_back(one: TestStore, other: TestStore, third: TestStore) {
    live_in(&one).await;
    let rows = transferred(&one, &other).await;
    assert!(examined(&mut other.read()).await.is_empty());
    assert_eq!(read!(one, |tx| tx.extent()), read!(other, |tx| tx.extent()));
    assert_eq!(transferred(&other, &third).await, rows);
    assert!(examined(&mut third.read()).await.is_empty());
    for person in [PersonId(1), PersonId(2)] {
        let stored = read!(one, |tx| tx.stored_about(person));
        assert!(stored.len() > 5, "{stored:?}");
        assert_eq!(stored, read!(third, |tx| tx.stored_about(person)));
    }
    // Numbers go on behind those that came along.
    let sixth = placed(&other, &anna(&other).await, 60, 60).await;
    assert_eq!(sixth.0, 6);
    assert!(examined(&mut other.read()).await.is_empty());
}

#[tokio::test]
async fn from_sqlite_to_postgres_and_back() {
    there_and_back(TestStore::on_sqlite().await, TestStore::on_postgres().await, TestStore::on_sqlite().await).await;
}

#[tokio::test]
async fn from_postgres_to_sqlite_and_back() {
    there_and_back(TestStore::on_postgres().await, TestStore::on_sqlite().await, TestStore::on_postgres().await).await;
}

#[tokio::test]
async fn a_database_that_is_not_empty_is_left_as_it_is() {
    let (one, other) = (TestStore::on_sqlite().await, TestStore::on_postgres().await);
    live_in(&one).await;
    let anna = anna(&other).await;
    let refused = one.transfer(&other, |_| {}).await;
    assert!(matches!(refused, Err(TransferError::NotEmpty(_))), "{refused:?}");
    assert_eq!(read!(other, |tx| tx.customer(anna.person.id)), Some(anna));
    assert_eq!(read!(other, |tx| tx.extent()).orders, 0);
}
