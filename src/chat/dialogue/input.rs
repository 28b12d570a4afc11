//! What can happen in a customer's private chat, in the dialogue's own words.

use super::staff::StaffCommand;
use crate::chat::action::Action;
use crate::domain::{InvitationToken, KeptFile, OrderNumber};

/// A command, by its meaning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// `/start`, also with a deep link that means nothing to us.
    Start,
    /// `/new`
    New,
    /// `/orders`
    Orders,
    /// `/order 449`, `/order_449` and the deep link `?start=order_449`; `None` when no number can be read.
    Order(Option<OrderNumber>),
    /// The deep link `?start=join_…`; `None` when it carries no invitation that reads.
    Join(Option<InvitationToken>),
    /// `/serials`
    Serials,
    /// `/prices`
    Prices,
    /// `/help`
    Help,
    /// `/settings`
    Settings,
    /// `/privacy`
    Privacy,
    /// `/cancel`
    Cancel,
    /// A command of the vendor's people; to anybody else it is unknown.
    Staff(StaffCommand),
    /// Anything else that begins with a slash.
    Unknown,
}

/// A file that a customer sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attached {
    /// The file.
    pub file: KeptFile,
    /// What stands below it; may be empty.
    pub caption: String,
    /// The album that it is a part of; each part comes as an update of its own.
    pub album: Option<String>,
}

/// One thing that a customer did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// Typed a command.
    Command(Command),
    /// Typed a text.
    Text(String),
    /// Sent something that is no text. A photo and a document can be passed on, with their caption; a sticker or a voice
    /// message cannot.
    Attachment(Option<Attached>),
    /// Pressed a button; `None` when its data mean nothing (forged, or of another release).
    Press(Option<Action>),
}
