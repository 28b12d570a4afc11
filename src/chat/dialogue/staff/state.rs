//! What one of the staff was asked for, or looks at.

use serde::{Deserialize, Serialize};

use super::prompt::Prompt;
use crate::domain::{ActionKind, Invoice, MessageBody, OrderNumber, Reason};

/// What a staff member was asked for, or looks at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StaffState {
    Idle,
    /// A choice on an order's card.
    ReadingOrder(OrderNumber),
    /// The amount to pay.
    WaitingForInvoice(Prompt),
    /// Whether the amount, which is far from the order's total, is meant.
    ConfirmingInvoice(Prompt, Invoice),
    /// Nothing: the document of this order's invoice is being checked.
    CheckingInvoice(OrderNumber),
    /// Where the serial numbers come from.
    WaitingForSerials(Prompt),
    /// Why the order is cancelled.
    WaitingForReason(Prompt),
    /// Whether the order is really cancelled.
    ConfirmingCancel(Prompt, Reason),
    /// Nothing: the file with this order's serial numbers is being read.
    ReadingSerials(OrderNumber),
    /// Whether these words, which asked for nothing, are for the customer.
    OfferingToSend(OrderNumber, Vec<MessageBody>),
}

/// Messages that are offered to be sent at most: a state is read and written whole with each step.
pub const MOST_OFFERED: usize = 10;

impl StaffState {
    /// The order that it is about.
    pub fn order(&self) -> Option<OrderNumber> {
        match self {
            StaffState::Idle => None,
            StaffState::ReadingOrder(number)
            | StaffState::CheckingInvoice(number)
            | StaffState::ReadingSerials(number)
            | StaffState::OfferingToSend(number, _) => Some(*number),
            StaffState::WaitingForInvoice(prompt)
            | StaffState::ConfirmingInvoice(prompt, _)
            | StaffState::WaitingForSerials(prompt)
            | StaffState::WaitingForReason(prompt)
            | StaffState::ConfirmingCancel(prompt, _) => Some(prompt.order),
        }
    }

    /// What is to be done to the order by the answer that it waits for.
    pub fn asks_for(&self) -> Option<ActionKind> {
        match self {
            StaffState::WaitingForInvoice(_) | StaffState::ConfirmingInvoice(..) => Some(ActionKind::Invoice),
            StaffState::WaitingForSerials(_) => Some(ActionKind::Complete),
            StaffState::WaitingForReason(_) | StaffState::ConfirmingCancel(..) => Some(ActionKind::Cancel),
            StaffState::Idle
            | StaffState::ReadingOrder(_)
            | StaffState::CheckingInvoice(_)
            | StaffState::ReadingSerials(_)
            | StaffState::OfferingToSend(..) => None,
        }
    }

    /// Whether nothing is open.
    pub fn is_at_rest(&self) -> bool {
        matches!(self, StaffState::Idle | StaffState::ReadingOrder(_))
    }

    /// Whether it only waits for a file that was sent to be read.
    pub fn reads_file(&self) -> bool {
        matches!(self, StaffState::CheckingInvoice(_) | StaffState::ReadingSerials(_))
    }

    /// The prompt about an order that is open.
    pub fn prompt(&self) -> Option<Prompt> {
        match self {
            StaffState::Idle
            | StaffState::ReadingOrder(_)
            | StaffState::CheckingInvoice(_)
            | StaffState::ReadingSerials(_)
            | StaffState::OfferingToSend(..) => None,
            StaffState::WaitingForInvoice(prompt)
            | StaffState::ConfirmingInvoice(prompt, _)
            | StaffState::WaitingForSerials(prompt)
            | StaffState::WaitingForReason(prompt)
            | StaffState::ConfirmingCancel(prompt, _) => Some(*prompt),
        }
    }
}
