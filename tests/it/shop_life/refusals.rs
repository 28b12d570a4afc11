//! What is refused leaves everything as it was.

use keydesk::domain::{
    Actor, MessageBody, Order, OrderAction, OrderNumber, PresetReason, Reason, Refusal, Request, SerialRefusal,
    Shortage, TransitionError,
};
use keydesk::shop::{Placing, SerialSource};
use keydesk::store::Tx;

use super::{BIG_TRIAL, Open, TRIAL, anna, dump, invoice, serial, sku, vera};
use crate::store::{TestStore, on_both};
use crate::support::serials::GivenSerials;

on_both!(
    a_list_with_an_issued_serial_number_gives_nothing,
    a_list_of_another_products_serial_numbers_gives_nothing,
    a_short_stock_gives_nothing,
    an_action_that_is_refused_writes_nothing,
    a_draft_that_is_not_ready_becomes_no_order,
);

/// Two products, and a stock of the first; the second one's `B-1` went to another order.
async fn two_lines(open: &Open) -> OrderNumber {
    open.stock(TRIAL, &["A-1"]).await;
    open.stock(BIG_TRIAL, &["B-1"]).await;
    let other = open.place(1, &[(BIG_TRIAL, 1)]).await;
    let number = open.place(2, &[(TRIAL, 1), (BIG_TRIAL, 1)]).await;
    for order in [other, number] {
        let total = open.order(order).await.summary.total;
        open.perform(order, invoice(total), &vera()).await.unwrap();
    }
    open.perform(other, OrderAction::Completed, &vera()).await.unwrap();
    number
}

enum Tried {
    Action(OrderAction),
    List(Vec<Vec<keydesk::domain::SerialNumber>>),
}

async fn tried(open: &Open, tx: &mut Tx, order: &Order, tried: Tried, actor: &Actor) -> TransitionError {
    let outcome = match tried {
        Tried::Action(action) => open.shop.perform(tx, order, action, actor).await,
        Tried::List(lists) => open.shop.complete(tx, order, &SerialSource::Listed(lists), actor).await,
    };
    outcome.unwrap().unwrap_err()
}

/// Tries something that is refused, and gives the refusal: nothing changed, neither within the transaction nor by its
/// commit, and the transaction is good for something else.
async fn refused(open: &Open, number: OrderNumber, what: Tried, actor: &Actor) -> TransitionError {
    let before = dump(&mut open.store.read()).await;
    let mut tx = open.store.begin().await.unwrap();
    let order = tx.locked_order(number).await.unwrap().unwrap();
    let error = tried(open, &mut tx, &order, what, actor).await;
    assert_eq!(dump(&mut tx).await, before, "within the transaction");
    tx.commit().await.unwrap();
    assert_eq!(dump(&mut open.store.read()).await, before, "after the commit");
    error
}

async fn a_list_with_an_issued_serial_number_gives_nothing(store: &TestStore) {
    let open = Open::over(store).await;
    let number = two_lines(&open).await;
    let lists = || Tried::List(vec![vec![serial("A-2")], vec![serial("B-1")]]);
    let error = refused(&open, number, lists(), &vera()).await;
    let why = SerialRefusal::AlreadyIssued { count: 1 };
    assert_eq!(error, TransitionError::SerialsRefused { sku: sku(BIG_TRIAL), why });

    // The same transaction goes on and does something else.
    let mut tx = open.store.begin().await.unwrap();
    let order = tx.locked_order(number).await.unwrap().unwrap();
    tried(&open, &mut tx, &order, lists(), &vera()).await;
    let good = SerialSource::Listed(vec![vec![serial("A-2")], vec![serial("B-2")]]);
    open.shop.complete(&mut tx, &order, &good, &vera()).await.unwrap().unwrap();
    tx.commit().await.unwrap();
    let issued = open.store.read().serials_of(number).await.unwrap();
    assert_eq!(issued, [(sku(BIG_TRIAL), serial("B-2")), (sku(TRIAL), serial("A-2"))]);
}

async fn a_list_of_another_products_serial_numbers_gives_nothing(store: &TestStore) {
    let open = Open::over(store).await;
    let number = two_lines(&open).await;
    let crossed = vec![vec![serial("A-2")], vec![serial("A-1")]];
    let error = refused(&open, number, Tried::List(crossed), &vera()).await;
    let why = SerialRefusal::OtherProduct { count: 1 };
    assert_eq!(error, TransitionError::SerialsRefused { sku: sku(BIG_TRIAL), why });

    let short = Shortage { sku: sku(BIG_TRIAL), needed: 1, available: 0 };
    let error = refused(&open, number, Tried::List(vec![vec![serial("A-2")]]), &vera()).await;
    assert_eq!(error, TransitionError::OutOfStock(vec![short]));
}

async fn a_short_stock_gives_nothing(store: &TestStore) {
    let open = Open::over(store).await;
    let number = two_lines(&open).await;
    let error = refused(&open, number, Tried::Action(OrderAction::Completed), &vera()).await;
    let short = Shortage { sku: sku(BIG_TRIAL), needed: 1, available: 0 };
    assert_eq!(error, TransitionError::OutOfStock(vec![short]));
}

async fn an_action_that_is_refused_writes_nothing(store: &TestStore) {
    let open = Open::over(store).await;
    let number = open.place(1, &[(TRIAL, 1)]).await;
    let question =
        || OrderAction::Asked(Request::Answer, MessageBody { text: "When?".to_owned(), ..MessageBody::default() });
    let cancelled = || OrderAction::Cancelled(Reason::Ready(PresetReason::NotPaid));
    for (action, actor, refusal) in [
        (OrderAction::Taken, anna(), Refusal::NotAllowed),
        (OrderAction::Completed, vera(), Refusal::NotFree),
        (OrderAction::Placed, anna(), Refusal::NoWay),
        (cancelled(), anna(), Refusal::NotAllowed),
        (cancelled(), Actor::System, Refusal::NotAllowed),
        (OrderAction::Taken, Actor::System, Refusal::NotAllowed),
        (question(), Actor::System, Refusal::NotAllowed),
        (question(), vera(), Refusal::NotAllowed),
    ] {
        let error = refused(&open, number, Tried::Action(action.clone()), &actor).await;
        assert_eq!(error, TransitionError::Refused(refusal), "{action:?} by {actor:?}");
    }
    for _ in 0..5 {
        open.perform(number, question(), &anna()).await.unwrap();
    }
    let error = refused(&open, number, Tried::Action(question()), &anna()).await;
    assert_eq!(error, TransitionError::Refused(Refusal::TooManyQuestions));
}

async fn a_draft_that_is_not_ready_becomes_no_order(store: &TestStore) {
    let open = Open::over(store).await;
    let mut tx = open.store.begin().await.unwrap();
    let before = dump(&mut tx).await;
    let catalogue = open.shop.catalogue(&mut tx).await.unwrap();
    let empty = keydesk::domain::Draft::new(keydesk::domain::DraftId(1));
    let placing = open.shop.place(&mut tx, &open.anna, &empty, &catalogue).await.unwrap();
    assert_eq!(placing, Placing::NotReady);
    assert_eq!(dump(&mut tx).await, before);
}
