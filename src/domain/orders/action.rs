//! What is done to orders.

use serde::{Deserialize, Serialize};

use crate::domain::orders::actor::Capacity;
use crate::domain::orders::invoice::Invoice;
use crate::domain::orders::message::{KeptFile, MessageBody, Sequence};
use crate::domain::orders::reason::Reason;
use crate::domain::orders::status::{Role, Status};
use crate::domain::stored::Stored;

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
    /// Saw that what the customer wrote in this row of the audit trail, counted from 0, needs no answer.
    Settled {
        row: usize,
    },
    /// Telegram does not give out this file of the order any more, so that it did not reach its reader.
    FileLost(KeptFile),
}

impl Stored for OrderAction {
    const SCHEMA: u32 = 1;
}

/// What is done to an order, without its particulars: permission depends on nothing else. Stored as [`ActionKind::code`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "&'static str", try_from = "String")]
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
    /// Seeing that what the customer wrote needs no answer.
    Settle,
    /// Finding out that a file of it is lost.
    LoseFile,
}

/// Who is told of an action in a message of its own; the staff's alert shows all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    Nobody,
    Staff,
    /// The people of the order's account.
    Customers,
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
            OrderAction::Settled { .. } => ActionKind::Settle,
            OrderAction::FileLost(_) => ActionKind::LoseFile,
        }
    }

    /// The same with nothing of what was written or sent; an invoice and a reason for cancelling are the vendor's, and stay.
    #[must_use]
    pub fn without_words(self) -> OrderAction {
        match self {
            OrderAction::Asked(request, words) => OrderAction::Asked(request, words.emptied()),
            OrderAction::Answered(words) => OrderAction::Answered(words.emptied()),
            OrderAction::FileLost(file) => OrderAction::FileLost(KeptFile {
                media: file.media,
                file_id: String::new(),
                unique_id: String::new(),
                name: String::new(),
            }),
            action => action,
        }
    }

    /// Whether what the customer wrote in an earlier row of the audit trail waits for no answer any more after it.
    pub(super) fn settles(&self, asked: usize) -> bool {
        match self {
            OrderAction::Answered(_) => true,
            OrderAction::Settled { row } => *row == asked,
            _ => false,
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
            | OrderAction::Cancelled(_)
            | OrderAction::Settled { .. }
            | OrderAction::FileLost(_) => None,
        }
    }
}

impl ActionKind {
    /// Every kind, in the order of an order's life.
    pub const ALL: [ActionKind; 10] = [
        ActionKind::Place,
        ActionKind::Take,
        ActionKind::Invoice,
        ActionKind::Complete,
        ActionKind::Cancel,
        ActionKind::Ask,
        ActionKind::Add,
        ActionKind::Answer,
        ActionKind::Settle,
        ActionKind::LoseFile,
    ];

    /// The word that stands in the audit trail, for queries.
    pub fn code(self) -> &'static str {
        match self {
            ActionKind::Place => "placed",
            ActionKind::Take => "taken",
            ActionKind::Invoice => "invoiced",
            ActionKind::Complete => "completed",
            ActionKind::Cancel => "cancelled",
            // What follows a question is one as well, for whoever counts them.
            ActionKind::Ask | ActionKind::Add => "asked",
            ActionKind::Answer => "answered",
            ActionKind::Settle => "settled",
            ActionKind::LoseFile => "file_lost",
        }
    }

    /// The status that the action brings an order to; `None` leaves it where it is.
    pub fn leads_to(self) -> Option<Status> {
        match self {
            ActionKind::Place => Some(Status::Placed),
            ActionKind::Invoice => Some(Status::Invoiced),
            ActionKind::Complete => Some(Status::Completed),
            ActionKind::Cancel => Some(Status::Cancelled),
            ActionKind::Take
            | ActionKind::Ask
            | ActionKind::Add
            | ActionKind::Answer
            | ActionKind::Settle
            | ActionKind::LoseFile => None,
        }
    }

    /// Whether somebody in this capacity may do it to some order.
    pub fn is_open_to(self, by: Capacity) -> bool {
        match self {
            ActionKind::Place | ActionKind::Ask | ActionKind::Add => by == Capacity::Person(Role::Customer),
            ActionKind::Invoice | ActionKind::Complete => by.is_vendor() || by == Capacity::System,
            ActionKind::Take | ActionKind::Cancel | ActionKind::Answer | ActionKind::Settle => by.is_vendor(),
            ActionKind::LoseFile => by == Capacity::System,
        }
    }

    pub fn audience(self) -> Audience {
        match self {
            ActionKind::Place | ActionKind::Take | ActionKind::Settle | ActionKind::LoseFile => Audience::Nobody,
            ActionKind::Ask | ActionKind::Add => Audience::Staff,
            ActionKind::Invoice | ActionKind::Complete | ActionKind::Cancel | ActionKind::Answer => Audience::Customers,
        }
    }
}

impl From<ActionKind> for &'static str {
    fn from(kind: ActionKind) -> &'static str {
        kind.code()
    }
}

impl TryFrom<String> for ActionKind {
    type Error = String;

    fn try_from(code: String) -> Result<ActionKind, String> {
        ActionKind::ALL
            .into_iter()
            .find(|kind| kind.code() == code)
            .ok_or_else(|| format!("no action is called {code:?}"))
    }
}
