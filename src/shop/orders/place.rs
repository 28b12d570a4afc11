//! Placing an order from a draft.

use crate::domain::orders::draft::Repriced;
use crate::domain::{Catalogue, Draft, LimitReached, NewOrder, Notification, OrderNumber};
use crate::shop::{Recipient, Shop, ShopError};
use crate::store::{Customer, Placement, Tx};

/// What came of sending a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Placing {
    /// The order exists from this transaction on.
    Placed(OrderNumber),
    /// The draft became this order before; nothing was stored.
    AlreadyPlaced(OrderNumber),
    /// The draft has no lines, or one that is not sold at its price any more, or nobody to invoice where the shop asks
    /// for that; nothing was stored.
    NotReady,
    /// The account has as many orders as it may have for now; nothing was stored.
    OverLimit(LimitReached),
}

impl Shop {
    /// Places an order as its customer saw it, once for each draft, and tells staff.
    pub async fn place(
        &self,
        tx: &mut Tx,
        customer: &Customer,
        draft: &Draft,
        catalogue: &Catalogue,
    ) -> Result<Placing, ShopError> {
        let person = &customer.person;
        let Ok(order) = NewOrder::from_draft(draft, catalogue, customer.account, person.id) else {
            return Ok(Placing::NotReady);
        };
        let is_current = draft.clone().reprice(catalogue) == Repriced::Same;
        if !is_current || self.lacks_billing(tx, customer).await? {
            return Ok(Placing::NotReady);
        }
        if let Some(reached) = self.limit_on_orders(tx, customer.account, draft.id).await? {
            // Sent before, it is no further order.
            let sent = tx.placed_from(draft.id, customer.account).await?;
            return Ok(sent.map_or(Placing::OverLimit(reached), Placing::AlreadyPlaced));
        }
        let number = match tx.place_order(&order, &person.name, self.clock.now()).await? {
            Placement::Placed(number) => number,
            Placement::AlreadyPlaced(number) => return Ok(Placing::AlreadyPlaced(number)),
        };
        self.tell(tx, Recipient::Staff, Some(number), &Notification::OrderPlaced(number)).await?;
        tx.say_when_committed(move || tracing::info!(order = number.0, "order {number} was placed"));
        Ok(Placing::Placed(number))
    }
}
