//! What delivering a message of the outbox comes to.

use super::answer::Answer;
use super::view::{OutgoingMessage, Screen};
use crate::domain::MessageId;

/// What delivering a message of the outbox comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Dispatch {
    Send(OutgoingMessage),
    /// A new message, and answers that are to follow it.
    SendFirst(OutgoingMessage, Vec<Answer>),
    /// This message shows something else from now on; a new one if it is gone.
    Edit(MessageId, Screen),
    /// The same, and nothing if it is gone.
    Mark(MessageId, Screen, Wording),
}

/// What a message says it in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wording {
    Text,
    /// It stands below a file.
    Caption,
}
