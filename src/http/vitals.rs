//! What is served about: a bot that begins, serves or ends.

use tokio::sync::watch;

use crate::chat::Chat;
use crate::metrics::Calls;
use crate::outage::Outage;
use crate::telegram::limits::Holds;

/// Where the process stands.
#[derive(Debug, Clone)]
pub enum Stage {
    /// It opens the database, or waits for the Bot API.
    Starting,
    Serving(Box<Vitals>),
    Stopping,
}

/// Where updates come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Feed {
    Polling,
    Webhook,
}

impl Feed {
    pub(super) fn name(self) -> &'static str {
        match self {
            Feed::Polling => "polling",
            Feed::Webhook => "webhook",
        }
    }
}

/// A bot at work, as far as whoever watches it has to know.
#[derive(Debug, Clone)]
pub struct Vitals {
    pub chat: Chat,
    pub calls: Calls,
    pub feed: Feed,
    /// What all updates wait for.
    pub updates: Outage,
    /// What all deliveries wait for.
    pub deliveries: Outage,
    /// Where the flood limits hold something back, and until when.
    pub holds: watch::Receiver<Holds>,
}
