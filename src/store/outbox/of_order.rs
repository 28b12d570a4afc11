//! Whom the messages about an order do not reach.

use crate::domain::{ChatId, OrderNumber};

use crate::store::db::{Tx, on};
use crate::store::error::StoreError;

/// Why a message does not reach its reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unreached {
    /// They cannot be reached; it waits for their return.
    Parked,
    /// It was given up.
    Refused,
}

impl Tx {
    /// Whom messages about an order do not reach, in the order in which they were posted: also those that wait behind a
    /// parked one.
    ///
    /// These rows are never pruned: one that waits is still to be sent, and one that was refused is a matter that staff have to
    /// settle in another way, for as long as there is the order.
    pub async fn unreached(&mut self, order: OrderNumber) -> Result<Vec<(ChatId, Unreached)>, StoreError> {
        let rows: Vec<(i64, String)> = on!(self, |db| sqlx::query_as(
            "SELECT m.chat_id, CASE WHEN m.delivery = 'dead' THEN 'dead' ELSE 'parked' END FROM outbox_messages m
             WHERE m.order_number = $1 AND (
                 m.delivery IN ('dead', 'parked')
                 OR (m.delivery = 'pending' AND EXISTS (
                     SELECT 1 FROM outbox_messages head
                     WHERE head.delivery = 'parked' AND head.chat_id = m.chat_id AND head.set_aside_at IS NULL
                         AND head.id < m.id
                 ))
             )
             ORDER BY m.id"
        )
        .bind(order.0)
        .fetch_all(db)
        .await?);
        let reason = |delivery: &str| if delivery == "parked" { Unreached::Parked } else { Unreached::Refused };
        Ok(rows.into_iter().map(|(chat, delivery)| (ChatId(chat), reason(&delivery))).collect())
    }
}
