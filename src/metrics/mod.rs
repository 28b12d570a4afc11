//! What the bot counts and times while it works. Recording is an atomic or two and waits for nobody; whoever serves the
//! figures reads them from here.

mod beat;
mod calls;
mod fetching;
mod outcomes;

use chrono::{DateTime, TimeDelta, Utc};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;

pub use beat::{Beat, STUCK_AFTER};
pub use calls::{CallOutcome, Calls};
pub use fetching::{Fetching, Trouble};
pub use outcomes::{PostAnswer, SendKind, SendOutcome, UpdateOutcome};

/// From a commit alone to what waited for an outage, in seconds.
const TO_COMMIT: [f64; 14] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0, 60.0, 300.0];
/// A call to Telegram alone takes some fifty milliseconds; after a minute of flood limits nobody looks any more.
const TO_SCREEN: [f64; 12] = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 60.0, 300.0];

/// Figures with these labels.
type Labelled<const N: usize> = Family<[(&'static str, &'static str); N], Counter>;

/// The figures of one process.
#[derive(Debug)]
pub struct Metrics {
    /// The loop that takes updates.
    pub updates_beat: Beat,
    /// The loop that tries updates again.
    pub waiting_beat: Beat,
    /// The loop that delivers.
    pub deliveries_beat: Beat,
    pub fetching: Fetching,
    updates: Labelled<1>,
    sends: Labelled<2>,
    posts: Labelled<1>,
    update_to_commit: Histogram,
    tap_to_screen: Histogram,
}

impl Default for Metrics {
    /// Every series begins at nought: a rate sees the first event only beside a nought.
    fn default() -> Metrics {
        let (updates, sends, posts) = (Labelled::default(), Labelled::default(), Labelled::default());
        for outcome in UpdateOutcome::ALL {
            drop(updates.get_or_create(&outcome.label()));
        }
        for kind in SendKind::ALL {
            for outcome in SendOutcome::ALL {
                drop(sends.get_or_create(&sent(kind, outcome)));
            }
        }
        for answer in PostAnswer::ALL {
            drop(posts.get_or_create(&answer.label()));
        }
        Metrics {
            updates_beat: Beat::default(),
            waiting_beat: Beat::default(),
            deliveries_beat: Beat::default(),
            fetching: Fetching::default(),
            updates,
            sends,
            posts,
            update_to_commit: Histogram::new(TO_COMMIT),
            tap_to_screen: Histogram::new(TO_SCREEN),
        }
    }
}

impl Metrics {
    /// The work that should have moved by now and has not.
    pub fn stuck(&self, now: DateTime<Utc>) -> Option<&'static str> {
        let beats = [
            (&self.updates_beat, "updates"),
            (&self.waiting_beat, "updates that wait"),
            (&self.deliveries_beat, "deliveries"),
        ];
        beats.into_iter().find_map(|(beat, work)| beat.is_late(now).then_some(work))
    }

    /// An update that arrived then is committed by now.
    pub fn committed(&self, arrived: DateTime<Utc>, now: DateTime<Utc>) {
        self.count_update(UpdateOutcome::Committed);
        self.update_to_commit.observe(seconds(now - arrived));
    }

    pub fn count_update(&self, outcome: UpdateOutcome) {
        self.updates.get_or_create(&outcome.label()).inc();
    }

    pub fn count_send(&self, kind: SendKind, outcome: SendOutcome) {
        self.sends.get_or_create(&sent(kind, outcome)).inc();
    }

    pub fn count_post(&self, answer: PostAnswer) {
        self.posts.get_or_create(&answer.label()).inc();
    }

    /// Somebody saw so much later what came of what they did.
    pub fn shown_after(&self, wait: TimeDelta) {
        self.tap_to_screen.observe(seconds(wait));
    }

    /// Has these figures served, as they are when they are asked for.
    pub fn register(&self, registry: &mut Registry) {
        registry.register("keydesk_updates", "Updates by what became of them", self.updates.clone());
        registry.register("keydesk_sends", "Pieces of delivery by what they came to", self.sends.clone());
        registry.register("keydesk_webhook_posts", "Requests to the webhook by their answer", self.posts.clone());
        registry.register(
            "keydesk_update_to_commit_seconds",
            "From the arrival of an update to the commit of all that it caused",
            self.update_to_commit.clone(),
        );
        registry.register(
            "keydesk_tap_to_screen_seconds",
            "From the arrival of what somebody did to the screen that shows it",
            self.tap_to_screen.clone(),
        );
    }
}

fn sent(kind: SendKind, outcome: SendOutcome) -> [(&'static str, &'static str); 2] {
    [("kind", kind.name()), ("outcome", outcome.name())]
}

/// A clock that was set back makes no time negative.
fn seconds(wait: TimeDelta) -> f64 {
    wait.to_std().unwrap_or_default().as_secs_f64()
}

#[cfg(test)]
mod tests {
    use prometheus_client::encoding::prometheus_text::encode;

    use super::*;

    #[test]
    fn what_was_recorded_is_served_and_what_never_happened_is_nought() {
        let (metrics, now) = (Metrics::default(), DateTime::UNIX_EPOCH);
        metrics.committed(now, now + TimeDelta::milliseconds(3));
        metrics.committed(now, now - TimeDelta::seconds(3));
        metrics.count_send(SendKind::Screen, SendOutcome::Delivered);
        let (mut registry, mut text) = (Registry::default(), String::new());
        metrics.register(&mut registry);
        encode(&mut text, &registry).unwrap();
        for line in [
            "# TYPE keydesk_updates_total counter",
            "keydesk_updates_total{outcome=\"committed\"} 2",
            "keydesk_updates_total{outcome=\"dead_letter\"} 0",
            "keydesk_sends_total{kind=\"screen\",outcome=\"delivered\"} 1",
            "keydesk_sends_total{kind=\"file\",outcome=\"given_up\"} 0",
            "keydesk_update_to_commit_seconds_bucket{le=\"0.001\"} 1",
            "keydesk_update_to_commit_seconds_bucket{le=\"0.005\"} 2",
            "keydesk_tap_to_screen_seconds_count 0",
        ] {
            assert!(text.lines().any(|found| found == line), "{line}: {text}");
        }
    }

    #[test]
    fn work_is_stuck_when_it_did_not_move_by_when_it_said() {
        let (metrics, now) = (Metrics::default(), DateTime::UNIX_EPOCH);
        assert_eq!(metrics.stuck(now), None, "nothing has begun");
        metrics.updates_beat.moves(now);
        metrics.deliveries_beat.moves_after(TimeDelta::hours(1), now);
        assert_eq!(metrics.stuck(now + STUCK_AFTER), None);
        assert_eq!(metrics.stuck(now + STUCK_AFTER + TimeDelta::seconds(1)), Some("updates"));
        metrics.updates_beat.rests();
        assert_eq!(metrics.stuck(now + TimeDelta::hours(1)), None);
        assert_eq!(metrics.stuck(now + TimeDelta::hours(2)), Some("deliveries"));
    }
}
