//! Files that wait to be worked on, and facts that wait already.

use keydesk::{
    domain::{ChatId, Lane, Sending},
    store::{Attempt, DialogueKey, Finished, MessageKind, NewFileJob, NewOutboxMessage, Seat, Store, Turn},
};

use super::{at, commit, dialogue_of, on_both, read};

on_both!(
    files_are_given_one_at_a_time_the_longest_due_first,
    a_file_that_was_put_off_waits_and_is_counted,
    a_file_ends_once,
    attempts_that_came_to_no_end_are_counted_until_one_does,
    an_attempt_that_is_given_back_was_none,
    files_of_one_dialogue_are_given_in_the_order_in_which_they_were_sent,
    files_follow_their_chat,
    a_fact_that_waits_is_not_posted_again_and_one_under_way_is,
);

fn file(key: DialogueKey, file_id: &str) -> NewFileJob {
    NewFileJob { key, file_id: file_id.to_owned(), purpose: "{}".to_owned() }
}

async fn files_are_given_one_at_a_time_the_longest_due_first(store: &Store) {
    commit!(store, |tx| tx.request_file(&file(dialogue_of(1), "second"), at(1)));
    commit!(store, |tx| tx.request_file(&file(dialogue_of(2), "first"), at(0)));
    let first = commit!(store, |tx| tx.claim_file_job(at(5), at(60))).unwrap();
    assert_eq!((first.file_id.as_str(), first.key, first.attempts), ("first", dialogue_of(2), 1));
    assert_eq!(commit!(store, |tx| tx.claim_file_job(at(6), at(60))), None);
    assert_eq!(read!(store, |tx| tx.next_delivery_due()), Some(at(60)));
    commit!(store, |tx| tx.finish_file_job(first.id));
    assert_eq!(commit!(store, |tx| tx.claim_file_job(at(7), at(60))).unwrap().file_id, "second");
    // Whoever had it died: it is had again.
    assert_eq!(commit!(store, |tx| tx.claim_file_job(at(60), at(120))).unwrap().attempts, 2);
}

async fn a_file_that_was_put_off_waits_and_is_counted(store: &Store) {
    commit!(store, |tx| tx.request_file(&file(dialogue_of(1), "a"), at(0)));
    let job = commit!(store, |tx| tx.claim_file_job(at(0), at(60))).unwrap();
    commit!(store, |tx| tx.defer_file_job(job.id, at(10)));
    assert_eq!(commit!(store, |tx| tx.claim_file_job(at(9), at(60))), None);
    assert_eq!(commit!(store, |tx| tx.claim_file_job(at(10), at(60))).unwrap().attempts, 2);
}

async fn attempts_that_came_to_no_end_are_counted_until_one_does(store: &Store) {
    commit!(store, |tx| tx.request_file(&file(dialogue_of(1), "a"), at(0)));
    let claim = async |second| {
        let job = commit!(store, |tx| tx.claim_file_job(at(second), at(second + 1))).unwrap();
        (job.attempts, job.unfinished)
    };
    assert_eq!([claim(0).await, claim(1).await, claim(2).await], [(1, 1), (2, 2), (3, 3)]);
    let id = commit!(store, |tx| tx.claim_file_job(at(3), at(4))).unwrap().id;
    commit!(store, |tx| tx.defer_file_job(id, at(5)));
    assert_eq!(claim(5).await, (5, 1));
}

async fn an_attempt_that_is_given_back_was_none(store: &Store) {
    commit!(store, |tx| tx.request_file(&file(dialogue_of(1), "a"), at(0)));
    let claim = async || commit!(store, |tx| tx.claim_file_job(at(1), at(60))).unwrap();
    let job = claim().await;
    commit!(store, |tx| tx.release_file_job(&job));
    let again = claim().await;
    assert_eq!(again, job, "at once, and counted as before");
    commit!(store, |tx| tx.defer_file_job(again.id, at(1)));
    commit!(store, |tx| tx.release_file_job(&again));
    assert_eq!(claim().await.attempts, 2, "an attempt that came to an end stays one");
}

async fn files_of_one_dialogue_are_given_in_the_order_in_which_they_were_sent(store: &Store) {
    let requested = |key, id: &'static str| async move { commit!(store, |tx| tx.request_file(&file(key, id), at(0))) };
    assert_eq!(requested(dialogue_of(1), "a").await, Turn::Next);
    assert_eq!(requested(dialogue_of(1), "b").await, Turn::AfterAnother);
    assert_eq!(requested(dialogue_of(2), "c").await, Turn::Next);
    assert_eq!(read!(store, |tx| tx.files_waiting(dialogue_of(1))), 2);
    let first = commit!(store, |tx| tx.claim_file_job(at(0), at(60))).unwrap();
    commit!(store, |tx| tx.defer_file_job(first.id, at(10)));
    let other = commit!(store, |tx| tx.claim_file_job(at(1), at(60))).unwrap();
    assert_eq!((first.file_id.as_str(), other.file_id.as_str()), ("a", "c"));
    commit!(store, |tx| tx.finish_file_job(other.id));
    // The second one waits with the first.
    assert_eq!(commit!(store, |tx| tx.claim_file_job(at(2), at(60))), None);
    assert_eq!(read!(store, |tx| tx.next_delivery_due()), Some(at(10)));
    commit!(store, |tx| tx.finish_file_job(first.id));
    assert_eq!(commit!(store, |tx| tx.claim_file_job(at(2), at(60))).unwrap().file_id, "b");
}

async fn a_file_ends_once(store: &Store) {
    commit!(store, |tx| tx.request_file(&file(dialogue_of(1), "a"), at(0)));
    let job = commit!(store, |tx| tx.claim_file_job(at(0), at(60))).unwrap();
    assert_eq!(commit!(store, |tx| tx.finish_file_job(job.id)), Finished::Now);
    assert_eq!(commit!(store, |tx| tx.finish_file_job(job.id)), Finished::Before);
    assert_eq!(read!(store, |tx| tx.next_delivery_due()), None);
}

async fn files_follow_their_chat(store: &Store) {
    let key = DialogueKey { chat: ChatId(-5), seat: Seat::Vendor, ..dialogue_of(1) };
    commit!(store, |tx| tx.request_file(&file(key, "a"), at(0)));
    commit!(store, |tx| tx.chat_moved(ChatId(-5), ChatId(-100), at(1)));
    let job = commit!(store, |tx| tx.claim_file_job(at(2), at(60))).unwrap();
    assert_eq!(job.key, DialogueKey { chat: ChatId(-100), ..key });
}

async fn a_fact_that_waits_is_not_posted_again_and_one_under_way_is(store: &Store) {
    let notice = NewOutboxMessage { chat: ChatId(-5), order: None, body: "changed".to_owned(), lane: Lane::Notice };
    for _ in 0..2 {
        commit!(store, |tx| tx.post_unless_waiting(&notice, at(0)));
    }
    let claimed = commit!(store, |tx| tx.claim_messages(at(1), at(60), 9));
    assert_eq!(claimed.len(), 1);
    // It is being worded with what stood before this.
    commit!(store, |tx| tx.post_unless_waiting(&notice, at(2)));
    commit!(store, |tx| tx.message_sent(
        claimed[0].id,
        keydesk::domain::MessageId(7),
        MessageKind::Notification,
        at(3)
    ));
    let next = commit!(store, |tx| tx.claim_messages(at(4), at(60), 9));
    assert_eq!((next.len(), next[0].sending), (1, Sending::First));
    commit!(store, |tx| tx.defer_message(&next[0], at(9), Attempt::NotMade));
    assert_eq!(commit!(store, |tx| tx.claim_messages(at(8), at(60), 9)), []);
}
