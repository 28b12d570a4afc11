//! One of several replicas on a server: who is alive, and who leads. Nobody compares clocks with anybody. Whoever crashed is
//! gone at once, with the session that showed its life; whoever is frozen or cut off, when others have seen the count of its
//! beats stand still for long enough. On a SQLite file there is only ever one at a time, and the next one goes on where it stopped.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use crate::clock::Clock;
use crate::domain::ChatId;
use crate::store::{Beat, Lead, Standing, Store, StoreError, Writers};

/// How often a replica takes note of itself.
pub const BEAT: Duration = Duration::from_secs(1);
/// A lead that was not renewed for so long is over for its holder.
const LEADS_FOR: TimeDelta = TimeDelta::seconds(4);
/// A replica whose beats stand still for so long is gone: by then its lead is over for itself as well, whatever the two
/// clocks say.
const GONE_AFTER: TimeDelta = TimeDelta::seconds(6);
/// Others have heard of a newcomer by then, and leave it its share of the limits.
const HEARD_OF_AFTER: Duration = Duration::from_millis(1_500);

/// This process among those that share its database.
#[derive(Debug)]
pub struct Replicas {
    store: Store,
    clock: Clock,
    seen: Mutex<Seen>,
    /// What the database knows of this replica.
    told: Mutex<Option<Report>>,
}

/// What a replica brings along, and leaves to whoever leads after it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// Chats that Telegram has asked it to let rest.
    pub resting: BTreeMap<ChatId, DateTime<Utc>>,
    /// What it sent to groups lately, as JSON.
    pub groups: String,
}

/// What a replica is to heed from now on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct News {
    pub standing: Standing,
    /// Chats that rest, whoever met the 429.
    pub resting: BTreeMap<ChatId, DateTime<Utc>>,
    /// What the former leader sent to groups, as it left that, if this replica leads from now on.
    pub succession: Option<(String, End)>,
    /// Whether this replica is new to the others, or was given up by them.
    pub place: Place,
}

/// Where a replica stands in the eyes of the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// They do not know it yet, and have written to people as if it were not there.
    New,
    Known,
}

/// How a leader ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// With its last word.
    Left,
    /// It may have done more than it told of.
    Died,
}

/// What was seen of the others, and since when it stands still.
#[derive(Debug, Default)]
struct Seen {
    replicas: BTreeMap<i64, Still>,
    leader: Still,
}

#[derive(Debug, Clone, Copy, Default)]
struct Still {
    beats: i64,
    since: Option<DateTime<Utc>>,
}

/// What is to be done about what was seen.
#[derive(Debug, PartialEq, Eq)]
struct Decision {
    gone: Vec<i64>,
    /// Those of them that are not merely frozen.
    dead: Vec<i64>,
    takes_lead: bool,
}

impl Still {
    /// Whether it has had this many beats for long enough to be gone. A clock that was set back begins anew.
    fn is_gone(&mut self, beats: i64, now: DateTime<Utc>) -> bool {
        match self.since.filter(|since| self.beats == beats && *since <= now) {
            Some(since) => now - since >= GONE_AFTER,
            None => {
                *self = Still { beats, since: Some(now) };
                false
            }
        }
    }
}

impl Seen {
    fn decide(&mut self, own: i64, beat: &Beat, now: DateTime<Utc>) -> Decision {
        let (mut gone, mut dead) = (Vec::new(), Vec::new());
        self.replicas.retain(|replica, _| beat.replicas.contains_key(replica));
        for (replica, beats) in beat.replicas.iter().filter(|(replica, _)| **replica != own) {
            let stands_still = self.replicas.entry(*replica).or_default().is_gone(*beats, now);
            if !beat.living.contains(replica) {
                dead.push(*replica);
            }
            if stands_still || !beat.living.contains(replica) {
                gone.push(*replica);
            }
        }
        let leader = &beat.leader;
        let lives = leader.replica.is_some_and(|leader| beat.living.contains(&leader));
        let is_vacant = self.leader.is_gone(leader.beats, now) || !lives;
        Decision { gone, dead, takes_lead: is_vacant || leader.replica == Some(own) }
    }
}

impl Replicas {
    pub fn new(store: Store, clock: Clock) -> Replicas {
        Replicas { store, clock, seen: Mutex::default(), told: Mutex::default() }
    }

    /// Whether others may share the database at all.
    pub fn may_be_many(&self) -> bool {
        self.store.writers() == Writers::Many
    }

    /// Takes its place among the others, who have heard of it afterwards.
    pub async fn join(&self) -> Result<News, StoreError> {
        // Until the others know, it has no share of what may be sent.
        self.store.set_standing(Standing { replicas: 1, leads_until: None, counts_until: self.clock.now() });
        let news = self.beat(Report { groups: "{}".to_owned(), ..Report::default() }).await?;
        if news.standing.replicas > 1 {
            tokio::time::sleep(HEARD_OF_AFTER).await;
        }
        Ok(news)
    }

    /// Whether there is anything to take note of: always, where others may be.
    pub fn has_news(&self, report: &Report) -> bool {
        self.may_be_many() || self.told().as_ref() != Some(report)
    }

    /// Takes note of itself and of the others.
    pub async fn beat(&self, report: Report) -> Result<News, StoreError> {
        // Before the transaction: the lead must be over for this replica before it is vacant for others.
        let (own, now) = (self.store.replica(), self.clock.now());
        self.store.show_life().await?;
        let mut tx = self.store.begin().await?;
        let beat = tx.beat(&report.resting, now).await?;
        let Decision { gone, dead, takes_lead } = self.seen().decide(own, &beat, now);
        tx.free_redraws_of(&dead).await?;
        tx.forget_replicas(&gone).await?;
        // Whoever takes over knows nothing of its own of what groups were sent. One whose lead was over for a while knows all of it
        // if nobody took it.
        let led = beat.leader.replica == Some(own);
        let groups = if led { &report.groups } else { &beat.leader.groups };
        let lead = if takes_lead { tx.take_lead(beat.leader.beats, groups).await? } else { Lead::Lost };
        tx.commit().await?;
        let replicas = u32::try_from(beat.replicas.len().saturating_sub(gone.len())).unwrap_or(1).max(1);
        let until = now + LEADS_FOR;
        let standing = match self.store.writers() {
            Writers::One => Standing::ALONE,
            Writers::Many => {
                Standing { replicas, leads_until: (lead == Lead::Taken).then_some(until), counts_until: until }
            }
        };
        self.store.set_standing(standing);
        *self.told() = Some(report);
        let end = if beat.leader.replica.is_none() { End::Left } else { End::Died };
        let succession = (lead == Lead::Taken && !led).then(|| (beat.leader.groups.clone(), end));
        if succession.is_some() && self.may_be_many() {
            tracing::info!("this replica leads, one of {replicas}");
        }
        // Its first beat, or the first after it was given up.
        let place = if beat.replicas.get(&own).is_some_and(|beats| *beats > 1) { Place::Known } else { Place::New };
        Ok(News { standing, resting: beat.resting, succession, place })
    }

    /// Leaves the others at once, instead of being missed.
    pub async fn leave(&self, report: &Report) -> Result<(), StoreError> {
        let mut tx = self.store.begin().await?;
        tx.leave(&report.groups).await?;
        tx.commit().await
    }

    fn told(&self) -> MutexGuard<'_, Option<Report>> {
        self.told.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        // Nothing panics between two changes that belong together.
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::store::Leader;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(seconds, 0).unwrap()
    }

    fn beat(replicas: &[(i64, i64)], leader: (Option<i64>, i64)) -> Beat {
        Beat {
            replicas: replicas.iter().copied().collect(),
            living: replicas.iter().map(|(replica, _)| *replica).collect(),
            leader: Leader { replica: leader.0, beats: leader.1, groups: "{}".to_owned() },
            resting: BTreeMap::new(),
        }
    }

    #[test]
    fn a_vacant_lead_is_taken_and_a_held_one_is_renewed() {
        let mut seen = Seen::default();
        assert!(seen.decide(1, &beat(&[(1, 1)], (None, 0)), at(0)).takes_lead);
        assert!(seen.decide(1, &beat(&[(1, 2)], (Some(1), 1)), at(1)).takes_lead);
        assert!(!seen.decide(1, &beat(&[(1, 3), (2, 1)], (Some(2), 2)), at(2)).takes_lead);
    }

    #[test]
    fn whoever_stands_still_for_six_seconds_is_gone() {
        let mut seen = Seen::default();
        for second in 0..6 {
            let decision = seen.decide(1, &beat(&[(1, second), (2, 7)], (Some(2), 9)), at(second));
            assert_eq!(decision, Decision { gone: vec![], dead: vec![], takes_lead: false }, "{second}");
        }
        let decision = seen.decide(1, &beat(&[(1, 6), (2, 7)], (Some(2), 9)), at(6));
        assert_eq!(decision, Decision { gone: vec![2], dead: vec![], takes_lead: true });
    }

    #[test]
    fn whoever_shows_no_life_is_gone_at_once() {
        let seen = beat(&[(1, 1), (2, 7)], (Some(2), 9));
        let decision = Seen::default().decide(1, &Beat { living: BTreeSet::from([1]), ..seen }, at(0));
        assert_eq!(decision, Decision { gone: vec![2], dead: vec![2], takes_lead: true });
    }

    #[test]
    fn whoever_moves_is_alive_however_its_clock_goes() {
        let mut seen = Seen::default();
        for second in 0..60 {
            // The own clock is set back in between.
            let now = at(if second < 30 { second } else { second - 25 });
            let decision = seen.decide(1, &beat(&[(1, second), (2, second)], (Some(2), second)), now);
            assert_eq!(decision, Decision { gone: vec![], dead: vec![], takes_lead: false }, "{second}");
        }
    }

    #[test]
    fn a_lead_is_over_for_its_holder_before_anybody_takes_it() {
        assert!(LEADS_FOR < GONE_AFTER);
    }
}
