//! Something that everybody waits for: said once when it begins, rarely while it lasts, once when it is over.

use std::fmt::Display;

use chrono::{DateTime, TimeDelta, Utc};
use tokio::sync::watch;

/// How often a log repeats what is still waited for.
const REMINDER: TimeDelta = TimeDelta::minutes(5);

/// What one part of the bot waits for, if anything; clones share it.
#[derive(Debug, Clone)]
pub struct Outage {
    wording: Wording,
    waiting: watch::Sender<Option<Waiting>>,
}

/// How the log speaks of it.
#[derive(Debug, Clone, Copy)]
enum Wording {
    /// Who waits meanwhile, in the plural: `updates`.
    Waiting(&'static str),
    /// What is so until it is over, as a clause.
    State(&'static str),
}

impl Wording {
    fn begun(self, cause: &str) -> String {
        match self {
            Wording::Waiting(who) => format!("{who} wait, nothing is lost: {cause}"),
            Wording::State(what) => format!("{what}: {cause}"),
        }
    }

    fn lasting(self, seconds: i64, cause: &str) -> String {
        match self {
            Wording::Waiting(who) => format!("{who} have waited for {seconds} s: {cause}"),
            Wording::State(what) => format!("{what}, and that for {seconds} s: {cause}"),
        }
    }

    fn over(self, seconds: i64) -> String {
        match self {
            Wording::Waiting(who) => format!("{who} go on after {seconds} s in which they waited"),
            Wording::State(what) => format!("{what}: that is over, after {seconds} s"),
        }
    }
}

/// What is waited for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    pub since: DateTime<Utc>,
    /// The newest reason.
    pub cause: String,
    said_at: DateTime<Utc>,
}

impl Outage {
    /// Nothing is waited for yet.
    pub fn of(who: &'static str) -> Outage {
        Outage { wording: Wording::Waiting(who), waiting: watch::Sender::default() }
    }

    /// The same for what is better said in a sentence than as somebody who waits.
    pub fn that(what: &'static str) -> Outage {
        Outage { wording: Wording::State(what), waiting: watch::Sender::default() }
    }

    /// Notes that something could not be done for a reason that nobody's data can have.
    pub fn met(&self, cause: &impl Display, now: DateTime<Utc>) {
        let (wording, cause) = (self.wording, cause.to_string());
        self.waiting.send_modify(|state| match state {
            None => {
                tracing::error!("{}", wording.begun(&cause));
                *state = Some(Waiting { since: now, cause, said_at: now });
            }
            Some(waiting) => {
                waiting.cause = cause;
                if now - waiting.said_at >= REMINDER {
                    waiting.said_at = now;
                    let seconds = (now - waiting.since).num_seconds();
                    tracing::error!("{}", wording.lasting(seconds, &waiting.cause));
                }
            }
        });
    }

    /// Notes that it could be done.
    pub fn over(&self, now: DateTime<Utc>) {
        if let Some(waiting) = self.waiting.send_replace(None) {
            let seconds = (now - waiting.since).num_seconds();
            tracing::info!("{}", self.wording.over(seconds));
        }
    }

    /// What is waited for at this moment.
    pub fn waiting(&self) -> Option<Waiting> {
        self.waiting.borrow().clone()
    }

    /// Is ready while something is waited for.
    pub async fn begins(&self) {
        // No error: the sender is here.
        let _ = self.waiting.subscribe().wait_for(Option::is_some).await;
    }
}
