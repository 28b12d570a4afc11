//! What a question to one of the staff is about, and how their open screens follow what becomes of orders.

use serde::{Deserialize, Serialize};

use super::admin::AdminState;
use super::staff::StaffState;
use super::staff_notice::Overtaken;
use crate::domain::{Order, OrderEvent, OrderNumber};

/// What a question is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prompt {
    /// The order.
    pub order: OrderNumber,
    /// [`Order::changes`] when it was asked: whoever answers under another count was overtaken.
    pub changes: usize,
    /// Rows of the audit trail when it was asked; those that came later are news. Older releases did not keep it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seen: Option<usize>,
}

/// What staff's open screens may show differently from now on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// This order: where it stands, or what was done about it.
    Order(OrderNumber),
    /// How many serial numbers there are.
    Stock,
}

/// How soon an open screen shows a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Following {
    /// Now: somebody may act on what it shows.
    AtOnce,
    /// Together with the changes that come soon after.
    InAWhile,
}

impl Prompt {
    /// A question about an order as it stands.
    pub fn about(order: &Order) -> Prompt {
        Prompt { order: order.summary.number, changes: order.changes(), seen: Some(order.events.len()) }
    }

    /// Who changed the order since the question was asked.
    pub fn overtaken(&self, order: &Order) -> Option<Overtaken> {
        Some(Overtaken::by(self.order, order.overtaken_since(self.changes)?))
    }

    /// What was done to the order since the question was asked, as far as it is known.
    pub fn missed<'o>(&self, order: &'o Order) -> &'o [OrderEvent] {
        self.seen.and_then(|seen| order.events.get(seen..)).unwrap_or_default()
    }
}

impl StaffState {
    /// Whether a screen at this place shows a change, and how soon it is to.
    pub fn follows(&self, change: Change) -> Option<Following> {
        match (self, change) {
            // The stock in a question does not follow: it is counted anew at the press, and whoever is about to press must
            // not be overtaken by every other completion.
            (StaffState::Admin(AdminState::ReadingQueue { .. } | AdminState::ReadingFindings { .. }), _)
            | (StaffState::Admin(AdminState::ReadingStock { .. }), Change::Stock) => Some(Following::InAWhile),
            // Whoever waits for their file reads soon what came of it.
            (StaffState::ReadingSerials(_), _) => None,
            (place, Change::Order(number)) if place.order() == Some(number) => Some(Following::AtOnce),
            _ => None,
        }
    }
}
