//! Words about orders are found by where they were written, and by what brought them.

use keydesk::{
    domain::{Actor, ChatId, MessageBody, MessageId, OrderAction, PersonId, Request, Role, Source, Status},
    store::{MessageKind, NewEvent, Store},
};

use super::{anna, at, commit, on_both, placed, read};

on_both!(
    words_are_found_where_they_were_written,
    the_newest_message_that_brought_words_is_the_one_to_answer,
    the_order_that_was_talked_about_last_is_likely_meant,
);

const STAFF: ChatId = ChatId(-5);
const WORDS: Source = Source { chat: ChatId(101), message: MessageId(7) };

async fn words_are_found_where_they_were_written(store: &Store) {
    let customer = anna(store).await;
    let (first, second) = (placed(store, &customer, 1, 0).await, placed(store, &customer, 2, 0).await);
    commit!(store, |tx| tx.record_passed_on(WORDS, first, at(1)));
    assert_eq!(read!(store, |tx| tx.find_by_words(WORDS)), Some(first));
    // Telegram may tell of an edit as often as it likes.
    commit!(store, |tx| tx.record_passed_on(WORDS, second, at(2)));
    assert_eq!(read!(store, |tx| tx.find_by_words(WORDS)), Some(second));
    assert_eq!(read!(store, |tx| tx.find_by_words(Source { chat: STAFF, ..WORDS })), None);
}

async fn the_newest_message_that_brought_words_is_the_one_to_answer(store: &Store) {
    let order = placed(store, &anna(store).await, 1, 0).await;
    assert_eq!(read!(store, |tx| tx.brought_by(WORDS, STAFF)), None);
    for (message, seconds) in [(40, 1), (50, 2)] {
        let message = MessageId(message);
        commit!(store, |tx| tx.record_order_message(STAFF, message, order, MessageKind::Question, at(seconds)));
        commit!(store, |tx| tx.record_source(STAFF, message, WORDS));
        assert_eq!(read!(store, |tx| tx.brought_by(WORDS, STAFF)), Some(message));
    }
    assert_eq!(read!(store, |tx| tx.brought_by(WORDS, ChatId(102))), None);
}

async fn the_order_that_was_talked_about_last_is_likely_meant(store: &Store) {
    let customer = anna(store).await;
    assert_eq!(read!(store, |tx| tx.order_talked_about(customer.account)), None);
    let (first, second) = (placed(store, &customer, 1, 0).await, placed(store, &customer, 2, 0).await);
    assert_eq!(read!(store, |tx| tx.order_talked_about(customer.account)), Some(second));
    let action = OrderAction::Asked(Request::Answer, MessageBody::new("When?", None).unwrap());
    let actor = Actor::Person { id: PersonId(101), name: "Anna".to_owned(), role: Role::Customer };
    let event = NewEvent { from: Status::Placed, to: Status::Placed, action: &action, actor: &actor };
    commit!(store, |tx| tx.record(first, &event, at(1)));
    assert_eq!(read!(store, |tx| tx.order_talked_about(customer.account)), Some(first));
}
