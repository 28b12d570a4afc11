//! Serial numbers that may not be sold: taken out of the stock, or known in another spelling.

use keydesk::{
    domain::{Actor, AuditAction, SerialNumber, SerialRefusal, SomeLines, WithdrawalReason},
    store::{Allocation, Holding, Import, Imported, NumberedSerial, Staging, StockMatch, Store},
};

use super::{
    also_encrypted, anna, at, commit, on_both, placed, read,
    serials::issue_listed,
    stock::{available, import, numbered, serials, sku},
};

on_both!(
    what_is_withdrawn_leaves_the_stock_and_never_comes_back,
    what_was_sold_or_is_not_there_is_named_and_nothing_is_withdrawn,
    as_many_are_withdrawn_as_were_confirmed,
    what_is_held_for_an_order_cannot_be_withdrawn,
    what_is_known_in_another_spelling_is_refused_everywhere,
    a_withdrawal_beside_completions_takes_nothing_that_was_sold,
);

also_encrypted!(
    what_is_withdrawn_leaves_the_stock_and_never_comes_back,
    what_was_sold_or_is_not_there_is_named_and_nothing_is_withdrawn,
    as_many_are_withdrawn_as_were_confirmed,
    what_is_held_for_an_order_cannot_be_withdrawn,
    what_is_known_in_another_spelling_is_refused_everywhere,
    a_withdrawal_beside_completions_takes_nothing_that_was_sold,
);

async fn gathered(store: &Store, list: &[SerialNumber]) -> Staging {
    let mut staging = store.begin_staging().await.unwrap();
    let lines: Vec<_> = (1..).zip(list).map(|(line, serial)| NumberedSerial { line, serial: serial.clone() }).collect();
    assert_eq!(staging.gather(&sku("sp-1"), &lines).await.unwrap(), None);
    staging
}

async fn withdraw(store: &Store, list: &[SerialNumber], expected: u64) -> Result<(), StockMatch> {
    let staging = gathered(store, list).await;
    staging.withdraw(&sku("sp-1"), expected, &Actor::System, &WithdrawalReason::Lost, at(5)).await.unwrap()
}

async fn what_is_withdrawn_leaves_the_stock_and_never_comes_back(store: &Store) {
    let order = placed(store, &anna(store).await, 100, 0).await;
    import(store, "sp-1", &serials(&["AB-1", "AB-2", "AB-3"]), 1).await;
    let list = serials(&["AB-1", "AB-3"]);
    let matched = gathered(store, &list).await.match_stock(&sku("sp-1")).await.unwrap();
    assert_eq!(matched, StockMatch { in_stock: 2, ..StockMatch::default() });
    assert_eq!(available(store, "sp-1").await, 3, "looking changes nothing");
    assert_eq!(withdraw(store, &list, 2).await, Ok(()));
    assert_eq!(available(store, "sp-1").await, 1);
    let page = read!(store, |tx| tx.audit_page(0, 10));
    let withdrawn = AuditAction::Withdrawn { sku: sku("sp-1"), count: 2, reason: WithdrawalReason::Lost };
    assert_eq!(page.entries[0].action, withdrawn);

    let again = withdraw(store, &list, 2).await.unwrap_err();
    assert_eq!((again.in_stock, again.withdrawn, again.absent.unwrap().count), (0, 2, 2), "it is known that they were");

    // In no spelling, and for no product.
    let again = SerialRefusal::Withdrawn { count: 1 };
    for text in ["AB-1", "ab-1", "{AB-1}"] {
        let serial = serials(&[text]);
        assert_eq!(import(store, "net", &serial, 6).await, Import::Refused(again));
        assert_eq!(issue_listed(store, order, "sp-1", &serial).await, Allocation::Refused(again));
        let held = [(sku("sp-1"), serial[0].clone())];
        let mut tx = store.begin().await.unwrap();
        let holding = tx.hold_serials(order, &held, at(6)).await.unwrap();
        assert_eq!(holding, Holding::Refused { sku: sku("sp-1"), why: again });
    }
    assert_eq!(available(store, "sp-1").await, 1);
}

async fn what_was_sold_or_is_not_there_is_named_and_nothing_is_withdrawn(store: &Store) {
    let order = placed(store, &anna(store).await, 100, 0).await;
    import(store, "sp-1", &serials(&["A", "B", "C"]), 1).await;
    import(store, "net", &serials(&["N"]), 1).await;
    commit!(store, |tx| tx.issue_from_stock(order, &sku("sp-1"), 2, at(2)));
    let refused = withdraw(store, &serials(&["C", "B", "A", "N", "X"]), 5).await;
    let lines = |first, count| Some(SomeLines { first, count });
    assert_eq!(refused, Err(StockMatch { in_stock: 1, sold: lines(2, 2), absent: lines(4, 2), withdrawn: 0 }));
    assert_eq!((available(store, "sp-1").await, available(store, "net").await), (1, 1));
    assert_eq!(withdraw(store, &[], 0).await, Err(StockMatch::default()));
}

async fn as_many_are_withdrawn_as_were_confirmed(store: &Store) {
    import(store, "sp-1", &serials(&["A", "B"]), 1).await;
    let refused = withdraw(store, &serials(&["A", "B"]), 3).await;
    assert_eq!(refused, Err(StockMatch { in_stock: 2, ..StockMatch::default() }));
    assert_eq!(available(store, "sp-1").await, 2);
}

async fn what_is_held_for_an_order_cannot_be_withdrawn(store: &Store) {
    let order = placed(store, &anna(store).await, 100, 0).await;
    commit!(store, |tx| tx.hold_serials(order, &[(sku("sp-1"), serials(&["A"])[0].clone())], at(2)));
    let absent = Some(SomeLines { first: 1, count: 1 });
    assert_eq!(withdraw(store, &serials(&["A"]), 1).await, Err(StockMatch { absent, ..StockMatch::default() }));
}

async fn what_is_known_in_another_spelling_is_refused_everywhere(store: &Store) {
    let order = placed(store, &anna(store).await, 100, 0).await;
    let known = ["AB-1", "cd-2", "{EF-3}", "gH-4"];
    import(store, "sp-1", &serials(&known), 1).await;
    let refusal = SerialRefusal::Respelled { count: 1 };
    for text in ["ab-1", "{AB-1}", "CD-2", "{cd-2}", "ef-3", "EF-3"] {
        let serial = serials(&[text]);
        assert_eq!(import(store, "sp-1", &serial, 2).await, Import::Refused(refusal), "{text}");
        assert_eq!(issue_listed(store, order, "sp-1", &serial).await, Allocation::Refused(refusal), "{text}");
        let held = [(sku("sp-1"), serial[0].clone())];
        let mut tx = store.begin().await.unwrap();
        let holding = tx.hold_serials(order, &held, at(6)).await.unwrap();
        assert_eq!(holding, Holding::Refused { sku: sku("sp-1"), why: refusal }, "{text}");
    }
    let again = import(store, "sp-1", &serials(&known), 2).await;
    assert_eq!(again, Import::Done(Imported { added: 0, known: 4, given: 0 }), "as they are they are known");
    // Letters of both cases tell serial numbers apart.
    assert_eq!(
        import(store, "sp-1", &serials(&["Gh-4"]), 2).await,
        Import::Done(Imported { added: 1, known: 0, given: 0 })
    );
}

async fn a_withdrawal_beside_completions_takes_nothing_that_was_sold(store: &Store) {
    let anna = anna(store).await;
    let list = numbered(0..20);
    import(store, "sp-1", &list, 1).await;
    let mut completions = Vec::new();
    for draft in 0..4 {
        let (store, order) = (store.clone(), placed(store, &anna, draft, 0).await);
        completions
            .push(tokio::spawn(async move { commit!(store, |tx| tx.issue_from_stock(order, &sku("sp-1"), 4, at(3))) }));
    }
    let withdrawn = withdraw(store, &list[16..], 4).await;
    let mut given = 0;
    for completion in completions {
        given += if completion.await.unwrap() == Allocation::Given { 4 } else { 0 };
    }
    let gone = if withdrawn.is_ok() { 4 } else { 0 };
    assert_eq!(available(store, "sp-1").await, 20 - given - gone, "{withdrawn:?}");
}
