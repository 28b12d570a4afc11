//! Redraws on their way. One is leased in the very transaction that makes it due, and waits in memory for whoever draws it;
//! what became of it is recorded together with the next updates. What memory loses, the database still has: a lease ends.

use std::collections::{HashMap, HashSet, VecDeque};
use std::mem;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use tokio::sync::Notify;

use super::screenful::Screenful;
use super::taps::Taps;
use crate::domain::{ChatId, Lane, MessageId, OrderNumber, SeenOpenness};
use crate::store::{Attempt, DialogueKey, LiveScreen, MessageKind, Reachability, Redraw};

/// How long a redraw is leased: what a person waits at most when a replica dies with it in hand.
pub const REDRAW_LEASE: TimeDelta = TimeDelta::seconds(15);
/// How much of its lease drawing may take; what waited longer for its turn is left to the database.
const DRAWING: TimeDelta = TimeDelta::seconds(10);

/// The redraws of this process.
#[derive(Debug, Default)]
pub struct Redraws {
    state: Mutex<State>,
    handed: Notify,
    ended: Notify,
    overtaken: Notify,
    retired: Notify,
}

#[derive(Debug, Default)]
struct State {
    turns: VecDeque<DialogueKey>,
    waiting: HashMap<DialogueKey, Leased>,
    /// From the start of drawing until what became of it is recorded.
    drawing: HashSet<DialogueKey>,
    /// Of these, those that are to be drawn once more: that waits until it is recorded which message shows them.
    overtaken: HashSet<DialogueKey>,
    ended: Vec<Ended>,
    retired: VecDeque<Retired>,
    taps: Taps,
}

/// A screen whose place another has taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Retired {
    /// It goes.
    Gone(ChatId, MessageId),
    /// Somebody replied to it, so it stays, without its buttons.
    Answered(ChatId, MessageId),
}

/// A redraw that was leased, and what it is to show where that was drawn while its lease was committed.
#[derive(Debug)]
pub(super) struct Leased {
    pub(super) redraw: Redraw,
    pub(super) drawn: Option<Screenful>,
}

/// A redraw that somebody is at. Dropped without an end, it is left to the end of its lease.
#[derive(Debug)]
pub struct Drawing {
    redraw: Option<Redraw>,
    drawn: Option<Screenful>,
    key: DialogueKey,
    redraws: Arc<Redraws>,
}

/// What became of a redraw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ended {
    pub(super) redraw: Redraw,
    pub(super) end: RedrawEnd,
    pub(super) at: DateTime<Utc>,
    /// Whether its dialogue waits for it to be recorded.
    pub(super) is_overtaken: bool,
}

/// How a redraw ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RedrawEnd {
    /// This message shows it; it is about this order, and this to whoever answers it.
    Shown { live: LiveScreen, about: Option<(OrderNumber, MessageKind)>, openness: Option<SeenOpenness> },
    /// It is tried again at this instant.
    PutOff(DateTime<Utc>, Attempt),
    /// It goes unseen; the next change is drawn again.
    GivenUp,
    /// The same, since its person cannot be reached.
    Unreachable(Reachability),
    /// Its message is gone, and nothing comes in its place.
    LetGo,
    /// Its message is gone, and a new one is sent.
    Gone,
}

/// What is being recorded; unless that is committed, it is kept for the next time.
pub(super) struct Recording<'a> {
    redraws: &'a Redraws,
    pub(super) ended: Vec<Ended>,
}

impl Redraws {
    /// The next redraw that was leased in time.
    pub fn next(self: &Arc<Redraws>, now: DateTime<Utc>) -> Option<Drawing> {
        let mut state = self.state();
        while let Some(key) = state.turns.pop_front() {
            match state.waiting.remove(&key) {
                Some(leased) if leased.redraw.leased_until >= now + DRAWING => {
                    return Some(self.draw(&mut state, leased));
                }
                _ => {}
            }
        }
        None
    }

    /// A redraw that was claimed from the database.
    pub fn claimed(self: &Arc<Redraws>, redraw: Redraw) -> Drawing {
        self.draw(&mut self.state(), redraw.into())
    }

    /// Is ready when a redraw was handed over since the last time.
    pub async fn handed(&self) {
        self.handed.notified().await;
    }

    /// Is ready when a redraw ended since the last time.
    pub async fn ended(&self) {
        self.ended.notified().await;
    }

    /// Is ready when a dialogue waits, since the last time, for what became of its redraw to be recorded.
    pub async fn overtaken(&self) {
        self.overtaken.notified().await;
    }

    /// Is ready when a screen was retired since the last time.
    pub async fn retired(&self) {
        self.retired.notified().await;
    }

    /// A screen that was retired.
    pub fn next_retired(&self) -> Option<Retired> {
        self.state().retired.pop_front()
    }

    fn draw(self: &Arc<Redraws>, state: &mut State, Leased { redraw, drawn }: Leased) -> Drawing {
        let key = redraw.key;
        state.drawing.insert(key);
        Drawing { redraw: Some(redraw), drawn, key, redraws: Arc::clone(self) }
    }

    /// Whether there is anything to record.
    pub fn has_ended(&self) -> bool {
        !self.state().ended.is_empty()
    }

    /// Takes those ends that are to be recorded.
    pub(super) fn record(&self, which: impl Fn(&Ended) -> bool) -> Recording<'_> {
        let ended = self.state().ended.extract_if(.., |ended| which(ended)).collect();
        Recording { redraws: self, ended }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Nothing panics between two changes that belong together.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// Nobody draws it any more, and it is known what became of that.
    fn drawn(&mut self, key: &DialogueKey) {
        self.drawing.remove(key);
        self.overtaken.remove(key);
    }

    /// It is to be drawn once more when what is being drawn is recorded; gives whether that is all that it waits for.
    fn overtake(&mut self, key: DialogueKey) -> bool {
        self.overtaken.insert(key);
        let ended = self.ended.iter_mut().find(|ended| ended.redraw.key == key);
        ended.map(|ended| ended.is_overtaken = true).is_some()
    }
}

impl From<Redraw> for Leased {
    fn from(redraw: Redraw) -> Leased {
        Leased { redraw, drawn: None }
    }
}

impl Drawing {
    pub fn key(&self) -> DialogueKey {
        self.key
    }

    pub fn redraw(&self) -> Option<&Redraw> {
        self.redraw.as_ref()
    }

    /// What it is to show, if that was drawn before.
    pub fn take_drawn(&mut self) -> Option<Screenful> {
        self.drawn.take()
    }

    /// Notes what became of it by now, to be recorded. Gives since when people wait who see by it what came of what they did.
    pub fn end(mut self, end: RedrawEnd, now: DateTime<Utc>) -> Vec<DateTime<Utc>> {
        let Some(redraw) = self.redraw.take() else { return Vec::new() };
        let mut state = self.redraws.state();
        let answered = match end {
            RedrawEnd::Shown { .. } => state.taps.take(self.key, redraw.version),
            RedrawEnd::PutOff(..) | RedrawEnd::Gone => Vec::new(),
            RedrawEnd::GivenUp | RedrawEnd::Unreachable(_) | RedrawEnd::LetGo => {
                drop(state.taps.take(self.key, redraw.version));
                Vec::new()
            }
        };
        let is_overtaken = state.overtaken.contains(&self.key);
        state.ended.push(Ended { redraw, end, at: now, is_overtaken });
        drop(state);
        self.redraws.ended.notify_one();
        if is_overtaken {
            self.redraws.overtaken.notify_one();
        }
        answered
    }
}

impl Drop for Drawing {
    fn drop(&mut self) {
        if self.redraw.is_some() {
            self.redraws.state().drawn(&self.key);
        }
    }
}

impl Recording<'_> {
    /// It is committed, and these were leased with it, for people who wait since then.
    pub(super) fn committed(mut self, leased: Vec<Leased>, retired: Vec<Retired>, since: Option<DateTime<Utc>>) {
        let mut state = self.redraws.state();
        for ended in mem::take(&mut self.ended) {
            state.drawn(&ended.redraw.key);
        }
        let (is_handed, is_retired, mut is_overtaken) = (!leased.is_empty(), !retired.is_empty(), false);
        for one in leased {
            let redraw = &one.redraw;
            let key = redraw.key;
            if let Some(since) = since.filter(|_| redraw.lane == Lane::Tap) {
                state.taps.note(key, redraw.version, since);
            }
            let is_old = state.waiting.get(&key).is_some_and(|waits| waits.redraw.version > redraw.version);
            if state.drawing.contains(&key) {
                // It is leased again when what is being drawn is recorded, and then it is known which message shows it.
                is_overtaken |= state.overtake(key);
            } else if !is_old && state.waiting.insert(key, one).is_none() {
                state.turns.push_back(key);
            }
        }
        state.retired.extend(retired);
        drop(state);
        if is_handed {
            self.redraws.handed.notify_one();
        }
        if is_overtaken {
            self.redraws.overtaken.notify_one();
        }
        if is_retired {
            self.redraws.retired.notify_one();
        }
    }
}

impl Drop for Recording<'_> {
    fn drop(&mut self) {
        if !self.ended.is_empty() {
            let mut state = self.redraws.state();
            let later = mem::take(&mut state.ended);
            state.ended = mem::take(&mut self.ended);
            state.ended.extend(later);
            drop(state);
            // Whoever was told of them meanwhile found nothing.
            self.redraws.ended.notify_one();
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use futures_util::FutureExt;

    use super::*;
    use crate::chat::view::Screen;
    use crate::domain::PersonId;
    use crate::store::{Lasting, Seat};

    pub fn redraw(version: i64) -> Redraw {
        let key = DialogueKey::private(PersonId(101), Seat::Customer);
        let (state, lane, known) = ("{}".to_owned(), Lane::Tap, Default::default());
        Redraw {
            key,
            version,
            state,
            screen: None,
            fresh_from: 1,
            retiring: None,
            lane,
            topic: None,
            attempts: 0,
            leased_until: DateTime::<Utc>::MAX_UTC,
            known,
        }
    }

    #[test]
    fn what_was_not_recorded_asks_to_be_recorded_again() {
        let redraws = Arc::new(Redraws::default());
        redraws.claimed(redraw(1)).end(RedrawEnd::GivenUp, DateTime::UNIX_EPOCH);
        assert_eq!(redraws.ended().now_or_never(), Some(()));
        drop(redraws.record(|_| true));
        assert_eq!(redraws.ended().now_or_never(), Some(()));
        assert_eq!(redraws.record(|_| true).ended.len(), 1);
    }

    #[test]
    fn what_is_not_to_be_recorded_yet_stays() {
        let redraws = Arc::new(Redraws::default());
        redraws.claimed(redraw(1)).end(RedrawEnd::GivenUp, DateTime::UNIX_EPOCH);
        let of = |person| redraws.record(move |ended| ended.redraw.key.person == PersonId(person)).ended.len();
        assert_eq!((of(102), of(101)), (0, 1));
    }

    #[test]
    fn what_is_to_be_drawn_once_more_asks_to_be_recorded_soon() {
        let redraws = Arc::new(Redraws::default());
        let commits = |version| redraws.record(|_| false).committed(vec![redraw(version).into()], Vec::new(), None);
        let is_overtaken = || redraws.record(|ended| ended.is_overtaken).ended.len() == 1;
        let drawing = redraws.claimed(redraw(1));
        commits(2);
        assert_eq!(redraws.overtaken().now_or_never(), None, "nothing can be recorded yet");
        drawing.end(RedrawEnd::GivenUp, DateTime::UNIX_EPOCH);
        assert_eq!(redraws.overtaken().now_or_never(), Some(()));
        assert!(is_overtaken());

        let redraws = Arc::new(Redraws::default());
        redraws.claimed(redraw(1)).end(RedrawEnd::GivenUp, DateTime::UNIX_EPOCH);
        redraws.record(|_| false).committed(vec![redraw(2).into()], Vec::new(), None);
        assert_eq!(redraws.overtaken().now_or_never(), Some(()), "its drawing ended before");
        redraws.record(|ended| ended.is_overtaken).committed(Vec::new(), Vec::new(), None);
        redraws.claimed(redraw(2)).end(RedrawEnd::GivenUp, DateTime::UNIX_EPOCH);
        assert_eq!(redraws.overtaken().now_or_never(), None, "nothing is behind it");
    }

    #[test]
    fn an_older_redraw_does_not_take_the_place_of_a_newer_one() {
        let redraws = Arc::new(Redraws::default());
        for version in [3, 2] {
            redraws.record(|_| true).committed(vec![redraw(version).into()], Vec::new(), None);
        }
        let drawn = redraws.next(DateTime::<Utc>::MIN_UTC).unwrap();
        assert_eq!(drawn.redraw().unwrap().version, 3);
        assert!(redraws.next(DateTime::<Utc>::MIN_UTC).is_none());
    }

    #[test]
    fn what_was_drawn_ahead_goes_with_its_redraw_and_not_with_a_newer_one() {
        let screenful =
            |text: &str| Screenful { screen: Screen::sentence(text), lasting: Lasting::Transient, about: None };
        let redraws = Arc::new(Redraws::default());
        for (version, drawn) in [(1, Some(screenful("one"))), (2, Some(screenful("two"))), (3, None)] {
            redraws.record(|_| true).committed(vec![Leased { redraw: redraw(version), drawn }], Vec::new(), None);
            if version == 2 {
                let drawn = redraws.next(DateTime::<Utc>::MIN_UTC).unwrap().take_drawn();
                assert_eq!(drawn, Some(screenful("two")));
            }
        }
        assert_eq!(redraws.next(DateTime::<Utc>::MIN_UTC).unwrap().take_drawn(), None);
    }

    #[test]
    fn whoever_waits_is_answered_by_the_screen_of_what_they_did() {
        let redraws = Arc::new(Redraws::default());
        let at = |second: i64| DateTime::from_timestamp(second, 0).unwrap();
        let commits = |version, second| {
            redraws.record(|_| true).committed(vec![redraw(version).into()], Vec::new(), Some(at(second)));
            redraws.next(DateTime::<Utc>::MIN_UTC)
        };
        let live = LiveScreen { message: MessageId(5), since: 1, lasting: Lasting::Transient };
        let shown = || RedrawEnd::Shown { live, about: None, openness: None };
        let put_off = RedrawEnd::PutOff(at(9), Attempt::Failed);
        assert!(commits(1, 1).unwrap().end(put_off, at(9)).is_empty());
        assert_eq!(commits(2, 2).unwrap().end(shown(), at(9)), [at(1), at(2)]);
        assert!(redraws.claimed(redraw(3)).end(shown(), at(9)).is_empty(), "it follows what somebody else did");
    }
}
