//! Calls to the Bot API, by what came of them.

use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::registry::Registry;

type Labels = [(&'static str, &'static str); 1];

/// What a call came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CallOutcome {
    Done,
    /// 429.
    Flood,
    /// Somebody blocked the bot, or a chat does not take it.
    Blocked,
    /// Telegram refused this very call.
    Refused,
    /// The token, or another process that takes the updates.
    NotOurs,
    /// It did not get there.
    NotSent,
    /// It may have taken effect, and nobody knows.
    Ambiguous,
}

impl CallOutcome {
    const ALL: [CallOutcome; 7] = [
        CallOutcome::Done,
        CallOutcome::Flood,
        CallOutcome::Blocked,
        CallOutcome::Refused,
        CallOutcome::NotOurs,
        CallOutcome::NotSent,
        CallOutcome::Ambiguous,
    ];

    fn label(self) -> Labels {
        let outcome = match self {
            CallOutcome::Done => "done",
            CallOutcome::Flood => "flood",
            CallOutcome::Blocked => "blocked",
            CallOutcome::Refused => "refused",
            CallOutcome::NotOurs => "not_ours",
            CallOutcome::NotSent => "not_sent",
            CallOutcome::Ambiguous => "ambiguous",
        };
        [("outcome", outcome)]
    }
}

/// How many calls came to what; clones share the counts.
#[derive(Debug, Clone)]
pub struct Calls(Family<Labels, Counter>);

impl Default for Calls {
    fn default() -> Calls {
        let calls = Family::default();
        for outcome in CallOutcome::ALL {
            drop(Family::<Labels, Counter>::get_or_create(&calls, &outcome.label()));
        }
        Calls(calls)
    }
}

impl Calls {
    pub fn count(&self, outcome: CallOutcome) {
        self.0.get_or_create(&outcome.label()).inc();
    }

    /// Has these figures served, as they are when they are asked for.
    pub fn register(&self, registry: &mut Registry) {
        registry.register("keydesk_bot_api_calls", "Calls to the Bot API by what came of them", self.0.clone());
    }
}
