//! Why a call to the Bot API gave no result.

use std::time::Duration;

use super::refusal::bare;
use crate::config::Secret;
use crate::domain::ChatId;
use crate::metrics::CallOutcome;

/// Why a call gave no result, by what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CallError {
    /// 429: wait this long.
    #[error("too many requests, retry after {0:?}")]
    Flood(Duration),
    /// The group became a supergroup with this id.
    #[error("the group moved to chat {0}")]
    Moved(ChatId),
    /// The edit would change nothing: the message is as it should be.
    #[error("the message is not modified")]
    NotModified,
    /// The message to edit, delete or answer is gone or cannot be edited any more.
    #[error("the message is gone: {0}")]
    MessageGone(String),
    /// The person blocked the bot or never started it, or the group does not let it write for now.
    #[error("forbidden: {0}")]
    Blocked(String),
    /// The person's account is deleted.
    #[error("forbidden: {0}")]
    Deactivated(String),
    /// The chat takes no files of this kind for now.
    #[error("forbidden: {0}")]
    FileForbidden(String),
    /// This very file cannot be sent: Telegram keeps it no longer, or for another bot.
    #[error("the file is refused: {0}")]
    FileRefused(String),
    /// This very call is wrong for good.
    #[error("rejected: {0}")]
    Rejected(String),
    /// A refusal that nothing is known of. It may be for good or for now.
    #[error("refused: {0}")]
    Unexplained(String),
    /// The token is wrong or revoked, or so it seems: a server that has just started says the same.
    #[error("the Bot API does not accept the token")]
    Unauthorized,
    /// Another process polls with the same token, or a webhook is set.
    #[error("{}", conflict(.0))]
    Conflict(String),
    /// The call did not reach the server.
    #[error("the Bot API cannot be reached: {0}")]
    NotSent(String),
    /// The call may or may not have taken effect.
    #[error("the Bot API did not answer clearly: {0}")]
    Ambiguous(String),
}

fn conflict(description: &str) -> String {
    match description.contains("webhook") {
        true => format!(
            "a webhook receives the updates instead ({description}); stop the program that set it, and start `keydesk \
             run --take-over` once, which removes it"
        ),
        // Replicas that start at the same moment.
        false if description.contains("setWebhook") => format!("another process sets the webhook ({description})"),
        false => format!("another process polls with this token ({description}); stop it"),
    }
}

impl CallError {
    /// What figures call it.
    pub(super) fn outcome(&self) -> CallOutcome {
        match self {
            // The message is as it should be.
            CallError::NotModified => CallOutcome::Done,
            CallError::Flood(_) => CallOutcome::Flood,
            CallError::Blocked(_) | CallError::Deactivated(_) => CallOutcome::Blocked,
            CallError::Moved(_)
            | CallError::MessageGone(_)
            | CallError::FileForbidden(_)
            | CallError::FileRefused(_)
            | CallError::Rejected(_)
            | CallError::Unexplained(_) => CallOutcome::Refused,
            CallError::Unauthorized | CallError::Conflict(_) => CallOutcome::NotOurs,
            CallError::NotSent(_) => CallOutcome::NotSent,
            CallError::Ambiguous(_) => CallOutcome::Ambiguous,
        }
    }

    /// Whether the topic that a call names is gone.
    pub fn is_topic_gone(&self) -> bool {
        let said = ["TOPIC_DELETED", "TOPIC_ID_INVALID", "message thread not found"];
        matches!(self, CallError::Blocked(text) if said.iter().any(|gone| text.contains(gone)))
    }

    /// What the other side said of it, if it said anything.
    pub fn description(&self) -> &str {
        match self {
            CallError::MessageGone(text)
            | CallError::Blocked(text)
            | CallError::Deactivated(text)
            | CallError::FileForbidden(text)
            | CallError::FileRefused(text)
            | CallError::Rejected(text)
            | CallError::Unexplained(text)
            | CallError::Conflict(text)
            | CallError::NotSent(text)
            | CallError::Ambiguous(text) => bare(text),
            CallError::Flood(_) | CallError::Moved(_) | CallError::NotModified | CallError::Unauthorized => "",
        }
    }

    /// The same error, should a server have put the token into its description.
    pub(super) fn without(self, token: &Secret) -> CallError {
        let hidden = |text: String| text.replace(token.reveal(), "…");
        match self {
            CallError::MessageGone(text) => CallError::MessageGone(hidden(text)),
            CallError::Blocked(text) => CallError::Blocked(hidden(text)),
            CallError::Deactivated(text) => CallError::Deactivated(hidden(text)),
            CallError::FileForbidden(text) => CallError::FileForbidden(hidden(text)),
            CallError::FileRefused(text) => CallError::FileRefused(hidden(text)),
            CallError::Rejected(text) => CallError::Rejected(hidden(text)),
            CallError::Unexplained(text) => CallError::Unexplained(hidden(text)),
            CallError::Conflict(text) => CallError::Conflict(hidden(text)),
            CallError::NotSent(text) => CallError::NotSent(hidden(text)),
            CallError::Ambiguous(text) => CallError::Ambiguous(hidden(text)),
            CallError::Flood(_) | CallError::Moved(_) | CallError::NotModified | CallError::Unauthorized => self,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::CallError;

    #[test]
    fn what_telegram_said_is_repeated_whole() {
        let said = "can't parse entities: unsupported start tag: at byte offset 3";
        assert_eq!(CallError::Rejected(format!("Bad Request: {said}")).description(), said);
        assert_eq!(CallError::Blocked("Forbidden: bot was kicked".to_owned()).description(), "bot was kicked");
        assert_eq!(CallError::NotModified.description(), "");
    }
}
