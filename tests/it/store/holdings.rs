//! Serial numbers that are held for an order: nobody's until it is completed, and the stock's as soon as they are imported.

use keydesk::{
    domain::{OrderNumber, SerialNumber, SerialRefusal, Sku},
    store::{Allocation, FoundSerial, Holding, Import, Imported, Store},
};

use super::{
    TestStore, also_encrypted, anna, at, boris, commit, on_both, placed, read,
    serials::{completed, given, issue_listed},
    stock::{available, import, numbered, serials, sku},
};
use crate::support::serials::GivenSerials;

on_both!(
    what_is_held_for_an_order_is_its_own_once_it_is_issued,
    what_is_held_is_let_go_of_and_what_was_in_stock_stays_there,
    what_is_imported_while_it_is_held_is_in_stock_and_stays_there,
    nobody_finds_what_is_only_held,
    a_list_with_what_is_held_for_another_order_is_told_so,
    letting_go_beside_an_import_loses_nothing,
);

also_encrypted!(
    what_is_held_for_an_order_is_its_own_once_it_is_issued,
    what_is_held_is_let_go_of_and_what_was_in_stock_stays_there,
    what_is_imported_while_it_is_held_is_in_stock_and_stays_there,
    nobody_finds_what_is_only_held,
    a_list_with_what_is_held_for_another_order_is_told_so,
);

fn of(product: &str, texts: &[&str]) -> Vec<(Sku, SerialNumber)> {
    serials(texts).into_iter().map(|serial| (sku(product), serial)).collect()
}

async fn hold(store: &Store, order: OrderNumber, product: &str, texts: &[&str]) -> Holding {
    let mut tx = store.begin().await.unwrap();
    let holding = tx.hold_serials(order, &of(product, texts), at(2)).await.unwrap();
    if matches!(holding, Holding::Held { .. }) {
        tx.commit().await.unwrap();
    }
    holding
}

async fn what_is_held_for_an_order_is_its_own_once_it_is_issued(store: &Store) {
    let anna = anna(store).await;
    let order = placed(store, &anna, 100, 0).await;
    import(store, "sp-1", &serials(&["B", "C"]), 1).await;
    assert_eq!(hold(store, order, "sp-1", &["A", "B", "D"]).await, Holding::Held { in_stock: serials(&["B"]) });
    assert_eq!(hold(store, order, "sp-1", &["A", "D"]).await, Holding::Held { in_stock: vec![] }, "they are its own");
    assert_eq!(available(store, "sp-1").await, 2, "what is held is in no stock");
    assert_eq!(read!(store, |tx| tx.serials_of_account(anna.account)), [], "and nobody sees it");

    commit!(store, |tx| tx.issue_in_stock(order, &serials(&["B"]), at(4)));
    assert_eq!(read!(store, |tx| tx.issued_of(order, &sku("sp-1"))), 3);
    commit!(store, |tx| tx.issue_held(order));
    completed(store, order).await;
    assert_eq!(commit!(store, |tx| tx.let_go(order, 9)), 0, "it keeps its own");
    assert_eq!(given(store, order).await, ["sp-1 A", "sp-1 B", "sp-1 D"]);
    assert_eq!(read!(store, |tx| tx.serials_of_account(anna.account)).len(), 3);
    let known = Import::Done(Imported { added: 0, known: 3, given: 3 });
    assert_eq!(import(store, "sp-1", &serials(&["A", "B", "D"]), 5).await, known, "nor does an import take them");
}

async fn what_is_held_is_let_go_of_and_what_was_in_stock_stays_there(store: &Store) {
    let order = placed(store, &anna(store).await, 100, 0).await;
    import(store, "sp-1", &serials(&["B"]), 1).await;
    hold(store, order, "sp-1", &["A", "B", "C", "D"]).await;
    assert_eq!(commit!(store, |tx| tx.let_go(order, 2)), 2);
    assert_eq!(commit!(store, |tx| tx.let_go(order, 2)), 1);
    assert_eq!(commit!(store, |tx| tx.let_go(order, 2)), 0);
    assert_eq!((available(store, "sp-1").await, given(store, order).await), (1, Vec::new()));
}

async fn what_is_imported_while_it_is_held_is_in_stock_and_stays_there(store: &Store) {
    let order = placed(store, &anna(store).await, 100, 0).await;
    hold(store, order, "sp-1", &["A", "B", "C", "D"]).await;
    let imported = import(store, "sp-1", &serials(&["A", "E"]), 3).await;
    assert_eq!(imported, Import::Done(Imported { added: 2, known: 0, given: 0 }));
    // A list says which product it is for; whoever imports it knows.
    let imported = import(store, "net", &serials(&["B"]), 3).await;
    assert_eq!(imported, Import::Done(Imported { added: 1, known: 0, given: 0 }));
    assert_eq!(read!(store, |tx| tx.issued_of(order, &sku("sp-1"))), 2, "the order sees what it lacks");
    assert_eq!(hold(store, order, "sp-1", &["A", "C"]).await, Holding::Held { in_stock: serials(&["A"]) });
    let refused = hold(store, order, "sp-1", &["B"]).await;
    assert_eq!(refused, Holding::Refused { sku: sku("sp-1"), why: SerialRefusal::OtherProduct { count: 1 } });
    assert_eq!(commit!(store, |tx| tx.let_go(order, 9)), 2);
    assert_eq!((available(store, "sp-1").await, available(store, "net").await), (2, 1));
}

async fn nobody_finds_what_is_only_held(store: &Store) {
    let order = placed(store, &anna(store).await, 100, 0).await;
    hold(store, order, "sp-1", &["A"]).await;
    let found = async || read!(store, |tx| tx.find_serial(&serials(&["A"])[0]));
    assert_eq!(found().await, None);
    commit!(store, |tx| tx.issue_held(order));
    assert_eq!(found().await, Some(FoundSerial { sku: sku("sp-1"), order: Some(order) }));
}

async fn a_list_with_what_is_held_for_another_order_is_told_so(store: &Store) {
    let (anna, boris) = (anna(store).await, boris(store).await);
    let (order, other) = (placed(store, &anna, 100, 0).await, placed(store, &boris, 101, 0).await);
    import(store, "sp-1", &serials(&["Z"]), 1).await;
    hold(store, order, "sp-1", &["A", "B", "D"]).await;
    for product in ["sp-1", "net"] {
        let refused = issue_listed(store, other, product, &serials(&["A", "B", "E"])).await;
        assert_eq!(refused, Allocation::Refused(SerialRefusal::HeldFor { other: order, count: 2 }));
        let refused = hold(store, other, product, &["D", "E"]).await;
        assert_eq!(
            refused,
            Holding::Refused { sku: sku(product), why: SerialRefusal::HeldFor { other: order, count: 1 } }
        );
    }
    commit!(store, |tx| tx.let_go(order, 9));
    assert_eq!(issue_listed(store, other, "sp-1", &serials(&["A", "B"])).await, Allocation::Given);
    let refused = hold(store, order, "sp-1", &["A", "E"]).await;
    assert_eq!(refused, Holding::Refused { sku: sku("sp-1"), why: SerialRefusal::AlreadyIssued { count: 1 } });
    let refused = hold(store, order, "net", &["Z"]).await;
    assert_eq!(refused, Holding::Refused { sku: sku("net"), why: SerialRefusal::OtherProduct { count: 1 } });
}

async fn letting_go_beside_an_import_loses_nothing(store: &TestStore) {
    let beside = store.beside().await;
    let order = placed(store, &anna(store).await, 100, 0).await;
    for round in 0..12 {
        let all = numbered(round * 400..(round + 1) * 400);
        let held: Vec<_> = all.iter().map(|serial| (sku("sp-1"), serial.clone())).collect();
        commit!(store, |tx| tx.hold_serials(order, &held, at(2)));
        let lets_go = {
            let store = Store::clone(store);
            tokio::spawn(async move {
                loop {
                    let mut tx = store.begin().await.unwrap();
                    tx.locked_order(order).await.unwrap();
                    let gone = tx.let_go(order, 50).await.unwrap();
                    tx.commit().await.unwrap();
                    if gone == 0 {
                        break;
                    }
                }
            })
        };
        import(&beside, "sp-1", &all, 3).await;
        lets_go.await.unwrap();
        assert_eq!(available(store, "sp-1").await, (round + 1) * 400);
    }
}
