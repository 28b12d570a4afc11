//! Somebody who sees all chats and all calls while a test runs, notes what stood where, and does to the network what networks do.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::{Duration, SystemTime};

use keydesk_emulator::{Call, Emulator, Fault, FaultKind, MessageId, Sender, World};
use tokio::task::JoinHandle;

use super::crowd::shown;
use crate::support::random::Random;

/// What the witness does to calls and updates, each in a hundred of them.
#[derive(Debug, Clone, Copy, Default)]
pub struct Trouble {
    /// Calls that meet a fault.
    pub calls: u64,
    /// But for those before this one.
    pub from_call: u64,
    /// Updates that come twice: those that wait come before their turn, those that are over come once more.
    pub updates: u64,
}

/// What somebody saw: a message as it stood when it was new.
#[derive(Debug, Clone)]
pub struct Sight {
    pub chat: i64,
    pub text: String,
}

/// All that was seen, in order.
#[derive(Default)]
pub struct History {
    pub sights: Vec<Sight>,
    /// From each kill to the first screen after it.
    pub recoveries: Vec<Duration>,
    pub faults: usize,
    pub repeated: usize,
    trouble: Trouble,
    down_since: Option<SystemTime>,
    newest: BTreeMap<i64, MessageId>,
    calls: u64,
    updates: i64,
}

pub struct Witness {
    emulator: Emulator,
    history: Arc<Mutex<History>>,
    watching: JoinHandle<()>,
}

impl Witness {
    /// Watches these chats from now on.
    pub fn of(emulator: &Emulator, chats: Vec<i64>, mut random: Random) -> Witness {
        let begun = History { updates: emulator.last_update_id(), ..History::default() };
        let (seen, history) = (emulator.clone(), Arc::new(Mutex::new(begun)));
        let written = Arc::clone(&history);
        let watching = tokio::spawn(async move {
            let mut changes = seen.subscribe();
            loop {
                let met = seen.look(|world| written.lock().unwrap().note(world, &chats, &mut random));
                met.carry_out(&seen);
                if changes.changed().await.is_err() {
                    return;
                }
            }
        });
        Witness { emulator: emulator.clone(), history, watching }
    }

    fn history(&self) -> MutexGuard<'_, History> {
        self.history.lock().unwrap()
    }

    /// From now on so many calls and updates are in trouble. What was to befall calls that the bot did not live to make would
    /// otherwise befall all the first calls of its next start.
    pub fn meddles(&self, trouble: Trouble) {
        self.history().trouble = trouble;
        self.emulator.clear_faults();
    }

    /// The bot is killed at this moment.
    pub fn sees_a_kill(&self) {
        self.history().down_since.get_or_insert_with(SystemTime::now);
    }

    /// Leaves everything alone, and gives what was seen.
    pub fn ends(self) -> History {
        self.watching.abort();
        self.emulator.clear_faults();
        std::mem::take(&mut *self.history())
    }
}

/// What is to be done to the network next.
#[derive(Default)]
struct Meddling {
    faults: Vec<FaultKind>,
    updates: Vec<i64>,
}

impl Meddling {
    fn carry_out(self, emulator: &Emulator) {
        for kind in self.faults {
            emulator.inject(Fault { method: None, chat: None, times: 1, kind });
        }
        for update in self.updates {
            emulator.redeliver(update);
        }
    }
}

impl History {
    fn note(&mut self, world: &World, chats: &[i64], random: &mut Random) -> Meddling {
        for chat in chats {
            let newest = self.newest.get(chat).copied();
            let new = world.messages(*chat).rev().take_while(|message| newest.is_none_or(|newest| message.id > newest));
            let new: Vec<_> = new.map(|message| (message.id, message.from == Sender::Bot, shown(message))).collect();
            for (id, is_bots, text) in new.into_iter().rev() {
                self.newest.insert(*chat, id);
                if is_bots {
                    self.sights.push(Sight { chat: *chat, text });
                }
            }
        }
        let mut meddling = Meddling::default();
        let unseen = usize::try_from(world.calls_made() - self.calls).unwrap();
        self.calls = world.calls_made();
        for call in world.calls().rev().take(unseen) {
            self.recovers_by(call);
            if self.calls >= self.trouble.from_call && random.percent(self.trouble.calls) {
                meddling.faults.push(fault(random));
            }
        }
        for _ in self.updates..world.last_update_id() {
            if random.percent(self.trouble.updates) {
                // The newest one mostly waits, and then overtakes all others.
                let before = random.pick(&[0, 0, 1, 7, 40]);
                meddling.updates.push(world.last_update_id() - before);
            }
        }
        self.updates = world.last_update_id();
        self.faults += meddling.faults.len();
        self.repeated += meddling.updates.len();
        meddling
    }

    /// A screen is what somebody sees who pressed a button.
    fn recovers_by(&mut self, call: &Call) {
        let is_screen =
            call.method.eq_ignore_ascii_case("sendMessage") || call.method.eq_ignore_ascii_case("editMessageText");
        let is_seen = is_screen && call.status_code == 200 && call.chat_id.is_some_and(|chat| chat > 0);
        if let Some(since) = self.down_since.filter(|since| is_seen && call.at > *since) {
            self.recoveries.push(call.at.duration_since(since).unwrap_or_default());
            self.down_since = None;
        }
    }

    /// The middle and the longest of the recoveries.
    pub fn recovery(&self) -> (Duration, Duration) {
        let mut sorted = self.recoveries.clone();
        sorted.sort_unstable();
        let at = |index: usize| sorted.get(index).copied().unwrap_or_default();
        (at(sorted.len() / 2), at(sorted.len().saturating_sub(1)))
    }
}

fn fault(random: &mut Random) -> FaultKind {
    let hangs = Duration::from_millis(50 + random.below(1_000));
    random.pick(&[
        FaultKind::TooManyRequests { retry_after: 1 },
        FaultKind::ServerError(500),
        // As a page of HTML.
        FaultKind::ServerError(502),
        FaultKind::DropBefore,
        FaultKind::DropAfter,
        FaultKind::Delay(hangs),
    ])
}
