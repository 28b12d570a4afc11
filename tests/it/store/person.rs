//! What is stored about a person is found, and erased; the books stay.

use keydesk::domain::{Actor, AuditAction, MessageBody, OrderAction, OrderNumber, PersonId, Request, Role, Status};
use keydesk::store::{Cell, Customer, Erasure, NewEvent, Store};

use super::doctor::{act, examined, live_in};
use super::{anna, at, boris, commit, on_both, read, runs};

on_both!(
    who_is_erased_is_nowhere_and_the_books_are_whole,
    whose_orders_are_open_or_whose_account_is_shared_is_not_erased,
    who_only_looked_around_leaves_nothing,
);

const ANNA: PersonId = PersonId(1);

fn cancelled() -> OrderAction {
    OrderAction::Taken
}

async fn settles_all(store: &Store) {
    for (number, from) in [(2, Status::Invoiced), (4, Status::Placed)] {
        act(store, OrderNumber(number), from, Status::Cancelled, &cancelled()).await;
    }
}

async fn asks(store: &Store, anna: &Customer) {
    let words = MessageBody { text: "мой секрет".to_owned(), ..MessageBody::default() };
    let (action, status) = (OrderAction::Asked(Request::Answer, words), Status::Completed);
    let actor = Actor::Person { id: ANNA, name: anna.person.name.clone(), role: Role::Customer };
    commit!(store, |tx| tx.record(
        OrderNumber(1),
        &NewEvent { from: status, to: status, action: &action, actor: &actor },
        at(90)
    ));
}

async fn who_is_erased_is_nowhere_and_the_books_are_whole(store: &Store) {
    live_in(store).await;
    settles_all(store).await;
    let customer = anna(store).await;
    asks(store, &customer).await;
    let before = read!(store, |tx| tx.order(OrderNumber(1))).unwrap();
    assert!(!read!(store, |tx| tx.stored_about(ANNA)).is_empty());
    let erased = commit!(store, |tx| tx.erase_person(ANNA, at(100)));
    assert_eq!(erased, Erasure::Erased { account: customer.account, orders: 4 });
    assert_eq!(read!(store, |tx| tx.stored_about(ANNA)), []);
    assert_eq!(commit!(store, |tx| tx.erase_person(ANNA, at(101))), Erasure::Unknown);
    assert!(examined(&mut store.read()).await.is_empty());

    let nobody = PersonId::erased(customer.account);
    let left = read!(store, |tx| tx.stored_about(nobody));
    for row in left.iter().flat_map(|table| &table.rows) {
        for (column, cell) in row {
            let Cell::Text(text) = cell else { continue };
            assert!(!text.contains("Anna") && !text.contains("секрет") && !text.contains("PO 17"), "{column}: {text}");
        }
    }
    let after = read!(store, |tx| tx.order(OrderNumber(1))).unwrap();
    assert_eq!((after.summary, after.lines, after.note), (before.summary, before.lines, None));
    assert_eq!((after.placed_by, after.events.len()), (nobody, before.events.len()));
    // Whoever comes back is a newcomer.
    let again = anna(store).await;
    assert_ne!(again.account, customer.account);
    assert_eq!(read!(store, |tx| tx.order_of(&again, OrderNumber(1))), None);
}

async fn whose_orders_are_open_or_whose_account_is_shared_is_not_erased(store: &Store) {
    live_in(store).await;
    let open = commit!(store, |tx| tx.erase_person(ANNA, at(100)));
    assert_eq!(open, Erasure::OpenOrders(vec![OrderNumber(2), OrderNumber(4)]));
    settles_all(store).await;
    let (account, other) = (anna(store).await.account, boris(store).await.person.id);
    let mut tx = store.begin().await.unwrap();
    runs(&mut tx, format!("UPDATE people SET account_id = {account} WHERE id = {other}")).await;
    tx.commit().await.unwrap();
    assert_eq!(commit!(store, |tx| tx.erase_person(ANNA, at(101))), Erasure::HasColleagues(1));
    assert!(read!(store, |tx| tx.customer(ANNA)).is_some());
}

async fn who_only_looked_around_leaves_nothing(store: &Store) {
    let anna = anna(store).await;
    let erased = commit!(store, |tx| tx.erase_person(ANNA, at(100)));
    assert_eq!(erased, Erasure::Erased { account: anna.account, orders: 0 });
    assert_eq!(read!(store, |tx| tx.account(anna.account)), None);
    assert!(examined(&mut store.read()).await.is_empty());
    let by = Actor::System;
    commit!(store, |tx| tx.append_audit(&by, &AuditAction::Erased(anna.account), at(101)));
}
