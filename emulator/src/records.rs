//! What is remembered of presses, answers and calls.

use super::message::{CallbackId, MessageId};
use std::collections::BTreeMap;
use std::time::SystemTime;

/// A press of a button that waits for its answer, or had it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Press {
    pub id: CallbackId,
    pub person: i64,
    /// In which chat.
    pub chat: i64,
    pub message: MessageId,
    pub at: SystemTime,
}

/// An answer to a press, taken or refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    pub callback: CallbackId,
    /// What the person sees, if anything.
    pub text: Option<String>,
    /// How the person sees it.
    pub style: AnswerStyle,
    /// Whether it was in time.
    pub outcome: AnswerOutcome,
}

/// How an answer is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnswerStyle {
    /// A note that goes away by itself.
    Toast,
    /// A window that has to be closed.
    Alert,
}

/// What became of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnswerOutcome {
    /// The person saw it.
    Shown,
    /// The press was answered before; the person sees nothing more.
    Repeated,
    Late,
    /// No such press: refused.
    Unknown,
}

/// A call of the bot, with its outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// The method, as the bot wrote it.
    pub method: String,
    /// The parameter `chat_id`.
    pub chat_id: Option<i64>,
    /// All parameters as text; a nested object is JSON, a file is its name.
    pub params: BTreeMap<String, String>,
    /// The HTTP status, 0 when the connection was dropped.
    pub status_code: u16,
    /// Telegram's text, where the call was refused.
    pub refusal: Option<String>,
    /// When it was answered.
    pub at: SystemTime,
}
