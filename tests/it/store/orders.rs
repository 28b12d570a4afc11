//! Cards, lists and status changes.

use keydesk::{
    domain::{
        Actor, Invoice, OrderAction, OrderNumber, PersonId, PresetReason, Reason, Role, Status, reports::period::Span,
    },
    store::{NewEvent, OrderFilter, Recorded, Store},
};

use super::{anna, at, boris, commit, on_both, placed, read, roubles};

on_both!(
    somebody_elses_order_is_as_good_as_none,
    the_list_has_the_newest_first_page_by_page,
    the_list_can_be_of_one_status,
    an_empty_list_has_one_empty_page,
    a_span_is_listed_from_its_newest_order_to_its_oldest,
    a_status_change_has_its_row_in_the_audit_trail,
    of_two_who_press_at_once_one_is_overtaken,
);

fn staff(name: &str) -> Actor {
    Actor::Person { id: PersonId(70), name: name.to_owned(), role: Role::Staff }
}

async fn somebody_elses_order_is_as_good_as_none(store: &Store) {
    let (anna, boris) = (anna(store).await, boris(store).await);
    let number = placed(store, &anna, 100, 0).await;
    let card = read!(store, |tx| tx.order_of(&anna, number));
    assert_eq!(card, read!(store, |tx| tx.order(number)));
    assert!(card.is_some());
    assert_eq!(read!(store, |tx| tx.order_of(&boris, number)), None);
    assert_eq!(read!(store, |tx| tx.order_of(&anna, OrderNumber(99))), None);
    assert_eq!(read!(store, |tx| tx.order(OrderNumber(99))), None);
}

async fn the_list_has_the_newest_first_page_by_page(store: &Store) {
    let (anna, boris) = (anna(store).await, boris(store).await);
    for draft in 1..=5 {
        placed(store, &anna, draft, draft).await;
    }
    placed(store, &boris, 6, 6).await;
    let mut seen = Vec::new();
    for page in 0..3 {
        let page = read!(store, |tx| tx.orders_page(anna.account, None, page, 2));
        assert_eq!((page.pages, page.total), (3, 5));
        seen.extend(page.orders.iter().map(|order| order.number.0));
        assert!(page.orders.iter().all(|order| order.keys == 53 && order.placed_at == at(order.number.0)));
    }
    assert_eq!(seen, [5, 4, 3, 2, 1]);
    let beyond = read!(store, |tx| tx.orders_page(anna.account, None, 99, 2));
    assert_eq!((beyond.page, beyond.orders.len()), (2, 1));
}

async fn the_list_can_be_of_one_status(store: &Store) {
    let anna = anna(store).await;
    for draft in 1..=3 {
        placed(store, &anna, draft, 0).await;
    }
    recorded(store, OrderNumber(2), (Status::Placed, Status::Invoiced), "Olga", 1).await;
    let numbers = async |status| {
        let page = read!(store, |tx| tx.orders_page(anna.account, Some(status), 0, 8));
        page.orders.iter().map(|order| order.number.0).collect::<Vec<_>>()
    };
    assert_eq!(numbers(Status::Placed).await, [3, 1]);
    assert_eq!(numbers(Status::Invoiced).await, [2]);
    assert_eq!(numbers(Status::Cancelled).await, [0; 0]);
}

async fn an_empty_list_has_one_empty_page(store: &Store) {
    let anna = anna(store).await;
    let page = read!(store, |tx| tx.orders_page(anna.account, None, 4, 8));
    assert_eq!((page.orders.len(), page.page, page.pages, page.total), (0, 0, 1, 0));
}

async fn a_status_change_has_its_row_in_the_audit_trail(store: &Store) {
    let anna = anna(store).await;
    let number = placed(store, &anna, 1, 0).await;
    for (from, to, seconds) in [(Status::Placed, Status::Invoiced, 5), (Status::Invoiced, Status::Invoiced, 6)] {
        assert_eq!(recorded(store, number, (from, to), "Olga", seconds).await, Recorded::Done);
    }
    let order = read!(store, |tx| tx.order(number)).unwrap();
    assert_eq!(order.summary.status, Status::Invoiced);
    let trail: Vec<_> = order.events.iter().map(|event| (event.from, event.to, event.at)).collect();
    assert_eq!(
        trail,
        [
            (None, Status::Placed, at(0)),
            (Some(Status::Placed), Status::Invoiced, at(5)),
            (Some(Status::Invoiced), Status::Invoiced, at(6)),
        ]
    );
    assert_eq!(order.events[1].actor.capacity(), Role::Staff.into());
    assert_eq!((order.events[1].actor.id(), order.events[1].actor.name()), (Some(PersonId(70)), Some("Olga")));
}

async fn of_two_who_press_at_once_one_is_overtaken(store: &Store) {
    let number = placed(store, &anna(store).await, 1, 0).await;
    let press = |name: &'static str, to| {
        let store = store.clone();
        tokio::spawn(async move { recorded(&store, number, (Status::Placed, to), name, 5).await })
    };
    let (olga, pavel) = (press("Olga", Status::Invoiced), press("Pavel", Status::Cancelled));
    let first = match (olga.await.unwrap(), pavel.await.unwrap()) {
        (Recorded::Done, Recorded::Overtaken) => "Olga",
        (Recorded::Overtaken, Recorded::Done) => "Pavel",
        both => panic!("one succeeds: {both:?}"),
    };
    let order = read!(store, |tx| tx.order(number)).unwrap();
    assert_eq!(order.events.len(), 2);
    assert_eq!(order.last_change().unwrap().actor.name(), Some(first));
}

async fn recorded(
    store: &Store,
    number: OrderNumber,
    (from, to): (Status, Status),
    name: &str,
    seconds: i64,
) -> Recorded {
    let action = match to {
        Status::Invoiced => OrderAction::Invoiced(Invoice { amount: roubles(2_500_000), due: None, document: None }),
        Status::Cancelled => OrderAction::Cancelled(Reason::Ready(PresetReason::NotPaid)),
        Status::Placed | Status::Completed => OrderAction::Completed,
    };
    let actor = staff(name);
    let event = NewEvent { from, to, action: &action, actor: &actor };
    commit!(store, |tx| tx.record(number, &event, at(seconds)))
}

async fn a_span_is_listed_from_its_newest_order_to_its_oldest(store: &Store) {
    let (anna, boris) = (anna(store).await, boris(store).await);
    // Two of one moment, and one that a replica with a slow clock placed.
    for (draft, (customer, second)) in
        (1..).zip([(&anna, 1), (&anna, 2), (&boris, 2), (&anna, 4), (&anna, 3), (&anna, 9)])
    {
        placed(store, customer, draft, second).await;
    }
    let listed = async |account, status| {
        let filter = OrderFilter { status, span: Span { from: at(2), to: at(9) }, account };
        let (mut before, mut numbers) = (None, Vec::new());
        loop {
            let page = read!(store, |tx| tx.list_orders(&filter, before, 2));
            let Some(last) = page.last() else { break numbers };
            before = Some((last.summary.placed_at, last.summary.number));
            numbers.extend(page.iter().map(|order| order.summary.number.0));
        }
    };
    assert_eq!(listed(None, None).await, [4, 5, 3, 2]);
    assert_eq!(listed(Some(anna.account), None).await, [5, 4, 2]);
    assert_eq!(listed(Some(anna.account), Some(Status::Placed)).await, [5, 4, 2]);
    assert_eq!(listed(None, Some(Status::Completed)).await, [] as [i64; 0]);
}
