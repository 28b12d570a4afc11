//! Orders that exist: cards and lists.

use std::collections::BTreeMap;

use sqlx::QueryBuilder;

use crate::domain::{AccountId, Order, OrderNumber, OrderPage, PersonId, Status};
use crate::store::accounts::customer::Customer;
use crate::store::db::{Tx, on};
use crate::store::error::StoreError;
use crate::store::orders::events::EventRow;
use crate::store::orders::rows::{LineRow, SummaryRow};
use crate::store::portions::padded;

/// Far from either database's limit on parameters.
const ORDERS_AT_ONCE: usize = 500;

#[derive(sqlx::FromRow)]
struct OrderRow {
    #[sqlx(flatten)]
    summary: SummaryRow,
    account_id: i64,
    placed_by: i64,
    note: Option<String>,
}

/// A row about an order, with the order's number.
#[derive(sqlx::FromRow)]
struct OfOrder<T> {
    order_number: i64,
    #[sqlx(flatten)]
    row: T,
}

impl OrderRow {
    fn into_order(self, lines: Vec<LineRow>, events: Vec<EventRow>) -> Result<Order, StoreError> {
        let currency = &self.summary.currency;
        Ok(Order {
            lines: lines.into_iter().map(|line| line.into_line(currency)).collect::<Result<_, _>>()?,
            account: AccountId(self.account_id),
            placed_by: PersonId(self.placed_by),
            note: self.note,
            events: events.into_iter().map(EventRow::into_event).collect::<Result<_, _>>()?,
            summary: self.summary.into_summary()?,
        })
    }
}

fn by_order<R>(rows: Vec<OfOrder<R>>) -> BTreeMap<i64, Vec<R>> {
    let mut by_order: BTreeMap<i64, Vec<R>> = BTreeMap::new();
    for OfOrder { order_number, row } in rows {
        by_order.entry(order_number).or_default().push(row);
    }
    by_order
}

/// The end of a condition: that the number is one of these.
fn push_numbers<'q, 'a, DB>(query: &'q mut QueryBuilder<DB>, numbers: &[OrderNumber]) -> &'q mut QueryBuilder<DB>
where
    DB: sqlx::Database,
    i64: sqlx::Encode<'a, DB> + sqlx::Type<DB>,
{
    query.push("IN (");
    let mut wanted = query.separated(", ");
    for number in padded(numbers) {
        wanted.push_bind(number.0);
    }
    query.push(")")
}

/// The condition that an order is this account's, and of this status if one is given: said only then, since a database looks
/// up no index for a condition that may not be one.
fn push_whose<'q, 'a, DB>(
    query: &'q mut QueryBuilder<DB>,
    account: AccountId,
    status: Option<Status>,
) -> &'q mut QueryBuilder<DB>
where
    DB: sqlx::Database,
    i64: sqlx::Encode<'a, DB> + sqlx::Type<DB>,
    &'static str: sqlx::Encode<'a, DB> + sqlx::Type<DB>,
{
    query.push("account_id = ").push_bind(account.0);
    if let Some(status) = status {
        query.push(" AND status = ").push_bind(status.code());
    }
    query
}

impl Tx {
    /// A whole order, whosever it is: for the vendor's people.
    pub async fn order(&mut self, number: OrderNumber) -> Result<Option<Order>, StoreError> {
        if let Some(order) = self.facts.orders.get(&number) {
            return Ok(Some(order.clone()));
        }
        Ok(self.read_orders(&[number]).await?.pop())
    }

    /// Whole orders in three statements.
    pub(in crate::store) async fn read_orders(&mut self, numbers: &[OrderNumber]) -> Result<Vec<Order>, StoreError> {
        let mut orders = Vec::with_capacity(numbers.len());
        for numbers in numbers.chunks(ORDERS_AT_ONCE) {
            let rows: Vec<OrderRow> = on!(self, |db| {
                let mut query = QueryBuilder::new(
                    "SELECT o.number, o.placed_at, o.status, o.total, o.currency, o.keys, o.account_id, o.placed_by, o.note
                     FROM orders o WHERE o.number ",
                );
                push_numbers(&mut query, numbers).push(" ORDER BY o.number");
                query.build_query_as().fetch_all(db).await?
            });
            if rows.is_empty() {
                continue;
            }
            let lines: Vec<OfOrder<LineRow>> = on!(self, |db| {
                let mut query = QueryBuilder::new(
                    "SELECT order_number, sku, names, quantity, price FROM order_lines WHERE order_number ",
                );
                push_numbers(&mut query, numbers).push(" ORDER BY order_number, position");
                query.build_query_as().fetch_all(db).await?
            });
            let events: Vec<OfOrder<EventRow>> = on!(self, |db| {
                let mut query = QueryBuilder::new(
                    "SELECT order_number, happened_at, actor_id, actor_name, role, from_status, to_status, action
                     FROM order_events WHERE order_number ",
                );
                push_numbers(&mut query, numbers).push(" ORDER BY order_number, id");
                query.build_query_as().fetch_all(db).await?
            });
            let (mut lines, mut events) = (by_order(lines), by_order(events));
            for row in rows {
                let number = row.summary.number;
                let (lines, events) = (lines.remove(&number), events.remove(&number));
                orders.push(row.into_order(lines.unwrap_or_default(), events.unwrap_or_default())?);
            }
        }
        Ok(orders)
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
        let total: i64 = on!(self, |db| {
            let mut query = QueryBuilder::new("SELECT COUNT(*) FROM orders WHERE ");
            push_whose(&mut query, account, status).build_query_scalar().fetch_one(db).await?
        });
        let total = u64::try_from(total).map_err(|_| StoreError::unreadable("count"))?;
        let per_page = per_page.max(1);
        let pages = u32::try_from(total.div_ceil(u64::from(per_page))).unwrap_or(u32::MAX).max(1);
        let page = page.min(pages - 1);
        let rows: Vec<SummaryRow> = on!(self, |db| {
            let mut query =
                QueryBuilder::new("SELECT number, placed_at, status, total, currency, keys FROM orders WHERE ");
            push_whose(&mut query, account, status).push(" ORDER BY number DESC LIMIT ").push_bind(i64::from(per_page));
            query.push(" OFFSET ").push_bind(i64::from(page) * i64::from(per_page));
            query.build_query_as().fetch_all(db).await?
        });
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
