//! Placing an order: once for each draft, under the next number.

use chrono::{DateTime, Utc};
use sqlx::QueryBuilder;

use crate::domain::{AccountId, Actor, DraftId, NewOrder, OrderAction, OrderLine, OrderNumber, Role, Status};

use crate::store::codes;
use crate::store::db::{Tx, on};
use crate::store::error::StoreError;

/// What came of placing an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Placement {
    /// It exists from this transaction on.
    Placed(OrderNumber),
    /// Its draft was sent before; nothing was stored.
    AlreadyPlaced(OrderNumber),
}

impl Tx {
    /// Makes `first` the number of the first order. Once there is an order, or a higher start, it changes nothing.
    pub async fn start_order_numbers_at(&mut self, first: i64) -> Result<(), StoreError> {
        let last = self.lock_order_numbers().await?;
        let any: Option<i64> = on!(self, |db| sqlx::query_scalar("SELECT number FROM orders ORDER BY number LIMIT 1")
            .fetch_optional(db)
            .await?);
        if any.is_none() && first - 1 > last {
            self.set_last_order_number(first - 1).await?;
        }
        Ok(())
    }

    /// Stores the order under the next number, with the first row of its audit trail, unless its draft was sent before.
    pub async fn place_order(
        &mut self,
        order: &NewOrder,
        actor_name: &str,
        now: DateTime<Utc>,
    ) -> Result<Placement, StoreError> {
        let number = self.next_order_number().await?;
        // Under the lock of the counter nobody else places this draft between the two.
        if self.insert_order(number, order, now).await? == 0 {
            self.set_last_order_number(number.0 - 1).await?;
            return Ok(Placement::AlreadyPlaced(self.number_of_draft(order.draft).await?));
        }
        self.insert_lines(number, &order.lines).await?;
        if let Some(note) = &order.note {
            self.index_note(number.0, note).await?;
        }
        self.facts.placed.insert(order.placed_by, number);
        let actor = Actor::Person { id: order.placed_by, name: actor_name.to_owned(), role: Role::Customer };
        self.append_event(number, None, Status::Placed, &OrderAction::Placed, &actor, now).await?;
        Ok(Placement::Placed(number))
    }

    /// The order that the account placed from this draft.
    pub async fn placed_from(&mut self, draft: DraftId, account: AccountId) -> Result<Option<OrderNumber>, StoreError> {
        let number: Option<i64> =
            on!(self, |db| sqlx::query_scalar("SELECT number FROM orders WHERE draft_id = $1 AND account_id = $2")
                .bind(draft.0)
                .bind(account.0)
                .fetch_optional(db)
                .await?);
        Ok(number.map(OrderNumber))
    }

    async fn number_of_draft(&mut self, draft: DraftId) -> Result<OrderNumber, StoreError> {
        Ok(OrderNumber(on!(self, |db| sqlx::query_scalar("SELECT number FROM orders WHERE draft_id = $1")
            .bind(draft.0)
            .fetch_one(db)
            .await?)))
    }

    /// The next number, which nobody else gives before this transaction ends.
    async fn next_order_number(&mut self) -> Result<OrderNumber, StoreError> {
        Ok(OrderNumber(on!(self, |db| sqlx::query_scalar(
            "UPDATE counters SET value = value + 1 WHERE name = 'orders' RETURNING value"
        )
        .fetch_one(db)
        .await?)))
    }

    /// The last number given; nobody else gives one before this transaction ends.
    async fn lock_order_numbers(&mut self) -> Result<i64, StoreError> {
        Ok(on!(self, |db| sqlx::query_scalar(
            "UPDATE counters SET value = value WHERE name = 'orders' RETURNING value"
        )
        .fetch_one(db)
        .await?))
    }

    async fn set_last_order_number(&mut self, last: i64) -> Result<(), StoreError> {
        on!(self, |db| sqlx::query("UPDATE counters SET value = $1 WHERE name = 'orders'")
            .bind(last)
            .execute(db)
            .await?
            .rows_affected());
        Ok(())
    }

    /// Gives how many rows that made: none when the draft was sent before.
    async fn insert_order(
        &mut self,
        number: OrderNumber,
        order: &NewOrder,
        now: DateTime<Utc>,
    ) -> Result<u64, StoreError> {
        let currency = order.total.currency();
        let keys: i64 = order.lines.iter().map(|line| i64::from(line.quantity)).sum();
        Ok(on!(self, |db| {
            sqlx::query(
            "INSERT INTO orders (number, draft_id, account_id, placed_by, placed_at, status, currency, total, note, keys)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
             ON CONFLICT (draft_id) DO NOTHING"
        )
        .bind(number.0)
        .bind(order.draft.0)
        .bind(order.account.0)
        .bind(order.placed_by.0)
        .bind(now)
        .bind(Status::Placed.code())
        .bind(currency.code())
        .bind(order.total.minor())
        .bind(&order.note)
        .bind(keys)
        .execute(db)
        .await?
        .rows_affected()
        }))
    }

    async fn insert_lines(&mut self, number: OrderNumber, lines: &[OrderLine]) -> Result<(), StoreError> {
        let names = lines.iter().map(|line| codes::names_code(&line.name)).collect::<Result<Vec<_>, _>>()?;
        on!(self, |db| {
            let mut query =
                QueryBuilder::new("INSERT INTO order_lines (order_number, position, sku, names, quantity, price) ");
            query.push_values((1_i64..).zip(lines).zip(&names), |mut row, ((position, line), names)| {
                row.push_bind(number.0).push_bind(position).push_bind(line.sku.as_str()).push_bind(names);
                row.push_bind(i64::from(line.quantity)).push_bind(line.price.minor());
            });
            query.build().execute(db).await?.rows_affected()
        });
        Ok(())
    }
}
