//! A refusal halfway leaves the transaction as it was before.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use keydesk::{
    domain::{Actor, ChatId, OrderAction, PersonId, Role, Status, UpdateId},
    store::{Dedup, DialogueKey, Lasting, LiveScreen, NewEvent, SaveDialogue, Seat, ShowIn, Store, Tx, Watch},
};

use super::{anna, at, commit, new_order, on_both, placed, read};

on_both!(
    what_was_done_since_a_savepoint_is_undone,
    a_released_savepoint_keeps_everything,
    a_failed_statement_can_be_left_behind,
    savepoints_stand_in_each_other,
    screens_do_not_follow_what_was_undone,
    only_what_is_committed_is_said,
);

async fn processes(tx: &mut Tx, update: i64) -> Dedup {
    tx.deduplicate(UpdateId(update), at(0)).await.unwrap()
}

/// Which of these updates were processed.
async fn processed(store: &Store, updates: std::ops::RangeInclusive<i64>) -> Vec<i64> {
    let mut tx = store.begin().await.unwrap();
    let mut found = Vec::new();
    for update in updates {
        if processes(&mut tx, update).await == Dedup::Duplicate {
            found.push(update);
        }
    }
    found
}

async fn what_was_done_since_a_savepoint_is_undone(store: &Store) {
    let mut tx = store.begin().await.unwrap();
    processes(&mut tx, 1).await;
    let before = tx.savepoint().await.unwrap();
    processes(&mut tx, 2).await;
    tx.roll_back_to(before).await.unwrap();
    processes(&mut tx, 3).await;
    tx.commit().await.unwrap();
    assert_eq!(processed(store, 1..=3).await, [1, 3]);
}

async fn a_released_savepoint_keeps_everything(store: &Store) {
    let mut tx = store.begin().await.unwrap();
    let before = tx.savepoint().await.unwrap();
    processes(&mut tx, 1).await;
    tx.release(before).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(processed(store, 1..=1).await, [1]);
}

async fn a_failed_statement_can_be_left_behind(store: &Store) {
    let mut order = new_order(&anna(store).await, 1);
    order.lines[0].quantity = 0;
    let mut tx = store.begin().await.unwrap();
    processes(&mut tx, 1).await;
    let before = tx.savepoint().await.unwrap();
    tx.place_order(&order, "Anna", at(0)).await.unwrap();
    tx.order(keydesk::domain::OrderNumber(1)).await.unwrap_err();
    tx.roll_back_to(before).await.unwrap();
    processes(&mut tx, 2).await;
    tx.commit().await.unwrap();
    assert_eq!(processed(store, 1..=2).await, [1, 2]);
    assert_eq!(placed(store, &anna(store).await, 2, 0).await.0, 1);
}

async fn savepoints_stand_in_each_other(store: &Store) {
    let mut tx = store.begin().await.unwrap();
    let outer = tx.savepoint().await.unwrap();
    processes(&mut tx, 1).await;
    let inner = tx.savepoint().await.unwrap();
    processes(&mut tx, 2).await;
    tx.roll_back_to(inner).await.unwrap();
    let left_open = tx.savepoint().await.unwrap();
    processes(&mut tx, 3).await;
    tx.roll_back_to(outer).await.unwrap();
    drop(left_open);
    let next = tx.savepoint().await.unwrap();
    processes(&mut tx, 4).await;
    tx.release(next).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(processed(store, 1..=4).await, [4]);
}

async fn screens_do_not_follow_what_was_undone(store: &Store) {
    let order = placed(store, &anna(store).await, 1, 0).await;
    let key = DialogueKey { chat: ChatId(-5), person: PersonId(70), seat: Seat::Vendor };
    let next = SaveDialogue { state: "{}".to_owned(), show_in: ShowIn::NewMessage, watches: Some(Watch::Order(order)) };
    commit!(store, |tx| tx.save_dialogue(key, None, &next, at(0)));
    let [redraw] = commit!(store, |tx| tx.claim_redraws(at(0), at(10), 8)).try_into().unwrap();
    let shown = LiveScreen { message: keydesk::domain::MessageId(40), since: 1, lasting: Lasting::Transient };
    commit!(store, |tx| tx.drawn(&redraw, shown));
    let actor = Actor::Person { id: PersonId(70), name: "Olga".to_owned(), role: Role::Staff };
    let event = NewEvent { from: Status::Placed, to: Status::Placed, action: &OrderAction::Taken, actor: &actor };
    let mut tx = store.begin().await.unwrap();
    let before = tx.savepoint().await.unwrap();
    tx.record(order, &event, at(1)).await.unwrap();
    tx.redraw_later(key);
    tx.roll_back_to(before).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(read!(store, |tx| tx.dialogue(key)).unwrap().version, 1);
}

async fn only_what_is_committed_is_said(store: &Store) {
    let said = Arc::new(AtomicU32::new(0));
    let says = |tx: &mut Tx| {
        let said = Arc::clone(&said);
        tx.say_when_committed(move || {
            said.fetch_add(1, Ordering::Relaxed);
        });
    };
    let mut broken_off = store.begin().await.unwrap();
    says(&mut broken_off);
    drop(broken_off);

    let mut tx = store.begin().await.unwrap();
    says(&mut tx);
    let before = tx.savepoint().await.unwrap();
    says(&mut tx);
    tx.roll_back_to(before).await.unwrap();
    assert_eq!(said.load(Ordering::Relaxed), 0);
    tx.commit().await.unwrap();
    assert_eq!(said.load(Ordering::Relaxed), 1);
}
