//! Lives of orders, from the draft to the end.

use keydesk::domain::{
    ActionKind, Actor, Capacity, Currency, MessageBody, Money, Notification, Order, OrderAction, PresetReason, Reason,
    Refusal, Request, Role, Status, TransitionError,
};
use keydesk::shop::SerialSource;

use super::{Open, TRIAL, anna, invoice, oleg, serial, sku, vera};
use crate::store::{TestStore, on_both};
use crate::support::serials::GivenSerials;

on_both!(
    an_order_from_its_draft_to_its_serial_numbers,
    an_order_is_completed_from_a_list,
    an_order_is_cancelled_for_a_reason,
    a_payment_completes_an_order_without_anybody,
);

fn roubles(minor: i64) -> Money {
    Money::from_minor(minor, Currency::RUB).unwrap()
}

fn words(text: &str) -> MessageBody {
    MessageBody { text: text.to_owned(), ..MessageBody::default() }
}

fn trail(order: &Order) -> Vec<(Status, Option<&str>, ActionKind)> {
    order.events.iter().map(|event| (event.to, event.actor.name(), event.action.kind())).collect()
}

async fn an_order_from_its_draft_to_its_serial_numbers(store: &TestStore) {
    let open = Open::over(store).await;
    open.stock(TRIAL, &["A-1", "A-2", "A-3"]).await;
    let number = open.place(1, &[(TRIAL, 2)]).await;

    assert_eq!(open.perform(number, OrderAction::Taken, &vera()).await.unwrap().actor, vera());
    let Err(TransitionError::Overtaken(first)) = open.perform(number, OrderAction::Taken, &oleg()).await else {
        panic!("two took it")
    };
    assert_eq!((first.actor, first.action), (vera(), OrderAction::Taken));
    let (dear, cheap) = (roubles(920_000), roubles(900_000));
    let invoiced = open.perform(number, invoice(dear), &vera()).await.unwrap();
    assert_eq!((invoiced.from, invoiced.to), (Some(Status::Placed), Status::Invoiced));
    open.perform(number, invoice(cheap), &oleg()).await.unwrap();
    let question = OrderAction::Asked(Request::Answer, words("When?"));
    open.perform(number, question, &anna()).await.unwrap();
    open.perform(number, OrderAction::Answered(words("Now.")), &vera()).await.unwrap();
    open.perform(number, OrderAction::Completed, &vera()).await.unwrap();

    let order = open.order(number).await;
    assert_eq!(
        trail(&order),
        [
            (Status::Placed, Some("Anna"), ActionKind::Place),
            (Status::Placed, Some("Vera"), ActionKind::Take),
            (Status::Invoiced, Some("Vera"), ActionKind::Invoice),
            (Status::Invoiced, Some("Oleg"), ActionKind::Invoice),
            (Status::Invoiced, Some("Anna"), ActionKind::Ask),
            (Status::Invoiced, Some("Vera"), ActionKind::Answer),
            (Status::Completed, Some("Vera"), ActionKind::Complete),
        ]
    );
    let mut tx = open.store.read();
    let issued = tx.serials_of(number).await.unwrap();
    assert_eq!(issued, [(sku(TRIAL), serial("A-1")), (sku(TRIAL), serial("A-2"))]);
    assert_eq!(tx.in_stock(&sku(TRIAL), 10).await.unwrap(), 1);

    let to_anna = open.told(super::ANNA.private_chat(), number).await;
    let told = |actor: Actor, action| Notification::OrderActed { number, by: actor.id(), action };
    let (dear, cheap) = (told(vera(), invoice(dear)), told(oleg(), invoice(cheap)));
    let answered = told(vera(), OrderAction::Answered(words("Now.")));
    assert_eq!(to_anna, [dear, cheap, answered, told(vera(), OrderAction::Completed)]);
    let asked = told(anna(), OrderAction::Asked(Request::Answer, words("When?")));
    let to_staff = open.told(open.staff, number).await;
    // One that waits is enough, since it is rendered only when it is delivered.
    assert_eq!(to_staff, [Notification::OrderPlaced(number), Notification::OrderChanged(number), asked]);

    let late = open.perform(number, OrderAction::Cancelled(Reason::Ready(PresetReason::NotPaid)), &oleg()).await;
    let Err(TransitionError::Overtaken(last)) = late else { panic!("{late:?}") };
    assert_eq!(last.action, OrderAction::Completed);
}

async fn an_order_is_completed_from_a_list(store: &TestStore) {
    let open = Open::over(store).await;
    open.stock(TRIAL, &["A-1", "A-2"]).await;
    let number = open.place(1, &[(TRIAL, 2)]).await;
    open.perform(number, invoice(roubles(1)), &vera()).await.unwrap();

    let mut tx = open.store.begin().await.unwrap();
    let order = tx.locked_order(number).await.unwrap().unwrap();
    // One from the stock, and one that nobody knew.
    let listed = SerialSource::Listed(vec![vec![serial("A-2"), serial("B-1")]]);
    let event = open.shop.complete(&mut tx, &order, &listed, &vera()).await.unwrap().unwrap();
    tx.commit().await.unwrap();
    assert_eq!((event.from, event.to), (Some(Status::Invoiced), Status::Completed));

    let mut tx = open.store.read();
    let issued: Vec<_> = tx.serials_of(number).await.unwrap().into_iter().map(|(_, serial)| serial).collect();
    assert_eq!(issued, [serial("A-2"), serial("B-1")]);
    assert_eq!(tx.in_stock(&sku(TRIAL), 10).await.unwrap(), 1);
}

async fn an_order_is_cancelled_for_a_reason(store: &TestStore) {
    let open = Open::over(store).await;
    let number = open.place(1, &[(TRIAL, 1)]).await;
    let reason = Reason::Typed("Not for sale".to_owned());
    let event = open.perform(number, OrderAction::Cancelled(reason.clone()), &vera()).await.unwrap();
    assert_eq!((event.from, event.to), (Some(Status::Placed), Status::Cancelled));
    let told = open.told(super::ANNA.private_chat(), number).await;
    let action = OrderAction::Cancelled(reason);
    assert_eq!(told, [Notification::OrderActed { number, by: vera().id(), action }]);
}

async fn a_payment_completes_an_order_without_anybody(store: &TestStore) {
    let open = Open::over(store).await;
    open.stock(TRIAL, &["A-1"]).await;
    let number = open.place(1, &[(TRIAL, 1)]).await;
    let mut tx = open.store.begin().await.unwrap();
    let order = tx.locked_order(number).await.unwrap().unwrap();
    let early = open.shop.perform(&mut tx, &order, OrderAction::Completed, &Actor::System).await.unwrap();
    assert_eq!(early, Err(TransitionError::Refused(Refusal::NotFree)));

    open.shop.perform(&mut tx, &order, invoice(order.summary.total), &Actor::System).await.unwrap().unwrap();
    let order = tx.locked_order(number).await.unwrap().unwrap();
    open.shop.perform(&mut tx, &order, OrderAction::Completed, &Actor::System).await.unwrap().unwrap();
    tx.commit().await.unwrap();

    let order = open.order(number).await;
    assert_eq!(order.summary.status, Status::Completed);
    assert!(order.events.iter().skip(1).all(|event| event.actor == Actor::System), "{:?}", order.events);
    let told = open.told(super::ANNA.private_chat(), number).await;
    let told_of = |action| Notification::OrderActed { number, by: None, action };
    assert_eq!(told, [told_of(invoice(order.summary.total)), told_of(OrderAction::Completed)]);
}

#[tokio::test]
async fn everybody_may_do_what_is_theirs_to_do() {
    let store = TestStore::on_sqlite().await;
    let open = Open::over(&store).await;
    let number = open.place(1, &[(TRIAL, 1)]).await;
    open.perform(number, invoice(roubles(1)), &vera()).await.unwrap();
    let order = open.order(number).await;
    let allowed = |by: Capacity| -> Vec<ActionKind> {
        ActionKind::ALL.into_iter().filter(|kind| order.status_after(*kind, by).is_ok()).collect()
    };
    let vendors = [
        ActionKind::Take,
        ActionKind::Invoice,
        ActionKind::Complete,
        ActionKind::Cancel,
        ActionKind::Answer,
        ActionKind::Settle,
    ];
    assert_eq!(allowed(Role::Customer.into()), [ActionKind::Ask, ActionKind::Add]);
    assert_eq!(allowed(Role::Staff.into()), vendors);
    assert_eq!(allowed(Role::Admin.into()), vendors);
    assert_eq!(allowed(Capacity::System), [ActionKind::Invoice, ActionKind::Complete, ActionKind::LoseFile]);
}
