//! An admin in private takes two seats and sees one screen.

use keydesk::{
    domain::{ChatId, MessageId, PersonId},
    store::{
        DialogueKey, Drawn, Fresh, Lasting, LiveScreen, Redraw, SaveDialogue, Seat, ShowIn, Store, Tx, Visibility,
    },
};

use super::{at, commit, on_both, read};

on_both!(
    the_other_seats_screen_goes_when_a_new_one_comes,
    a_screen_that_is_edited_in_place_takes_nothing_over,
    a_screen_is_taken_over_before_a_displaced_message_goes,
    a_kept_message_stays,
    what_waited_to_be_drawn_in_the_other_seat_is_not_drawn,
    a_drawing_under_way_in_the_other_seat_is_superseded,
    the_first_screen_takes_over_too,
    a_group_has_one_seat,
    a_screen_that_was_taken_over_is_not_drawn_for_a_change_elsewhere,
);

const CUSTOMER: DialogueKey = DialogueKey { chat: ChatId(1), person: PersonId(1), seat: Seat::Customer };
const VENDOR: DialogueKey = DialogueKey { seat: Seat::Vendor, ..CUSTOMER };

async fn saves(tx: &mut Tx, key: DialogueKey, show_in: ShowIn, seconds: i64) {
    let expected = tx.dialogue(key).await.unwrap().map(|dialogue| dialogue.version);
    let next = SaveDialogue { state: "{}".to_owned(), show_in, watches: None };
    tx.save_dialogue(key, expected, &next, at(seconds)).await.unwrap();
}

async fn saved(store: &Store, key: DialogueKey, show_in: ShowIn, seconds: i64) {
    let mut tx = store.begin().await.unwrap();
    saves(&mut tx, key, show_in, seconds).await;
    tx.commit().await.unwrap();
}

async fn claims(store: &Store, seconds: i64) -> Vec<Redraw> {
    commit!(store, |tx| tx.claim_redraws(at(seconds), at(seconds + 1), 8))
}

async fn draws(store: &Store, redraw: &Redraw, message: i64, lasting: Lasting) -> Drawn {
    let shown = LiveScreen { message: MessageId(message), since: redraw.version, lasting };
    commit!(store, |tx| tx.drawn(redraw, shown))
}

/// A screen of this seat that stands in the chat as this message.
async fn shows(store: &Store, key: DialogueKey, message: i64, lasting: Lasting) {
    saved(store, key, ShowIn::NewMessage, 0).await;
    let [redraw] = claims(store, 0).await.try_into().unwrap();
    assert_eq!(draws(store, &redraw, message, lasting).await, Drawn::Recorded);
}

async fn message_of(store: &Store, key: DialogueKey) -> Option<i64> {
    let dialogue = read!(store, |tx| tx.dialogue(key)).unwrap();
    dialogue.screen.map(|screen| screen.message.0)
}

async fn the_other_seats_screen_goes_when_a_new_one_comes(store: &Store) {
    shows(store, CUSTOMER, 40, Lasting::Transient).await;
    saved(store, VENDOR, ShowIn::NewMessage, 1).await;
    assert_eq!(message_of(store, CUSTOMER).await, None);
    assert_eq!(read!(store, |tx| tx.dialogue(CUSTOMER)).unwrap().visibility, Visibility::Closed);
    let [redraw] = claims(store, 1).await.try_into().unwrap();
    assert_eq!((redraw.key, redraw.fresh(), redraw.retiring), (VENDOR, Fresh::SendBelow, Some(MessageId(40))));
    draws(store, &redraw, 41, Lasting::Transient).await;
    // And back again.
    saved(store, CUSTOMER, ShowIn::NewMessage, 2).await;
    let [redraw] = claims(store, 2).await.try_into().unwrap();
    assert_eq!((redraw.key, redraw.retiring), (CUSTOMER, Some(MessageId(41))));
    assert_eq!(read!(store, |tx| tx.dialogue_at(ChatId(1), MessageId(41))), None);
}

async fn a_screen_that_is_edited_in_place_takes_nothing_over(store: &Store) {
    shows(store, CUSTOMER, 40, Lasting::Transient).await;
    shows(store, VENDOR, 41, Lasting::Transient).await;
    saved(store, VENDOR, ShowIn::LiveMessage, 1).await;
    let [redraw] = claims(store, 1).await.try_into().unwrap();
    assert_eq!((redraw.fresh(), redraw.retiring), (Fresh::EditInPlace, None));
    assert_eq!(read!(store, |tx| tx.dialogue_at(ChatId(1), MessageId(41))), Some(VENDOR));
}

async fn a_screen_is_taken_over_before_a_displaced_message_goes(store: &Store) {
    shows(store, VENDOR, 40, Lasting::Transient).await;
    saved(store, CUSTOMER, ShowIn::InPlaceOf(MessageId(39)), 1).await;
    assert_eq!(read!(store, |tx| tx.dialogue(VENDOR)).unwrap().visibility, Visibility::Closed);
    let [redraw] = claims(store, 1).await.try_into().unwrap();
    assert_eq!((redraw.key, redraw.fresh(), redraw.retiring), (CUSTOMER, Fresh::SendBelow, Some(MessageId(40))));
}

async fn a_kept_message_stays(store: &Store) {
    shows(store, CUSTOMER, 40, Lasting::Kept).await;
    saved(store, VENDOR, ShowIn::NewMessage, 1).await;
    assert_eq!(message_of(store, CUSTOMER).await, Some(40));
    let [redraw] = claims(store, 1).await.try_into().unwrap();
    assert_eq!((redraw.key, redraw.retiring), (VENDOR, None));
    // It still shows what becomes of its order.
    let mut tx = store.begin().await.unwrap();
    tx.redraw_later(CUSTOMER);
    tx.commit().await.unwrap();
    assert!(claims(store, 3).await.iter().any(|redraw| redraw.key == CUSTOMER && redraw.fresh() == Fresh::EditInPlace));
}

async fn what_waited_to_be_drawn_in_the_other_seat_is_not_drawn(store: &Store) {
    shows(store, CUSTOMER, 40, Lasting::Transient).await;
    let mut tx = store.begin().await.unwrap();
    saves(&mut tx, VENDOR, ShowIn::NewMessage, 1).await;
    saves(&mut tx, CUSTOMER, ShowIn::NewMessage, 1).await;
    tx.commit().await.unwrap();
    let [redraw] = claims(store, 1).await.try_into().unwrap();
    assert_eq!((redraw.key, redraw.retiring), (CUSTOMER, Some(MessageId(40))));
}

async fn a_drawing_under_way_in_the_other_seat_is_superseded(store: &Store) {
    shows(store, CUSTOMER, 40, Lasting::Transient).await;
    saved(store, CUSTOMER, ShowIn::NewMessage, 1).await;
    let [under_way] = claims(store, 1).await.try_into().unwrap();
    saved(store, VENDOR, ShowIn::NewMessage, 1).await;
    assert_eq!(draws(store, &under_way, 41, Lasting::Transient).await, Drawn::Superseded);
    let [redraw] = claims(store, 1).await.try_into().unwrap();
    assert_eq!((redraw.key, redraw.retiring), (VENDOR, Some(MessageId(40))));
}

async fn the_first_screen_takes_over_too(store: &Store) {
    shows(store, CUSTOMER, 40, Lasting::Transient).await;
    saved(store, VENDOR, ShowIn::LiveMessage, 1).await;
    let [redraw] = claims(store, 1).await.try_into().unwrap();
    assert_eq!((redraw.key, redraw.fresh(), redraw.retiring), (VENDOR, Fresh::SendBelow, Some(MessageId(40))));
}

async fn a_group_has_one_seat(store: &Store) {
    let next = SaveDialogue { state: "{}".to_owned(), show_in: ShowIn::NewMessage, watches: None };
    let in_group = |seat| DialogueKey { chat: ChatId(-5), person: PersonId(1), seat };
    let mut tx = store.begin().await.unwrap();
    tx.save_dialogue(in_group(Seat::Customer), None, &next, at(0)).await.unwrap();
    assert!(tx.commit().await.is_err());
    shows(store, in_group(Seat::Vendor), 40, Lasting::Transient).await;
    saved(store, VENDOR, ShowIn::NewMessage, 1).await;
    assert_eq!(message_of(store, in_group(Seat::Vendor)).await, Some(40));
}

async fn a_screen_that_was_taken_over_is_not_drawn_for_a_change_elsewhere(store: &Store) {
    shows(store, CUSTOMER, 40, Lasting::Transient).await;
    shows(store, VENDOR, 41, Lasting::Transient).await;
    let mut tx = store.begin().await.unwrap();
    tx.redraw_later(CUSTOMER);
    tx.commit().await.unwrap();
    assert_eq!(claims(store, 100).await, []);
}
