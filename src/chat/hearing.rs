//! Which customers may hear of an order, and which of them its messages did not reach.

use crate::chat::view::alert::{Unreached, WhyUnreached};
use crate::domain::{Access, Order, OrderNumber, PersonId};
use crate::store::{self, Customer, Reachability, StoreError, Tx};

/// An order that is this customer's as of now: who left the account hears no more of it.
pub(super) async fn theirs(tx: &mut Tx, customer: &Customer, number: OrderNumber) -> Result<Option<Order>, StoreError> {
    let order = tx.order_of(customer, number).await?;
    Ok(order.filter(|order| may_hear(customer, order)))
}

/// Whoever is shut out still gets what they themselves ordered, and nothing of their colleagues'.
pub(super) fn may_hear(customer: &Customer, order: &Order) -> bool {
    customer.access == Access::Admitted || order.placed_by == customer.person.id
}

/// Whom messages about an order did not reach.
pub(super) async fn unreached(tx: &mut Tx, order: &Order) -> Result<Vec<Unreached>, StoreError> {
    let founder = tx.account(order.account).await?.map(|account| account.owner);
    let mut unreached: Vec<Unreached> = Vec::new();
    for (chat, undelivered) in tx.unreached(order.summary.number).await? {
        let reader = tx.customer(PersonId(chat.0)).await?;
        // Who left the account meanwhile, or was shut out, is not to hear of its orders any more.
        let is_theirs = |reader: &Customer| reader.account == order.account || founder == Some(reader.person.id);
        let reader = reader.filter(|reader| is_theirs(reader) && may_hear(reader, order));
        let Some(customer) = reader else { continue };
        let why = match (undelivered, customer.reachability) {
            (store::Unreached::Refused, _) => WhyUnreached::Refused,
            (store::Unreached::Parked, Reachability::Deactivated) => WhyUnreached::Deactivated,
            (store::Unreached::Parked, Reachability::Blocked) => WhyUnreached::Blocked,
            (store::Unreached::Parked, Reachability::Reachable) => WhyUnreached::Waits,
        };
        let one = Unreached { name: customer.person.name, why };
        if !unreached.contains(&one) {
            unreached.push(one);
        }
    }
    Ok(unreached)
}
