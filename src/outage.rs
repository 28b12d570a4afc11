//! Something that everybody waits for: said once when it begins, rarely while it lasts, once when it is over.

use std::fmt::Display;

use chrono::{DateTime, TimeDelta, Utc};
use tokio::sync::watch;

/// How often a log repeats what is still waited for.
const REMINDER: TimeDelta = TimeDelta::minutes(5);

/// What one part of the bot waits for, if anything; clones share it.
#[derive(Debug, Clone)]
pub struct Outage {
    /// What waits, as the log calls it.
    who: &'static str,
    waiting: watch::Sender<Option<Waiting>>,
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
        Outage { who, waiting: watch::Sender::default() }
    }

    /// Notes that something could not be done for a reason that nobody's data can have.
    pub fn met(&self, cause: &impl Display, now: DateTime<Utc>) {
        let (who, cause) = (self.who, cause.to_string());
        self.waiting.send_modify(|state| match state {
            None => {
                tracing::error!("{who} wait, nothing is lost: {cause}");
                *state = Some(Waiting { since: now, cause, said_at: now });
            }
            Some(waiting) => {
                waiting.cause = cause;
                if now - waiting.said_at >= REMINDER {
                    waiting.said_at = now;
                    tracing::error!("{who} wait since {} s: {}", (now - waiting.since).num_seconds(), waiting.cause);
                }
            }
        });
    }

    /// Notes that it could be done.
    pub fn over(&self, now: DateTime<Utc>) {
        if let Some(waiting) = self.waiting.send_replace(None) {
            let seconds = (now - waiting.since).num_seconds();
            tracing::info!("{} go on after {seconds} s in which they waited", self.who);
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
