//! Whether the bot serves people at this moment, and what keeps it from that.

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::vitals::{Feed, Stage, Vitals};
use crate::store::{Survey, Wait};

/// For so long updates may not come without anybody being told: Telegram restarts, networks blink.
const FORBEARANCE: TimeDelta = TimeDelta::seconds(30);

/// What `/readyz` says; it holds no ids, no names and nobody's words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Readiness {
    pub ready: bool,
    /// What is wrong, each a sentence.
    pub faults: Vec<String>,
    /// What somebody should see to although people are served, each a sentence.
    #[serde(default)]
    pub warnings: Vec<String>,
    pub database_writable: bool,
    /// Since the last poll that was answered or the last update that was posted, in seconds.
    pub updates_heard_seconds_ago: Option<i64>,
    /// How long the oldest message waits that is to be sent; parked ones aside.
    pub oldest_message_seconds: Option<i64>,
    pub dead_letters: Option<u64>,
    pub waiting_updates: Option<u64>,
    pub leader: bool,
    pub replicas: u32,
}

/// What was seen of the database.
pub(super) struct Seen {
    pub(super) writable: Result<(), String>,
    pub(super) survey: Option<Survey>,
}

impl Readiness {
    /// A process that does not serve yet, or no longer.
    pub(super) fn without_bot(stage: &Stage) -> Readiness {
        let fault = match stage {
            Stage::Stopping => "the bot stops",
            Stage::Starting | Stage::Serving(_) => "the bot starts; the log says what it waits for",
        };
        Readiness {
            ready: false,
            faults: vec![fault.to_owned()],
            warnings: Vec::new(),
            database_writable: false,
            updates_heard_seconds_ago: None,
            oldest_message_seconds: None,
            dead_letters: None,
            waiting_updates: None,
            leader: false,
            replicas: 0,
        }
    }

    pub(super) fn of(vitals: &Vitals, seen: &Seen, now: DateTime<Utc>) -> Readiness {
        let (metrics, standing) = (vitals.chat.metrics(), vitals.chat.store().standing());
        let faults = faults(vitals, seen, now);
        let heard = metrics.fetching.heard().map(|at| (now - at).num_seconds().max(0));
        Readiness {
            ready: faults.is_empty(),
            faults,
            warnings: warnings(vitals, seen, now),
            database_writable: seen.writable.is_ok(),
            updates_heard_seconds_ago: heard,
            oldest_message_seconds: seen.survey.as_ref().map(|survey| oldest(survey, now)),
            dead_letters: seen.survey.as_ref().map(|survey| survey.dead_letters),
            waiting_updates: seen.survey.as_ref().map(|survey| survey.waiting_updates),
            leader: standing.leads(now),
            replicas: standing.replicas,
        }
    }

    /// The same for people, as one sentence.
    pub fn sentence(&self) -> String {
        if !self.ready {
            return format!("keydesk does not serve: {}", self.faults.join("; "));
        }
        let mut parts = vec![
            match self.updates_heard_seconds_ago {
                Some(seconds) => format!("updates were heard {seconds} s ago"),
                None => "no update was heard yet".to_owned(),
            },
            match self.oldest_message_seconds {
                Some(0) => "no message waits".to_owned(),
                Some(seconds) => format!("the oldest message has waited for {seconds} s"),
                None => "how many messages wait is not known".to_owned(),
            },
        ];
        for (count, what) in [(self.dead_letters, "dead letters"), (self.waiting_updates, "updates that wait")] {
            parts.extend(count.filter(|count| *count > 0).map(|count| format!("{what}: {count}")));
        }
        if self.replicas > 1 {
            let part = if self.leader { "leads" } else { "follows" };
            parts.push(format!("it {part}, one of {} replicas", self.replicas));
        }
        let warnings: String = self.warnings.iter().map(|warning| format!("; {warning}")).collect();
        format!("keydesk serves: {}{warnings}", parts.join(", "))
    }
}

fn faults(vitals: &Vitals, seen: &Seen, now: DateTime<Utc>) -> Vec<String> {
    let (metrics, mut faults) = (vitals.chat.metrics(), Vec::new());
    if let Err(cause) = &seen.writable {
        faults.push(format!("the database takes no change: {cause}"));
    }
    let since = |at: DateTime<Utc>| (now - at).num_seconds().max(0);
    for (outage, work) in [(&vitals.updates, "updates"), (&vitals.deliveries, "deliveries")] {
        // Its cause may be somebody's data; the log has it.
        faults.extend(outage.waiting().map(|wait| format!("{work} have waited for {} s", since(wait.since))));
    }
    let trouble = metrics.fetching.trouble().filter(|trouble| now - trouble.since >= FORBEARANCE);
    faults.extend(trouble.map(|trouble| match vitals.feed {
        Feed::Polling => format!("no updates have been fetched for {} s ({})", since(trouble.since), trouble.cause),
        Feed::Webhook => format!("no updates have been posted for {} s ({})", since(trouble.since), trouble.cause),
    }));
    faults.extend(metrics.stuck(now).map(|work| format!("the work on {work} stands still")));
    faults
}

/// A bot without a backup serves as well as one with it, and none is made by a restart, or by sending people elsewhere.
fn warnings(vitals: &Vitals, seen: &Seen, now: DateTime<Utc>) -> Vec<String> {
    let (Some(backup), Some(survey)) = (&vitals.chat.config().backup, &seen.survey) else { return Vec::new() };
    let overdue = |at: DateTime<Utc>| now - at > backup.overdue_after();
    let warning = match (survey.backup_taken, survey.backups_since) {
        (Some(at), _) if overdue(at) => {
            let at = at.to_rfc3339_opts(SecondsFormat::Secs, true);
            Some(format!("the newest backup is of {at}, longer ago than twice `backup.every`"))
        }
        (None, Some(since)) if overdue(since) => {
            Some("there has been no backup for longer than twice `backup.every`".to_owned())
        }
        _ => None,
    };
    warning.into_iter().collect()
}

/// How long the oldest message waits that is to be sent.
pub(super) fn oldest(survey: &Survey, now: DateTime<Utc>) -> i64 {
    let pending = survey.outbox.iter().filter(|queued| queued.wait == Wait::None);
    pending.map(|queued| (now - queued.since).num_seconds()).max().unwrap_or(0).max(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn readiness() -> Readiness {
        Readiness {
            ready: true,
            faults: Vec::new(),
            warnings: Vec::new(),
            database_writable: true,
            updates_heard_seconds_ago: Some(3),
            oldest_message_seconds: Some(0),
            dead_letters: Some(0),
            waiting_updates: Some(0),
            leader: true,
            replicas: 1,
        }
    }

    #[test]
    fn one_sentence_says_how_it_goes() {
        let worse = Readiness {
            oldest_message_seconds: Some(40),
            dead_letters: Some(2),
            waiting_updates: Some(1),
            leader: false,
            replicas: 3,
            warnings: vec![
                "the newest backup is of 2026-11-28T04:05:15Z, longer ago than twice `backup.every`".to_owned(),
            ],
            ..readiness()
        };
        let faults = vec![
            "the database takes no change: it does not answer".to_owned(),
            "updates have waited for 9 s".to_owned(),
        ];
        let none = Readiness { ready: false, faults, ..readiness() };
        insta::assert_snapshot!([readiness(), worse, none].map(|one| one.sentence()).join("\n"), @r"
        keydesk serves: updates were heard 3 s ago, no message waits
        keydesk serves: updates were heard 3 s ago, the oldest message has waited for 40 s, dead letters: 2, updates that wait: 1, it follows, one of 3 replicas; the newest backup is of 2026-11-28T04:05:15Z, longer ago than twice `backup.every`
        keydesk does not serve: the database takes no change: it does not answer; updates have waited for 9 s
        ");
    }
}
