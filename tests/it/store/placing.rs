//! An order is placed once for each draft, under the next number.

use std::collections::BTreeSet;

use keydesk::{
    domain::{Actor, ChatId, DraftId, Lane, OrderAction, OrderNumber, PresetReason, Reason, Role, Status},
    store::{Customer, Driver, NewEvent, NewOutboxMessage, Placement, Store, Tx},
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
    orders_of_one_transaction_are_those_of_three,
    an_order_is_seen_by_its_own_transaction,
    an_order_that_is_taken_back_leaves_no_gap,
    what_was_foreseen_of_an_account_counts_no_more_once_something_is_done_to_its_orders,
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

/// Places an order and says so in a group.
async fn places(tx: &mut Tx, customer: &Customer, draft: i64) -> OrderNumber {
    let placed = tx.place_order(&new_order(customer, draft), "Anna", at(draft)).await.unwrap();
    let Placement::Placed(number) = placed else { panic!("{placed:?}") };
    let body = format!("{number}");
    let alert = NewOutboxMessage { chat: ChatId(-5), order: Some(number), body, lane: Lane::Notice };
    tx.post(&alert, at(draft)).await.unwrap();
    number
}

/// Where each alert stands in its group's queue, as the database has it.
async fn turns(store: &Store) -> Vec<(String, i64, i64)> {
    let mut tx = store.read();
    let turns = "SELECT body, turn_of, turn FROM outbox_messages ORDER BY id";
    match tx.driver().await.unwrap() {
        Driver::Sqlite(tx) => sqlx::query_as(turns).fetch_all(&mut **tx).await.unwrap(),
        Driver::Postgres(tx) => sqlx::query_as(turns).fetch_all(&mut **tx).await.unwrap(),
    }
}

async fn orders_of_one_transaction_are_those_of_three(store: &Store) {
    let (anna, boris) = (anna(store).await, boris(store).await);
    let customers = [&anna, &boris, &anna];
    for (draft, customer) in (1..).zip(customers) {
        let mut tx = store.begin().await.unwrap();
        places(&mut tx, customer, draft).await;
        tx.commit().await.unwrap();
    }
    let mut tx = store.begin().await.unwrap();
    for (draft, customer) in (4..).zip(customers) {
        places(&mut tx, customer, draft).await;
    }
    tx.commit().await.unwrap();
    for number in 1..=6 {
        let order = read!(store, |tx| tx.order(OrderNumber(number))).unwrap();
        let customer = if order.account == anna.account { &anna } else { &boris };
        assert_eq!(order.lines, new_order(customer, number).lines);
        assert_eq!((order.summary.placed_at, order.events.len()), (at(number), 1));
    }
    let (anna, boris) = (anna.account.0, boris.account.0);
    let expected = [("1", anna, 0), ("2", boris, 0), ("3", anna, 1), ("4", anna, 2), ("5", boris, 1), ("6", anna, 3)];
    assert_eq!(turns(store).await, expected.map(|(body, account, turn)| (body.to_owned(), account, turn)));
}

async fn an_order_is_seen_by_its_own_transaction(store: &Store) {
    let anna = anna(store).await;
    let mut tx = store.begin().await.unwrap();
    let number = places(&mut tx, &anna, 1).await;
    assert_eq!(tx.order(number).await.unwrap().unwrap().summary.number, number);
    assert_eq!(tx.orders_taken_up(anna.account, DraftId(2), (20, 2)).await.unwrap(), (1, None));
    let next = places(&mut tx, &anna, 2).await;
    assert_eq!(tx.orders_taken_up(anna.account, DraftId(2), (20, 2)).await.unwrap(), (2, Some(at(1))));
    let again = tx.place_order(&new_order(&anna, 2), "Anna", at(3)).await.unwrap();
    assert_eq!(again, Placement::AlreadyPlaced(next));
    tx.commit().await.unwrap();
    assert_eq!(placed(store, &anna, 3, 3).await, OrderNumber(3));
}

async fn an_order_that_is_taken_back_leaves_no_gap(store: &Store) {
    let (anna, boris) = (anna(store).await, boris(store).await);
    let mut tx = store.begin().await.unwrap();
    places(&mut tx, &anna, 1).await;
    let before = tx.savepoint().await.unwrap();
    places(&mut tx, &boris, 2).await;
    tx.roll_back_to(before).await.unwrap();
    assert_eq!(places(&mut tx, &boris, 3).await, OrderNumber(2));
    tx.commit().await.unwrap();
    assert_eq!(turns(store).await.len(), 2);
    assert_eq!(read!(store, |tx| tx.order(OrderNumber(2))).unwrap().summary.placed_at, at(3));
}

async fn what_was_foreseen_of_an_account_counts_no_more_once_something_is_done_to_its_orders(store: &Store) {
    let (anna, boris) = (anna(store).await, boris(store).await);
    placed(store, &anna, 1, 0).await;
    let drafts = [(&anna, 2), (&boris, 3)];
    for (customer, draft) in drafts {
        commit!(store, |tx| tx.save_draft(customer.person.id, DraftId(draft), "{}", at(1)));
    }
    let mut tx = store.begin().await.unwrap();
    let people = drafts.map(|(customer, _)| customer.person.id);
    tx.load(&people).await.unwrap();
    tx.foresee_orders(&people, (20, 2)).await.unwrap();
    let open = async |tx: &mut Tx, customer: &Customer, draft| {
        tx.orders_taken_up(customer.account, DraftId(draft), (20, 2)).await.unwrap().0
    };
    assert_eq!((open(&mut tx, &anna, 2).await, open(&mut tx, &boris, 3).await), (1, 0));
    let placed = tx.place_order(&new_order(&anna, 2), "Anna", at(2)).await.unwrap();
    assert_eq!(placed, Placement::Placed(OrderNumber(2)));
    assert_eq!((open(&mut tx, &anna, 4).await, open(&mut tx, &boris, 3).await), (2, 0));
    assert_eq!(open(&mut tx, &anna, 2).await, 2, "and her draft was sent");
    assert_eq!(
        tx.place_order(&new_order(&anna, 2), "Anna", at(3)).await.unwrap(),
        Placement::AlreadyPlaced(OrderNumber(2))
    );
    let cancelled = NewEvent {
        from: Status::Placed,
        to: Status::Cancelled,
        action: &OrderAction::Cancelled(Reason::Ready(PresetReason::NotPaid)),
        actor: &Actor::System,
    };
    tx.foresee_orders(&people, (20, 2)).await.unwrap();
    tx.record(OrderNumber(1), &cancelled, at(4)).await.unwrap();
    assert_eq!(open(&mut tx, &anna, 2).await, 1);
}
