//! Words about orders are found by where they were written, and by what brought them.

use keydesk::{
    domain::{
        Actor, ChatId, MessageBody, MessageId, OrderAction, PersonId, PresetReason, Reason, Request, Role, Source,
        Status,
    },
    store::{MessageKind, NewEvent, PassedOn, Store},
};

use super::{anna, at, commit, on_both, placed, read};

on_both!(
    words_are_found_where_they_were_written,
    the_newest_message_that_brought_words_is_the_one_to_answer,
    the_order_that_was_talked_about_last_is_likely_meant,
);

const ANNA: PersonId = PersonId(101);
const STAFF: ChatId = ChatId(-5);
const WORDS: Source = Source { chat: ChatId(101), message: MessageId(7) };

async fn words_are_found_where_they_were_written(store: &Store) {
    let customer = anna(store).await;
    let (first, second) = (placed(store, &customer, 1, 0).await, placed(store, &customer, 2, 0).await);
    let words = MessageBody::new("When?", None).unwrap().written_in(WORDS);
    let words = MessageBody { album: Some("7".to_owned()), ..words };
    commit!(store, |tx| tx.record_passed_on(&words, first, Some(ANNA), at(1)));
    assert_eq!(read!(store, |tx| tx.find_by_words(WORDS)), Some(first));
    // Telegram may tell of an edit as often as it likes.
    commit!(store, |tx| tx.record_passed_on(&words, second, Some(ANNA), at(2)));
    assert_eq!(read!(store, |tx| tx.find_by_words(WORDS)), Some(second));
    assert_eq!(read!(store, |tx| tx.find_by_words(Source { chat: STAFF, ..WORDS })), None);
    // What the same person wrote last, as long as it is of late.
    let passed_on = PassedOn { order: second, by: Some(ANNA), album: Some("7".to_owned()) };
    assert_eq!(read!(store, |tx| tx.last_passed_on(WORDS.chat, ANNA, at(2))), Some(passed_on.clone()));
    assert_eq!(read!(store, |tx| tx.passed_on(WORDS)), Some(passed_on));
    assert_eq!(read!(store, |tx| tx.last_passed_on(WORDS.chat, ANNA, at(3))), None);
    assert_eq!(read!(store, |tx| tx.last_passed_on(WORDS.chat, PersonId(102), at(1))), None);
    assert_eq!(read!(store, |tx| tx.words_of(WORDS.chat, WORDS.message)), Some(WORDS));
    assert_eq!(read!(store, |tx| tx.words_of(STAFF, WORDS.message)), None);
}

async fn the_newest_message_that_brought_words_is_the_one_to_answer(store: &Store) {
    let order = placed(store, &anna(store).await, 1, 0).await;
    assert_eq!(read!(store, |tx| tx.brought_by(WORDS, STAFF)), None);
    for (message, seconds) in [(40, 1), (50, 2)] {
        let message = MessageId(message);
        commit!(store, |tx| tx.record_order_message(STAFF, message, order, MessageKind::Question, at(seconds)));
        commit!(store, |tx| tx.record_source(STAFF, message, WORDS));
        assert_eq!(read!(store, |tx| tx.brought_by(WORDS, STAFF)), Some(message));
        assert_eq!(read!(store, |tx| tx.words_of(STAFF, message)), Some(WORDS));
    }
    assert_eq!(read!(store, |tx| tx.brought_by(WORDS, ChatId(102))), None);
}

async fn the_order_that_was_talked_about_last_is_likely_meant(store: &Store) {
    let customer = anna(store).await;
    let perhaps = async |limit| read!(store, |tx| tx.orders_perhaps_meant(customer.account, limit));
    assert_eq!(perhaps(9).await, []);
    let (first, second) = (placed(store, &customer, 1, 0).await, placed(store, &customer, 2, 0).await);
    assert_eq!(perhaps(9).await, [second, first]);
    let actor = Actor::Person { id: ANNA, name: "Anna".to_owned(), role: Role::Customer };
    let record = async |to, action: OrderAction| {
        let event = NewEvent { from: Status::Placed, to, action: &action, actor: &actor };
        commit!(store, |tx| tx.record(first, &event, at(1)));
    };
    record(Status::Placed, OrderAction::Asked(Request::Answer, MessageBody::new("When?", None).unwrap())).await;
    assert_eq!(perhaps(9).await, [first, second]);
    assert_eq!(perhaps(1).await, [first]);
    // It stays likely when it is over, as long as nothing was said of another one.
    record(Status::Cancelled, OrderAction::Cancelled(Reason::Ready(PresetReason::Duplicate))).await;
    let third = placed(store, &customer, 3, 0).await;
    assert_eq!(perhaps(9).await, [first, third, second]);
}
