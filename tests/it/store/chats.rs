//! A group that became a supergroup has another id.

use keydesk::{
    domain::{ChatId, Lane, MessageId, PersonId},
    store::{DialogueKey, Fresh, Lasting, LiveScreen, NewOutboxMessage, SaveDialogue, Seat, ShowIn, Store},
};

use super::{at, commit, on_both, read};

on_both!(
    a_moved_chat_is_followed,
    what_is_on_its_way_moves_along,
    what_stood_in_the_former_chat_is_shown_in_the_new_one,
    a_dialogue_in_the_new_chat_is_left_alone,
);

fn in_chat(chat: i64) -> DialogueKey {
    DialogueKey { chat: ChatId(chat), person: PersonId(70), seat: Seat::Vendor }
}

async fn saves(store: &Store, key: DialogueKey, state: &str) {
    let next = SaveDialogue { state: state.to_owned(), show_in: ShowIn::NewMessage, watches: None };
    commit!(store, |tx| tx.save_dialogue(key, None, &next, at(0)));
}

async fn a_moved_chat_is_followed(store: &Store) {
    let where_is = async |chat| read!(store, |tx| tx.where_is(ChatId(chat))).0;
    assert_eq!(where_is(-1).await, -1);
    commit!(store, |tx| tx.chat_moved(ChatId(-1), ChatId(-1001), at(0)));
    commit!(store, |tx| tx.chat_moved(ChatId(-1), ChatId(-1001), at(1)));
    assert_eq!(where_is(-1).await, -1001);
    commit!(store, |tx| tx.chat_moved(ChatId(-1001), ChatId(-1002), at(2)));
    assert_eq!((where_is(-1).await, where_is(-1001).await, where_is(-1002).await), (-1002, -1002, -1002));
    commit!(store, |tx| tx.chat_moved(ChatId(-5), ChatId(-1001), at(3)));
    assert_eq!(where_is(-5).await, -1002);
    commit!(store, |tx| tx.chat_moved(ChatId(-1002), ChatId(-1), at(4)));
    assert_eq!(where_is(-1).await, -1002);
}

async fn what_is_on_its_way_moves_along(store: &Store) {
    let notice = NewOutboxMessage { chat: ChatId(-1), order: None, body: "placed".to_owned(), lane: Lane::Notice };
    commit!(store, |tx| tx.post(&notice, at(0)));
    saves(store, in_chat(-1), "typing a sum").await;
    commit!(store, |tx| tx.chat_moved(ChatId(-1), ChatId(-1001), at(1)));
    let [notice] = commit!(store, |tx| tx.claim_messages(at(2), at(12), 8)).try_into().unwrap();
    assert_eq!(notice.chat, ChatId(-1001));
    assert_eq!(read!(store, |tx| tx.dialogue(in_chat(-1))), None);
    let [redraw] = commit!(store, |tx| tx.claim_redraws(at(2), at(12), 8)).try_into().unwrap();
    assert_eq!((redraw.key, redraw.state.as_str()), (in_chat(-1001), "typing a sum"));
    assert_eq!((redraw.fresh(), redraw.screen), (Fresh::SendBelow, None));
}

async fn what_stood_in_the_former_chat_is_shown_in_the_new_one(store: &Store) {
    saves(store, in_chat(-1), "reading the queue").await;
    let [redraw] = commit!(store, |tx| tx.claim_redraws(at(1), at(11), 8)).try_into().unwrap();
    let shown = LiveScreen { message: MessageId(40), since: 1, lasting: Lasting::Transient };
    commit!(store, |tx| tx.drawn(&redraw, shown));
    commit!(store, |tx| tx.chat_moved(ChatId(-1), ChatId(-1001), at(20)));
    let [redraw] = commit!(store, |tx| tx.claim_redraws(at(20), at(30), 8)).try_into().unwrap();
    assert_eq!((redraw.key, redraw.fresh(), redraw.screen), (in_chat(-1001), Fresh::SendBelow, None));
}

async fn a_dialogue_in_the_new_chat_is_left_alone(store: &Store) {
    saves(store, in_chat(-1), "old").await;
    saves(store, in_chat(-1001), "new").await;
    commit!(store, |tx| tx.chat_moved(ChatId(-1), ChatId(-1001), at(1)));
    assert_eq!(read!(store, |tx| tx.dialogue(in_chat(-1))), None);
    assert_eq!(read!(store, |tx| tx.dialogue(in_chat(-1001))).unwrap().state, "new");
}
