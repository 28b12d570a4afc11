//! What is stored about a person is found, and erased; the books stay.

use std::io::ErrorKind;
use std::ops::ControlFlow;

use keydesk::chat::i18n::Texts;
use keydesk::chat::person_data::{self, PersonFormat};
use keydesk::domain::{
    Actor, AuditAction, ChatId, InvitationToken, Invited, Lane, Language, MessageBody, MessageId, Notification,
    OrderAction, OrderNumber, PersonId, Request, Role, Status, Stored, UpdateId,
};
use keydesk::store::{
    Cell, DeadLetter, DialogueKey, Erasure, Inviting, MessageKind, NewEvent, NewOutboxMessage, SaveDialogue, Seat,
    ShowIn, Store, Tx, WaitingUpdate,
};

use sqlx::{Connection, SqliteConnection};
use tempfile::TempDir;

use super::doctor::{act, examined, live_in};
use super::people::somebody_waits;
use super::{StoredAbout, TestStore, also_encrypted, anna, at, boris, commit, on_both, read, runs};
use crate::support::traces::traces;

on_both!(
    who_is_erased_is_nowhere_and_the_books_are_whole,
    whose_orders_are_open_or_whose_account_is_shared_is_not_erased,
    who_only_looked_around_leaves_nothing,
    whom_admins_did_something_to_is_nobody_in_the_audit,
    no_name_is_left_on_screens_and_in_messages_of_others,
    what_is_still_to_be_done_for_others_names_nobody,
    what_is_stored_is_read_no_further_than_it_can_be_written,
);

also_encrypted!(
    who_is_erased_is_nowhere_and_the_books_are_whole,
    no_name_is_left_on_screens_and_in_messages_of_others,
    what_is_still_to_be_done_for_others_names_nobody,
    a_damaged_serial_number_is_handed_out_as_it_is,
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

fn asked() -> OrderAction {
    OrderAction::Asked(Request::Answer, MessageBody { text: "мой секрет".to_owned(), ..MessageBody::default() })
}

async fn asks(tx: &mut Tx) {
    let (action, status) = (asked(), Status::Completed);
    let actor = Actor::Person { id: ANNA, name: "Anna".to_owned(), role: Role::Customer };
    let event = NewEvent { from: status, to: status, action: &action, actor: &actor };
    tx.record(OrderNumber(1), &event, at(90)).await.unwrap();
}

async fn who_is_erased_is_nowhere_and_the_books_are_whole(store: &Store) {
    live_in(store).await;
    settles_all(store).await;
    let customer = anna(store).await;
    let mut tx = store.begin().await.unwrap();
    asks(&mut tx).await;
    tx.commit().await.unwrap();
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

async fn whom_admins_did_something_to_is_nobody_in_the_audit(store: &Store) {
    let account = anna(store).await.account;
    let nobody = PersonId::erased(account);
    for action in [AuditAction::Blocked(ANNA), AuditAction::PersonExported(ANNA), AuditAction::Blocked(PersonId(2))] {
        commit!(store, |tx| tx.append_audit(&Actor::System, &action, at(1)));
    }
    commit!(store, |tx| tx.erase_person(ANNA, at(100)));
    assert_eq!(read!(store, |tx| tx.stored_about(ANNA)), []);
    let entries = read!(store, |tx| tx.audit_page(0, 10)).entries;
    let actions: Vec<AuditAction> = entries.into_iter().rev().map(|entry| entry.action).collect();
    let expected =
        [AuditAction::Blocked(nobody), AuditAction::PersonExported(nobody), AuditAction::Blocked(PersonId(2))];
    assert_eq!(actions, expected);
}

async fn no_name_is_left_on_screens_and_in_messages_of_others(store: &Store) {
    let boris = (anna(store).await, boris(store).await).1;
    let key = DialogueKey::private(boris.person.id, Seat::Vendor);
    let state = r#"{"v":1,"body":{"banner":{"admin":{"blocked":{"id":1,"name":"Anna"}}}}}"#.to_owned();
    let next = SaveDialogue { state, show_in: ShowIn::LiveMessage, watches: None };
    commit!(store, |tx| tx.save_dialogue(key, None, &next, at(1)));
    let body = r#"{"v":1,"body":{"contacts_closed":{"to":2,"picked":"Anna"}}}"#.to_owned();
    let message = NewOutboxMessage { chat: ChatId(2), order: None, body, lane: Lane::Tap };
    commit!(store, |tx| tx.post(&message, at(1)));
    let claimed = commit!(store, |tx| tx.claim_messages(at(2), at(60), 5));
    commit!(store, |tx| tx.message_sent(claimed[0].id, MessageId(40), MessageKind::Notification, at(2)));
    let raw = r#"{"message":{"reply_to_message":{"from":{"id":1,"first_name":"Anna"}}}}"#;
    let letter =
        DeadLetter { update: UpdateId(7), person: Some(PersonId(2)), raw: raw.into(), error: "x".into(), at: at(1) };
    commit!(store, |tx| tx.dead_letter(&letter));

    let mut tx = store.begin().await.unwrap();
    // Whoever erases goes on in their own dialogue afterwards.
    let before = tx.dialogue(key).await.unwrap().unwrap();
    tx.erase_person(ANNA, at(100)).await.unwrap();
    let state = tx.dialogue(key).await.unwrap().unwrap().state;
    assert_eq!(state, r#"{"body":{"banner":{"admin":{"blocked":{"id":1,"name":null}}}},"v":1}"#);
    tx.save_dialogue(key, Some(before.version), &SaveDialogue { state, ..next }, at(100)).await.unwrap();
    tx.commit().await.unwrap();
    let left = read!(store, |tx| tx.stored_about(boris.person.id));
    assert!(!format!("{left:?}").contains("Anna"), "{left:?}");
}

async fn what_is_still_to_be_done_for_others_names_nobody(store: &Store) {
    live_in(store).await;
    settles_all(store).await;
    let picked = r#"{"v":3,"body":{"contacts_closed":{"to":2,"picked":"Анечка"}}}"#;
    let banner = r#"{"v":3,"body":{"file_answered":{"to":2,"banner":{"admin":{"blocked":{"id":1,"name":"Anna"}}}}}}"#;
    let appointed = r#"{"v":2,"body":{"admin":{"appointed":{"by":"Anna","person":3}}}}"#;
    let others = r#"{"v":2,"body":{"admin":{"appointed":{"by":"Anna Petrova","person":3}}}}"#;
    // About an order of Boris.
    let question = Notification::OrderActed { number: OrderNumber(5), by: Some(ANNA), action: asked() };
    let question = question.encode().unwrap();
    for (chat, state) in [(20, "pending"), (30, "parked"), (40, "dead")] {
        for body in [picked, banner, appointed, others, &question] {
            let (body, order) = (body.to_owned(), Some(OrderNumber(5)));
            let message = NewOutboxMessage { chat: ChatId(chat), order, body, lane: Lane::Tap };
            commit!(store, |tx| tx.post(&message, at(1)));
        }
        let mut tx = store.begin().await.unwrap();
        let settled = if state == "pending" { "NULL" } else { "posted_at" };
        let error = if state == "dead" { "'refused'" } else { "NULL" };
        let set = format!("delivery = '{state}', settled_at = {settled}, error = {error}");
        runs(&mut tx, format!("UPDATE outbox_messages SET {set} WHERE chat_id = {chat}")).await;
        tx.commit().await.unwrap();
    }
    let updates = [
        r#"{"message":{"from":{"id":2,"first_name":"B"},"forward_from":{"id":1,"first_name":"Anna"}}}"#,
        r#"{"message":{"from":{"id":2,"first_name":"B"},"users_shared":{"users":[{"user_id":1,"first_name":"Anna"}]}}}"#,
        r#"{"message":{"message_id":1,"from":{"id":2,"first_name":"B"}}}"#,
    ];
    for (number, raw) in (7..).zip(updates) {
        let (update, person, raw, error) = (UpdateId(number), Some(PersonId(2)), raw.to_owned(), "x".to_owned());
        let (since, due) = (at(1), at(2));
        let waiting = WaitingUpdate { update, person, raw, error, since, due, tries: 1, failing_since: None };
        commit!(store, |tx| tx.set_aside_update(&waiting));
    }
    commit!(store, |tx| tx.erase_person(ANNA, at(100)));
    let waiting: Vec<_> = read!(store, |tx| tx.waiting_updates()).into_iter().map(|one| one.update).collect();
    assert_eq!(waiting, [UpdateId(9)]);
    for (chat, left) in [(20, 4), (30, 4), (40, 1)] {
        let stored = read!(store, |tx| tx.stored_about(PersonId(chat)));
        let messages = stored.iter().find(|table| table.table == "outbox_messages").unwrap();
        assert_eq!(messages.rows.len(), left, "what is to be sent is sent, without the name: {messages:?}");
        let all = format!("{messages:?}").replace("Anna Petrova", "");
        for word in ["Anna", "Анечка", "секрет"] {
            assert!(!all.contains(word), "{word}: {all}");
        }
    }
}

/// On SQLite there is one writer.
#[tokio::test]
async fn what_somebody_does_while_they_are_erased_comes_first() {
    let store = TestStore::on_postgres().await;
    live_in(&store).await;
    settles_all(&store).await;
    let mut hers = store.begin().await.unwrap();
    hers.load(&[ANNA]).await.unwrap();
    asks(&mut hers).await;
    let erasing = async { commit!(store, |tx| tx.erase_person(ANNA, at(100))) };
    let asking = async {
        while !somebody_waits(&store).await {}
        hers.commit().await.unwrap();
    };
    let (erased, ()) = tokio::join!(erasing, asking);
    assert!(matches!(erased, Erasure::Erased { orders: 4, .. }), "{erased:?}");
    let order = read!(store, |tx| tx.order(OrderNumber(1))).unwrap();
    assert!(!format!("{order:?}").contains("секрет"), "{order:?}");
}

#[tokio::test]
async fn whose_account_somebody_is_joining_is_not_erased() {
    let store = TestStore::on_postgres().await;
    let (anna, boris, token) = (anna(&store).await, boris(&store).await, InvitationToken::from_random([7; 16]));
    assert_eq!(commit!(store, |tx| tx.invite(ANNA, token, None, at(0))), Inviting::Open);
    let mut joins = store.begin().await.unwrap();
    assert_eq!(joins.join(boris.person.id, token, at(1)).await.unwrap(), Invited::To(anna.account));
    let erasing = async { commit!(store, |tx| tx.erase_person(ANNA, at(100))) };
    let joining = async {
        while !somebody_waits(&store).await {}
        joins.commit().await.unwrap();
    };
    assert_eq!(tokio::join!(erasing, joining).0, Erasure::HasColleagues(1));
}

async fn what_is_stored_is_read_no_further_than_it_can_be_written(store: &Store) {
    live_in(store).await;
    let (mut tx, mut rows) = (store.read(), 0);
    let enough = |_| {
        rows += 1;
        if rows < 3 { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    };
    tx.each_stored_about(ANNA, enough).await.unwrap();
    assert_eq!(rows, 3);
    let mut room = [0; 100];
    let texts = Texts::new(Language::FIRST, chrono_tz::UTC);
    let written = person_data::write(&mut tx, ANNA, PersonFormat::Json, &texts, &mut room[..]).await.unwrap();
    assert_eq!(written.unwrap_err().kind(), ErrorKind::WriteZero);
}

/// What cannot be opened is nobody's to read, and no reason to keep the rest from the person.
async fn a_damaged_serial_number_is_handed_out_as_it_is(store: &Store) {
    live_in(store).await;
    let mut tx = store.begin().await.unwrap();
    let damaged = "(SELECT MIN(serial) FROM serial_numbers WHERE order_number = 1)";
    runs(&mut tx, format!("UPDATE serial_numbers SET sealed = sealed || 'A' WHERE serial = {damaged}")).await;
    tx.commit().await.unwrap();
    let stored = read!(store, |tx| tx.stored_about(ANNA));
    let serials = stored.iter().find(|table| table.table == "serial_numbers").unwrap();
    let is_sealed = |row: &&Vec<(String, Cell)>| row.iter().any(|(column, _)| column == "sealed");
    assert_eq!((serials.rows.len(), serials.rows.iter().filter(is_sealed).count()), (53, 1));
}

#[tokio::test]
async fn what_a_former_release_left_of_deleted_rows_is_gone_after_the_first_start() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("keydesk.db");
    let url = format!("sqlite://{}", file.display());
    Store::open(&url).await.unwrap().close().await;
    let mut former = SqliteConnection::connect(&url).await.unwrap();
    let left =
        "INSERT INTO dead_letters (update_id, raw, error, dead_at) VALUES (1, 'жгучая тайна', 'x', '2015-04-01');
                DELETE FROM dead_letters; UPDATE counters SET value = 1 WHERE name = 'remains'";
    sqlx::raw_sql(left).execute(&mut former).await.unwrap();
    former.close().await.unwrap();
    assert_eq!(traces(&file, &["жгучая тайна"]), ["жгучая тайна"]);
    Store::open(&url).await.unwrap().close().await;
    assert_eq!(traces(&file, &["жгучая тайна"]), [] as [&str; 0]);
}
