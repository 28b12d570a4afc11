//! The audit trail of orders: what was done to them, by whom, and how their status changed by it.

use chrono::{DateTime, Utc};

use crate::domain::{Actor, OrderAction, OrderEvent, OrderNumber, Status, Stored};
use crate::store::codes;
use crate::store::db::{Tx, on};
use crate::store::error::StoreError;

/// What is done to an order, decided while [`Tx::locked_order`] keeps it as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEvent<'a> {
    /// The status until now.
    pub from: Status,
    /// The status from now on; the same one for an action that leaves it.
    pub to: Status,
    pub action: &'a OrderAction,
    pub actor: &'a Actor,
}

/// What came of doing something to an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recorded {
    /// The order has the new status, and its audit trail one row more.
    Done,
    /// The order has not the expected status any more; nothing was stored.
    Overtaken,
}

#[derive(sqlx::FromRow)]
pub(in crate::store) struct EventRow {
    happened_at: DateTime<Utc>,
    actor_id: i64,
    actor_name: String,
    role: String,
    from_status: Option<String>,
    to_status: String,
    action: String,
}

impl EventRow {
    pub(in crate::store) fn into_event(self) -> Result<OrderEvent, StoreError> {
        Ok(OrderEvent {
            at: self.happened_at,
            actor: codes::actor(self.actor_id, self.actor_name, &self.role)?,
            from: self.from_status.as_deref().map(codes::status).transpose()?,
            to: codes::status(&self.to_status)?,
            action: codes::read_action(&self.action)?,
        })
    }
}

impl Tx {
    /// Does something to an order if it still has the status that this was decided under, with a row of its audit trail.
    pub async fn record(
        &mut self,
        number: OrderNumber,
        event: &NewEvent<'_>,
        now: DateTime<Utc>,
    ) -> Result<Recorded, StoreError> {
        let talked_at = event.action.words().map(|_| now);
        let changed = on!(self, |db| sqlx::query(
            "UPDATE orders SET status = $3, talked_at = COALESCE($4, talked_at), invoiced = COALESCE($5, invoiced)
             WHERE number = $1 AND status = $2"
        )
        .bind(number.0)
        .bind(event.from.code())
        .bind(event.to.code())
        .bind(talked_at)
        .bind(invoiced(event.action))
        .execute(db)
        .await?
        .rows_affected());
        if changed == 0 {
            return Ok(Recorded::Overtaken);
        }
        if event.to == Status::Completed && event.from != event.to {
            self.note_products(number).await?;
        }
        self.append_event(number, Some(event.from), event.to, event.action, event.actor, now).await?;
        Ok(Recorded::Done)
    }

    /// Notes that the order's account has serial numbers of its products now.
    async fn note_products(&mut self, number: OrderNumber) -> Result<(), StoreError> {
        on!(self, |db| {
            sqlx::query(
            "INSERT INTO account_products (account_id, sku)
             SELECT o.account_id, l.sku FROM orders o JOIN order_lines l ON l.order_number = o.number WHERE o.number = $1
             ORDER BY l.sku
             ON CONFLICT (account_id, sku) DO NOTHING"
        )
        .bind(number.0)
        .execute(db)
        .await?
        .rows_affected()
        });
        Ok(())
    }

    pub(in crate::store) async fn append_event(
        &mut self,
        number: OrderNumber,
        from: Option<Status>,
        to: Status,
        action: &OrderAction,
        actor: &Actor,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let stored = action.encode()?;
        on!(self, |db| sqlx::query(
            "INSERT INTO order_events
                 (order_number, happened_at, actor_id, actor_name, role, from_status, to_status, kind, action, invoiced)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
        )
        .bind(number.0)
        .bind(now)
        .bind(actor.id().map_or(codes::NOBODY, |person| person.0))
        .bind(actor.name().unwrap_or_default())
        .bind(codes::capacity_code(actor.capacity()))
        .bind(from.map(Status::code))
        .bind(to.code())
        .bind(action.kind().code())
        .bind(stored)
        .bind(invoiced(action))
        .execute(db)
        .await?
        .rows_affected());
        self.order_changed(number, now);
        Ok(())
    }
}

/// What an action invoices, in minor units.
fn invoiced(action: &OrderAction) -> Option<i64> {
    match action {
        OrderAction::Invoiced(invoice) => Some(invoice.amount.minor()),
        _ => None,
    }
}
