//! Replicas take note of each other, and one of them leads.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use keydesk::clock::Clock;
use keydesk::domain::ChatId;
use keydesk::replicas::{Replicas, Report};
use keydesk::store::{Beat, Lead, Store, Writers};

use super::{at, commit, on_both};

on_both!(
    a_replica_counts_its_beats,
    one_of_two_who_see_the_same_leads,
    a_leader_that_was_late_still_knows_what_groups_were_sent,
    chats_rest_for_everybody_until_their_time,
);

async fn beats(store: &Store, resting: &[(i64, i64)], seconds: i64) -> Beat {
    let resting: BTreeMap<ChatId, DateTime<Utc>> =
        resting.iter().map(|(chat, until)| (ChatId(*chat), at(*until))).collect();
    commit!(store, |tx| tx.beat(&resting, at(seconds)))
}

async fn a_replica_counts_its_beats(store: &Store) {
    for beat in 1..=3 {
        assert_eq!(beats(store, &[], beat).await.replicas, BTreeMap::from([(store.replica(), beat)]));
    }
    commit!(store, |tx| tx.leave("{}"));
    assert_eq!(beats(store, &[], 4).await.replicas, BTreeMap::from([(store.replica(), 1)]));
}

async fn one_of_two_who_see_the_same_leads(store: &Store) {
    let seen = beats(store, &[], 0).await.leader;
    assert_eq!((seen.replica, seen.groups.as_str()), (None, "{}"));
    assert_eq!(commit!(store, |tx| tx.take_lead(seen.beats, "{}")), Lead::Taken);
    assert_eq!(commit!(store, |tx| tx.take_lead(seen.beats, "{}")), Lead::Lost);
    let led = beats(store, &[], 1).await.leader;
    assert_eq!((led.replica, led.beats), (Some(store.replica()), seen.beats + 1));
    commit!(store, |tx| tx.leave(r#"{"-1":[]}"#));
    let left = beats(store, &[], 2).await.leader;
    assert_eq!((left.replica, left.groups.as_str()), (None, r#"{"-1":[]}"#));
    assert!(left.beats > led.beats);
}

/// Told anew by its own last word, it would forget what it has sent since, each time that it is late.
async fn a_leader_that_was_late_still_knows_what_groups_were_sent(store: &Store) {
    let clock = Clock::manual(at(0));
    let replicas = Replicas::new(store.clone(), clock.clone());
    let sent = |groups: &str| Report { groups: groups.to_owned(), ..Report::default() };
    assert!(replicas.beat(sent("{}")).await.unwrap().succession.is_some());
    clock.advance(TimeDelta::seconds(30));
    assert!(store.writers() == Writers::One || !store.standing().leads(clock.now()));
    assert_eq!(replicas.beat(sent(r#"{"-1":[]}"#)).await.unwrap().succession, None);
    assert!(store.standing().leads(clock.now()));
    let leader = beats(store, &[], 31).await.leader;
    assert_eq!((leader.replica, leader.groups.as_str()), (Some(store.replica()), r#"{"-1":[]}"#));
}

async fn chats_rest_for_everybody_until_their_time(store: &Store) {
    beats(store, &[(1, 10), (2, 5)], 0).await;
    let resting = beats(store, &[(1, 8), (2, 7)], 1).await.resting;
    assert_eq!(resting, BTreeMap::from([(ChatId(1), at(10)), (ChatId(2), at(7))]));
    assert_eq!(beats(store, &[], 7).await.resting, BTreeMap::from([(ChatId(1), at(10))]));
}
