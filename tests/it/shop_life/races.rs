//! Several who act at once: one is first, and no serial number is issued twice.

use std::collections::BTreeSet;

use keydesk::domain::{ActionKind, Actor, Order, OrderAction, OrderEvent, TransitionError};
use keydesk::shop::Shop;
use keydesk::store::Store;
use tokio::task::JoinSet;

use super::{Open, TRIAL, invoice, oleg, vera};
use crate::store::{TestStore, on_both};
use crate::support::serials::GivenSerials;

on_both!(
    two_take_at_once,
    two_invoice_at_once,
    two_invoice_anew_at_once,
    two_complete_at_once,
    twenty_orders_share_a_stock,
);

/// Acts on an order as it was read before anybody had it locked.
async fn acts(
    shop: Shop,
    store: Store,
    order: Order,
    action: OrderAction,
    actor: Actor,
) -> Result<OrderEvent, TransitionError> {
    let mut tx = store.begin().await.unwrap();
    let performed = shop.perform(&mut tx, &order, action, &actor).await.unwrap();
    tx.commit().await.unwrap();
    performed
}

/// Both see the same order and act at once: exactly one event, and the other one hears of it.
async fn one_is_first(open: &Open, order: &Order, action: &OrderAction) {
    let race = |actor| tokio::spawn(acts(open.shop.clone(), open.store.clone(), order.clone(), action.clone(), actor));
    let (one, other) = (race(vera()), race(oleg()));
    let (done, lost) = match (one.await.unwrap(), other.await.unwrap()) {
        (Ok(done), Err(lost)) | (Err(lost), Ok(done)) => (done, lost),
        both => panic!("{both:?}"),
    };
    let TransitionError::Overtaken(first) = lost else { panic!("{lost:?}") };
    assert_eq!((&first.actor, &first.action), (&done.actor, &done.action));
    let now = open.order(order.summary.number).await;
    assert_eq!(now.events.len(), order.events.len() + 1);
    assert_eq!(now.events.last().map(|event| &event.action), Some(action));
}

async fn two_take_at_once(store: &TestStore) {
    let open = Open::over(store).await;
    let number = open.place(1, &[(TRIAL, 1)]).await;
    one_is_first(&open, &open.order(number).await, &OrderAction::Taken).await;
}

async fn two_invoice_anew_at_once(store: &TestStore) {
    let open = Open::over(store).await;
    let number = open.place(1, &[(TRIAL, 1)]).await;
    let total = open.order(number).await.summary.total;
    open.perform(number, invoice(total), &vera()).await.unwrap();
    one_is_first(&open, &open.order(number).await, &invoice(total)).await;
}

async fn two_invoice_at_once(store: &TestStore) {
    let open = Open::over(store).await;
    for draft in 1..=5 {
        let number = open.place(draft, &[(TRIAL, 1)]).await;
        let order = open.order(number).await;
        one_is_first(&open, &order, &invoice(order.summary.total)).await;
    }
}

async fn two_complete_at_once(store: &TestStore) {
    let open = Open::over(store).await;
    open.stock(TRIAL, &["A-1", "A-2", "A-3", "A-4", "A-5", "A-6", "A-7"]).await;
    for draft in 1..=3 {
        let number = open.place(draft, &[(TRIAL, 2)]).await;
        let total = open.order(number).await.summary.total;
        open.perform(number, invoice(total), &vera()).await.unwrap();
        one_is_first(&open, &open.order(number).await, &OrderAction::Completed).await;
        let mut tx = open.store.read();
        assert_eq!(tx.serials_of(number).await.unwrap().len(), 2);
        let left = 7 - 2 * u32::try_from(draft).unwrap();
        assert_eq!(tx.in_stock(&super::sku(TRIAL), 10).await.unwrap(), left);
    }
}

async fn twenty_orders_share_a_stock(store: &TestStore) {
    let open = Open::over(store).await;
    let serials: Vec<String> = (0..40).map(|number| format!("A-{number}")).collect();
    open.stock(TRIAL, &serials.iter().map(String::as_str).collect::<Vec<_>>()).await;
    let mut at_once = JoinSet::new();
    let mut numbers = Vec::new();
    for draft in 1..=20 {
        let number = open.place(draft, &[(TRIAL, 2)]).await;
        let total = open.order(number).await.summary.total;
        open.perform(number, invoice(total), &vera()).await.unwrap();
        numbers.push(number);
    }
    for number in &numbers {
        let order = open.order(*number).await;
        at_once.spawn(acts(open.shop.clone(), open.store.clone(), order, OrderAction::Completed, vera()));
    }
    for outcome in at_once.join_all().await {
        assert_eq!(outcome.unwrap().action.kind(), ActionKind::Complete);
    }
    let mut tx = open.store.read();
    let mut issued = BTreeSet::new();
    for number in numbers {
        let theirs = tx.serials_of(number).await.unwrap();
        assert_eq!(theirs.len(), 2);
        issued.extend(theirs.into_iter().map(|(_, serial)| serial.as_str().to_owned()));
    }
    assert_eq!(issued, serials.into_iter().collect());
}
