//! Which customers may hear of an order.

use crate::domain::{Access, Order, OrderNumber};
use crate::store::{Customer, StoreError, Tx};

/// An order that is this customer's as of now: who left the account hears no more of it.
pub(super) async fn theirs(tx: &mut Tx, customer: &Customer, number: OrderNumber) -> Result<Option<Order>, StoreError> {
    let order = tx.order_of(customer, number).await?;
    Ok(order.filter(|order| may_hear(customer, order)))
}

/// Whoever is shut out still gets what they themselves ordered, and nothing of their colleagues'.
pub(super) fn may_hear(customer: &Customer, order: &Order) -> bool {
    customer.access == Access::Admitted || order.placed_by == customer.person.id
}
