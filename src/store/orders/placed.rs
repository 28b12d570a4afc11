//! Orders that a transaction has placed and has still to write, with what is said of each.

use chrono::{DateTime, Utc};

use crate::domain::{Actor, Lane, NewOrder, Order, OrderNumber, Role};
use crate::store::outbox::posted::{NewOutboxMessage, Posted};

/// Orders that are still to be written, and the last number given.
#[derive(Debug, Clone, Default)]
pub(in crate::store) struct Placed {
    pub(super) orders: Vec<PlacedOrder>,
    /// Under the lock of the counter, which lasts as long as the transaction.
    pub(super) last_number: Option<i64>,
}

#[derive(Debug, Clone)]
pub(super) struct PlacedOrder {
    pub(super) number: OrderNumber,
    pub(super) order: NewOrder,
    pub(super) actor: Actor,
    pub(super) at: DateTime<Utc>,
    /// What is said of it, and when it was.
    message: Option<(NewOutboxMessage, DateTime<Utc>)>,
}

impl Placed {
    pub(in crate::store) fn is_empty(&self) -> bool {
        self.orders.is_empty()
    }

    /// Gives the order as it is to be read when it is written.
    pub(super) fn place(
        &mut self,
        number: OrderNumber,
        order: &NewOrder,
        actor_name: &str,
        at: DateTime<Utc>,
    ) -> Order {
        let actor = Actor::Person { id: order.placed_by, name: actor_name.to_owned(), role: Role::Customer };
        let placed = Order::placed(number, order, actor.clone(), at);
        self.orders.push(PlacedOrder { number, order: order.clone(), actor, at, message: None });
        self.last_number = Some(number.0);
        placed
    }

    /// Keeps the first message about an order that is still to be written, to be posted right behind it; gives whether it does.
    pub(in crate::store) fn keep(&mut self, message: &NewOutboxMessage, now: DateTime<Utc>) -> bool {
        let last = self.orders.last_mut().filter(|placed| message.order == Some(placed.number));
        match last.filter(|placed| placed.message.is_none() && message.lane > Lane::Tap) {
            Some(placed) => {
                placed.message = Some((message.clone(), now));
                true
            }
            None => false,
        }
    }
}

impl PlacedOrder {
    pub(super) fn posted(&self) -> Option<Posted<'_>> {
        self.message.as_ref().map(|(message, at)| Posted { message, topic: None, at: *at })
    }
}
