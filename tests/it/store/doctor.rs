//! The doctor finds each thing that always holds when it is broken by hand, and nothing in a shop that was lived in.

use keydesk::{
    chat::{
        dialogue::{Dialogue, VendorDialogue},
        reads,
    },
    domain::{Actor, Draft, DraftId, Invoice, Notification, OrderAction, OrderNumber, PersonId, Role, Status, Stored},
    store::{Check, DialogueKey, Driver, Finding, Form, NewEvent, SaveDialogue, Seat, ShowIn, Store, Tx},
};

use super::{
    anna, at, boris, commit, new_order, on_both, placed, roubles, runs,
    serials::issue_listed,
    stock::{import, numbered, serials, sku},
};

on_both!(
    a_shop_that_was_lived_in_is_sound,
    whatever_is_broken_is_found_and_nothing_else,
    rows_that_name_what_is_not_there_are_found,
    what_is_not_named_is_counted,
);

pub async fn act(store: &Store, number: OrderNumber, from: Status, to: Status, action: &OrderAction) {
    let olga = Actor::Person { id: PersonId(70), name: "Olga".to_owned(), role: Role::Staff };
    commit!(store, |tx| tx.record(number, &NewEvent { from, to, action, actor: &olga }, at(60)));
}

/// Five orders: completed, invoiced, cancelled, placed, and one for which serial numbers are held.
pub async fn live_in(store: &Store) {
    let (anna, boris) = (anna(store).await, boris(store).await);
    let mut orders = Vec::new();
    for draft in 1..=5 {
        orders.push(placed(store, if draft == 5 { &boris } else { &anna }, draft, draft * 3_000).await);
    }
    let invoice = OrderAction::Invoiced(Invoice { amount: roubles(2_400_000), due: None, document: None });
    for number in [orders[0], orders[1]] {
        act(store, number, Status::Placed, Status::Invoiced, &invoice).await;
        act(store, number, Status::Invoiced, Status::Invoiced, &OrderAction::Taken).await;
    }
    issue_listed(store, orders[0], "sp-1", &numbered(0..50)).await;
    issue_listed(store, orders[0], "trial-30000", &numbered(50..53)).await;
    act(store, orders[0], Status::Invoiced, Status::Completed, &OrderAction::Completed).await;
    act(store, orders[2], Status::Placed, Status::Cancelled, &OrderAction::Taken).await;
    commit!(store, |tx| tx.settle_figures(5));
    import(store, "sp-1", &serials(&["STOCK-1", "stock-2"]), 1).await;
    let held = numbered(60..65).into_iter().map(|serial| (sku("net"), serial)).collect::<Vec<_>>();
    commit!(store, |tx| tx.hold_serials(orders[4], &held, at(70)));

    let draft = Draft::new(DraftId(9)).encode().unwrap();
    commit!(store, |tx| tx.save_draft(PersonId(1), DraftId(9), &draft, at(80)));
    let customer = (DialogueKey::private(PersonId(1), Seat::Customer), Dialogue::new().encode().unwrap());
    let vendor = (DialogueKey::private(PersonId(2), Seat::Vendor), VendorDialogue::default().encode().unwrap());
    for (key, state) in [customer, vendor] {
        let next = SaveDialogue { state, show_in: ShowIn::LiveMessage, watches: None };
        commit!(store, |tx| tx.save_dialogue(key, None, &next, at(80)));
    }
    let body = Notification::OrderPlaced(orders[3]).encode().unwrap();
    let mut tx = store.begin().await.unwrap();
    runs(
        &mut tx,
        format!(
            "INSERT INTO outbox_messages (chat_id, order_number, body, posted_at, delivery, due, attempts, sending)
         SELECT 5, number, '{body}', placed_at, 'pending', placed_at, 0, 'first' FROM orders WHERE number = {}",
            orders[3].0
        ),
    )
    .await;
    tx.commit().await.unwrap();
}

pub async fn examined(tx: &mut Tx) -> Vec<Finding> {
    let mut findings = Vec::new();
    for check in Check::ALL {
        findings.extend(tx.examine(check, reads).await.unwrap());
    }
    findings
}

async fn a_shop_that_was_lived_in_is_sound(store: &Store) {
    assert_eq!(examined(&mut store.read()).await, [], "one that is empty");
    live_in(store).await;
    assert_eq!(examined(&mut store.read()).await, []);
}

/// A statement, what it breaks, and whom the finding names.
type Break = (&'static str, &'static [(Check, &'static str)]);

const BREAKS: &[Break] = &[
    ("UPDATE orders SET total = total + 1 WHERE number = 4", &[(Check::OrderTotal, "4")]),
    ("UPDATE order_lines SET price = price - 1 WHERE order_number = 4 AND position = 1", &[(Check::OrderTotal, "4")]),
    ("DELETE FROM order_lines WHERE order_number = 4", &[(Check::OrderTotal, "4"), (Check::OrderKeys, "4")]),
    ("UPDATE orders SET keys = 1 WHERE number = 4", &[(Check::OrderKeys, "4")]),
    (
        "INSERT INTO orders (number, draft_id, account_id, placed_by, placed_at, status, currency, total, keys)
         SELECT 8, 800, account_id, placed_by, placed_at, status, currency, total, keys FROM orders WHERE number = 4;
         INSERT INTO order_lines (order_number, position, sku, names, quantity, price)
         SELECT 8, position, sku, names, quantity, price FROM order_lines WHERE order_number = 4;
         INSERT INTO order_events (order_number, happened_at, actor_id, actor_name, role, to_status, kind, action)
         SELECT 8, happened_at, actor_id, actor_name, role, to_status, kind, action FROM order_events
         WHERE order_number = 4;
         UPDATE counters SET value = 8 WHERE name = 'orders'",
        &[(Check::OrderNumbers, "6")],
    ),
    ("UPDATE counters SET value = 99 WHERE name = 'orders'", &[(Check::OrderCounter, "99")]),
    ("UPDATE order_events SET kind = 'taken' WHERE order_number = 4", &[(Check::FirstEvent, "4")]),
    (
        "DELETE FROM order_events WHERE order_number = 2 AND kind = 'placed'",
        &[(Check::FirstEvent, "2"), (Check::EventSequence, "2")],
    ),
    ("DELETE FROM order_events WHERE order_number = 4", &[(Check::FirstEvent, "4"), (Check::OrderStatus, "4")]),
    (
        "UPDATE order_events SET from_status = 'cancelled' WHERE kind = 'invoiced' AND order_number = 2",
        &[(Check::EventSequence, "2")],
    ),
    ("UPDATE orders SET status = 'cancelled' WHERE number = 4", &[(Check::OrderStatus, "4")]),
    ("UPDATE orders SET invoiced = 1 WHERE number = 2", &[(Check::InvoicedAmount, "2")]),
    ("UPDATE orders SET invoiced = NULL WHERE number = 2", &[(Check::InvoicedAmount, "2")]),
    (
        "UPDATE serial_numbers SET order_number = NULL, issued_at = NULL WHERE serial = 'SN-0000007'",
        &[(Check::CompletedSerials, "1")],
    ),
    (
        "UPDATE serial_numbers SET order_number = 4 WHERE serial = 'SN-0000007'",
        &[(Check::CompletedSerials, "1"), (Check::SerialsBeforeCompletion, "4")],
    ),
    (
        "UPDATE serial_numbers SET order_number = 1, issued_at = imported_at WHERE serial = 'STOCK-1'",
        &[(Check::CompletedSerials, "1")],
    ),
    (
        "UPDATE serial_numbers SET sku = 'net' WHERE serial = 'SN-0000007'",
        &[(Check::CompletedSerials, "1"), (Check::SerialsOfOtherProducts, "1")],
    ),
    ("DELETE FROM holdings", &[(Check::SerialsOfOtherProducts, "5"), (Check::SerialsBeforeCompletion, "5")]),
    ("INSERT INTO holdings (order_number) VALUES (1)", &[(Check::HeldAfterCompletion, "1")]),
    (
        "INSERT INTO serial_numbers (serial, sku, imported_at, spelling)
         SELECT 'stock-1', sku, imported_at, 'STOCK-1' FROM serial_numbers WHERE serial = 'STOCK-1'",
        &[(Check::RepeatedSerials, "sp-1")],
    ),
    (
        "INSERT INTO serial_numbers (serial, sku, imported_at, spelling)
         SELECT 'a{0}', sku, imported_at, 'A0' FROM serial_numbers WHERE serial = 'STOCK-1';
         INSERT INTO serial_numbers (serial, sku, imported_at, spelling)
         SELECT 'a0', sku, imported_at, 'A0' FROM serial_numbers WHERE serial = 'STOCK-1'",
        &[(Check::RepeatedSerials, "sp-1")],
    ),
    (
        "INSERT INTO withdrawn_serials (spelling, sku, withdrawn_at)
         SELECT serial, sku, imported_at FROM serial_numbers WHERE serial = 'STOCK-1'",
        &[(Check::WithdrawnInStock, "sp-1")],
    ),
    (
        "INSERT INTO serial_numbers (serial, sku, imported_at, spelling)
         SELECT 'b0', sku, imported_at, 'B0' FROM serial_numbers WHERE serial = 'STOCK-1';
         INSERT INTO withdrawn_serials (spelling, sku, withdrawn_at)
         SELECT spelling, sku, imported_at FROM serial_numbers WHERE serial = 'b0'",
        &[(Check::WithdrawnInStock, "sp-1")],
    ),
    ("DELETE FROM account_products WHERE sku = 'sp-1'", &[(Check::ProductsOfAccounts, "1")]),
    ("UPDATE accounts SET founder = 777 WHERE id = 2", &[(Check::AccountFounders, "2")]),
    ("UPDATE people SET account_id = 3 - account_id", &[(Check::AccountMembers, "1")]),
    (
        "UPDATE order_figures SET keys = keys + 1 WHERE status = 'placed'",
        &[(Check::Figures, "2015-04-01T07:00Z placed")],
    ),
    ("DELETE FROM order_figure_changes WHERE status = 'completed'", &[(Check::Figures, "2015-04-01T07:00Z completed")]),
    (
        "UPDATE order_events SET action = '{\"v\":99,\"body\":1}' WHERE order_number = 4",
        &[(Check::Readable(Form::Event), "4")],
    ),
    ("UPDATE order_lines SET names = 'Licence' WHERE order_number = 4", &[(Check::Readable(Form::Line), "4")]),
    ("UPDATE drafts SET draft = '{}'", &[(Check::Readable(Form::Draft), "1")]),
    ("UPDATE dialogues SET state = '' WHERE seat = 'customer'", &[(Check::Readable(Form::CustomerDialogue), "1")]),
    ("UPDATE dialogues SET state = '[]' WHERE seat = 'vendor'", &[(Check::Readable(Form::VendorDialogue), "2")]),
    ("UPDATE outbox_messages SET body = '{}'", &[(Check::Readable(Form::Message), "1")]),
    (
        "INSERT INTO file_jobs (chat_id, person_id, file_id, purpose, due, attempts)
         SELECT 5, 5, 'file', '{}', placed_at, 0 FROM orders WHERE number = 4",
        &[(Check::Readable(Form::FileJob), "1")],
    ),
];

async fn whatever_is_broken_is_found_and_nothing_else(store: &Store) {
    live_in(store).await;
    for (statement, broken) in BREAKS {
        let mut tx = store.begin().await.unwrap();
        runs(&mut tx, *statement).await;
        let findings = examined(&mut tx).await;
        let found = findings.iter().map(|finding| (finding.check, finding.first[0].as_str())).collect::<Vec<_>>();
        assert_eq!(found, *broken, "{statement}");
        // Rolled back.
    }
}

/// The databases hold references themselves: a file until the commit, which never comes, a server unless told otherwise.
async fn without_references(tx: &mut Tx) {
    let statement = match tx.driver().await.unwrap() {
        Driver::Sqlite(_) => "PRAGMA defer_foreign_keys = ON",
        Driver::Postgres(_) => "SET LOCAL session_replication_role = replica",
    };
    runs(tx, statement).await;
}

async fn rows_that_name_what_is_not_there_are_found(store: &Store) {
    live_in(store).await;
    let mut tx = store.begin().await.unwrap();
    without_references(&mut tx).await;
    runs(&mut tx, "UPDATE outbox_messages SET order_number = 77; DELETE FROM people WHERE id = 2").await;
    let findings = examined(&mut tx).await;
    let found = findings.iter().map(|finding| (finding.check, finding.first.join(", "))).collect::<Vec<_>>();
    let founders = (Check::AccountFounders, "2".to_owned());
    assert_eq!(found, [founders, (Check::MissingRows, "orders 2, outbox_messages 77".to_owned())]);
}

async fn what_is_not_named_is_counted(store: &Store) {
    let anna = anna(store).await;
    for draft in 1..=13 {
        commit!(store, |tx| tx.place_order(&new_order(&anna, draft), "Anna", at(draft)));
    }
    let mut tx = store.begin().await.unwrap();
    runs(&mut tx, "UPDATE orders SET total = total + 1").await;
    let findings = examined(&mut tx).await;
    let [finding] = &findings[..] else { panic!("{findings:?}") };
    assert_eq!((finding.count, finding.first.len(), finding.unnamed()), (13, 10, 3));
    assert_eq!(finding.first[..3], ["1", "2", "3"]);
}
