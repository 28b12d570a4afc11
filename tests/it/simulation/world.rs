//! A life: people, staff, processes and trouble, chosen by a seed, step by step on a clock that is moved by hand.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use chrono::{DateTime, TimeDelta, Utc};
use keydesk::clock::Clock;
use keydesk::outbox::Delivered;
use keydesk_emulator::{Emulator, FloodLimits, Group, GroupKind, Person, PrivacyMode, Setup};

use super::commits::Stop;
use super::database::{Ailment, Database, Kind};
use super::eyes::Eyes;
use super::history::{History, Telling};
use super::people::EVERYBODY;
use super::process::{Hand, Health, Job, Outcome, Process, Progress};
use super::trouble::Trouble;
use crate::support::random::Random;
use crate::support::shop::{ADMIN, OLEG, STAFF_CHAT, VERA};

/// How long a life is before peace comes.
const STEPS: u32 = 300;
/// How often all promises are looked at in between.
const LOOKS: u32 = 100;
/// Pieces of work that a process delivers before anything else happens.
const MOST_AT_ONCE: u64 = 6;
/// More pieces of work than any life leaves behind.
const MOST_TO_SETTLE: u32 = 3_000;
/// Presses wait for the bot so long; messages for a day.
const PRESS_KEPT: TimeDelta = TimeDelta::seconds(150);
/// A longer wait goes by in strides, in which the processes take note of each other.
const STRIDE: TimeDelta = TimeDelta::seconds(3);

pub struct World {
    pub emulator: Emulator,
    pub clock: Clock,
    pub database: Database,
    pub processes: Vec<Process>,
    pub random: Random,
    pub history: History,
    pub eyes: Eyes,
    pub trouble: Trouble,
    pub ailment: Option<Ailment>,
    /// Before peace comes.
    pub is_troubled: bool,
    /// What was promised and does not hold.
    pub violations: Vec<String>,
    pub first_update: i64,
    pub last_name: usize,
    pub last_words: u64,
    pub serials: Vec<String>,
    pub steps: u64,
    pub tally: BTreeMap<&'static str, u64>,
    made: BTreeMap<i64, DateTime<Utc>>,
}

/// What came of a life.
pub struct Life {
    pub steps: u64,
    pub violations: Vec<String>,
    pub history: History,
    /// How often what happened.
    pub tally: BTreeMap<&'static str, u64>,
}

/// Lives through a seed.
pub fn live(kind: Kind, seed: u64, telling: Telling) -> Life {
    let mut world = World::new(kind, seed, telling);
    for step in 1..=STEPS {
        world.steps();
        if step % LOOKS == 0 {
            world.looks_at_promises();
        }
        if !world.violations.is_empty() {
            return world.ends();
        }
    }
    world.peace_comes();
    world.comes_to_rest();
    if world.violations.is_empty() {
        world.looks_at_promises();
        world.looks_at_the_end();
    }
    world.ends()
}

impl World {
    fn new(kind: Kind, seed: u64, telling: Telling) -> World {
        let clock = Clock::manual("2015-04-01T09:30:00Z".parse().unwrap());
        let emulator = starts_telegram(&clock);
        let mut random = Random::seeded(seed);
        // The first numbers of neighbouring seeds differ enough, and a seed in four knows no trouble of a kind.
        let trouble =
            Trouble { network: random.percent(75), crashes: random.percent(75), database: random.percent(50) };
        let mut world = World {
            first_update: emulator.last_update_id(),
            emulator,
            clock,
            database: Database::new(kind),
            processes: Vec::new(),
            random,
            history: History::new(telling),
            eyes: Eyes::default(),
            trouble,
            ailment: None,
            is_troubled: true,
            violations: Vec::new(),
            last_name: 0,
            last_words: 0,
            serials: Vec::new(),
            steps: 0,
            tally: BTreeMap::new(),
            made: BTreeMap::new(),
        };
        let processes = if kind == Kind::Postgres { 1 + world.random.below(3) } else { 1 };
        for _ in 0..processes {
            world.starts_a_process();
        }
        world.database.is_watched();
        world.the_shop_opens();
        world
    }

    fn ends(mut self) -> Life {
        for process in self.processes.drain(..) {
            process.dies();
        }
        Life { steps: self.steps, violations: self.violations, history: self.history, tally: self.tally }
    }

    pub fn note(&mut self, what: &str) {
        self.history.note(self.clock.now(), what);
    }

    /// Counts what happened, so that a green run means something.
    pub fn counts(&mut self, what: &'static str) {
        *self.tally.entry(what).or_default() += 1;
    }

    pub fn breaks(&mut self, what: String) {
        self.note(&format!("VIOLATION: {what}"));
        self.violations.push(what);
    }

    /// Somebody does something that Telegram tells the bot of.
    pub fn acts<T>(&mut self, act: impl FnOnce(&Emulator) -> T) {
        let before = self.emulator.last_update_id();
        act(&self.emulator);
        for update in before + 1..=self.emulator.last_update_id() {
            self.eyes.made(update);
            self.made.insert(update, self.clock.now());
        }
    }

    pub fn health(&self) -> Health {
        if self.ailment.is_some() { Health::Ill } else { Health::Sound }
    }

    fn steps(&mut self) {
        self.steps += 1;
        match self.random.below(100) {
            0..38 => self.somebody_acts(),
            38..60 => self.some_process_does(Hand::Intake),
            60..82 => self.some_process_does(Hand::Delivery),
            82..88 => self.time_passes(),
            88..91 => self.something_thaws(),
            91..96 => self.the_database_recovers(),
            _ => self.something_goes_wrong(),
        }
        if self.random.percent(40) {
            let millis = self.random.below(900) as i64;
            self.clock.advance(TimeDelta::milliseconds(millis));
        }
        self.settle_eyes();
    }

    /// People have seen whatever came, and know what Telegram has handed over.
    pub fn settle_eyes(&mut self) {
        let before = self.eyes.look(&self.emulator);
        for sight in &self.eyes.sights[before..] {
            let first: Vec<&str> = sight.text.lines().take(2).collect();
            self.history.note(self.clock.now(), &format!("    {} reads: {}", sight.chat, first.join(" / ")));
        }
        if self.emulator.pending_updates() == 0 {
            // A press that nobody fetched in time is Telegram's loss.
            let (now, made) = (self.clock.now(), &self.made);
            self.eyes.all_confirmed(|update| made.get(&update).is_some_and(|at| now - *at < PRESS_KEPT));
        }
    }

    fn time_passes(&mut self) {
        let seconds = match self.random.below(10) {
            0..6 => 1 + self.random.below(5),
            6..9 => 5 + self.random.below(25),
            _ => 60 + self.random.below(60),
        };
        self.passes(TimeDelta::seconds(seconds as i64));
        self.note(&format!("{seconds} s pass"));
    }

    pub fn passes(&mut self, time: TimeDelta) {
        let mut left = time;
        while left > TimeDelta::zero() {
            let stride = if self.processes.len() > 1 { left.min(STRIDE) } else { left };
            self.clock.advance(stride);
            left -= stride;
            for process in self.processes.iter_mut().filter(|process| !process.frozen) {
                process.beats();
            }
        }
    }

    fn some_process_does(&mut self, hand: Hand) {
        let mut which = self.random.below(self.processes.len() as u64) as usize;
        if hand == Hand::Intake {
            which = self.processes.iter().position(Process::has_updates).unwrap_or(which);
        }
        let process = &mut self.processes[which];
        if process.frozen || self.clock.now() < process.serves_from {
            return;
        }
        process.beats();
        let other_is_free = hand == Hand::Delivery && !process.is_free(hand) && process.is_free(Hand::OtherDelivery);
        let hand = if other_is_free { Hand::OtherDelivery } else { hand };
        if !process.is_free(hand) {
            return;
        }
        let job = match hand {
            Hand::Intake if process.has_updates() => Job::Poll,
            Hand::Intake if self.emulator.pending_updates() > 0 && self.random.percent(50) => {
                return process.confirms();
            }
            Hand::Intake if self.random.percent(10) => Job::Look,
            Hand::Intake => Job::Retry,
            Hand::Delivery | Hand::OtherDelivery => return self.delivers_some(which, hand),
        };
        self.does(which, hand, job);
    }

    fn delivers_some(&mut self, which: usize, hand: Hand) {
        for _ in 0..=self.random.below(MOST_AT_ONCE) {
            let Progress::Ended(Outcome::Delivered(Delivered::Delivered)) = self.does(which, hand, Job::Deliver) else {
                return;
            };
        }
    }

    fn does(&mut self, which: usize, hand: Hand, job: Job) -> Progress {
        let health = self.health();
        let stop = self.is_troubled && self.trouble.crashes && self.random.percent(4);
        let stop = stop.then(|| Stop::after(&self.database.commits, 1 + self.random.below(3)));
        let progress = self.processes[which].does(hand, job, health, stop);
        self.reports(which, hand, &progress);
        self.may_end(which, &progress);
        progress
    }

    pub fn reports(&mut self, which: usize, hand: Hand, progress: &Progress) {
        let name = self.processes[which].name;
        match progress {
            Progress::Hangs(_) => self.counts("hangs"),
            Progress::Stopped => self.counts("stops behind commits"),
            Progress::Waits => self.counts("outages"),
            Progress::Ended(Outcome::Failed(_)) => self.counts("failed jobs"),
            Progress::Ended(_) => {}
        }
        match progress {
            Progress::Ended(
                Outcome::Done | Outcome::Took(0) | Outcome::Delivered(Delivered::Idle | Delivered::Delivered),
            ) => {}
            Progress::Ended(outcome) => self.note(&format!("process {name}: {outcome:?}")),
            Progress::Hangs(call) => self.note(&format!("process {name}: its {hand:?} hangs in call {call}")),
            Progress::Stopped => self.note(&format!("process {name}: its {hand:?} stops behind a commit")),
            Progress::Waits => self.note(&format!("process {name}: all updates wait")),
        }
    }

    /// One process does all that is left to do, and time passes as that needs.
    fn comes_to_rest(&mut self) {
        while self.processes.len() > 1 {
            let process = self.processes.remove(0);
            process.dies();
        }
        for _ in 0..MOST_TO_SETTLE {
            self.steps += 1;
            self.settle_eyes();
            let now = self.clock.now();
            let process = &mut self.processes[0];
            process.beats();
            if now < process.serves_from {
                let wait = process.serves_from - now;
                self.passes(wait);
            } else if process.has_updates() {
                self.does(0, Hand::Intake, Job::Poll);
            } else if self.emulator.pending_updates() > 0 {
                process.confirms();
                if self.emulator.pending_updates() > 0 {
                    // It does not lead yet.
                    self.passes(TimeDelta::seconds(1));
                }
            } else if self.is_at_rest() {
                return;
            }
        }
        self.breaks("the bot does not come to rest".to_owned());
    }

    /// Delivers one thing, or lets time pass until something is due; true when nothing ever will be.
    fn is_at_rest(&mut self) -> bool {
        let now = self.clock.now();
        let until = match self.does(0, Hand::Delivery, Job::Deliver) {
            Progress::Ended(Outcome::Delivered(Delivered::Deferred(until))) => until,
            Progress::Ended(Outcome::Delivered(Delivered::Idle)) => {
                if self.does(0, Hand::Intake, Job::Retry) != Progress::Ended(Outcome::Took(0)) {
                    return false;
                }
                let Some(due) = self.database.next_due() else { return true };
                // Whoever is not heard of by the others yet is let deliver in a second.
                due.max(now + TimeDelta::seconds(1))
            }
            _ => return false,
        };
        self.passes((until - now).max(TimeDelta::zero()));
        false
    }
}

fn starts_telegram(clock: &Clock) -> Emulator {
    let emulated = clock.clone();
    let now = Arc::new(move || SystemTime::from(emulated.now()));
    let setup = Setup {
        limits: Some(FloodLimits::default()),
        now,
        webhook_retry: Duration::from_millis(1),
        ..Setup::loopback()
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let emulator = runtime.block_on(Emulator::start(setup)).unwrap();
    let names = ["Анна", "Борис", "Виктор", "Вера", "Олег", "Зоя"];
    for (id, name) in EVERYBODY.into_iter().zip(names) {
        let language_code = Some("ru".to_owned());
        emulator.add_person(Person { id, first_name: name.to_owned(), language_code, ..Person::default() });
    }
    let group = Group {
        id: STAFF_CHAT,
        title: "Сотрудники".to_owned(),
        kind: GroupKind::Supergroup,
        privacy: PrivacyMode::SeesAll,
    };
    emulator.add_group(group, &[VERA, OLEG, ADMIN]);
    emulator
}
