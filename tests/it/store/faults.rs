//! Transactions that end otherwise than by a commit, and faults of the database.

use keydesk::{
    domain::{Access, Actor, OrderAction, PersonId, Role, Status, UpdateId},
    store::{Dedup, Driver, NewEvent, Store, StoreError, Tx},
};

use super::{TestStore, anna, at, commit, on_both, person, placed, read};

on_both!(
    a_reader_sees_one_moment,
    a_reader_cannot_write,
    a_store_that_was_closed_is_unavailable,
    a_fault_of_the_program_is_not_transient,
);

async fn a_reader_sees_one_moment(store: &Store) {
    anna(store).await;
    let mut reader = store.read();
    let before = reader.customer(PersonId(1)).await.unwrap().unwrap();
    commit!(store, |tx| tx.meet(&person(1, "Anna Petrova"), Access::Admitted, at(1)));
    assert_eq!(reader.customer(PersonId(1)).await.unwrap(), Some(before));
    drop(reader);
    assert_eq!(read!(store, |tx| tx.customer(PersonId(1))).unwrap().person.name, "Anna Petrova");
}

async fn a_reader_cannot_write(store: &Store) {
    let mut reader = store.read();
    assert!(reader.deduplicate(UpdateId(1), at(0)).await.is_err());
    drop(reader);
    assert_eq!(commit!(store, |tx| tx.deduplicate(UpdateId(1), at(0))), Dedup::First);
}

async fn a_store_that_was_closed_is_unavailable(store: &Store) {
    store.close().await;
    assert!(matches!(store.check().await, Err(StoreError::Unavailable(_))));
    assert!(matches!(store.begin().await, Err(StoreError::Unavailable(_))));
    assert!(matches!(store.read().customer(PersonId(1)).await, Err(StoreError::Unavailable(_))));
}

async fn a_fault_of_the_program_is_not_transient(store: &Store) {
    let mut order = super::new_order(&anna(store).await, 1);
    order.lines[0].quantity = 0;
    let mut tx = store.begin().await.unwrap();
    tx.place_order(&order, "Anna", at(0)).await.unwrap();
    let fault = tx.commit().await.unwrap_err();
    assert!(matches!(fault, StoreError::Broken(_)), "{fault:?}");
    assert!(!fault.is_transient());
}

fn olga() -> Actor {
    Actor::Person { id: PersonId(70), name: "Olga".to_owned(), role: Role::Staff }
}

/// Lets the file grow no further on this connection, as a full disk would.
async fn fill_the_disk(tx: &mut Tx) {
    let Driver::Sqlite(tx) = tx.driver().await.unwrap() else { panic!("it is on SQLite") };
    sqlx::raw_sql("PRAGMA max_page_count = 1").execute(&mut **tx).await.unwrap();
}

#[tokio::test]
async fn a_full_disk_is_survived() {
    let store = TestStore::on_sqlite().await;
    let mut tx = store.begin().await.unwrap();
    fill_the_disk(&mut tx).await;
    let fault = tx.apply_price_list(&"x".repeat(100_000), "Olga", at(0)).await.unwrap_err();
    assert!(matches!(fault, StoreError::Unavailable(_)), "{fault:?}");
    drop(tx);
    for update in 1..=3 {
        assert_eq!(commit!(store, |tx| tx.deduplicate(UpdateId(update), at(1))), Dedup::First);
    }
    let mut dropped = store.begin().await.unwrap();
    dropped.deduplicate(UpdateId(4), at(2)).await.unwrap();
    drop(dropped);
    assert_eq!(commit!(store, |tx| tx.deduplicate(UpdateId(4), at(3))), Dedup::First);
}

#[tokio::test]
async fn a_lost_connection_is_survived() {
    let store = TestStore::on_postgres().await;
    let mut tx = store.begin().await.unwrap();
    tx.deduplicate(UpdateId(1), at(0)).await.unwrap();
    let Driver::Postgres(victim) = tx.driver().await.unwrap() else { panic!("it is on PostgreSQL") };
    let pid: i32 = sqlx::query_scalar("SELECT pg_backend_pid()").fetch_one(&mut **victim).await.unwrap();
    let mut other = store.begin().await.unwrap();
    let Driver::Postgres(killer) = other.driver().await.unwrap() else { panic!("it is on PostgreSQL") };
    sqlx::query("SELECT pg_terminate_backend($1)").bind(pid).execute(&mut **killer).await.unwrap();
    drop(other);
    let fault = tx.deduplicate(UpdateId(2), at(0)).await.unwrap_err();
    assert!(matches!(fault, StoreError::Unavailable(_)), "{fault:?}");
    drop(tx);
    assert_eq!(commit!(store, |tx| tx.deduplicate(UpdateId(1), at(1))), Dedup::First);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_transactions_in_each_others_way_one_is_to_be_run_again() {
    let store = TestStore::on_postgres().await;
    let anna = anna(&store).await;
    let numbers = [placed(&store, &anna, 1, 0).await, placed(&store, &anna, 2, 0).await];
    let invoices = async |tx: &mut Tx, number| {
        let (olga, action) = (olga(), OrderAction::Taken);
        let event = NewEvent { from: Status::Placed, to: Status::Placed, action: &action, actor: &olga };
        tx.record(number, &event, at(1)).await.map(drop)
    };
    let (mut one, mut other) = (store.begin().await.unwrap(), store.begin().await.unwrap());
    invoices(&mut one, numbers[0]).await.unwrap();
    invoices(&mut other, numbers[1]).await.unwrap();
    // Whoever is refused drops its transaction, which lets the other one pass.
    let ends = async |mut tx: Tx, number| {
        let outcome = invoices(&mut tx, number).await;
        drop(tx);
        outcome
    };
    let (one, other) = tokio::join!(ends(one, numbers[1]), ends(other, numbers[0]));
    let faults: Vec<_> = [one, other].into_iter().filter_map(Result::err).collect();
    assert!(matches!(&faults[..], [StoreError::Conflict(_)]), "{faults:?}");
    assert!(faults[0].is_transient());
}

#[tokio::test]
async fn a_pooler_that_changes_sessions_is_named_with_the_remedy_and_waited_for() {
    let store = TestStore::on_postgres().await;
    for (statement, said) in [
        ("EXECUTE sqlx_s_1", "prepared statement \"sqlx_s_1\" does not exist"),
        ("PREPARE one AS SELECT 1; PREPARE one AS SELECT 1", "prepared statement \"one\" already exists"),
    ] {
        let mut tx = store.begin().await.unwrap();
        let Driver::Postgres(session) = tx.driver().await.unwrap() else { panic!("it is on PostgreSQL") };
        let fault = StoreError::from(sqlx::raw_sql(statement).execute(&mut **session).await.unwrap_err());
        let sentence = fault.to_string();
        assert!(fault.is_transient() && sentence.contains(said), "{fault:?}");
        assert!(
            sentence.ends_with("let it use session mode for keydesk, or connect to PostgreSQL directly"),
            "{sentence}"
        );
    }
}
