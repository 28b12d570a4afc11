//! An order is placed once for each draft, under the next number.

use std::collections::BTreeSet;

use keydesk::{
    domain::{DraftId, OrderNumber, Role, Status},
    store::{Placement, Store},
};

use super::{anna, at, boris, commit, new_order, on_both, placed, read};

on_both!(
    the_order_is_kept_as_it_was_placed,
    a_second_tap_finds_the_first_order,
    twenty_taps_at_once_make_one_order,
    fifty_orders_at_once_have_fifty_consecutive_numbers,
    a_dropped_transaction_leaves_no_gap,
    the_first_number_can_be_chosen_until_there_is_an_order,
    a_draft_is_known_to_its_own_account_only,
);

async fn the_order_is_kept_as_it_was_placed(store: &Store) {
    let anna = anna(store).await;
    let number = placed(store, &anna, 100, 5).await;
    assert_eq!(number, OrderNumber(1));
    let order = read!(store, |tx| tx.order(number)).unwrap();
    let sent = new_order(&anna, 100);
    assert_eq!(order.lines, sent.lines);
    assert_eq!(order.note, sent.note);
    assert_eq!((order.account, order.placed_by), (anna.account, anna.person.id));
    assert_eq!(order.summary.total, sent.total);
    assert_eq!(order.summary.keys, 53);
    assert_eq!(order.summary.placed_at, at(5));
    assert_eq!(order.summary.status, Status::Placed);
    let [event] = &order.events[..] else { panic!("one event, not {:?}", order.events) };
    assert_eq!((event.at, event.actor.id(), event.actor.name()), (at(5), Some(anna.person.id), Some("Anna")));
    assert_eq!((event.actor.capacity(), event.from, event.to), (Role::Customer.into(), None, Status::Placed));
}

async fn a_second_tap_finds_the_first_order(store: &Store) {
    let anna = anna(store).await;
    let number = placed(store, &anna, 100, 0).await;
    let again = commit!(store, |tx| tx.place_order(&new_order(&anna, 100), "Anna", at(1)));
    assert_eq!(again, Placement::AlreadyPlaced(number));
    assert_eq!(placed(store, &anna, 101, 2).await, OrderNumber(2));
}

async fn twenty_taps_at_once_make_one_order(store: &Store) {
    let order = new_order(&anna(store).await, 100);
    let taps = (0..20).map(|_| {
        let (store, order) = (store.clone(), order.clone());
        tokio::spawn(async move { commit!(store, |tx| tx.place_order(&order, "Anna", at(0))) })
    });
    let mut outcomes = Vec::new();
    for tap in taps.collect::<Vec<_>>() {
        outcomes.push(tap.await.unwrap());
    }
    let (placed, already): (Vec<_>, Vec<_>) =
        outcomes.into_iter().partition(|outcome| matches!(outcome, Placement::Placed(_)));
    assert_eq!(placed, [Placement::Placed(OrderNumber(1))]);
    assert_eq!(already, [Placement::AlreadyPlaced(OrderNumber(1)); 19]);
}

async fn fifty_orders_at_once_have_fifty_consecutive_numbers(store: &Store) {
    let anna = anna(store).await;
    let placements = (0..50).map(|draft| {
        let (store, anna) = (store.clone(), anna.clone());
        tokio::spawn(async move { super::placed(&store, &anna, draft, 0).await.0 })
    });
    let mut numbers = BTreeSet::new();
    for placement in placements.collect::<Vec<_>>() {
        numbers.insert(placement.await.unwrap());
    }
    assert_eq!(numbers, (1..=50).collect());
}

async fn a_dropped_transaction_leaves_no_gap(store: &Store) {
    let anna = anna(store).await;
    let mut tx = store.begin().await.unwrap();
    tx.place_order(&new_order(&anna, 100), "Anna", at(0)).await.unwrap();
    drop(tx);
    assert_eq!(placed(store, &anna, 101, 1).await, OrderNumber(1));
}

async fn the_first_number_can_be_chosen_until_there_is_an_order(store: &Store) {
    let anna = anna(store).await;
    commit!(store, |tx| tx.start_order_numbers_at(449));
    commit!(store, |tx| tx.start_order_numbers_at(10));
    assert_eq!(placed(store, &anna, 100, 0).await, OrderNumber(449));
    commit!(store, |tx| tx.start_order_numbers_at(1000));
    assert_eq!(placed(store, &anna, 101, 0).await, OrderNumber(450));
}

async fn a_draft_is_known_to_its_own_account_only(store: &Store) {
    let (anna, boris) = (anna(store).await, boris(store).await);
    let number = placed(store, &anna, 100, 0).await;
    assert_eq!(read!(store, |tx| tx.placed_from(DraftId(100), anna.account)), Some(number));
    assert_eq!(read!(store, |tx| tx.placed_from(DraftId(100), boris.account)), None);
    assert_eq!(read!(store, |tx| tx.placed_from(DraftId(101), anna.account)), None);
}
