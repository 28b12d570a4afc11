//! Dialogues and drafts as stored, and the next state of a dialogue.

use chrono::{DateTime, Utc};

use crate::store::dialogues::screen::{Fresh, LiveScreen, ShowIn, Visibility};
use crate::store::dialogues::watch::Watch;

/// A dialogue as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredDialogue {
    /// Rises at every change.
    pub version: i64,
    /// JSON that the store does not look into.
    pub state: String,
    /// Where it is shown, if anywhere.
    pub screen: Option<LiveScreen>,
    /// Whether the newest state is shown there, or in a new message that is still to come.
    pub fresh: Fresh,
    /// Whether it has a screen.
    pub visibility: Visibility,
}

/// The next state of a dialogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SaveDialogue {
    pub state: String,
    /// Where to show it.
    pub show_in: ShowIn,
    /// What the screen shows beside the state. Only the vendor's people watch anything; customers are sent notifications, and
    /// their screens are drawn by [`Tx::redraw_later`].
    pub watches: Option<Watch>,
}

/// What came of a save.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Saved {
    /// Stored under this version.
    Version(i64),
    /// The dialogue is not at the expected version any more; nothing was stored.
    Conflict,
}

/// A person's draft, as stored.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub(in crate::store) struct StoredDraft {
    pub(in crate::store) person_id: i64,
    pub(in crate::store) draft_id: i64,
    pub(in crate::store) draft: String,
    pub(in crate::store) saved_at: DateTime<Utc>,
}
