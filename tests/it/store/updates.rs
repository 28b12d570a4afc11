//! Updates take effect once; those that never could are kept.

use keydesk::{
    domain::UpdateId,
    store::{DeadLetter, Dedup, Store},
};

use super::{at, commit, on_both, read};

on_both!(
    an_update_is_taken_once,
    an_update_of_a_dropped_transaction_is_not_taken,
    of_two_deliveries_at_once_one_takes_effect,
    a_dead_letter_is_kept_once_and_never_taken_again,
);

async fn an_update_is_taken_once(store: &Store) {
    assert_eq!(commit!(store, |tx| tx.deduplicate(UpdateId(7), at(0))), Dedup::First);
    assert_eq!(commit!(store, |tx| tx.deduplicate(UpdateId(7), at(1))), Dedup::Duplicate);
    assert_eq!(commit!(store, |tx| tx.deduplicate(UpdateId(8), at(1))), Dedup::First);
}

async fn an_update_of_a_dropped_transaction_is_not_taken(store: &Store) {
    let mut tx = store.begin().await.unwrap();
    assert_eq!(tx.deduplicate(UpdateId(7), at(0)).await.unwrap(), Dedup::First);
    drop(tx);
    assert_eq!(commit!(store, |tx| tx.deduplicate(UpdateId(7), at(1))), Dedup::First);
}

async fn of_two_deliveries_at_once_one_takes_effect(store: &Store) {
    let deliveries = (0..20).map(|_| {
        let store = store.clone();
        tokio::spawn(async move { commit!(store, |tx| tx.deduplicate(UpdateId(7), at(0))) })
    });
    let mut first = 0;
    for delivery in deliveries.collect::<Vec<_>>() {
        first += usize::from(delivery.await.unwrap() == Dedup::First);
    }
    assert_eq!(first, 1);
}

async fn a_dead_letter_is_kept_once_and_never_taken_again(store: &Store) {
    let letter = |update, error: &str, seconds| DeadLetter {
        update: UpdateId(update),
        raw: format!(r#"{{"update_id":{update}}}"#),
        error: error.to_owned(),
        at: at(seconds),
    };
    commit!(store, |tx| tx.dead_letter(&letter(1, "it panicked", 0)));
    commit!(store, |tx| tx.dead_letter(&letter(2, "it panicked", 5)));
    commit!(store, |tx| tx.dead_letter(&letter(1, "it panicked again", 9)));
    let kept = read!(store, |tx| tx.dead_letters());
    assert_eq!(kept, [letter(2, "it panicked", 5), letter(1, "it panicked", 0)]);
    assert_eq!(commit!(store, |tx| tx.deduplicate(UpdateId(1), at(10))), Dedup::Duplicate);
}
