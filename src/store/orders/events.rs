//! The audit trail of orders: what was done to them, by whom, and how their status changed by it.

use chrono::{DateTime, Utc};
use sqlx::QueryBuilder;

use crate::domain::{Actor, OrderAction, OrderEvent, OrderNumber, Status, Stored};
use crate::store::codes;
use crate::store::db::{Tx, on, on_stored};
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

/// A row of the audit trail that is to be written.
pub(super) struct Appended<'a> {
    pub(super) number: OrderNumber,
    /// None for an order that is new.
    pub(super) from: Option<Status>,
    pub(super) to: Status,
    pub(super) action: &'a OrderAction,
    pub(super) actor: &'a Actor,
    pub(super) at: DateTime<Utc>,
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
        let NewEvent { from, to, action, actor } = *event;
        self.append_events(&[Appended { number, from: Some(from), to, action, actor, at: now }]).await?;
        self.order_changed(number, now);
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

    pub(super) async fn append_events(&mut self, events: &[Appended<'_>]) -> Result<(), StoreError> {
        let actions = events.iter().map(|event| event.action.encode()).collect::<Result<Vec<_>, _>>()?;
        on_stored!(self, |db| {
            let mut query = QueryBuilder::new(
                "INSERT INTO order_events (order_number, happened_at, actor_id, actor_name, role, from_status, to_status,
                     kind, action, invoiced) ",
            );
            query.push_values(events.iter().zip(&actions), |mut row, (event, stored)| {
                let Appended { number, from, to, action, actor, at } = event;
                row.push_bind(number.0).push_bind(*at);
                row.push_bind(actor.id().map_or(codes::NOBODY, |person| person.0));
                row.push_bind(actor.name().unwrap_or_default()).push_bind(codes::capacity_code(actor.capacity()));
                row.push_bind(from.map(Status::code)).push_bind(to.code()).push_bind(action.kind().code());
                row.push_bind(stored).push_bind(invoiced(action));
            });
            query.build().execute(db).await?.rows_affected()
        });
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
