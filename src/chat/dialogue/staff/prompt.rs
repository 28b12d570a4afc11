//! What a prompt to one of the staff is about.

use serde::{Deserialize, Serialize};

use super::banner::Overtaken;
use crate::domain::{Order, OrderEvent, OrderNumber};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prompt {
    pub order: OrderNumber,
    /// [`Order::changes`] when it was asked: whoever answers under another count was overtaken.
    pub changes: usize,
    /// Rows of the audit trail when it was asked; those that came later are news. Older releases did not keep it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seen: Option<usize>,
}

impl Prompt {
    /// A prompt about an order as it stands.
    pub fn about(order: &Order) -> Prompt {
        Prompt { order: order.summary.number, changes: order.changes(), seen: Some(order.events.len()) }
    }

    /// Who changed the order since the prompt was sent.
    pub fn overtaken(&self, order: &Order) -> Option<Overtaken> {
        order.overtaken_since(self.changes).map(|event| Overtaken::by(self.order, event))
    }

    /// What was done to the order since the prompt was sent, as far as it is known.
    pub fn missed<'o>(&self, order: &'o Order) -> &'o [OrderEvent] {
        self.seen.and_then(|seen| order.events.get(seen..)).unwrap_or_default()
    }
}
