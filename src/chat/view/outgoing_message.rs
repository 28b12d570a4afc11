//! What is sent once and stays in the chat.

use std::fmt;

use super::{ReplyKeyboard, Screen};
use crate::domain::{KeptFile, Media, MessageId, Sharing, TopicId};

/// A message that is sent once and stays in the chat: a notice, perhaps with a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutgoingMessage {
    /// What it says, and its buttons. With a file the text is a caption of at most [`OutgoingMessage::LONGEST_CAPTION`].
    pub screen: Screen,
    pub attachment: Option<Attachment>,
    /// The message of the same chat that it answers; without it when that one is gone.
    pub reply_to: Option<MessageId>,
    /// The part of it that is quoted, word by word.
    pub quote: Option<String>,
    /// The topic of a forum that it goes to; without one it goes to that of what it answers, or else to General.
    pub topic: Option<TopicId>,
    pub sharing: Sharing,
    /// What it does to its reader's keyboard; its screen then has no buttons, and it is never edited.
    pub reply_keyboard: Option<ReplyKeyboard>,
}

/// What a message attaches. Its debug form does not show what stands in a file: that may be serial numbers.
#[derive(Clone, PartialEq, Eq)]
pub enum Attachment {
    /// A file that Telegram keeps, sent again by its `file_id`.
    Kept {
        /// What it was sent as: Telegram gives no picture out as a document, nor a document as a picture.
        media: Media,
        /// What this bot knows it by.
        file_id: String,
    },
    /// A file made now.
    Fresh {
        /// What it is sent as.
        media: Media,
        /// The file name that the reader sees.
        name: String,
        /// Its content, up to 50 MB, a picture up to 10 MB (<https://core.telegram.org/bots/api#sending-files>).
        bytes: Vec<u8>,
    },
}

impl OutgoingMessage {
    /// Characters of a text that stands below a file (<https://core.telegram.org/bots/api#senddocument>).
    pub const LONGEST_CAPTION: usize = 1024;

    /// A message without a file that anybody may pass on.
    pub fn plain(screen: Screen) -> OutgoingMessage {
        OutgoingMessage {
            screen,
            attachment: None,
            reply_to: None,
            quote: None,
            topic: None,
            sharing: Sharing::Free,
            reply_keyboard: None,
        }
    }

    /// The message in a topic of a forum.
    #[must_use]
    pub fn in_topic(self, topic: Option<TopicId>) -> OutgoingMessage {
        OutgoingMessage { topic, ..self }
    }

    /// The message with a file.
    #[must_use]
    pub fn attaching(self, attachment: Attachment) -> OutgoingMessage {
        OutgoingMessage { attachment: Some(attachment), ..self }
    }

    /// The message as an answer to a message.
    #[must_use]
    pub fn replying_to(self, message: MessageId) -> OutgoingMessage {
        OutgoingMessage { reply_to: Some(message), ..self }
    }

    /// The same, doing this to its reader's keyboard.
    #[must_use]
    pub fn typing_on(self, keyboard: ReplyKeyboard) -> OutgoingMessage {
        OutgoingMessage { reply_keyboard: Some(keyboard), ..self }
    }

    /// The message, to be passed on or not.
    #[must_use]
    pub fn shared(self, sharing: Sharing) -> OutgoingMessage {
        OutgoingMessage { sharing, ..self }
    }
}

impl From<&KeptFile> for Attachment {
    fn from(file: &KeptFile) -> Attachment {
        Attachment::Kept { media: file.media, file_id: file.file_id.clone() }
    }
}

impl fmt::Debug for Attachment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Attachment::Kept { media, file_id } => {
                f.debug_struct("Kept").field("media", media).field("file_id", file_id).finish()
            }
            Attachment::Fresh { media, name, bytes } => f
                .debug_struct("Fresh")
                .field("media", media)
                .field("name", name)
                .field("bytes", &format_args!("{} of them", bytes.len()))
                .finish(),
        }
    }
}
