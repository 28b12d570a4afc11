//! A dialogue is drawn until its newest version is shown, by one worker at a time.

use std::collections::BTreeSet;

use keydesk::{
    domain::{Access, Lane, MessageId, OrderNumber, PersonId, UpdateId},
    store::{
        Attempt, DialogueKey, Drawn, Fresh, Lasting, LiveScreen, Redraw, SaveDialogue, ShowIn, Store, StoreError,
        Written,
    },
};

use super::{at, commit, dialogue_of, on_both, person, read};

on_both!(
    a_change_is_drawn_once,
    five_quick_taps_end_in_one_drawing,
    a_change_during_the_drawing_is_drawn_next,
    a_lease_that_ended_lets_the_next_worker_draw,
    a_fresh_place_is_below,
    a_displaced_message_is_retired_by_the_next_drawing,
    of_two_displaced_messages_the_first_is_retired,
    a_displaced_message_that_is_kept_after_all_stays,
    a_message_that_is_to_be_kept_stays_although_its_drawing_went_unrecorded,
    a_message_displaced_during_its_drawing_gives_way_to_the_next,
    a_new_change_hurries_a_redraw_that_was_put_off,
    what_nobody_can_see_is_given_up_until_the_next_change,
    a_lost_message_is_sent_anew,
    eight_workers_never_get_the_same_redraw,
    the_longest_due_is_drawn_first,
    whoever_did_something_is_shown_it_before_those_who_watch,
    whoever_draws_during_the_commit_has_what_the_transaction_knew_and_reads_nothing,
    what_was_written_and_not_committed_did_not_happen,
);

async fn saves(store: &Store, key: DialogueKey, expected: Option<i64>, show_in: ShowIn, seconds: i64) {
    let next = SaveDialogue { state: format!("after {expected:?}"), show_in, watches: None };
    commit!(store, |tx| tx.save_dialogue(key, expected, &next, at(seconds)));
}

/// Something else that the dialogue shows has changed.
async fn redraws(store: &Store, key: DialogueKey, seconds: i64) {
    let mut tx = store.begin().await.unwrap();
    tx.deduplicate(UpdateId(seconds), at(seconds)).await.unwrap();
    tx.redraw_later(key);
    tx.commit().await.unwrap();
}

/// Claims at this second, with a lease of ten.
async fn claims(store: &Store, seconds: i64) -> Vec<Redraw> {
    commit!(store, |tx| tx.claim_redraws(at(seconds), at(seconds + 10), 8))
}

async fn claims_one(store: &Store, seconds: i64) -> Redraw {
    let [redraw] = claims(store, seconds).await.try_into().unwrap();
    redraw
}

async fn draws(store: &Store, redraw: &Redraw, message: i64, lasting: Lasting) -> Drawn {
    let since = match redraw.fresh() {
        Fresh::EditInPlace => redraw.screen.unwrap().since,
        Fresh::SendBelow => redraw.version,
    };
    let shown = LiveScreen { message: MessageId(message), since, lasting };
    commit!(store, |tx| tx.drawn(redraw, shown))
}

/// A dialogue at version 1 that message 40 shows.
async fn shown(store: &Store, lasting: Lasting) -> DialogueKey {
    let key = dialogue_of(1);
    saves(store, key, None, ShowIn::LiveMessage, 0).await;
    let redraw = claims_one(store, 0).await;
    assert_eq!(draws(store, &redraw, 40, lasting).await, Drawn::Recorded);
    key
}

async fn a_change_is_drawn_once(store: &Store) {
    let key = dialogue_of(1);
    saves(store, key, None, ShowIn::LiveMessage, 0).await;
    let redraw = claims_one(store, 0).await;
    assert_eq!((redraw.key, redraw.version, redraw.state.as_str()), (key, 1, "after None"));
    assert_eq!((redraw.fresh(), redraw.screen, redraw.retiring, redraw.attempts), (Fresh::SendBelow, None, None, 0));
    assert_eq!(claims(store, 1).await, []);
    assert_eq!(draws(store, &redraw, 40, Lasting::Transient).await, Drawn::Recorded);
    assert_eq!(claims(store, 1000).await, []);
    let screen = read!(store, |tx| tx.dialogue(key)).unwrap().screen.unwrap();
    assert_eq!(screen, LiveScreen { message: MessageId(40), since: 1, lasting: Lasting::Transient });
}

async fn five_quick_taps_end_in_one_drawing(store: &Store) {
    let key = shown(store, Lasting::Transient).await;
    for version in 1..=5 {
        saves(store, key, Some(version), ShowIn::LiveMessage, version).await;
    }
    let redraw = claims_one(store, 5).await;
    assert_eq!((redraw.version, redraw.fresh()), (6, Fresh::EditInPlace));
    draws(store, &redraw, 40, Lasting::Transient).await;
    assert_eq!(claims(store, 1000).await, []);
}

async fn a_change_during_the_drawing_is_drawn_next(store: &Store) {
    let key = shown(store, Lasting::Transient).await;
    saves(store, key, Some(1), ShowIn::LiveMessage, 1).await;
    let redraw = claims_one(store, 1).await;
    saves(store, key, Some(2), ShowIn::LiveMessage, 2).await;
    assert_eq!(claims(store, 2).await, []);
    assert_eq!(draws(store, &redraw, 40, Lasting::Transient).await, Drawn::Recorded);
    assert_eq!(claims_one(store, 3).await.version, 3);
}

async fn a_lease_that_ended_lets_the_next_worker_draw(store: &Store) {
    saves(store, dialogue_of(1), None, ShowIn::LiveMessage, 0).await;
    let slow = claims_one(store, 0).await;
    assert_eq!(claims(store, 9).await, []);
    let quick = claims_one(store, 10).await;
    assert_eq!(draws(store, &quick, 41, Lasting::Transient).await, Drawn::Recorded);
    assert_eq!(draws(store, &slow, 40, Lasting::Transient).await, Drawn::Superseded);
    let screen = read!(store, |tx| tx.dialogue(dialogue_of(1))).unwrap().screen.unwrap();
    assert_eq!(screen.message, MessageId(41));
}

async fn a_fresh_place_is_below(store: &Store) {
    let key = shown(store, Lasting::Transient).await;
    saves(store, key, Some(1), ShowIn::NewMessage, 1).await;
    saves(store, key, Some(2), ShowIn::LiveMessage, 1).await;
    let redraw = claims_one(store, 1).await;
    assert_eq!((redraw.fresh(), redraw.screen.unwrap().message), (Fresh::SendBelow, MessageId(40)));
    assert_eq!(draws(store, &redraw, 41, Lasting::Transient).await, Drawn::Recorded);
    saves(store, key, Some(3), ShowIn::LiveMessage, 2).await;
    let redraw = claims_one(store, 2).await;
    assert_eq!((redraw.fresh(), redraw.screen.unwrap().message), (Fresh::EditInPlace, MessageId(41)));
}

async fn a_displaced_message_is_retired_by_the_next_drawing(store: &Store) {
    let key = shown(store, Lasting::Transient).await;
    saves(store, key, Some(1), ShowIn::InPlaceOf(MessageId(50)), 1).await;
    let redraw = claims_one(store, 1).await;
    assert_eq!((redraw.fresh(), redraw.screen.unwrap().message), (Fresh::SendBelow, MessageId(40)));
    assert_eq!(redraw.retiring, Some(MessageId(50)));
    assert_eq!(draws(store, &redraw, 60, Lasting::Transient).await, Drawn::Recorded);
    saves(store, key, Some(2), ShowIn::LiveMessage, 2).await;
    let redraw = claims_one(store, 2).await;
    assert_eq!((redraw.screen.unwrap().message, redraw.retiring), (MessageId(60), None));
}

async fn a_message_that_is_to_be_kept_stays_although_its_drawing_went_unrecorded(store: &Store) {
    let key = shown(store, Lasting::Transient).await;
    saves(store, key, Some(1), ShowIn::LiveMessage, 1).await;
    commit!(store, |tx| tx.keep_message(key, MessageId(41)));
    assert_eq!(claims_one(store, 1).await.screen.unwrap().lasting, Lasting::Transient);
    commit!(store, |tx| tx.keep_message(key, MessageId(40)));
    saves(store, key, Some(2), ShowIn::NewMessage, 2).await;
    let redraw = claims_one(store, 20).await;
    assert_eq!((redraw.fresh(), redraw.screen.unwrap().lasting), (Fresh::SendBelow, Lasting::Kept));
}

async fn of_two_displaced_messages_the_first_is_retired(store: &Store) {
    let key = shown(store, Lasting::Transient).await;
    saves(store, key, Some(1), ShowIn::InPlaceOf(MessageId(50)), 1).await;
    saves(store, key, Some(2), ShowIn::InPlaceOf(MessageId(51)), 2).await;
    let redraw = claims_one(store, 2).await;
    assert_eq!((redraw.fresh(), redraw.retiring), (Fresh::SendBelow, Some(MessageId(50))));
}

async fn a_displaced_message_that_is_kept_after_all_stays(store: &Store) {
    let key = shown(store, Lasting::Kept).await;
    saves(store, key, Some(1), ShowIn::InPlaceOf(MessageId(50)), 1).await;
    commit!(store, |tx| tx.keep_message(key, MessageId(50)));
    let redraw = claims_one(store, 1).await;
    assert_eq!((redraw.retiring, redraw.screen.unwrap().lasting), (None, Lasting::Kept));
}

async fn a_message_displaced_during_its_drawing_gives_way_to_the_next(store: &Store) {
    let key = shown(store, Lasting::Transient).await;
    saves(store, key, Some(1), ShowIn::NewMessage, 1).await;
    let redraw = claims_one(store, 1).await;
    saves(store, key, Some(2), ShowIn::InPlaceOf(MessageId(41)), 2).await;
    assert_eq!(draws(store, &redraw, 41, Lasting::Transient).await, Drawn::Recorded);
    let next = claims_one(store, 3).await;
    assert_eq!((next.version, next.fresh(), next.retiring), (3, Fresh::SendBelow, Some(MessageId(41))));
}

async fn a_new_change_hurries_a_redraw_that_was_put_off(store: &Store) {
    let key = shown(store, Lasting::Transient).await;
    saves(store, key, Some(1), ShowIn::LiveMessage, 1).await;
    claims_one(store, 1).await;
    commit!(store, |tx| tx.defer_redraw(key, at(30), Attempt::Failed));
    saves(store, key, Some(2), ShowIn::LiveMessage, 2).await;
    let redraw = claims_one(store, 2).await;
    assert_eq!((redraw.version, redraw.attempts), (3, 0));
    commit!(store, |tx| tx.defer_redraw(key, at(40), Attempt::NotMade));
    assert_eq!(claims(store, 39).await, []);
    redraws(store, key, 39).await;
    let redraw = claims_one(store, 39).await;
    assert_eq!((redraw.version, redraw.attempts), (4, 0));
}

async fn what_nobody_can_see_is_given_up_until_the_next_change(store: &Store) {
    let key = shown(store, Lasting::Transient).await;
    saves(store, key, Some(1), ShowIn::LiveMessage, 1).await;
    let redraw = claims_one(store, 1).await;
    commit!(store, |tx| tx.give_up_redraw(key, redraw.version));
    assert_eq!(claims(store, 1000).await, []);
    assert_eq!(read!(store, |tx| tx.next_delivery_due()), None);
    saves(store, key, Some(2), ShowIn::LiveMessage, 1000).await;
    assert_eq!(claims_one(store, 1000).await.version, 3);
}

async fn a_lost_message_is_sent_anew(store: &Store) {
    let key = shown(store, Lasting::Transient).await;
    saves(store, key, Some(1), ShowIn::LiveMessage, 1).await;
    claims_one(store, 1).await;
    commit!(store, |tx| tx.lose_message(key, MessageId(39)));
    assert_eq!(claims_one(store, 1).await.screen.unwrap().message, MessageId(40));
    commit!(store, |tx| tx.lose_message(key, MessageId(40)));
    let redraw = claims_one(store, 1).await;
    assert_eq!((redraw.fresh(), redraw.screen), (Fresh::SendBelow, None));
}

async fn eight_workers_never_get_the_same_redraw(store: &Store) {
    for id in 1..=40 {
        saves(store, dialogue_of(id), None, ShowIn::LiveMessage, 0).await;
    }
    let workers = (0..8).map(|_| {
        let store = store.clone();
        tokio::spawn(async move {
            let mut claimed = Vec::new();
            loop {
                let redraws = commit!(store, |tx| tx.claim_redraws(at(1), at(11), 5));
                if redraws.is_empty() {
                    return claimed;
                }
                claimed.extend(redraws.into_iter().map(|redraw| redraw.key));
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
    claimed.extend(commit!(store, |tx| tx.claim_redraws(at(1), at(11), 40)).into_iter().map(|redraw| redraw.key));
    assert_eq!(claimed.len(), 40);
}

async fn the_longest_due_is_drawn_first(store: &Store) {
    for (id, seconds) in [(1, 5), (2, 3), (3, 4)] {
        saves(store, dialogue_of(id), None, ShowIn::LiveMessage, seconds).await;
    }
    assert_eq!(read!(store, |tx| tx.next_delivery_due()), Some(at(3)));
    let first = commit!(store, |tx| tx.claim_redraws(at(4), at(14), 8));
    let keys: Vec<_> = first.iter().map(|redraw| redraw.key).collect();
    assert_eq!(keys, [dialogue_of(2), dialogue_of(3)]);
    assert_eq!(read!(store, |tx| tx.next_delivery_due()), Some(at(5)));
    claims_one(store, 5).await;
    assert_eq!(read!(store, |tx| tx.next_delivery_due()), Some(at(14)));
}

async fn whoever_did_something_is_shown_it_before_those_who_watch(store: &Store) {
    let watching = shown(store, Lasting::Transient).await;
    redraws(store, watching, 5).await;
    saves(store, dialogue_of(2), None, ShowIn::NewMessage, 9).await;
    let lanes: Vec<_> = claims(store, 9).await.iter().map(|redraw| (redraw.key, redraw.lane)).collect();
    assert_eq!(lanes, [(dialogue_of(2), Lane::Tap), (watching, Lane::Notice)]);
}

/// A transaction in which a person is served, with nothing left but to commit it.
async fn serves(store: &Store, id: i64) -> (Written, Vec<Redraw>) {
    commit!(store, |tx| tx.meet(&person(id, "Anna"), Access::Admitted, at(0)));
    let mut tx = store.begin().await.unwrap();
    tx.load(&[PersonId(id)]).await.unwrap();
    let next = SaveDialogue { state: "next".to_owned(), show_in: ShowIn::LiveMessage, watches: None };
    tx.save_dialogue(dialogue_of(id), None, &next, at(1)).await.unwrap();
    tx.write_leasing(at(1), at(11)).await.unwrap()
}

async fn whoever_draws_during_the_commit_has_what_the_transaction_knew_and_reads_nothing(store: &Store) {
    let (written, leased) = serves(store, 1).await;
    let mut told = store.recall();
    told.assume(&leased[0]);
    assert_eq!(told.customer(PersonId(1)).await.unwrap().unwrap().person.name, "Anna");
    assert!(matches!(told.customer(PersonId(2)).await, Err(StoreError::NotTold)));
    assert!(matches!(told.order(OrderNumber(1)).await, Err(StoreError::NotTold)));
    written.commit().await.unwrap();
    assert_eq!(claims(store, 2).await, [], "it is leased");
}

async fn what_was_written_and_not_committed_did_not_happen(store: &Store) {
    drop(serves(store, 1).await);
    assert_eq!(read!(store, |tx| tx.dialogue(dialogue_of(1))), None);
}
