//! What people write to each other about an order: a text, a file, or both.

use serde::{Deserialize, Serialize};

use crate::domain::ids::{ChatId, MessageId};
use crate::domain::typed::{clean_text, length};

/// How Telegram shows a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Media {
    /// With its name (<https://core.telegram.org/bots/api#document>).
    Document,
    /// As a picture (<https://core.telegram.org/bots/api#photosize>).
    Photo,
    Video,
    /// A moving picture without sound.
    Animation,
    Audio,
    Voice,
    /// A round video, which takes no caption.
    VideoNote,
    /// It takes no caption.
    Sticker,
}

impl Media {
    /// Whether a text can stand below it.
    pub fn takes_caption(self) -> bool {
        !matches!(self, Media::VideoNote | Media::Sticker)
    }
}

/// Bytes of the largest document that a bot can send (<https://core.telegram.org/bots/api#senddocument>).
pub const LARGEST_DOCUMENT: usize = 50_000_000;

/// Bytes of the largest file that a bot can fetch (<https://core.telegram.org/bots/api#getfile>).
pub const LARGEST_UPLOAD: usize = 20 * 1024 * 1024;

/// A file that Telegram keeps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptFile {
    /// How it is shown.
    pub media: Media,
    /// What it is sent again and fetched by.
    pub file_id: String,
    /// What it is recognised by: the same in every message, while Telegram may name one file by several `file_id`s. Empty
    /// where it is not known.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub unique_id: String,
    /// Its name, cleaned; empty for a photo.
    #[serde(default)]
    pub name: String,
}

impl KeptFile {
    /// Longest name that is kept, in characters.
    pub const MAX_NAME: usize = 100;

    /// Whether the name ends like this, in any case (`.pdf`).
    pub fn is_named(&self, ending: &str) -> bool {
        self.name.to_lowercase().ends_with(ending)
    }

    /// Whether it is the same file.
    pub fn is(&self, other: &KeptFile) -> bool {
        match (self.unique_id.as_str(), other.unique_id.as_str()) {
            ("", _) | (_, "") => self.file_id == other.file_id,
            (one, another) => one == another,
        }
    }

    /// Whether it can hold a list of serial numbers that the bot reads.
    pub fn is_list(&self) -> bool {
        [".txt", ".csv", ".tsv", ".xlsx"].iter().any(|ending| self.is_named(ending))
    }

    /// Whether it is a table that has to be saved in another form to be read.
    pub fn is_unread_table(&self) -> bool {
        [".xls", ".xlsm", ".xlsb", ".ods", ".numbers"].iter().any(|ending| self.is_named(ending))
    }
}

/// Where somebody wrote a message. An edit of it, and an answer to it, find their order by that.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Source {
    pub chat: ChatId,
    pub message: MessageId,
}

/// How a message stands to those before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sequence {
    /// It stands for itself.
    #[default]
    Opening,
    /// Its author goes on with what they have just written.
    Continuation,
    /// It takes the place of what its author wrote there before.
    Correction,
}

/// What somebody answers.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Answered {
    /// The words that they answer, where those were written; `None` for what the bot itself said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<Source>,
    /// The part that they chose to quote.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quote: Option<String>,
}

/// One message of a person about an order.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct MessageBody {
    /// What was typed, or the file's caption; may be empty beside a file.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<KeptFile>,
    /// Where it was written; release 0.1.0 did not keep it, and what a button says was written nowhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
    #[serde(default, skip_serializing_if = "Sequence::is_opening")]
    pub sequence: Sequence,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answers: Option<Answered>,
    /// The album that it is a part of (`media_group_id`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub album: Option<String>,
}

impl Sequence {
    fn is_opening(&self) -> bool {
        *self == Sequence::Opening
    }
}

/// Why something is no message about an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InvalidBody {
    /// Nothing is left of it once it is cleaned.
    Empty,
}

impl MessageBody {
    /// The longest text beside a file, in Telegram's characters: a caption holds 1024, a line of ours included.
    pub const MAX_CAPTION: usize = 850;
    /// The longest text that goes in one message: it holds 4096, with a line of ours and a quote above it.
    pub const MAX_TEXT: usize = 3_600;

    /// Cleans a text and takes it with its file.
    pub fn new(text: &str, file: Option<KeptFile>) -> Result<MessageBody, InvalidBody> {
        let text = clean_text(text, usize::MAX);
        if text.is_empty() && file.is_none() {
            return Err(InvalidBody::Empty);
        }
        Ok(MessageBody { text, file, ..MessageBody::default() })
    }

    /// The same words, from there.
    #[must_use]
    pub fn written_in(self, source: Source) -> MessageBody {
        MessageBody { source: Some(source), ..self }
    }

    /// What is left when its words, its file and where it was written are forgotten.
    #[must_use]
    pub fn emptied(self) -> MessageBody {
        MessageBody { sequence: self.sequence, ..MessageBody::default() }
    }

    #[must_use]
    pub fn standing_as(self, sequence: Sequence) -> MessageBody {
        MessageBody { sequence, ..self }
    }

    /// The same words in as many messages as they take on their way: the file goes with the first, and the others go on with it.
    pub fn parts(self) -> Vec<MessageBody> {
        let longest = if self.file.is_some() { MessageBody::MAX_CAPTION } else { MessageBody::MAX_TEXT };
        let (first, rest) = divided(&self.text, longest);
        let (first, rest) = (first.to_owned(), rest.to_owned());
        let further = MessageBody { text: rest, file: None, answers: None, ..self.clone() };
        let first = MessageBody { text: first, ..self };
        match further.text.is_empty() {
            true => vec![first],
            false => [vec![first], further.standing_as(Sequence::Continuation).parts()].concat(),
        }
    }

    /// Whether it says nothing at all: a press on a button was enough.
    pub fn is_silent(&self) -> bool {
        self.text.is_empty() && self.file.is_none()
    }

    /// Whether it says the same.
    pub fn reads_as(&self, other: &MessageBody) -> bool {
        let same_file = match (&self.file, &other.file) {
            (None, None) => true,
            (Some(file), Some(another)) => file.is(another),
            _ => false,
        };
        self.text == other.text && same_file
    }

    /// The part of an answered message that is quoted.
    pub fn quote(&self) -> Option<&str> {
        self.answers.as_ref()?.quote.as_deref()
    }
}

/// A text of at most so many of Telegram's characters and what follows it, divided at a line's end or at a space, if one is near.
fn divided(text: &str, longest: usize) -> (&str, &str) {
    if length(text) <= longest {
        return (text, "");
    }
    let mut taken = 0;
    let fitting = text.chars().take_while(|c| {
        taken += c.len_utf16();
        taken <= longest
    });
    let fits = text.split_at(fitting.map(char::len_utf8).sum()).0;
    // A word longer than half of a message is hardly one.
    let near = |at: &usize| *at > fits.len() / 2;
    let at = fits.rfind('\n').filter(near).or_else(|| fits.rfind(' ').filter(near)).unwrap_or(fits.len());
    let (first, rest) = text.split_at(at);
    (first.trim_end(), rest.trim_start())
}
