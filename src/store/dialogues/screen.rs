//! Where a dialogue is shown.

use crate::domain::MessageId;

/// What happens to a live message when another one takes its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lasting {
    /// It is only a screen and goes.
    Transient,
    /// People look for it later (an order's card), or somebody replied to it, and it stays.
    Kept,
}

/// The message that shows the dialogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LiveScreen {
    pub message: MessageId,
    /// The version as of which it shows the dialogue.
    pub since: i64,
    /// Whether it stays when its time is over.
    pub lasting: Lasting,
}

/// How a dialogue is to be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fresh {
    /// Edit the live message.
    EditInPlace,
    /// Send a new message.
    SendBelow,
}

/// Whether a dialogue has a screen at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Visibility {
    /// It stands in the chat, or is about to.
    Open,
    /// The other seat's screen took its place, or it was removed or could not be shown.
    Closed,
}

/// Where the newest state is to be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShowIn {
    /// In the live message, edited in place.
    LiveMessage,
    /// In a new message, below.
    NewMessage,
    /// In a new message, below, and this one goes, unless another one is to go already: it looks like the dialogue's screen and
    /// is not. It does not become the live one, since it may be on its way out of the chat. That somebody replied to it is
    /// known only of a live one.
    InPlaceOf(MessageId),
    /// In a message that is not the dialogue's, such as an order's alert; a screen that it had stays in the chat as it is.
    Elsewhere,
}

impl Lasting {
    pub(in crate::store) fn code(self) -> &'static str {
        match self {
            Lasting::Transient => "transient",
            Lasting::Kept => "kept",
        }
    }
}

impl LiveScreen {
    /// From the columns `message_id`, `message_since` and `lasting`.
    pub(in crate::store) fn from_columns(
        message: Option<i64>,
        since: Option<i64>,
        lasting: &str,
    ) -> Option<LiveScreen> {
        let lasting = if lasting == Lasting::Kept.code() { Lasting::Kept } else { Lasting::Transient };
        Some(LiveScreen { message: MessageId(message?), since: since?, lasting })
    }
}

impl Fresh {
    /// Where a dialogue is shown that wants a message no older than version `fresh_from`.
    pub(in crate::store) fn of(screen: Option<LiveScreen>, fresh_from: i64) -> Fresh {
        if screen.is_some_and(|screen| screen.since >= fresh_from) { Fresh::EditInPlace } else { Fresh::SendBelow }
    }
}
