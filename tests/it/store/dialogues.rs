//! Dialogues: a version keeps two updates apart, and the live message is known.

use keydesk::store::{Fresh, SaveDialogue, Saved, ShowIn, Store, StoredDialogue, Visibility};

use super::{at, commit, dialogue_of, on_both, read};

on_both!(
    a_dialogue_is_read_back_as_it_was_saved,
    an_update_that_comes_second_is_told_so,
    of_twenty_updates_at_once_one_saves,
    a_broken_state_is_set_aside_and_replaced,
);

fn next(state: &str, show_in: ShowIn) -> SaveDialogue {
    SaveDialogue { state: state.to_owned(), show_in, watches: None }
}

async fn a_dialogue_is_read_back_as_it_was_saved(store: &Store) {
    let key = dialogue_of(1);
    assert_eq!(read!(store, |tx| tx.dialogue(key)), None);
    let saved = commit!(store, |tx| tx.save_dialogue(key, None, &next(r#"{"at":"home"}"#, ShowIn::LiveMessage), at(0)));
    assert_eq!(saved, Saved::Version(1));
    let saved =
        commit!(store, |tx| tx.save_dialogue(key, Some(1), &next(r#"{"at":"form"}"#, ShowIn::LiveMessage), at(1)));
    assert_eq!(saved, Saved::Version(2));
    let stored = StoredDialogue {
        version: 2,
        state: r#"{"at":"form"}"#.to_owned(),
        screen: None,
        fresh: Fresh::SendBelow,
        visibility: Visibility::Open,
    };
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
            tokio::spawn(async move {
                let mut tx = store.begin().await.unwrap();
                let saved = tx.save_dialogue(key, expected, &next, at(0)).await.unwrap();
                // Whoever finds no dialogue learns at the end that another one was faster.
                saved != Saved::Conflict && tx.commit().await.is_ok()
            })
        });
        let mut saved = 0;
        for update in updates.collect::<Vec<_>>() {
            saved += usize::from(update.await.unwrap());
        }
        assert_eq!(saved, 1);
    }
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
