//! What can happen in the staff's chat, in the dialogue's own words.

use super::admin::AdminCommand;
use super::staff::StaffState;
use crate::chat::action::Action;
use crate::domain::{KeptFile, OrderNumber};

/// What a staff member did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StaffInput {
    /// Pressed a button; `None` when its data mean nothing.
    Press(Option<Action>),
    /// Typed a command.
    Command(StaffCommand),
    /// Wrote something else.
    Message {
        /// A text or a caption.
        text: String,
        /// What came with it.
        attachment: Upload,
        /// What it answers.
        reply: Reply,
    },
    /// Changed a message that they had sent, which answers this.
    Edited(Reply),
}

/// What came with a message's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Upload {
    /// Nothing.
    Nothing,
    /// A file.
    File(KeptFile),
    /// A file beside others, each of which comes as a message of its own.
    OfAlbum(KeptFile),
    /// A file that somebody else sent elsewhere; a forwarded message never is an answer.
    Forwarded(KeptFile),
    /// Something that is passed on to nobody: a voice message, a video, a sticker.
    Unusable,
}

/// A command about orders, by its meaning; `None` when no number can be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StaffCommand {
    /// `/order 449`
    Order(Option<OrderNumber>),
    /// `/invoice 449`, also with the amount and the day that it is due.
    Invoice(Option<OrderNumber>, String),
    /// `/complete 449`
    Complete(Option<OrderNumber>),
    /// `/cancel_order 449 reason`
    CancelOrder(Option<OrderNumber>, String),
    /// `/cancel`: drops the question.
    Cancel,
    /// One that only admins have.
    Admin(AdminCommand),
}

/// What a message in the staff's chat answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reply {
    /// Nothing that the bot wrote.
    Nothing,
    /// The question that this person was asked.
    Prompt,
    /// A question that somebody else was asked.
    SomebodyElses,
    /// A message of the bot that asks nothing, or nothing any more.
    Closed,
    /// What the bot wrote about an order.
    Order(OrderNumber),
    /// A customer's words about an order.
    Customer(OrderNumber),
}

impl Upload {
    /// The file that is meant for the bot.
    pub fn file(&self) -> Option<&KeptFile> {
        match self {
            Upload::File(file) | Upload::OfAlbum(file) => Some(file),
            Upload::Nothing | Upload::Forwarded(_) | Upload::Unusable => None,
        }
    }
}

impl From<Option<KeptFile>> for Upload {
    fn from(file: Option<KeptFile>) -> Upload {
        file.map_or(Upload::Nothing, Upload::File)
    }
}

impl StaffInput {
    /// The order that the input names, or else the one that the person was asked about.
    pub fn order(&self, place: &StaffState) -> Option<OrderNumber> {
        match self {
            StaffInput::Press(Some(Action::Staff(number, _))) => Some(*number),
            StaffInput::Press(_) => None,
            StaffInput::Command(
                StaffCommand::Order(number)
                | StaffCommand::Invoice(number, _)
                | StaffCommand::Complete(number)
                | StaffCommand::CancelOrder(number, _),
            ) => *number,
            StaffInput::Message { reply: Reply::Customer(number), .. } => Some(*number),
            StaffInput::Command(StaffCommand::Admin(_)) => None,
            StaffInput::Command(StaffCommand::Cancel) | StaffInput::Message { .. } | StaffInput::Edited(_) => {
                place.order()
            }
        }
    }
}
