//! Dialogues: a version keeps two updates apart, and the live message is known.

use keydesk::{
    domain::{ChatId, MessageId, PersonId},
    store::{DialogueKey, Fresh, Lasting, LiveScreen, OpenScreen, SaveDialogue, Saved, ShowIn, Store, StoredDialogue},
};

use super::{at, commit, dialogue_of, on_both, read};

on_both!(
    a_dialogue_is_read_back_as_it_was_saved,
    an_update_that_comes_second_is_told_so,
    of_twenty_updates_at_once_one_saves,
    an_adopted_message_becomes_the_live_one,
    a_dialogue_follows_in_the_message_that_shows_it,
    everybodys_dialogue_in_a_chat_is_had_at_once,
    a_bump_is_a_new_version_of_the_same_state,
    a_broken_state_is_set_aside_and_replaced,
);

fn next(state: &str, show_in: ShowIn) -> SaveDialogue {
    SaveDialogue { state: state.to_owned(), show_in }
}

async fn a_dialogue_is_read_back_as_it_was_saved(store: &Store) {
    let key = dialogue_of(1);
    assert_eq!(read!(store, |tx| tx.dialogue(key)), None);
    let saved = commit!(store, |tx| tx.save_dialogue(key, None, &next(r#"{"at":"home"}"#, ShowIn::LiveMessage), at(0)));
    assert_eq!(saved, Saved::Version(1));
    let saved =
        commit!(store, |tx| tx.save_dialogue(key, Some(1), &next(r#"{"at":"form"}"#, ShowIn::LiveMessage), at(1)));
    assert_eq!(saved, Saved::Version(2));
    let stored =
        StoredDialogue { version: 2, state: r#"{"at":"form"}"#.to_owned(), screen: None, fresh: Fresh::SendBelow };
    assert_eq!(read!(store, |tx| tx.dialogue(key)), Some(stored));
    assert_eq!(read!(store, |tx| tx.dialogue(dialogue_of(2))), None);
}

async fn an_update_that_comes_second_is_told_so(store: &Store) {
    let key = dialogue_of(1);
    commit!(store, |tx| tx.save_dialogue(key, None, &next("1", ShowIn::LiveMessage), at(0)));
    for stale in [None, Some(0), Some(2)] {
        let saved = commit!(store, |tx| tx.save_dialogue(key, stale, &next("2", ShowIn::NewMessage), at(1)));
        assert_eq!(saved, Saved::Conflict);
    }
    assert_eq!(read!(store, |tx| tx.dialogue(key)).unwrap().state, "1");
    let elsewhere =
        commit!(store, |tx| tx.save_dialogue(dialogue_of(9), Some(1), &next("2", ShowIn::LiveMessage), at(1)));
    assert_eq!(elsewhere, Saved::Conflict);
}

async fn of_twenty_updates_at_once_one_saves(store: &Store) {
    let key = dialogue_of(1);
    for expected in [None, Some(1)] {
        let updates = (0..20).map(|update| {
            let (store, next) = (store.clone(), next(&update.to_string(), ShowIn::LiveMessage));
            tokio::spawn(async move { commit!(store, |tx| tx.save_dialogue(key, expected, &next, at(0))) })
        });
        let mut saved = 0;
        for update in updates.collect::<Vec<_>>() {
            saved += usize::from(update.await.unwrap() != Saved::Conflict);
        }
        assert_eq!(saved, 1);
    }
}

async fn an_adopted_message_becomes_the_live_one(store: &Store) {
    let key = dialogue_of(1);
    commit!(store, |tx| tx.save_dialogue(key, None, &next("1", ShowIn::Message(MessageId(40))), at(0)));
    let screen = |message, since| LiveScreen { message: MessageId(message), since, lasting: Lasting::Transient };
    assert_eq!(read!(store, |tx| tx.dialogue(key)).unwrap().screen, Some(screen(40, 1)));
    commit!(store, |tx| tx.save_dialogue(key, Some(1), &next("2", ShowIn::LiveMessage), at(1)));
    assert_eq!(read!(store, |tx| tx.dialogue(key)).unwrap().screen, Some(screen(40, 1)));
    commit!(store, |tx| tx.save_dialogue(key, Some(2), &next("3", ShowIn::Message(MessageId(50))), at(2)));
    assert_eq!(read!(store, |tx| tx.dialogue(key)).unwrap().screen, Some(screen(50, 3)));
}

async fn a_bump_is_a_new_version_of_the_same_state(store: &Store) {
    let key = dialogue_of(1);
    commit!(store, |tx| tx.bump_dialogue(key, at(0)));
    assert_eq!(read!(store, |tx| tx.dialogue(key)), None);
    commit!(store, |tx| tx.save_dialogue(key, None, &next("1", ShowIn::LiveMessage), at(0)));
    commit!(store, |tx| tx.bump_dialogue(key, at(1)));
    let stored = read!(store, |tx| tx.dialogue(key)).unwrap();
    assert_eq!((stored.version, stored.state.as_str()), (2, "1"));
}

async fn a_dialogue_follows_in_the_message_that_shows_it(store: &Store) {
    let key = dialogue_of(1);
    let version = async || read!(store, |tx| tx.dialogue(key)).unwrap().version;
    commit!(store, |tx| tx.save_dialogue(key, None, &next("1", ShowIn::LiveMessage), at(0)));
    // It waits to be drawn, and is drawn no later than that.
    commit!(store, |tx| tx.follow_dialogue(key, at(20)));
    let [redraw] = commit!(store, |tx| tx.claim_redraws(at(0), at(10), 8)).try_into().unwrap();
    let shown = LiveScreen { message: MessageId(40), since: 2, lasting: Lasting::Transient };
    commit!(store, |tx| tx.drawn(&redraw, shown));
    assert_eq!(version().await, 2);
    commit!(store, |tx| tx.follow_dialogue(key, at(20)));
    commit!(store, |tx| tx.follow_dialogue(key, at(30)));
    assert_eq!(commit!(store, |tx| tx.claim_redraws(at(19), at(29), 8)), []);
    let [redraw] = commit!(store, |tx| tx.claim_redraws(at(20), at(30), 8)).try_into().unwrap();
    assert_eq!((redraw.version, redraw.fresh, redraw.state.as_str()), (4, Fresh::EditInPlace, "1"));
    // Whose message is gone has nothing that could follow.
    commit!(store, |tx| tx.lose_message(key, MessageId(40)));
    commit!(store, |tx| tx.give_up_redraw(key, 4));
    commit!(store, |tx| tx.follow_dialogue(key, at(40)));
    assert_eq!(version().await, 4);
}

async fn everybodys_dialogue_in_a_chat_is_had_at_once(store: &Store) {
    let group = |person| DialogueKey { chat: ChatId(-5), person: PersonId(person) };
    for (person, message) in [(2, 50), (1, 40)] {
        let next = next(&person.to_string(), ShowIn::Message(MessageId(message)));
        commit!(store, |tx| tx.save_dialogue(group(person), None, &next, at(0)));
    }
    commit!(store, |tx| tx.save_dialogue(dialogue_of(3), None, &next("3", ShowIn::LiveMessage), at(0)));
    let screen = |person, due| OpenScreen { key: group(person), state: person.to_string(), due };
    let all = read!(store, |tx| tx.screens_in(ChatId(-5)));
    assert_eq!(all, [screen(1, Some(at(0))), screen(2, Some(at(0)))]);
    assert_eq!(read!(store, |tx| tx.dialogue_at(ChatId(-5), MessageId(50))), Some(PersonId(2)));
    assert_eq!(read!(store, |tx| tx.dialogue_at(ChatId(-6), MessageId(50))), None);
}

async fn a_broken_state_is_set_aside_and_replaced(store: &Store) {
    let key = dialogue_of(1);
    commit!(store, |tx| tx.save_dialogue(key, None, &next("not what it was", ShowIn::LiveMessage), at(0)));
    let mut tx = store.begin().await.unwrap();
    tx.set_aside_dialogue(key, "expected value at line 1", at(1)).await.unwrap();
    tx.save_dialogue(key, Some(1), &next("{}", ShowIn::NewMessage), at(1)).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(read!(store, |tx| tx.dialogue(key)).unwrap().state, "{}");
}
