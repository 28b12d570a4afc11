//! Writing the orders that a transaction has placed: all of them together.

use std::mem;

use sqlx::QueryBuilder;

use crate::domain::{AccountId, OrderAction, Status};
use crate::store::codes;
use crate::store::db::{Tx, on_stored};
use crate::store::error::StoreError;
use crate::store::orders::events::Appended;
use crate::store::orders::placed::PlacedOrder;
use crate::store::outbox::posted::Posted;
use crate::store::portions::portions;

impl Tx {
    /// The last number given; nobody else gives one before this transaction ends.
    pub(super) async fn last_order_number(&mut self) -> Result<i64, StoreError> {
        if let Some(last) = self.placed.last_number {
            return Ok(last);
        }
        let last = on_stored!(self, |db| sqlx::query_scalar(
            "UPDATE counters SET value = value WHERE name = 'orders' RETURNING value"
        )
        .fetch_one(db)
        .await?);
        self.placed.last_number = Some(last);
        Ok(last)
    }

    pub(super) async fn set_last_order_number(&mut self, last: i64) -> Result<(), StoreError> {
        self.placed.last_number = Some(last);
        on_stored!(self, |db| sqlx::query("UPDATE counters SET value = $1 WHERE name = 'orders'")
            .bind(last)
            .execute(db)
            .await?
            .rows_affected());
        Ok(())
    }

    /// Writes what was placed if some of it is this account's: others' orders do not change what is known of its own.
    pub(super) async fn write_placed_by(&mut self, account: AccountId) -> Result<(), StoreError> {
        match self.placed.orders.iter().any(|placed| placed.order.account == account) {
            true => self.write_placed().await,
            false => Ok(()),
        }
    }

    /// Writes the orders that were placed, each with its lines and the first row of its audit trail, and what is said of them.
    pub(in crate::store) async fn write_placed(&mut self) -> Result<(), StoreError> {
        let placed = mem::take(&mut self.placed.orders);
        let Some(last) = placed.last().map(|placed| placed.number.0) else { return Ok(()) };
        self.set_last_order_number(last).await?;
        for placed in portions(&placed) {
            self.insert_orders(placed).await?;
            self.insert_lines(placed).await?;
            let events: Vec<Appended> = placed.iter().map(event).collect();
            self.append_events(&events).await?;
        }
        for placed in &placed {
            if let Some(note) = &placed.order.note {
                self.index_note(placed.number.0, note).await?;
            }
        }
        let messages: Vec<Posted> = placed.iter().filter_map(PlacedOrder::posted).collect();
        for messages in portions(&messages) {
            self.insert_messages(messages).await?;
        }
        Ok(())
    }

    async fn insert_orders(&mut self, placed: &[PlacedOrder]) -> Result<(), StoreError> {
        on_stored!(self, |db| {
            let mut query = QueryBuilder::new(
                "INSERT INTO orders (number, draft_id, account_id, placed_by, placed_at, status, currency, total, note,
                     keys) ",
            );
            query.push_values(placed, |mut row, PlacedOrder { number, order, at, .. }| {
                row.push_bind(number.0)
                    .push_bind(order.draft.0)
                    .push_bind(order.account.0)
                    .push_bind(order.placed_by.0);
                row.push_bind(*at).push_bind(Status::Placed.code()).push_bind(order.total.currency().code());
                row.push_bind(order.total.minor()).push_bind(&order.note);
                row.push_bind(order.lines.iter().map(|line| i64::from(line.quantity)).sum::<i64>());
            });
            query.build().execute(db).await?.rows_affected()
        });
        Ok(())
    }

    async fn insert_lines(&mut self, placed: &[PlacedOrder]) -> Result<(), StoreError> {
        let mut lines = Vec::new();
        for PlacedOrder { number, order, .. } in placed {
            for (position, line) in (1_i64..).zip(&order.lines) {
                lines.push((number.0, position, line, codes::names_code(&line.name)?));
            }
        }
        for lines in portions(&lines) {
            on_stored!(self, |db| {
                let mut query =
                    QueryBuilder::new("INSERT INTO order_lines (order_number, position, sku, names, quantity, price) ");
                query.push_values(lines, |mut row, (number, position, line, names)| {
                    row.push_bind(*number).push_bind(*position).push_bind(line.sku.as_str()).push_bind(names);
                    row.push_bind(i64::from(line.quantity)).push_bind(line.price.minor());
                });
                query.build().execute(db).await?.rows_affected()
            });
        }
        Ok(())
    }
}

fn event(placed: &PlacedOrder) -> Appended<'_> {
    let PlacedOrder { number, actor, at, .. } = placed;
    Appended { number: *number, from: None, to: Status::Placed, action: &OrderAction::Placed, actor, at: *at }
}
