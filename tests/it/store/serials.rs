//! Serial numbers leave the stock for one order each, and never come back.

use std::collections::BTreeSet;

use keydesk::{
    domain::{Actor, OrderAction, OrderNumber, SerialNumber, SerialRefusal, Status},
    store::{Allocation, FoundSerial, IssuedSerial, NewEvent, Recorded, Store},
};

use super::{
    also_encrypted, anna, at, boris, commit, on_both, placed, read,
    stock::{available, import, numbered, serials, sku},
};
use crate::support::serials::GivenSerials;

on_both!(
    what_was_imported_first_is_given_first,
    a_short_stock_gives_nothing_and_says_what_it_has,
    listed_serial_numbers_are_given_whether_in_stock_or_new,
    what_was_given_is_never_given_again,
    what_stands_under_another_product_is_not_given,
    what_stands_twice_in_a_list_is_not_given,
    what_was_not_committed_is_still_in_stock,
    serial_numbers_are_found_by_account_and_one_by_one,
    no_import_brings_back_what_was_given,
    twenty_completions_at_once_give_each_serial_number_once,
    stock_and_lists_at_once_give_each_serial_number_once,
);

also_encrypted!(
    what_was_imported_first_is_given_first,
    a_short_stock_gives_nothing_and_says_what_it_has,
    listed_serial_numbers_are_given_whether_in_stock_or_new,
    what_was_given_is_never_given_again,
    what_stands_under_another_product_is_not_given,
    what_stands_twice_in_a_list_is_not_given,
    what_was_not_committed_is_still_in_stock,
    serial_numbers_are_found_by_account_and_one_by_one,
    no_import_brings_back_what_was_given,
    twenty_completions_at_once_give_each_serial_number_once,
);

async fn give(store: &Store, order: OrderNumber, product: &str, quantity: u32) -> Allocation {
    commit!(store, |tx| tx.issue_from_stock(order, &sku(product), quantity, at(50)))
}

pub(super) async fn issue_listed(
    store: &Store,
    order: OrderNumber,
    product: &str,
    listed: &[SerialNumber],
) -> Allocation {
    commit!(store, |tx| tx.issue_listed(order, &sku(product), listed, at(50)))
}

pub(super) async fn completed(store: &Store, order: OrderNumber) {
    let event = NewEvent {
        from: Status::Placed,
        to: Status::Completed,
        action: &OrderAction::Completed,
        actor: &Actor::System,
    };
    assert_eq!(commit!(store, |tx| tx.record(order, &event, at(60))), Recorded::Done);
}

pub(super) async fn given(store: &Store, order: OrderNumber) -> Vec<String> {
    let serials = read!(store, |tx| tx.serials_of(order));
    serials.iter().map(|(sku, serial)| format!("{sku} {}", serial.as_str())).collect()
}

async fn what_was_imported_first_is_given_first(store: &Store) {
    let order = placed(store, &anna(store).await, 100, 0).await;
    import(store, "sp-1", &serials(&["Y", "Z"]), 1).await;
    import(store, "sp-1", &serials(&["A", "B"]), 2).await;
    import(store, "net", &serials(&["0"]), 0).await;
    assert_eq!(give(store, order, "sp-1", 3).await, Allocation::Given);
    assert_eq!(given(store, order).await, ["sp-1 A", "sp-1 Y", "sp-1 Z"]);
    assert_eq!((available(store, "sp-1").await, available(store, "net").await), (1, 1));
}

async fn a_short_stock_gives_nothing_and_says_what_it_has(store: &Store) {
    let order = placed(store, &anna(store).await, 100, 0).await;
    assert_eq!(give(store, order, "sp-1", 1).await, Allocation::Short { available: 0 });
    import(store, "sp-1", &numbered(0..37), 1).await;
    assert_eq!(give(store, order, "sp-1", 50).await, Allocation::Short { available: 37 });
    assert_eq!(given(store, order).await, [""; 0]);
    assert_eq!(available(store, "sp-1").await, 37);
}

async fn listed_serial_numbers_are_given_whether_in_stock_or_new(store: &Store) {
    let order = placed(store, &anna(store).await, 100, 0).await;
    import(store, "sp-1", &serials(&["A", "B"]), 1).await;
    assert_eq!(issue_listed(store, order, "sp-1", &serials(&["NEW", "B"])).await, Allocation::Given);
    assert_eq!(given(store, order).await, ["sp-1 B", "sp-1 NEW"]);
    assert_eq!(available(store, "sp-1").await, 1);
}

async fn what_was_given_is_never_given_again(store: &Store) {
    let anna = anna(store).await;
    let (first, second) = (placed(store, &anna, 100, 0).await, placed(store, &anna, 101, 0).await);
    issue_listed(store, first, "sp-1", &serials(&["A", "B"])).await;
    for product in ["sp-1", "net"] {
        let refused = issue_listed(store, second, product, &serials(&["A", "B", "C"])).await;
        assert_eq!(refused, Allocation::Refused(SerialRefusal::AlreadyIssued { count: 2 }));
    }
    assert_eq!(give(store, second, "sp-1", 1).await, Allocation::Short { available: 0 });
    assert_eq!(given(store, second).await, [""; 0]);
    assert_eq!(read!(store, |tx| tx.find_serial(&serials(&["C"])[0])), None);
}

async fn what_stands_under_another_product_is_not_given(store: &Store) {
    let order = placed(store, &anna(store).await, 100, 0).await;
    import(store, "net", &serials(&["A", "B"]), 1).await;
    let refused = issue_listed(store, order, "sp-1", &serials(&["A", "C"])).await;
    assert_eq!(refused, Allocation::Refused(SerialRefusal::OtherProduct { count: 1 }));
    assert_eq!(given(store, order).await, [""; 0]);
    assert_eq!(available(store, "net").await, 2);
}

async fn what_stands_twice_in_a_list_is_not_given(store: &Store) {
    let order = placed(store, &anna(store).await, 100, 0).await;
    let refused = issue_listed(store, order, "sp-1", &serials(&["A", "B", "A"])).await;
    assert_eq!(refused, Allocation::Refused(SerialRefusal::AlreadyIssued { count: 1 }));
    assert_eq!(given(store, order).await, [""; 0]);
}

async fn what_was_not_committed_is_still_in_stock(store: &Store) {
    let order = placed(store, &anna(store).await, 100, 0).await;
    import(store, "sp-1", &numbered(0..5), 1).await;
    let mut dropped = store.begin().await.unwrap();
    assert_eq!(dropped.issue_from_stock(order, &sku("sp-1"), 5, at(2)).await.unwrap(), Allocation::Given);
    assert_eq!(dropped.issue_listed(order, &sku("net"), &serials(&["N"]), at(2)).await.unwrap(), Allocation::Given);
    drop(dropped);
    assert_eq!(available(store, "sp-1").await, 5);
    assert_eq!(give(store, order, "sp-1", 5).await, Allocation::Given);
}

async fn serial_numbers_are_found_by_account_and_one_by_one(store: &Store) {
    let (anna, boris) = (anna(store).await, boris(store).await);
    let (first, second) = (placed(store, &anna, 100, 0).await, placed(store, &anna, 101, 0).await);
    import(store, "sp-1", &serials(&["A", "B", "C"]), 1).await;
    give(store, first, "sp-1", 1).await;
    issue_listed(store, second, "net", &serials(&["N"])).await;
    give(store, second, "sp-1", 1).await;
    assert_eq!(read!(store, |tx| tx.serials_of_account(anna.account)), [], "they are not completed yet");
    assert!(!read!(store, |tx| tx.has_serials(anna.account)));
    for order in [first, second] {
        completed(store, order).await;
    }
    assert!(read!(store, |tx| tx.has_serials(anna.account)));
    assert!(!read!(store, |tx| tx.has_serials(boris.account)));
    let expected =
        [(first, "sp-1", "A"), (second, "net", "N"), (second, "sp-1", "B")].map(|(order, product, serial)| {
            IssuedSerial { order, sku: sku(product), serial: SerialNumber::parse(serial).unwrap() }
        });
    assert_eq!(read!(store, |tx| tx.serials_of_account(anna.account)), expected);
    assert_eq!(read!(store, |tx| tx.serials_of_account(boris.account)), []);
    let found = async |serial: &str| read!(store, |tx| tx.find_serial(&serials(&[serial])[0]));
    assert_eq!(found("B").await, Some(FoundSerial { sku: sku("sp-1"), order: Some(second) }));
    assert_eq!(found("C").await, Some(FoundSerial { sku: sku("sp-1"), order: None }));
    assert_eq!(found("c").await, None);
}

async fn no_import_brings_back_what_was_given(store: &Store) {
    let order = placed(store, &anna(store).await, 100, 0).await;
    import(store, "sp-1", &serials(&["A"]), 1).await;
    give(store, order, "sp-1", 1).await;
    import(store, "sp-1", &serials(&["A"]), 2).await;
    assert_eq!(available(store, "sp-1").await, 0);
    assert_eq!(given(store, order).await, ["sp-1 A"]);
}

async fn orders(store: &Store, count: i64) -> Vec<OrderNumber> {
    let anna = anna(store).await;
    let mut orders = Vec::new();
    for draft in 0..count {
        orders.push(placed(store, &anna, draft, 0).await);
    }
    orders
}

/// Every serial number that these orders have, and how many that is.
async fn all_given(store: &Store, orders: &[OrderNumber]) -> (BTreeSet<String>, usize) {
    let mut all = Vec::new();
    for order in orders {
        all.extend(given(store, *order).await);
    }
    let count = all.len();
    (all.into_iter().collect(), count)
}

async fn twenty_completions_at_once_give_each_serial_number_once(store: &Store) {
    let orders = orders(store, 20).await;
    import(store, "sp-1", &numbered(0..185), 1).await;
    let completions = orders.iter().map(|order| {
        let (store, order) = (store.clone(), *order);
        tokio::spawn(async move { give(&store, order, "sp-1", 10).await })
    });
    let mut outcomes = Vec::new();
    for completion in completions.collect::<Vec<_>>() {
        outcomes.push(completion.await.unwrap());
    }
    let (done, short): (Vec<_>, Vec<_>) = outcomes.into_iter().partition(|outcome| *outcome == Allocation::Given);
    assert_eq!((done.len(), short), (18, vec![Allocation::Short { available: 5 }; 2]));
    let (distinct, count) = all_given(store, &orders).await;
    assert_eq!((distinct.len(), count), (180, 180));
    assert_eq!(available(store, "sp-1").await, 5);
}

async fn stock_and_lists_at_once_give_each_serial_number_once(store: &Store) {
    let orders = orders(store, 20).await;
    import(store, "sp-1", &numbered(0..50), 1).await;
    // The lists overlap each other, the stock, and an import that comes at the same time.
    let completions = (0..).zip(&orders).map(|(index, order)| {
        let (store, order) = (store.clone(), *order);
        tokio::spawn(async move {
            match index % 2 {
                0 => give(&store, order, "sp-1", 4).await,
                _ => issue_listed(&store, order, "sp-1", &numbered(30 + index * 2..34 + index * 2)).await,
            }
        })
    });
    let completions: Vec<_> = completions.collect();
    import(store, "sp-1", &numbered(40..90), 2).await;
    let mut issued_counts = 0;
    for completion in completions {
        issued_counts += usize::from(completion.await.unwrap() == Allocation::Given);
    }
    let (distinct, count) = all_given(store, &orders).await;
    assert_eq!((distinct.len(), count), (issued_counts * 4, issued_counts * 4));
    assert!(issued_counts >= 10, "{issued_counts}");
}
