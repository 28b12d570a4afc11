//! What people do to an order, and whether they may.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::money::Money;
use crate::domain::orders::message::{KeptFile, MessageBody};
use crate::domain::orders::order::{Order, OrderEvent};
use crate::domain::orders::status::{Refusal, Role, Status, may_change};

/// What the customer is to pay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invoice {
    /// How much.
    pub amount: Money,
    /// Until when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<NaiveDate>,
    /// The invoice itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<KeptFile>,
}

impl Invoice {
    /// An invoice for an order's total, without a document.
    pub fn for_total(order: &Order) -> Invoice {
        Invoice { amount: order.summary.total, due: None, document: None }
    }
}

/// A reason that staff need not type; each reader has it in their own language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PresetReason {
    /// The customer asked for it.
    CustomerAsked,
    /// The invoice was not paid in time.
    NotPaid,
    /// The vendor cannot deliver it.
    NotAvailable,
    /// The same order stands twice.
    Duplicate,
}

impl PresetReason {
    /// In the order of the buttons.
    pub const ALL: [PresetReason; 4] =
        [PresetReason::CustomerAsked, PresetReason::NotPaid, PresetReason::NotAvailable, PresetReason::Duplicate];
}

/// Why an order was cancelled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// One of the ready ones.
    Ready(PresetReason),
    /// As it was typed, cleaned.
    Typed(String),
}

impl Reason {
    /// The longest typed reason, in Telegram's characters: it stands on one line of the timeline.
    pub const MAX_TEXT: usize = 300;
}

/// What a customer wants of staff.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Request {
    /// An answer.
    Answer,
    /// That the order be cancelled.
    Cancellation,
}

/// What somebody did to an order, as its audit trail keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrderAction {
    /// Sent it.
    Placed,
    /// Took it in hand.
    Taken,
    /// Set what is to be paid, or set it anew.
    Invoiced(Invoice),
    /// Gave the serial numbers.
    Completed,
    /// Annulled it.
    Cancelled(Reason),
    /// Turned to staff about it.
    Asked(Request, MessageBody),
    /// Answered the customer.
    Answered(MessageBody),
}

impl OrderAction {
    /// The status that the deed brings an order to; `None` leaves it where it is.
    fn leads_to(&self) -> Option<Status> {
        match self {
            OrderAction::Placed => Some(Status::Placed),
            OrderAction::Invoiced(_) => Some(Status::Invoiced),
            OrderAction::Completed => Some(Status::Completed),
            OrderAction::Cancelled(_) => Some(Status::Cancelled),
            OrderAction::Taken | OrderAction::Asked(..) | OrderAction::Answered(_) => None,
        }
    }
}

/// Why somebody cannot do to an order what they want.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TransitionError<'a> {
    /// Somebody was first.
    Overtaken(&'a OrderEvent),
    /// The rules do not allow it.
    Refused(Refusal),
}

/// How many questions a customer may ask before staff answer one.
pub const MAX_UNANSWERED: usize = 5;

impl Order {
    /// The status that the order has after `deed`, if `role` may do it now.
    pub fn status_after(&self, deed: &OrderAction, role: Role) -> Result<Status, TransitionError<'_>> {
        let from = self.summary.status;
        let Some(to) = deed.leads_to() else {
            return if *deed == OrderAction::Taken { self.may_take(role) } else { Ok(from) };
        };
        may_change(Some(from), to, role, self.summary.total).map(|()| to).map_err(|refusal| match refusal {
            Refusal::Final(_) => {
                self.last_change().map_or(TransitionError::Refused(refusal), TransitionError::Overtaken)
            }
            _ => TransitionError::Refused(refusal),
        })
    }

    fn may_take(&self, role: Role) -> Result<Status, TransitionError<'_>> {
        let status = self.summary.status;
        if role == Role::Customer {
            return Err(TransitionError::Refused(Refusal::NotAllowed));
        }
        if status.is_final() {
            return Err(self
                .last_change()
                .map_or(TransitionError::Refused(Refusal::Final(status)), TransitionError::Overtaken));
        }
        self.taken().map_or(Ok(status), |event| Err(TransitionError::Overtaken(event)))
    }

    /// How often the status was set. Who was asked something under another count has been overtaken since.
    pub fn changes(&self) -> usize {
        self.events.iter().filter(|event| event.deed.leads_to().is_some()).count()
    }

    /// Who set the status last.
    pub fn last_change(&self) -> Option<&OrderEvent> {
        self.events.iter().rev().find(|event| event.deed.leads_to().is_some())
    }

    /// Who took the order in hand.
    pub fn taken(&self) -> Option<&OrderEvent> {
        self.events.iter().rev().find(|event| event.deed == OrderAction::Taken)
    }

    /// What is to be paid, as it was set last.
    pub fn invoice(&self) -> Option<&Invoice> {
        self.events.iter().rev().find_map(|event| match &event.deed {
            OrderAction::Invoiced(invoice) => Some(invoice),
            _ => None,
        })
    }

    /// Whether the customer may turn to staff once more before they answer.
    pub fn may_ask(&self) -> bool {
        let since = self.events.iter().rev().take_while(|event| !matches!(event.deed, OrderAction::Answered(_)));
        since.filter(|event| matches!(event.deed, OrderAction::Asked(..))).count() < MAX_UNANSWERED
    }
}
