//! What delivered messages about orders became is known as long as the orders are.

use keydesk::{
    domain::{ChatId, Lane, MessageId, OrderNumber, Status, TopicId},
    store::{Door, MessageKind, NewOutboxMessage, OrderTopic, OutboxMessage, Place, Store, Unreached},
};

use super::{anna, at, commit, on_both, placed, read};

on_both!(
    a_delivered_message_is_found_by_order_and_by_message,
    the_newest_alert_is_the_one_to_edit,
    a_message_about_no_order_is_pruned_like_any_other,
    who_was_not_reached_is_known_when_the_outbox_was_pruned,
    a_topic_that_is_gone_takes_its_own_messages_with_it,
);

const STAFF: ChatId = ChatId(-5);

async fn posts(store: &Store, chat: ChatId, order: Option<OrderNumber>) -> OutboxMessage {
    commit!(store, |tx| tx.post(&NewOutboxMessage { chat, order, body: "{}".to_owned(), lane: Lane::Notice }, at(0)));
    let [message] = commit!(store, |tx| tx.claim_messages(at(1), at(61), 8)).try_into().unwrap();
    message
}

async fn tells(store: &Store, order: Option<OrderNumber>, message: i64, kind: MessageKind, seconds: i64) {
    let id = posts(store, STAFF, order).await.id;
    commit!(store, |tx| tx.message_sent(id, MessageId(message), kind, at(seconds)));
}

async fn a_delivered_message_is_found_by_order_and_by_message(store: &Store) {
    let order = placed(store, &anna(store).await, 1, 0).await;
    let kinds = [MessageKind::Alert, MessageKind::Question, MessageKind::Notification];
    for (message, kind) in (40..).zip(kinds) {
        tells(store, Some(order), message, kind, message).await;
        assert_eq!(read!(store, |tx| tx.find_by_message(STAFF, MessageId(message))), Some((order, kind)));
    }
    assert_eq!(read!(store, |tx| tx.find_by_message(ChatId(-6), MessageId(40))), None);
    assert_eq!(read!(store, |tx| tx.alert_message(order, STAFF)), Some(MessageId(40)));
    assert_eq!(read!(store, |tx| tx.alert_message(order, ChatId(-6))), None);
    assert_eq!(read!(store, |tx| tx.alert_message(OrderNumber(99), STAFF)), None);
}

async fn the_newest_alert_is_the_one_to_edit(store: &Store) {
    let order = placed(store, &anna(store).await, 1, 0).await;
    // Message 40 was gone when the order changed, and came again as message 50; then that one was edited.
    for (message, seconds) in [(40, 1), (50, 2), (50, 3)] {
        tells(store, Some(order), message, MessageKind::Alert, seconds).await;
    }
    assert_eq!(read!(store, |tx| tx.alert_message(order, STAFF)), Some(MessageId(50)));
    tells(store, Some(order), 40, MessageKind::Alert, 4).await;
    assert_eq!(read!(store, |tx| tx.alert_message(order, STAFF)), Some(MessageId(40)));
}

async fn a_message_about_no_order_is_pruned_like_any_other(store: &Store) {
    tells(store, None, 40, MessageKind::Notification, 1).await;
    assert_eq!(read!(store, |tx| tx.find_by_message(STAFF, MessageId(40))), None);
    assert_eq!(commit!(store, |tx| tx.prune_sent_messages(at(1), 10)), 0);
    assert_eq!(commit!(store, |tx| tx.prune_sent_messages(at(2), 10)), 1);
}

async fn who_was_not_reached_is_known_when_the_outbox_was_pruned(store: &Store) {
    let order = placed(store, &anna(store).await, 1, 0).await;
    tells(store, Some(order), 40, MessageKind::Alert, 1).await;
    let parked = posts(store, ChatId(1), Some(order)).await;
    commit!(store, |tx| tx.park_message(&parked, Place::Head, at(90), at(2)));
    let refused = posts(store, ChatId(2), Some(order)).await;
    commit!(store, |tx| tx.message_failed(&refused, "chat not found", at(2)));
    assert_eq!(commit!(store, |tx| tx.prune_sent_messages(at(1000), 10)), 1);
    let unreached = read!(store, |tx| tx.unreached(order));
    assert_eq!(unreached, [(ChatId(1), Unreached::Parked), (ChatId(2), Unreached::Refused)]);
    assert_eq!(read!(store, |tx| tx.alert_message(order, STAFF)), Some(MessageId(40)));
}

async fn a_topic_that_is_gone_takes_its_own_messages_with_it(store: &Store) {
    let order = placed(store, &anna(store).await, 1, 0).await;
    // Told of in the shared topic before it had one of its own.
    tells(store, Some(order), 40, MessageKind::Alert, 1).await;
    let topic = OrderTopic { topic: TopicId(50), named: Status::Placed, door: Door::Open, open_until: None };
    commit!(store, |tx| tx.record_order_topic(order, STAFF, &topic));
    tells(store, Some(order), 51, MessageKind::Question, 2).await;
    commit!(store, |tx| tx.forget_order_topic(order, STAFF));
    let found = async |message| read!(store, |tx| tx.find_by_message(STAFF, MessageId(message)));
    assert_eq!((found(40).await, found(51).await), (Some((order, MessageKind::Alert)), None));
}
