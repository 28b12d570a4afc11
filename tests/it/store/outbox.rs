//! Notices reach each chat in order, by one worker at a time.

use std::collections::BTreeSet;

use futures_util::FutureExt;
use keydesk::{
    domain::{ChatId, Lane, MessageId, OrderNumber, Sending},
    store::{Attempt, MessageKind, NewOutboxMessage, OutboxMessage, Parked, Place, Store},
};

use super::{anna, at, boris, commit, on_both, placed, read};
use crate::support::outbox::{Delivery, messages_of};

on_both!(
    a_notice_is_delivered_once,
    a_chat_is_told_in_order,
    a_notice_that_was_put_off_holds_back_those_after_it,
    a_lease_that_ended_without_a_word_makes_it_perhaps_seen,
    an_ambiguous_attempt_stays_ambiguous,
    a_failed_notice_is_kept_and_lets_the_next_pass,
    a_reader_who_is_back_is_told_what_they_missed,
    a_refusal_that_comes_after_the_readers_return_lays_nothing_aside,
    it_is_known_whether_a_message_about_an_order_may_have_been_read,
    staff_see_how_far_the_notices_of_an_order_have_come,
    eight_workers_never_get_the_same_notice,
    the_next_delivery_is_that_of_the_oldest_notice_of_a_chat,
    what_staff_were_not_told_goes_where_they_are_now,
    what_staff_are_being_told_is_told_by_nobody_else_meanwhile,
    accounts_take_turns_in_a_group,
    a_parked_notice_keeps_its_place_and_is_tried_again,
    a_notice_that_was_set_aside_lets_others_pass_until_it_is_due,
    what_somebody_waits_for_goes_first_and_what_nobody_waits_for_last,
    nothing_overtakes_what_is_on_its_way,
    a_commit_says_that_it_left_something_to_deliver,
    a_worker_whose_lease_has_passed_on_decides_nothing,
);

async fn posts(store: &Store, chat: i64, fact: &str, seconds: i64) {
    let notice = NewOutboxMessage { chat: ChatId(chat), order: None, body: fact.to_owned(), lane: Lane::Notice };
    commit!(store, |tx| tx.post(&notice, at(seconds)));
}

async fn posts_in(store: &Store, lane: Lane, chat: i64, fact: &str, seconds: i64) {
    let notice = NewOutboxMessage { chat: ChatId(chat), order: None, body: fact.to_owned(), lane };
    commit!(store, |tx| tx.post(&notice, at(seconds)));
}

/// Claims at this second, with a lease of ten.
async fn claims(store: &Store, seconds: i64) -> Vec<OutboxMessage> {
    commit!(store, |tx| tx.claim_messages(at(seconds), at(seconds + 10), 8))
}

async fn claims_one(store: &Store, seconds: i64) -> OutboxMessage {
    let [notice] = claims(store, seconds).await.try_into().unwrap();
    notice
}

async fn a_notice_is_delivered_once(store: &Store) {
    posts(store, 1, "invoiced", 0).await;
    let notice = claims_one(store, 0).await;
    assert_eq!((notice.chat, notice.order, notice.body.as_str()), (ChatId(1), None, "invoiced"));
    assert_eq!((notice.attempts, notice.sending), (1, Sending::First));
    assert_eq!(claims(store, 9).await, []);
    commit!(store, |tx| tx.message_sent(notice.id, MessageId(40), MessageKind::Notification, at(1)));
    assert_eq!(claims(store, 1000).await, []);
    assert_eq!(read!(store, |tx| tx.next_delivery_due()), None);
}

async fn a_chat_is_told_in_order(store: &Store) {
    for (chat, fact) in [(1, "invoiced"), (1, "completed"), (2, "cancelled")] {
        posts(store, chat, fact, 0).await;
    }
    let facts = |notices: &[OutboxMessage]| notices.iter().map(|notice| notice.body.clone()).collect::<Vec<_>>();
    let first = claims(store, 0).await;
    assert_eq!(facts(&first), ["invoiced", "cancelled"]);
    assert_eq!(claims(store, 1).await, []);
    commit!(store, |tx| tx.message_sent(first[0].id, MessageId(40), MessageKind::Notification, at(1)));
    assert_eq!(facts(&claims(store, 1).await), ["completed"]);
}

async fn a_notice_that_was_put_off_holds_back_those_after_it(store: &Store) {
    posts(store, 1, "invoiced", 0).await;
    posts(store, 1, "completed", 0).await;
    let notice = claims_one(store, 0).await;
    commit!(store, |tx| tx.defer_message(&notice, at(30), Attempt::Failed));
    assert_eq!(claims(store, 29).await, []);
    let again = claims_one(store, 30).await;
    assert_eq!((again.id, again.attempts, again.sending), (notice.id, 2, Sending::First));
}

async fn a_lease_that_ended_without_a_word_makes_it_perhaps_seen(store: &Store) {
    posts(store, 1, "invoiced", 0).await;
    claims_one(store, 0).await;
    let again = claims_one(store, 10).await;
    assert_eq!((again.attempts, again.sending), (2, Sending::PossibleDuplicate));
}

async fn an_ambiguous_attempt_stays_ambiguous(store: &Store) {
    posts(store, 1, "invoiced", 0).await;
    for (seconds, attempt) in [(0, Attempt::Ambiguous), (1, Attempt::Failed)] {
        let notice = claims_one(store, seconds).await;
        commit!(store, |tx| tx.defer_message(&notice, at(seconds + 1), attempt));
    }
    assert_eq!(claims_one(store, 2).await.sending, Sending::PossibleDuplicate);
}

async fn a_failed_notice_is_kept_and_lets_the_next_pass(store: &Store) {
    posts(store, 1, "invoiced", 0).await;
    posts(store, 1, "completed", 0).await;
    let notice = claims_one(store, 0).await;
    commit!(store, |tx| tx.message_failed(&notice, "Bad Request: chat not found", at(1)));
    assert_eq!(claims_one(store, 1).await.body, "completed");
}

async fn a_reader_who_is_back_is_told_what_they_missed(store: &Store) {
    posts(store, 1, "invoiced", 0).await;
    posts(store, 2, "invoiced", 0).await;
    for notice in claims(store, 0).await {
        commit!(store, |tx| tx.park_message(&notice, Place::Head, at(90), at(1)));
    }
    posts(store, 1, "completed", 2).await;
    commit!(store, |tx| tx.requeue_messages(ChatId(1), at(3)));
    let notice = claims_one(store, 3).await;
    assert_eq!((notice.chat, notice.body.as_str(), notice.attempts), (ChatId(1), "invoiced", 1));
}

async fn a_refusal_that_comes_after_the_readers_return_lays_nothing_aside(store: &Store) {
    posts(store, 1, "invoiced", 0).await;
    posts(store, 2, "invoiced", 0).await;
    let [late, other] = claims(store, 0).await.try_into().unwrap();
    commit!(store, |tx| tx.requeue_messages(ChatId(1), at(1)));
    assert_eq!(commit!(store, |tx| tx.park_message(&late, Place::Head, at(90), at(2))), Parked::Back);
    assert_eq!(commit!(store, |tx| tx.park_message(&other, Place::Head, at(90), at(2))), Parked::Done);
    // A call that was not made after all takes no attempt back that was forgotten.
    commit!(store, |tx| tx.defer_message(&late, at(2), Attempt::NotMade));
    let again = claims_one(store, 2).await;
    assert_eq!((again.chat, again.attempts), (ChatId(1), 1));
}

async fn it_is_known_whether_a_message_about_an_order_may_have_been_read(store: &Store) {
    let order = placed(store, &anna(store).await, 1, 0).await;
    let notice =
        NewOutboxMessage { chat: ChatId(1), order: Some(order), body: "placed".to_owned(), lane: Lane::Notice };
    let sending = async |chat, body| read!(store, |tx| tx.sending_of(ChatId(chat), order, body));
    commit!(store, |tx| tx.post(&notice, at(0)));
    assert_eq!(sending(1, "placed").await, Sending::First);
    let claimed = claims_one(store, 0).await;
    assert_eq!(sending(1, "placed").await, Sending::PossibleDuplicate);
    assert_eq!((sending(1, "invoiced").await, sending(2, "placed").await), (Sending::First, Sending::First));
    commit!(store, |tx| tx.defer_message(&claimed, at(1), Attempt::NotMade));
    assert_eq!(sending(1, "placed").await, Sending::First);
    let claimed = claims_one(store, 1).await;
    commit!(store, |tx| tx.defer_message(&claimed, at(2), Attempt::Ambiguous));
    assert_eq!(sending(1, "placed").await, Sending::PossibleDuplicate);
    let claimed = claims_one(store, 2).await;
    commit!(store, |tx| tx.message_sent(claimed.id, MessageId(40), MessageKind::Alert, at(3)));
    assert_eq!(sending(1, "placed").await, Sending::First);
}

async fn staff_see_how_far_the_notices_of_an_order_have_come(store: &Store) {
    let order = placed(store, &anna(store).await, 1, 0).await;
    for chat in 1..=4 {
        let notice =
            NewOutboxMessage { chat: ChatId(chat), order: Some(order), body: "placed".to_owned(), lane: Lane::Notice };
        commit!(store, |tx| tx.post(&notice, at(5)));
    }
    posts(store, 5, "something else", 5).await;
    let [first, second, third] = commit!(store, |tx| tx.claim_messages(at(5), at(15), 3)).try_into().unwrap();
    assert_eq!(first.order, Some(order));
    commit!(store, |tx| tx.message_sent(first.id, MessageId(40), MessageKind::Notification, at(6)));
    commit!(store, |tx| tx.message_failed(&second, "chat not found", at(6)));
    commit!(store, |tx| tx.park_message(&third, Place::Head, at(90), at(6)));
    let states = messages_of(&mut store.read(), order).await;
    assert!(states.iter().all(|state| state.body == "placed" && state.posted_at == at(5)));
    let deliveries: Vec<_> = states.into_iter().map(|state| (state.chat.0, state.attempts, state.delivery)).collect();
    assert_eq!(
        deliveries,
        [
            (1, 1, Delivery::Sent(MessageId(40))),
            (2, 1, Delivery::Dead("chat not found".to_owned())),
            (3, 0, Delivery::Parked),
            (4, 0, Delivery::Pending),
        ]
    );
    assert_eq!(messages_of(&mut store.read(), OrderNumber(99)).await, []);
}

async fn eight_workers_never_get_the_same_notice(store: &Store) {
    for chat in 1..=40 {
        posts(store, chat, "invoiced", 0).await;
    }
    let workers = (0..8).map(|_| {
        let store = store.clone();
        tokio::spawn(async move {
            let mut claimed = Vec::new();
            loop {
                let notices = commit!(store, |tx| tx.claim_messages(at(1), at(11), 5));
                if notices.is_empty() {
                    return claimed;
                }
                claimed.extend(notices.into_iter().map(|notice| notice.id));
            }
        })
    });
    let mut claimed = Vec::new();
    for worker in workers.collect::<Vec<_>>() {
        claimed.extend(worker.await.unwrap());
    }
    let distinct: BTreeSet<_> = claimed.iter().collect();
    assert_eq!(distinct.len(), claimed.len());
    // A worker that found its rows taken by another stops early; what is left is had by the next.
    claimed.extend(commit!(store, |tx| tx.claim_messages(at(1), at(11), 40)).into_iter().map(|notice| notice.id));
    assert_eq!(claimed.len(), 40);
}

async fn the_next_delivery_is_that_of_the_oldest_notice_of_a_chat(store: &Store) {
    posts(store, 1, "invoiced", 0).await;
    posts(store, 1, "completed", 1).await;
    assert_eq!(read!(store, |tx| tx.next_delivery_due()), Some(at(0)));
    let notice = claims_one(store, 2).await;
    assert_eq!(read!(store, |tx| tx.next_delivery_due()), Some(at(12)));
    commit!(store, |tx| tx.defer_message(&notice, at(30), Attempt::Failed));
    assert_eq!(read!(store, |tx| tx.next_delivery_due()), Some(at(30)));
}

async fn what_staff_were_not_told_goes_where_they_are_now(store: &Store) {
    let (wrong, staff) = (ChatId(-1), ChatId(-2));
    for (chat, fact) in [(wrong, "pending"), (wrong, "unreachable"), (staff, "staff")] {
        let notice = NewOutboxMessage { chat, order: None, body: fact.to_owned(), lane: Lane::Notice };
        commit!(store, |tx| tx.post(&notice, at(0)));
    }
    let first = commit!(store, |tx| tx.claim_messages(at(1), at(30), 1)).remove(0);
    commit!(store, |tx| tx.park_message(&first, Place::Head, at(90), at(1)));
    commit!(store, |tx| tx.gather_staff_messages(staff, at(2)));
    let mut told = Vec::new();
    while let Some(notice) = commit!(store, |tx| tx.claim_messages(at(3), at(30), 1)).pop() {
        assert_eq!(notice.chat, staff);
        commit!(store, |tx| tx.message_sent(notice.id, MessageId(7), MessageKind::Notification, at(3)));
        told.push(notice.body);
    }
    assert_eq!(told, ["pending", "unreachable", "staff"]);
}

async fn what_staff_are_being_told_is_told_by_nobody_else_meanwhile(store: &Store) {
    posts(store, -2, "placed", 0).await;
    let first = claims_one(store, 1).await;
    commit!(store, |tx| tx.park_message(&first, Place::Head, at(5), at(1)));
    assert_eq!(claims_one(store, 5).await.sending, Sending::First);
    commit!(store, |tx| tx.gather_staff_messages(ChatId(-2), at(6)));
    assert_eq!(claims(store, 6).await, []);
    assert_eq!(claims_one(store, 16).await.sending, Sending::PossibleDuplicate);
}

/// Everything that waits, in the order in which it is told.
async fn told(store: &Store, seconds: i64) -> Vec<String> {
    told_by_chat(store, seconds).await.into_iter().map(|(_, body)| body).collect()
}

async fn accounts_take_turns_in_a_group(store: &Store) {
    let (anna, boris) = (anna(store).await, boris(store).await);
    let mut orders = Vec::new();
    for (customer, draft) in [(&anna, 1), (&anna, 2), (&boris, 3)] {
        orders.push(placed(store, customer, draft, 0).await);
    }
    let of_order = |chat, order: usize, body: &str| NewOutboxMessage {
        chat: ChatId(chat),
        order: Some(orders[order]),
        body: body.to_owned(),
        lane: Lane::Notice,
    };
    for chat in [-5, 1] {
        for (order, body) in [(0, "a1"), (0, "a2"), (1, "b1"), (0, "a3"), (2, "c1"), (2, "c2"), (1, "b2")] {
            commit!(store, |tx| tx.post(&of_order(chat, order, body), at(0)));
        }
        posts(store, chat, "stock", 0).await;
    }
    // A person is told in the order in which it happened.
    let (group, person): (Vec<_>, Vec<_>) = {
        let both = told_by_chat(store, 1).await;
        both.into_iter().partition(|(chat, _)| *chat < 0)
    };
    let bodies = |of: &[(i64, String)]| of.iter().map(|(_, body)| body.clone()).collect::<Vec<_>>().join(" ");
    assert_eq!(bodies(&group), "a1 c1 stock a2 c2 b1 a3 b2");
    assert_eq!(bodies(&person), "a1 a2 b1 a3 c1 c2 b2 stock");
    // Whoever was quiet is no later than the next, and has saved up no turns.
    for (order, body) in [(0, "a4"), (0, "a5"), (0, "a6")] {
        commit!(store, |tx| tx.post(&of_order(-5, order, body), at(2)));
    }
    let first = claims_one(store, 2).await;
    commit!(store, |tx| tx.message_sent(first.id, MessageId(90), MessageKind::Alert, at(2)));
    for (order, body) in [(2, "c3"), (2, "c4")] {
        commit!(store, |tx| tx.post(&of_order(-5, order, body), at(2)));
    }
    assert_eq!(told(store, 2).await.join(" "), "a5 c3 a6 c4");
}

async fn told_by_chat(store: &Store, seconds: i64) -> Vec<(i64, String)> {
    let mut told = Vec::new();
    while let Some(notice) = commit!(store, |tx| tx.claim_messages(at(seconds), at(seconds + 10), 1)).pop() {
        let message = MessageId(told.len() as i64);
        commit!(store, |tx| tx.message_sent(notice.id, message, MessageKind::Alert, at(seconds)));
        told.push((notice.chat.0, notice.body));
    }
    told
}

async fn a_parked_notice_keeps_its_place_and_is_tried_again(store: &Store) {
    for body in ["first", "second"] {
        posts(store, 1, body, 0).await;
    }
    for (seconds, refusals) in [(0, 0), (30, 1), (90, 2)] {
        let notice = claims_one(store, seconds).await;
        assert_eq!((notice.body.as_str(), notice.attempts, notice.refusals), ("first", 1, refusals));
        commit!(store, |tx| tx.park_message(&notice, Place::Head, at(seconds + 30 * (refusals + 1)), at(seconds)));
        assert_eq!(claims(store, seconds + 1).await, []);
        assert_eq!(read!(store, |tx| tx.next_delivery_due()), None, "whoever looks for work finds it");
    }
    posts(store, 1, "third", 91).await;
    commit!(store, |tx| tx.chat_shows_life(ChatId(1), at(92)));
    assert_eq!(told(store, 92).await, ["first", "second", "third"]);
    commit!(store, |tx| tx.chat_shows_life(ChatId(1), at(93)));
}

async fn a_notice_that_was_set_aside_lets_others_pass_until_it_is_due(store: &Store) {
    for body in ["first", "second"] {
        posts(store, 1, body, 0).await;
    }
    let first = claims_one(store, 0).await;
    commit!(store, |tx| tx.park_message(&first, Place::Aside, at(100), at(0)));
    let second = claims_one(store, 1).await;
    assert_eq!(second.body, "second");
    commit!(store, |tx| tx.park_message(&second, Place::Aside, at(100), at(1)));
    posts(store, 1, "third", 99).await;
    // Due again, they come before what was posted since.
    let again = claims_one(store, 100).await;
    assert_eq!(again.body, "first");
    commit!(store, |tx| tx.park_message(&again, Place::Aside, at(200), at(100)));
    assert_eq!(told(store, 101).await, ["second", "third"]);
    assert_eq!(told(store, 200).await, ["first"]);
}

async fn what_somebody_waits_for_goes_first_and_what_nobody_waits_for_last(store: &Store) {
    for (lane, fact) in [(Lane::Bulk, "part"), (Lane::Notice, "placed"), (Lane::Tap, "card"), (Lane::Tap, "file")] {
        posts_in(store, lane, -1, fact, 0).await;
    }
    posts_in(store, Lane::Notice, 2, "invoiced", 0).await;
    let taps = commit!(store, |tx| tx.claim_up_to(Lane::Tap, at(0), at(10), 8));
    assert_eq!(taps.iter().map(|tap| (tap.body.as_str(), tap.lane)).collect::<Vec<_>>(), [("card", Lane::Tap)]);
    commit!(store, |tx| tx.message_sent(taps[0].id, MessageId(7), MessageKind::Notification, at(0)));
    // Of one chat in their order, of several the most awaited.
    assert_eq!(commit!(store, |tx| tx.claim_messages(at(0), at(0), 1))[0].body, "file");
    assert_eq!(told(store, 1).await, ["file", "placed", "invoiced", "part"]);
}

async fn nothing_overtakes_what_is_on_its_way(store: &Store) {
    posts_in(store, Lane::Notice, -1, "placed", 0).await;
    let placed = claims_one(store, 0).await;
    posts_in(store, Lane::Tap, -1, "card", 1).await;
    assert_eq!(claims(store, 1).await, []);
    assert_eq!(read!(store, |tx| tx.next_delivery_due()), Some(at(10)), "perhaps nobody is at work on it any more");
    commit!(store, |tx| tx.message_sent(placed.id, MessageId(7), MessageKind::Alert, at(2)));
    assert_eq!(claims_one(store, 2).await.body, "card");
}

async fn a_commit_says_that_it_left_something_to_deliver(store: &Store) {
    assert_eq!(store.announced().now_or_never(), None);
    posts(store, 1, "invoiced", 0).await;
    assert_eq!(store.announced().now_or_never(), Some(()));
    read!(store, |tx| tx.next_delivery_due());
    assert_eq!(store.announced().now_or_never(), None);
}

async fn a_worker_whose_lease_has_passed_on_decides_nothing(store: &Store) {
    posts(store, 1, "invoiced", 0).await;
    let frozen = claims_one(store, 0).await;
    let at_work = claims_one(store, 10).await;
    commit!(store, |tx| tx.defer_message(&frozen, at(11), Attempt::Failed));
    commit!(store, |tx| tx.message_failed(&frozen, "chat not found", at(11)));
    commit!(store, |tx| tx.park_message(&frozen, Place::Head, at(11), at(11)));
    assert_eq!(claims(store, 15).await, []);
    commit!(store, |tx| tx.defer_message(&at_work, at(16), Attempt::Failed));
    assert_eq!(claims_one(store, 16).await.id, at_work.id);
}
