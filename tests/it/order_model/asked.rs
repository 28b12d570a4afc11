//! What the model knows of an order, of what somebody was asked, and of files that wait.

use keydesk::domain::{OrderNumber, Status};

use super::actions::File;

/// What a action was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    Taken,
    /// Minor units.
    Invoiced(i64),
    Completed,
    Cancelled,
    Asked,
    /// A further message of what was asked.
    Added,
    Answered,
}

/// An order, as far as the rules go.
#[derive(Debug, Clone)]
pub struct Placed {
    pub account: usize,
    pub keys: u32,
    pub total: i64,
    pub status: Status,
    /// Rows of its history.
    pub events: usize,
    /// How often the status was set.
    pub changes: usize,
    pub is_taken: bool,
    pub unanswered: usize,
    /// The amount of its newest invoice, and whether that has a document; one amount has a day, and always the same.
    pub invoice: Option<(i64, bool)>,
}

/// What one of the staff was asked, and under how many changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    Nothing,
    Looks(OrderNumber),
    Reads(OrderNumber),
    /// Whether words are for the customer, and in how many messages.
    Offers(OrderNumber, usize),
    Amount(OrderNumber, usize),
    /// Whether this strange amount is meant, with this file beside it.
    Strange(OrderNumber, usize, i64, Option<File>),
    Reason(OrderNumber, usize),
    Sure(OrderNumber, usize),
}

/// A file that one of the staff sent about an order, after so many changes of its status.
pub struct Job {
    pub staff: usize,
    pub order: OrderNumber,
    pub changes: usize,
    pub file: File,
    /// The amount, if it is to be an invoice.
    pub amount: Option<i64>,
}

impl Asked {
    pub fn order(self) -> Option<OrderNumber> {
        match self {
            Asked::Nothing => None,
            Asked::Looks(order)
            | Asked::Reads(order)
            | Asked::Offers(order, _)
            | Asked::Amount(order, _)
            | Asked::Strange(order, ..)
            | Asked::Reason(order, _)
            | Asked::Sure(order, _) => Some(order),
        }
    }

    pub fn changes(self) -> Option<usize> {
        match self {
            Asked::Nothing | Asked::Looks(_) | Asked::Reads(_) | Asked::Offers(..) => None,
            Asked::Amount(_, changes)
            | Asked::Strange(_, changes, ..)
            | Asked::Reason(_, changes)
            | Asked::Sure(_, changes) => Some(changes),
        }
    }
}

/// The table of the status rules.
fn may_go(from: Status, to: Status, is_free: bool) -> bool {
    match (from, to) {
        (Status::Placed | Status::Invoiced, Status::Invoiced | Status::Cancelled)
        | (Status::Invoiced, Status::Completed) => true,
        (Status::Placed, Status::Completed) => is_free,
        _ => false,
    }
}

impl Placed {
    /// Whether its invoice says all of this already.
    pub fn is_invoiced_so(&self, amount: i64, file: Option<File>) -> bool {
        self.invoice.is_some_and(|(last, has_document)| last == amount && (has_document || file.is_none()))
    }

    pub fn may(&self, to: Status) -> bool {
        may_go(self.status, to, self.total == 0)
    }
}
