//! What nobody needs any more is pruned at its own age, in portions.

use keydesk::{
    domain::{Actor, AuditAction, ChatId, Lane, MessageId, UpdateId},
    store::{DeadLetter, Dedup, MessageKind, NewOutboxMessage, SaveDialogue, Saved, ShowIn, Store},
};

use super::audit::refused;
use super::{at, commit, dialogue_of, on_both, read, runs};

on_both!(
    sent_messages_are_pruned_and_those_to_be_sent_are_not,
    an_update_that_was_pruned_counts_as_a_new_one,
    dead_letters_and_broken_dialogues_are_pruned,
    the_oldest_of_the_audit_is_pruned_and_nothing_else_of_it_goes,
);

async fn sent_messages_are_pruned_and_those_to_be_sent_are_not(store: &Store) {
    for chat in 1..=6 {
        let message = NewOutboxMessage { chat: ChatId(chat), order: None, body: "{}".to_owned(), lane: Lane::Notice };
        commit!(store, |tx| tx.post(&message, at(0)));
    }
    let claimed = commit!(store, |tx| tx.claim_messages(at(0), at(60), 5));
    for (message, seconds) in claimed.iter().zip([1, 2, 3, 9]) {
        commit!(store, |tx| tx.message_sent(message.id, MessageId(40), MessageKind::Notification, at(seconds)));
    }
    commit!(store, |tx| tx.message_failed(&claimed[4], "chat not found", at(3)));
    assert_eq!(commit!(store, |tx| tx.prune_sent_messages(at(1), 2)), 0);
    assert_eq!(commit!(store, |tx| tx.prune_sent_messages(at(5), 3)), 3);
    assert_eq!(commit!(store, |tx| tx.prune_sent_messages(at(5), 3)), 1);
    assert_eq!(commit!(store, |tx| tx.prune_sent_messages(at(5), 3)), 0);
    assert_eq!(commit!(store, |tx| tx.claim_messages(at(100), at(160), 8)).len(), 1);
}

async fn an_update_that_was_pruned_counts_as_a_new_one(store: &Store) {
    for update in 1..=3 {
        commit!(store, |tx| tx.deduplicate(UpdateId(update), at(update)));
    }
    assert_eq!(commit!(store, |tx| tx.prune_processed_updates(at(3), 1)), 1);
    assert_eq!(commit!(store, |tx| tx.prune_processed_updates(at(3), 9)), 1);
    assert_eq!(commit!(store, |tx| tx.deduplicate(UpdateId(2), at(4))), Dedup::First);
    assert_eq!(commit!(store, |tx| tx.deduplicate(UpdateId(3), at(4))), Dedup::Duplicate);
}

async fn dead_letters_and_broken_dialogues_are_pruned(store: &Store) {
    let next = SaveDialogue { state: "x".to_owned(), show_in: ShowIn::NewMessage, watches: None };
    let mut before = None;
    for update in 1..=2 {
        let letter =
            DeadLetter { update: UpdateId(update), person: None, raw: "{}".into(), error: "x".into(), at: at(update) };
        commit!(store, |tx| tx.dead_letter(&letter));
        let saved = commit!(store, |tx| tx.save_dialogue(dialogue_of(1), before, &next, at(0)));
        let Saved::Version(version) = saved else { panic!("{saved:?}") };
        before = Some(version);
        // Seen twice, kept once.
        commit!(store, |tx| tx.set_aside_dialogue(dialogue_of(1), "x", at(update)));
        commit!(store, |tx| tx.set_aside_dialogue(dialogue_of(1), "x", at(update)));
    }
    assert_eq!(commit!(store, |tx| tx.prune_dead_letters(at(2), 10)), 1);
    assert_eq!(commit!(store, |tx| tx.prune_broken_dialogues(at(2), 10)), 1);
    let left = read!(store, |tx| tx.dead_letters());
    assert_eq!(left.iter().map(|letter| letter.update).collect::<Vec<_>>(), [UpdateId(2)]);
    let mut tx = store.begin().await.unwrap();
    runs(&mut tx, "DELETE FROM broken_dialogues").await;
    tx.commit().await.unwrap();
    assert_eq!(commit!(store, |tx| tx.prune_dead_letters(at(9), 10)), 1);
    assert_eq!(commit!(store, |tx| tx.prune_broken_dialogues(at(9), 10)), 0);
}

async fn the_oldest_of_the_audit_is_pruned_and_nothing_else_of_it_goes(store: &Store) {
    for second in 1..=5 {
        commit!(store, |tx| tx.append_audit(&Actor::System, &AuditAction::PriceListApplied, at(second)));
    }
    assert_eq!(commit!(store, |tx| tx.prune_audit(at(1), 10)), 0);
    assert_eq!(commit!(store, |tx| tx.prune_audit(at(4), 2)), 2);
    assert_eq!(commit!(store, |tx| tx.prune_audit(at(4), 2)), 1);
    assert_eq!(commit!(store, |tx| tx.prune_audit(at(4), 2)), 0);
    let left = read!(store, |tx| tx.audit_page(0, 10)).entries;
    assert_eq!(left.iter().map(|entry| entry.at).collect::<Vec<_>>(), [at(5), at(4)]);
    assert!(refused(store, "DELETE FROM audit").await);
}
