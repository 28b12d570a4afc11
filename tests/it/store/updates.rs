//! Updates take effect once; those that never could are kept.

use std::collections::BTreeSet;

use keydesk::{
    domain::{PersonId, UpdateId},
    store::{DeadLetter, Dedup, Kept, Store, WaitingUpdate},
};

use super::{at, commit, on_both, read};

on_both!(
    an_update_is_taken_once,
    an_update_of_a_dropped_transaction_is_not_taken,
    of_many_it_is_known_how_many_are_new_and_of_others_which_took_effect,
    of_two_deliveries_at_once_one_takes_effect,
    a_dead_letter_is_kept_once_and_never_taken_again,
    an_update_that_took_effect_after_all_is_not_kept,
    what_waits_is_had_oldest_first_of_each_person,
    many_are_let_wait_in_their_order_unless_one_took_effect,
    who_waits_is_announced_once_and_so_is_the_end,
    of_two_who_try_what_waits_one_does,
    a_dead_letter_that_is_tried_again_waits,
);

async fn an_update_is_taken_once(store: &Store) {
    assert_eq!(commit!(store, |tx| tx.deduplicate(UpdateId(7), at(0))), Dedup::First);
    assert_eq!(commit!(store, |tx| tx.deduplicate(UpdateId(7), at(1))), Dedup::Duplicate);
    assert_eq!(commit!(store, |tx| tx.deduplicate(UpdateId(8), at(1))), Dedup::First);
}

async fn an_update_of_a_dropped_transaction_is_not_taken(store: &Store) {
    let mut tx = store.begin().await.unwrap();
    assert_eq!(tx.deduplicate(UpdateId(7), at(0)).await.unwrap(), Dedup::First);
    drop(tx);
    assert_eq!(commit!(store, |tx| tx.deduplicate(UpdateId(7), at(1))), Dedup::First);
}

async fn of_many_it_is_known_how_many_are_new_and_of_others_which_took_effect(store: &Store) {
    let many: BTreeSet<UpdateId> = (1..=100).map(UpdateId).collect();
    for known in [7, 70] {
        commit!(store, |tx| tx.deduplicate(UpdateId(known), at(0)));
    }
    let mut tx = store.begin().await.unwrap();
    assert_eq!(tx.deduplicate_all(&many, at(1)).await.unwrap(), 98);
    drop(tx);
    assert_eq!(read!(store, |tx| tx.processed(&many)), [7, 70].map(UpdateId).into());
    assert_eq!(commit!(store, |tx| tx.deduplicate_all(&many, at(1))), 98);
    assert_eq!(commit!(store, |tx| tx.deduplicate_all(&many, at(1))), 0);
}

async fn of_two_deliveries_at_once_one_takes_effect(store: &Store) {
    let deliveries = (0..20).map(|_| {
        let store = store.clone();
        tokio::spawn(async move { commit!(store, |tx| tx.deduplicate(UpdateId(7), at(0))) })
    });
    let mut first = 0;
    for delivery in deliveries.collect::<Vec<_>>() {
        first += usize::from(delivery.await.unwrap() == Dedup::First);
    }
    assert_eq!(first, 1);
}

async fn a_dead_letter_is_kept_once_and_never_taken_again(store: &Store) {
    let letter = |update, error: &str, seconds| DeadLetter {
        update: UpdateId(update),
        person: None,
        raw: format!(r#"{{"update_id":{update}}}"#),
        error: error.to_owned(),
        at: at(seconds),
    };
    commit!(store, |tx| tx.dead_letter(&letter(1, "it panicked", 0)));
    commit!(store, |tx| tx.dead_letter(&letter(2, "it panicked", 5)));
    commit!(store, |tx| tx.dead_letter(&letter(1, "it panicked again", 9)));
    let kept = read!(store, |tx| tx.dead_letters());
    assert_eq!(kept, [letter(2, "it panicked", 5), letter(1, "it panicked", 0)]);
    assert_eq!(commit!(store, |tx| tx.deduplicate(UpdateId(1), at(10))), Dedup::Duplicate);
}

fn waiting(update: i64, person: Option<i64>, since: i64, due: i64) -> WaitingUpdate {
    WaitingUpdate {
        update: UpdateId(update),
        person: person.map(PersonId),
        raw: "{}".to_owned(),
        error: "it is locked out".to_owned(),
        since: at(since),
        due: at(due),
        tries: 1,
        failing_since: Some(at(since)),
    }
}

async fn an_update_that_took_effect_after_all_is_not_kept(store: &Store) {
    commit!(store, |tx| tx.deduplicate(UpdateId(1), at(0)));
    let letter = DeadLetter {
        update: UpdateId(1),
        person: None,
        raw: "{}".to_owned(),
        error: "the commit broke off".to_owned(),
        at: at(1),
    };
    assert_eq!(commit!(store, |tx| tx.dead_letter(&letter)), Kept::Before);
    assert_eq!(commit!(store, |tx| tx.set_aside_update(&waiting(1, None, 1, 1))), Kept::Before);
    assert_eq!(read!(store, |tx| tx.dead_letters()), []);
    assert_eq!(read!(store, |tx| tx.waiting_updates()), []);
}

async fn what_waits_is_had_oldest_first_of_each_person(store: &Store) {
    // Ids begin anew after a quiet week, so that the smaller one may be the later one.
    for one in [waiting(9, Some(1), 0, 5), waiting(2, Some(1), 1, 1), waiting(7, None, 2, 2), waiting(8, None, 2, 2)] {
        assert_eq!(commit!(store, |tx| tx.set_aside_update(&one)), Kept::Now);
    }
    let due = async |seconds| {
        let due = read!(store, |tx| tx.due_updates(at(seconds)));
        due.iter().map(|waiting| waiting.update.0).collect::<Vec<_>>()
    };
    assert_eq!(due(4).await, [7]);
    assert_eq!(due(5).await, [9, 7]);
    assert!(commit!(store, |tx| tx.take_waiting_update(UpdateId(9), at(6))));
    assert_eq!(due(6).await, [2, 7]);
    commit!(store, |tx| tx.defer_update(UpdateId(2), "still", at(7), at(60)));
    assert_eq!(due(59).await, [7]);
    let behind = WaitingUpdate { tries: 0, failing_since: None, ..waiting(3, Some(1), 9, 9) };
    commit!(store, |tx| tx.set_aside_update(&behind));
    for second in [70, 80] {
        commit!(store, |tx| tx.defer_update(UpdateId(3), "too", at(second), at(90)));
    }
    let failing: Vec<_> = read!(store, |tx| tx.waiting_updates())
        .into_iter()
        .map(|one| (one.update.0, one.tries, one.failing_since))
        .collect();
    let counted = [(2, 2, Some(at(1))), (7, 1, Some(at(2))), (8, 1, Some(at(2))), (3, 2, Some(at(70)))];
    assert_eq!(failing, counted);
    let people = read!(store, |tx| tx.people_who_wait());
    assert_eq!(people.into_iter().collect::<Vec<_>>(), [None, Some(PersonId(1))]);
}

async fn many_are_let_wait_in_their_order_unless_one_took_effect(store: &Store) {
    let many: Vec<_> = (1..=250).map(|update| waiting(update, Some(1), 0, 0)).collect();
    assert!(commit!(store, |tx| tx.set_aside_updates(&many, at(0))));
    let mut left = Vec::new();
    while let [next] = &read!(store, |tx| tx.due_updates(at(1)))[..] {
        left.push(next.update.0);
        assert!(commit!(store, |tx| tx.take_waiting_update(next.update, at(1))));
    }
    assert_eq!(left, (1..=250).collect::<Vec<_>>());
    let late = [waiting(251, Some(1), 2, 2), waiting(250, Some(1), 2, 2)];
    let mut tx = store.begin().await.unwrap();
    assert!(!tx.set_aside_updates(&late, at(2)).await.unwrap());
    drop(tx);
    assert_eq!(commit!(store, |tx| tx.set_aside_update(&late[0])), Kept::Now);
}

async fn who_waits_is_announced_once_and_so_is_the_end(store: &Store) {
    let announced = async |second: i64| {
        let waits = commit!(store, |tx| tx.announce_waits(at(second - 5), at(second - 10), at(second)));
        waits.into_iter().map(|one| (one.person.map(|person| person.0), one.since)).collect::<Vec<_>>()
    };
    let is_due = async |second: i64| read!(store, |tx| tx.has_waits_to_announce(at(second - 5), at(second - 10)));
    for one in [waiting(1, Some(1), 0, 0), waiting(2, Some(1), 1, 1), waiting(3, None, 2, 2)] {
        commit!(store, |tx| tx.set_aside_update(&one));
    }
    let behind = WaitingUpdate { tries: 0, failing_since: None, ..waiting(4, Some(2), 0, 9) };
    commit!(store, |tx| tx.set_aside_update(&behind));
    assert!(!is_due(4).await);
    assert!(is_due(5).await);
    assert_eq!(announced(5).await, [(Some(1), at(0))]);
    assert!(!is_due(14).await, "others come ten seconds later");
    assert!(announced(14).await.is_empty());
    assert_eq!(announced(16).await, [(None, at(2))]);
    assert!(announced(99).await.is_empty(), "once");
    assert!(commit!(store, |tx| tx.end_announced_waits()).is_empty());
    for update in [1, 3] {
        commit!(store, |tx| tx.take_waiting_update(UpdateId(update), at(100)));
    }
    assert!(is_due(100).await);
    assert_eq!(commit!(store, |tx| tx.end_announced_waits()), [None], "of the first person one still waits");
    commit!(store, |tx| tx.take_waiting_update(UpdateId(2), at(101)));
    assert_eq!(commit!(store, |tx| tx.end_announced_waits()), [Some(PersonId(1))]);
    assert!(!is_due(101).await);
}

async fn of_two_who_try_what_waits_one_does(store: &Store) {
    commit!(store, |tx| tx.set_aside_update(&waiting(1, Some(1), 0, 0)));
    let tries = (0..8).map(|_| {
        let store = store.clone();
        tokio::spawn(async move { commit!(store, |tx| tx.take_waiting_update(UpdateId(1), at(1))) })
    });
    let mut taken = 0;
    for one in tries.collect::<Vec<_>>() {
        taken += usize::from(one.await.unwrap());
    }
    assert_eq!(taken, 1);
    assert_eq!(commit!(store, |tx| tx.deduplicate(UpdateId(1), at(2))), Dedup::Duplicate);
}

async fn a_dead_letter_that_is_tried_again_waits(store: &Store) {
    for (update, person) in [(5, Some(1)), (3, Some(1)), (4, None)] {
        let letter = DeadLetter {
            update: UpdateId(update),
            person: person.map(PersonId),
            raw: "{}".to_owned(),
            error: "it panicked".to_owned(),
            at: at(update),
        };
        commit!(store, |tx| tx.dead_letter(&letter));
    }
    assert_eq!(commit!(store, |tx| tx.retry_dead_letters(Some(UpdateId(99)), at(9))), 0);
    assert_eq!(commit!(store, |tx| tx.retry_dead_letters(Some(UpdateId(4)), at(9))), 1);
    assert_eq!(read!(store, |tx| tx.dead_letters()).len(), 2);
    assert_eq!(commit!(store, |tx| tx.retry_dead_letters(None, at(10))), 3, "what waits is due at once");
    let waiting = read!(store, |tx| tx.waiting_updates());
    assert_eq!(waiting.iter().map(|one| one.update.0).collect::<Vec<_>>(), [4, 3, 5]);
    assert!(waiting.iter().all(|one| one.due == at(10) && one.tries == 0));
    assert_eq!(read!(store, |tx| tx.dead_letters()), []);
    let letter = DeadLetter {
        update: UpdateId(3),
        person: Some(PersonId(1)),
        raw: "{}".to_owned(),
        error: "again".to_owned(),
        at: at(11),
    };
    assert_eq!(commit!(store, |tx| tx.give_up_update(&letter)), Kept::Now);
    assert_eq!(commit!(store, |tx| tx.give_up_update(&letter)), Kept::Before);
    assert_eq!(read!(store, |tx| tx.dead_letters()), [letter]);
}
