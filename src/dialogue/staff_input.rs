//! What can happen in the staff's chat, in the dialogue's own words.

use super::admin::AdminCommand;
use super::staff::StaffPlace;
use crate::action::Action;
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
        /// What was attached.
        file: Option<KeptFile>,
        /// What it answers.
        reply: Reply,
    },
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
    Question,
    /// What the bot wrote about an order.
    Order(OrderNumber),
    /// A customer's words about an order.
    Customer(OrderNumber),
}

impl StaffInput {
    /// The order that the input names, or else the one that the person was asked about.
    pub fn order(&self, place: &StaffPlace) -> Option<OrderNumber> {
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
            StaffInput::Command(StaffCommand::Cancel) | StaffInput::Message { .. } => place.order(),
        }
    }
}
