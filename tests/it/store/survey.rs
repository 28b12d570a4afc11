//! How much there is of everything, and the proof that the database can be written.

use keydesk::{
    domain::{ChatId, Lane, Status, UpdateId},
    store::{DeadLetter, NewOutboxMessage, Queued, Survey, Wait},
};

use super::stock::{import, serials};
use super::{TestStore, anna, at, commit, on_both, placed, read, runs};

on_both!(
    an_empty_shop_has_nothing,
    whatever_there_is_is_counted_by_its_kind,
    a_database_that_takes_no_change_proves_nothing_and_a_proof_leaves_nothing,
);

async fn an_empty_shop_has_nothing(store: &TestStore) {
    let nothing = Survey {
        orders: Vec::new(),
        stock: Vec::new(),
        outbox: Vec::new(),
        screens: 0,
        files: 0,
        dead_letters: 0,
        waiting_updates: 0,
        backup_taken: None,
        backups_since: None,
    };
    assert_eq!(read!(store, |tx| tx.survey()), nothing);
}

async fn whatever_there_is_is_counted_by_its_kind(store: &TestStore) {
    let customer = anna(store).await;
    for draft in 1..=3 {
        placed(store, &customer, draft, draft).await;
    }
    // Kept by the hour, and beside that what has changed since.
    commit!(store, |tx| tx.settle_figures(2));
    import(store, "sp-1", &serials(&["SN-0000001", "SN-0000002"]), 1).await;
    for (lane, seconds) in [(Lane::Tap, 9), (Lane::Notice, 8), (Lane::Notice, 7)] {
        let message = NewOutboxMessage { chat: ChatId(1), order: None, body: "{}".to_owned(), lane };
        commit!(store, |tx| tx.post(&message, at(seconds)));
    }
    let mut tx = store.begin().await.unwrap();
    runs(
        &mut tx,
        "UPDATE outbox_messages SET delivery = 'parked', parked_at = posted_at, settled_at = posted_at WHERE lane = 0",
    )
    .await;
    tx.commit().await.unwrap();
    let letter =
        DeadLetter { update: UpdateId(7), person: None, raw: "{}".to_owned(), error: "no".to_owned(), at: at(1) };
    commit!(store, |tx| tx.dead_letter(&letter));

    let survey = read!(store, |tx| tx.survey());
    assert_eq!(survey.orders, [(Status::Placed, 3)]);
    assert_eq!(
        survey.stock.iter().map(|stock| (stock.sku.as_str(), stock.available)).collect::<Vec<_>>(),
        [("sp-1", 2)]
    );
    let queued = |lane, wait, messages, seconds| Queued { lane, wait, messages, since: at(seconds) };
    assert_eq!(survey.outbox, [queued(Lane::Tap, Wait::Parked, 1, 9), queued(Lane::Notice, Wait::None, 2, 7)]);
    assert_eq!((survey.screens, survey.files, survey.dead_letters, survey.waiting_updates), (0, 0, 1, 0));
}

async fn a_database_that_takes_no_change_proves_nothing_and_a_proof_leaves_nothing(store: &TestStore) {
    store.prove_writable(at(0)).await.unwrap();
    store.prove_writable(at(0)).await.unwrap();
    let mut tx = store.begin().await.unwrap();
    runs(&mut tx, "ALTER TABLE processed_updates RENAME TO away").await;
    tx.commit().await.unwrap();
    assert!(store.prove_writable(at(1)).await.is_err());
    // It reads well all the same.
    read!(store, |tx| tx.survey());
}
