//! What one of the staff was asked for, or looks at.

use serde::{Deserialize, Serialize};

use super::prompt::Prompt;
use crate::domain::{OrderNumber, Reason};

/// What a staff member was asked for, or looks at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StaffState {
    Idle,
    /// A choice on an order's card.
    ReadingOrder(OrderNumber),
    /// The amount to pay.
    WaitingForInvoice(Prompt),
    /// Where the serial numbers come from.
    WaitingForSerials(Prompt),
    /// Why the order is cancelled.
    WaitingForReason(Prompt),
    /// Whether the order is really cancelled.
    ConfirmingCancel(Prompt, Reason),
    /// Nothing: the file with this order's serial numbers is being read.
    ReadingSerials(OrderNumber),
}

impl StaffState {
    /// The order that it is about.
    pub fn order(&self) -> Option<OrderNumber> {
        match self {
            StaffState::Idle => None,
            StaffState::ReadingOrder(number) | StaffState::ReadingSerials(number) => Some(*number),
            StaffState::WaitingForInvoice(prompt)
            | StaffState::WaitingForSerials(prompt)
            | StaffState::WaitingForReason(prompt)
            | StaffState::ConfirmingCancel(prompt, _) => Some(prompt.order),
        }
    }

    /// The prompt about an order that is open.
    pub fn prompt(&self) -> Option<Prompt> {
        match self {
            StaffState::Idle | StaffState::ReadingOrder(_) | StaffState::ReadingSerials(_) => None,
            StaffState::WaitingForInvoice(prompt)
            | StaffState::WaitingForSerials(prompt)
            | StaffState::WaitingForReason(prompt)
            | StaffState::ConfirmingCancel(prompt, _) => Some(*prompt),
        }
    }
}
