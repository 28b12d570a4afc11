//! Orders that exist: cards and lists.

use crate::domain::{AccountId, Order, OrderNumber, OrderPage, PersonId, Status};
use crate::store::accounts::customer::Customer;
use crate::store::db::{Tx, on};
use crate::store::error::StoreError;
use crate::store::orders::events::EventRow;
use crate::store::orders::rows::{LineRow, SummaryRow};

#[derive(sqlx::FromRow)]
struct OrderRow {
    #[sqlx(flatten)]
    summary: SummaryRow,
    account_id: i64,
    placed_by: i64,
    note: Option<String>,
}

impl Tx {
    /// A whole order, whosever it is: for the vendor's people.
    pub async fn order(&mut self, number: OrderNumber) -> Result<Option<Order>, StoreError> {
        let row: Option<OrderRow> = on!(self, |db| sqlx::query_as(
            "SELECT o.number, o.placed_at, o.status, o.total, o.currency, o.account_id, o.placed_by, o.note,
                 (SELECT CAST(SUM(l.quantity) AS BIGINT) FROM order_lines l WHERE l.order_number = o.number) AS keys
             FROM orders o WHERE o.number = $1"
        )
        .bind(number.0)
        .fetch_optional(db)
        .await?);
        let Some(row) = row else { return Ok(None) };
        let lines: Vec<LineRow> = on!(self, |db| sqlx::query_as(
            "SELECT sku, names, quantity, price FROM order_lines
             WHERE order_number = $1 ORDER BY position"
        )
        .bind(number.0)
        .fetch_all(db)
        .await?);
        let events: Vec<EventRow> = on!(self, |db| sqlx::query_as(
            "SELECT happened_at, actor_id, actor_name, role, from_status, to_status, action FROM order_events
             WHERE order_number = $1 ORDER BY id"
        )
        .bind(number.0)
        .fetch_all(db)
        .await?);
        let currency = &row.summary.currency;
        let lines = lines.into_iter().map(|line| line.into_line(currency)).collect::<Result<_, _>>()?;
        Ok(Some(Order {
            lines,
            account: AccountId(row.account_id),
            placed_by: PersonId(row.placed_by),
            note: row.note,
            events: events.into_iter().map(EventRow::into_event).collect::<Result<_, _>>()?,
            summary: row.summary.into_summary()?,
        }))
    }

    /// A whole order of this customer: of the account that they are in, or of the one that they founded and left for a
    /// colleague's. Somebody else's is as good as none.
    pub async fn order_of(&mut self, customer: &Customer, number: OrderNumber) -> Result<Option<Order>, StoreError> {
        let Some(order) = self.order(number).await? else { return Ok(None) };
        if order.account == customer.account {
            return Ok(Some(order));
        }
        let account = self.account(order.account).await?;
        Ok(account.filter(|account| account.owner == customer.person.id).map(|_| order))
    }

    /// A page of an account's orders, newest first, of one status or of all.
    pub async fn orders_page(
        &mut self,
        account: AccountId,
        status: Option<Status>,
        page: u32,
        per_page: u32,
    ) -> Result<OrderPage, StoreError> {
        let total: i64 = on!(self, |db| sqlx::query_scalar(
            "SELECT COUNT(*) FROM orders WHERE account_id = $1 AND ($2 IS NULL OR status = $2)"
        )
        .bind(account.0)
        .bind(status.map(Status::code))
        .fetch_one(db)
        .await?);
        let total = u64::try_from(total).map_err(|_| StoreError::unreadable("count"))?;
        let per_page = per_page.max(1);
        let pages = u32::try_from(total.div_ceil(u64::from(per_page))).unwrap_or(u32::MAX).max(1);
        let page = page.min(pages - 1);
        let rows: Vec<SummaryRow> = on!(self, |db| sqlx::query_as(
            "SELECT o.number, o.placed_at, o.status, o.total, o.currency,
                 (SELECT CAST(SUM(l.quantity) AS BIGINT) FROM order_lines l WHERE l.order_number = o.number) AS keys
             FROM orders o WHERE o.account_id = $1 AND ($2 IS NULL OR o.status = $2)
             ORDER BY o.number DESC LIMIT $3 OFFSET $4"
        )
        .bind(account.0)
        .bind(status.map(Status::code))
        .bind(i64::from(per_page))
        .bind(i64::from(page) * i64::from(per_page))
        .fetch_all(db)
        .await?);
        let orders = rows.into_iter().map(SummaryRow::into_summary).collect::<Result<_, _>>()?;
        Ok(OrderPage { orders, page, pages, total })
    }

    /// A whole order that nobody else changes before this transaction ends.
    pub async fn locked_order(&mut self, number: OrderNumber) -> Result<Option<Order>, StoreError> {
        on!(self, |db| sqlx::query("UPDATE orders SET status = status WHERE number = $1")
            .bind(number.0)
            .execute(db)
            .await?
            .rows_affected());
        self.order(number).await
    }
}
