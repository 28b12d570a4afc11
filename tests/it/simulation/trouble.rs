//! What goes wrong: calls that fail, hang or are answered twice, processes that die or freeze, a database that is ill.

use chrono::TimeDelta;
use keydesk_emulator::{Fault, FaultKind, HangEnd};

use super::database::{Ailment, Kind};
use super::process::{Hand, Process, Progress};
use super::world::World;

/// Longer than any wait that the emulated limits ask for, so that a 429 which was made is told from one that was provoked.
pub const MADE_FLOOD: u64 = 61;
/// Calls that are made one after the other, so that which of them meets a fault does not depend on chance.
const METHODS: [&str; 7] =
    ["sendMessage", "sendMessage", "editMessageText", "editMessageText", "sendDocument", "getUpdates", "getFile"];

/// How a life is troubled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Trouble {
    /// Calls that meet a fault.
    pub network: bool,
    /// Processes that die and freeze.
    pub crashes: bool,
    /// A database that is ill.
    pub database: bool,
}

impl World {
    pub fn something_goes_wrong(&mut self) {
        let trouble = self.trouble;
        match self.random.below(100) {
            0..25 => self.an_update_comes_again(),
            25..65 if trouble.network => self.calls_fail(),
            65..80 if trouble.crashes => self.a_call_hangs(),
            80..90 if trouble.crashes => {
                let which = self.random.below(self.processes.len() as u64) as usize;
                self.dies(which);
            }
            90..100 if trouble.database => self.the_database_suffers(),
            _ => self.an_update_comes_again(),
        }
    }

    fn an_update_comes_again(&mut self) {
        let last = self.emulator.last_update_id();
        let made = u64::try_from(last - self.first_update).unwrap_or(0);
        if made == 0 {
            return;
        }
        // Mostly a recent one.
        let back = if self.random.percent(70) { self.random.below(made.min(6)) } else { self.random.below(made) };
        let update = last - back as i64;
        if self.emulator.redeliver(update) {
            self.counts("updates again");
            self.note(&format!("update {} comes again", update - self.first_update));
        }
    }

    fn calls_fail(&mut self) {
        let method = self.random.pick(&METHODS);
        let kinds = [
            FaultKind::TooManyRequests { retry_after: MADE_FLOOD },
            FaultKind::ServerError(500),
            FaultKind::ServerError(502),
            FaultKind::DropBefore,
            FaultKind::DropAfter,
            FaultKind::DropAfter,
        ];
        let (kind, times) = (self.random.pick(&kinds), self.random.pick(&[1, 1, 2, 3]));
        self.counts("faults of calls");
        self.note(&format!("the next {times} {method} meet {kind:?}"));
        self.emulator.inject(Fault { method: Some(method.to_owned()), chat: None, times, kind });
    }

    fn a_call_hangs(&mut self) {
        let method = self.random.pick(&METHODS);
        // A poll that goes on later, when nothing is left to come, would wait by the real clock.
        let kinds = [FaultKind::HangAfter, FaultKind::HangBefore];
        let kind = if method == "getUpdates" { FaultKind::HangAfter } else { self.random.pick(&kinds) };
        self.note(&format!("the next {method} meets {kind:?}"));
        self.emulator.inject(Fault { method: Some(method.to_owned()), chat: None, times: 1, kind });
    }

    /// A process that was stopped somewhere dies there or stands still; one whose call hangs may go on with what else it has
    /// to do.
    pub fn may_end(&mut self, which: usize, progress: &Progress) {
        let may_freeze = self.processes.len() > 1;
        match progress {
            Progress::Stopped if may_freeze && self.random.percent(50) => self.freezes(which),
            Progress::Stopped => self.dies(which),
            Progress::Hangs(_) => self.meets_a_hang(which),
            Progress::Ended(_) | Progress::Waits => {}
        }
    }

    fn freezes(&mut self, which: usize) {
        self.counts("freezes");
        self.note(&format!("process {} freezes", self.processes[which].name));
        self.processes[which].frozen = true;
    }

    fn meets_a_hang(&mut self, which: usize) {
        match self.random.below(10) {
            0..5 => self.dies(which),
            5..8 if self.processes.len() > 1 => self.freezes(which),
            _ => {}
        }
    }

    /// The process ends wherever it is, and another one begins on the same data.
    pub fn dies(&mut self, which: usize) {
        let process = self.processes.remove(which);
        self.counts("deaths");
        self.note(&format!("process {} dies", process.name));
        let hanging = process.hanging();
        // Before anything else needs the database: its hands keep the connections and the locks that they have.
        process.dies();
        for (_, call) in hanging {
            self.emulator.let_go(call, HangEnd::Cut);
        }
        // One that is ill lets nobody begin.
        self.the_database_recovers();
        self.settle_eyes();
        self.starts_a_process();
    }

    pub fn starts_a_process(&mut self) {
        self.last_name += 1;
        let name = self.last_name;
        self.note(&format!("process {name} starts"));
        self.processes.push(Process::starts(name, &self.emulator, &self.database.address, &self.clock));
    }

    fn the_database_suffers(&mut self) {
        if self.ailment.is_some() {
            return;
        }
        if self.database.kind == Kind::Postgres && self.random.percent(50) {
            self.counts("connections ended");
            self.note("the server ends all connections");
            return self.database.ends_connections();
        }
        let ailment = self.random.pick(&[Ailment::CommitsFail, Ailment::OutboxLocked, Ailment::TableAway]);
        self.note(&format!("the database falls ill: {ailment:?}"));
        self.database.falls_ill(ailment);
        self.ailment = Some(ailment);
    }

    pub fn the_database_recovers(&mut self) {
        let Some(ailment) = self.ailment.take() else { return };
        self.note(&format!("the database recovers from {ailment:?}"));
        self.database.recovers(ailment);
        for which in 0..self.processes.len() {
            let process = &self.processes[which];
            if !process.frozen
                && !process.is_free(Hand::Intake)
                && process.hanging().iter().all(|(hand, _)| *hand != Hand::Intake)
            {
                self.goes_on(which, Hand::Intake);
            }
        }
    }

    /// What hangs is answered, and what stands still goes on.
    pub fn something_thaws(&mut self) {
        let busy: Vec<(usize, Hand)> = (self.processes.iter().enumerate())
            .flat_map(|(which, process)| process.busy().into_iter().map(move |hand| (which, hand)))
            .collect();
        if busy.is_empty() {
            return;
        }
        let (which, hand) = self.random.pick(&busy);
        if self.processes[which].frozen && self.random.percent(50) {
            // Long enough for whatever it has leased to be somebody else's.
            let seconds = 61 + self.random.below(60) as i64;
            self.passes(TimeDelta::seconds(seconds));
        }
        let process = &mut self.processes[which];
        // Whoever was frozen finds the updates in its hand that others have had meanwhile.
        let is_old_news = process.frozen && hand == Hand::Intake;
        let end = if process.waits_in_vain(hand) && !is_old_news { HangEnd::Cut } else { HangEnd::Answered };
        process.frozen = false;
        let may_not_send = hand != Hand::Intake && process.is_past_its_lease(hand);
        let (name, hanging) = (process.name, process.hanging());
        self.note(&format!("the {hand:?} of process {name} goes on"));
        for (_, call) in hanging.into_iter().filter(|(hanging, _)| *hanging == hand) {
            self.emulator.let_go(call, end);
        }
        self.settle_eyes();
        let seen = self.eyes.sights.len();
        self.goes_on(which, hand);
        if may_not_send {
            self.counts("thaws past a lease");
            self.settle_eyes();
            if self.eyes.sights.len() > seen {
                self.breaks(format!("process {name} sent what was not its own any more"));
            }
        }
    }

    /// All trouble ceases.
    pub fn peace_comes(&mut self) {
        self.note("peace comes");
        self.is_troubled = false;
        self.emulator.clear_faults();
        self.the_database_recovers();
        while self.processes.iter().any(|process| !process.busy().is_empty()) {
            self.something_thaws();
        }
    }

    fn goes_on(&mut self, which: usize, hand: Hand) {
        let health = self.health();
        let progress = self.processes[which].goes_on(hand, health, None);
        self.reports(which, hand, &progress);
        self.may_end(which, &progress);
    }
}
