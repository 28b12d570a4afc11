//! Whoever asks when a message falls due neither wakes up in vain nor sleeps too long, whatever became of messages before.

use chrono::{DateTime, Utc};
use keydesk::domain::{ChatId, Lane, MessageId};
use keydesk::store::{Attempt, MessageKind, NewOutboxMessage, OutboxMessage, Place, Store};

use super::{at, commit, on_both, read};
use crate::support::random::Random;

on_both!(
    whoever_wakes_up_when_a_message_falls_due_gets_one,
    a_lease_that_ended_beside_another_is_nothing_to_wake_up_for
);

const LIVES: u64 = 12;
const STEPS: u64 = 40;

async fn whoever_wakes_up_when_a_message_falls_due_gets_one(store: &Store) {
    for seed in 1..=LIVES {
        let mut life = Life { store, random: Random::seeded(seed), now: 0, on_their_way: Vec::new() };
        for step in 0..STEPS {
            life.moves_on().await;
            let now = at(life.now);
            let due = read!(store, |tx| tx.due(now));
            let next = [due.message, due.lease].into_iter().flatten().min();
            let place = format!("seed {seed}, step {step}: {due:?} at {now}");
            if let Some(next) = next {
                assert_ne!(claimable(store, next.max(now)).await, 0, "woken up in vain, {place}");
            }
            if next.is_none_or(|next| next > now) && due.parked.is_none_or(|parked| parked > now) {
                assert_eq!(claimable(store, now).await, 0, "asleep beside work, {place}");
            }
        }
        life.ends().await;
    }
}

/// As when a process dies, what it had in hand is taken up by the next, and that dies as well.
async fn a_lease_that_ended_beside_another_is_nothing_to_wake_up_for(store: &Store) {
    for (lane, seconds) in [(Lane::Notice, 0), (Lane::Tap, 60)] {
        let message = NewOutboxMessage { chat: ChatId(-1), order: None, body: "…".to_owned(), lane };
        commit!(store, |tx| tx.post(&message, at(seconds)));
        commit!(store, |tx| tx.claim_messages(at(seconds), at(seconds + 60), 8));
    }
    assert_eq!(read!(store, |tx| tx.next_delivery_due()), Some(at(120)));
}

/// How many messages there were to claim at this moment; none is.
async fn claimable(store: &Store, now: DateTime<Utc>) -> usize {
    let mut tx = store.begin().await.unwrap();
    tx.claim_messages(now, now + chrono::TimeDelta::seconds(10), 8).await.unwrap().len()
}

/// Messages to three chats, some of them put off, parked or let fall.
struct Life<'a> {
    store: &'a Store,
    random: Random,
    now: i64,
    on_their_way: Vec<OutboxMessage>,
}

impl Life<'_> {
    async fn moves_on(&mut self) {
        let store = self.store;
        match self.random.below(5) {
            0 => {
                let lane = self.random.pick(&[Lane::Tap, Lane::Notice, Lane::Bulk]);
                let chat = ChatId(self.random.pick(&[-1, 2, 3]));
                let message = NewOutboxMessage { chat, order: None, body: "…".to_owned(), lane };
                commit!(store, |tx| tx.post(&message, at(self.now)));
            }
            1 => {
                let (now, until) = (at(self.now), at(self.now + 1 + self.seconds()));
                let limit = self.random.pick(&[1, 8]);
                self.on_their_way.extend(commit!(store, |tx| tx.claim_messages(now, until, limit)));
            }
            2 => self.comes_to_an_end().await,
            // Whoever had it in hand died.
            3 => drop(self.on_their_way.pop()),
            _ => self.now += self.seconds(),
        }
    }

    async fn comes_to_an_end(&mut self) {
        let Some(message) = self.on_their_way.pop() else { return };
        let (store, now, until) = (self.store, at(self.now), at(self.now + self.seconds()));
        match self.random.below(3) {
            0 => commit!(store, |tx| tx.message_sent(message.id, MessageId(7), MessageKind::Notification, now)),
            1 => {
                let attempt = self.random.pick(&[Attempt::NotMade, Attempt::Failed, Attempt::Ambiguous]);
                commit!(store, |tx| tx.defer_message(&message, until, attempt));
            }
            _ => {
                let place = self.random.pick(&[Place::Head, Place::Aside]);
                commit!(store, |tx| tx.park_message(&message, place, until, now));
            }
        }
    }

    fn seconds(&mut self) -> i64 {
        i64::try_from(self.random.below(20)).unwrap()
    }

    /// Leaves nothing to the next one.
    async fn ends(self) {
        let far = at(1_000_000);
        loop {
            let messages = commit!(self.store, |tx| tx.claim_messages(far, far, 100));
            if messages.is_empty() {
                return;
            }
            for message in messages {
                commit!(self.store, |tx| tx.message_sent(message.id, MessageId(7), MessageKind::Notification, far));
            }
        }
    }
}
