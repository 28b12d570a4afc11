//! What is done to orders.

use serde::{Deserialize, Serialize};

use crate::domain::orders::invoice::Invoice;
use crate::domain::orders::message::{MessageBody, Sequence};
use crate::domain::orders::reason::Reason;
use crate::domain::orders::status::Status;

/// What a customer wants of staff.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Request {
    Answer,
    /// That the order be cancelled.
    Cancellation,
}

/// What somebody did to an order, as its audit trail keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrderAction {
    Placed,
    /// Took it in hand.
    Taken,
    /// Set what is to be paid, or set it anew.
    Invoiced(Invoice),
    /// Gave the serial numbers.
    Completed,
    Cancelled(Reason),
    /// Turned to staff about it.
    Asked(Request, MessageBody),
    Answered(MessageBody),
}

/// What is done to an order, without its particulars: permission depends on nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ActionKind {
    Place,
    /// Taking it in hand.
    Take,
    /// Setting what is to be paid.
    Invoice,
    /// Issuing its serial numbers.
    Complete,
    Cancel,
    /// Turning to staff about it.
    Ask,
    /// Going on with what staff were asked, or mending it.
    Add,
    Answer,
}

impl OrderAction {
    /// What it is, without its particulars.
    pub fn kind(&self) -> ActionKind {
        match self {
            OrderAction::Placed => ActionKind::Place,
            OrderAction::Taken => ActionKind::Take,
            OrderAction::Invoiced(_) => ActionKind::Invoice,
            OrderAction::Completed => ActionKind::Complete,
            OrderAction::Cancelled(_) => ActionKind::Cancel,
            OrderAction::Asked(_, words) if words.sequence == Sequence::Opening => ActionKind::Ask,
            OrderAction::Asked(..) => ActionKind::Add,
            OrderAction::Answered(_) => ActionKind::Answer,
        }
    }

    /// What somebody wrote by it.
    pub fn words(&self) -> Option<&MessageBody> {
        match self {
            OrderAction::Asked(_, words) | OrderAction::Answered(words) => Some(words),
            OrderAction::Placed
            | OrderAction::Taken
            | OrderAction::Invoiced(_)
            | OrderAction::Completed
            | OrderAction::Cancelled(_) => None,
        }
    }
}

impl ActionKind {
    /// Every kind, in the order of an order's life.
    pub const ALL: [ActionKind; 8] = [
        ActionKind::Place,
        ActionKind::Take,
        ActionKind::Invoice,
        ActionKind::Complete,
        ActionKind::Cancel,
        ActionKind::Ask,
        ActionKind::Add,
        ActionKind::Answer,
    ];

    /// The status that the action brings an order to; `None` leaves it where it is.
    pub fn leads_to(self) -> Option<Status> {
        match self {
            ActionKind::Place => Some(Status::Placed),
            ActionKind::Invoice => Some(Status::Invoiced),
            ActionKind::Complete => Some(Status::Completed),
            ActionKind::Cancel => Some(Status::Cancelled),
            ActionKind::Take | ActionKind::Ask | ActionKind::Add | ActionKind::Answer => None,
        }
    }
}
