//! A dialogue that is to be drawn.

use chrono::{DateTime, Utc};

use crate::domain::{Lane, MessageId, TopicId};
use crate::store::dialogues::key::DialogueKey;
use crate::store::dialogues::screen::{Fresh, LiveScreen};
use crate::store::known::Known;

/// A dialogue that this worker may draw until its lease ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redraw {
    pub key: DialogueKey,
    /// The version to show.
    pub version: i64,
    /// The state to show, as JSON.
    pub state: String,
    pub screen: Option<LiveScreen>,
    /// The oldest version whose message may show it.
    pub fresh_from: i64,
    /// A message that is to go: the former screen, of the other seat as well, or a form that never was the screen.
    pub retiring: Option<MessageId>,
    /// Whether its person waits for it, or it follows what somebody else did.
    pub lane: Lane,
    /// Where in a forum its person last spoke to the bot.
    pub topic: Option<TopicId>,
    /// How often it was put off since it was last drawn.
    pub attempts: i64,
    /// Until when it is this worker's.
    pub leased_until: DateTime<Utc>,
    pub known: Known,
}

/// Whether what was drawn counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Drawn {
    Recorded,
    /// Another message shows it by now, or none is to; the drawn one is not wanted.
    Superseded,
}

impl Redraw {
    /// Where it is to be shown.
    pub fn fresh(&self) -> Fresh {
        Fresh::of(self.screen, self.fresh_from)
    }
}
