//! Orders as the vendor's people list them.

use chrono::{DateTime, Utc};
use sqlx::{AssertSqlSafe, QueryBuilder};

use crate::domain::{ActionKind, AdminOrder, AdminPage, OrderNumber, Queue, Sku, Status};

use crate::store::codes::read_count;
use crate::store::db::{Tx, on};
use crate::store::error::StoreError;
use crate::store::orders::rows::SummaryRow;
use crate::store::portions::padded;

/// The columns of a [`Row`], but for how many are listed; the parameter is the kind of action that takes one in hand.
macro_rules! order_columns {
    ($take:literal) => {
        concat!(
            "o.number, o.placed_at, o.status, o.total, o.currency, o.keys, p.name AS customer,
                 (SELECT e.actor_name FROM order_events e WHERE e.order_number = o.number AND e.kind = ",
            $take,
            " ORDER BY e.id DESC LIMIT 1) AS taken_by,
                 COALESCE((SELECT MAX(e.happened_at) FROM order_events e
                  WHERE e.order_number = o.number AND e.invoiced IS NOT NULL), o.placed_at) AS since"
        )
    };
}

/// A page of a list of orders as [`Row`]s: of those with these numbers, in the order of this rank, then the newest first.
/// A page beyond the last is the last. `$1` are the orders on a page, `$2` those before it, `$3` is the kind of action that takes
/// one in hand; further ones are the list's own.
///
/// What the list has is found once, and the page is cut before its orders are looked up: it can be very many.
pub(in crate::store) fn page_of_orders(numbers: &str, rank: &str) -> String {
    let columns = order_columns!("$3");
    format!(
        "WITH listed AS ({numbers}), page AS (
             SELECT number, {rank} AS rank FROM listed ORDER BY rank, number DESC LIMIT $1 OFFSET (
                 SELECT CASE WHEN COUNT(*) > $2 OR COUNT(*) = 0 THEN $2 ELSE (COUNT(*) - 1) / $1 * $1 END FROM listed
             )
         )
         SELECT {columns}, (SELECT COUNT(*) FROM listed) AS listed
         FROM page JOIN orders o ON o.number = page.number JOIN people p ON p.id = o.placed_by
         ORDER BY page.rank, o.number DESC"
    )
}

#[derive(sqlx::FromRow)]
pub(in crate::store) struct Row {
    #[sqlx(flatten)]
    summary: SummaryRow,
    customer: String,
    taken_by: Option<String>,
    since: DateTime<Utc>,
    listed: i64,
}

impl Row {
    fn into_order(self) -> Result<AdminOrder, StoreError> {
        let summary = self.summary.into_summary()?;
        Ok(AdminOrder { summary, customer: self.customer, taken_by: self.taken_by, since: self.since })
    }
}

/// The page that rows came from when this one was asked for.
pub(in crate::store) fn page_of(rows: Vec<Row>, page: u32, per_page: u32) -> Result<AdminPage, StoreError> {
    let total = read_count(rows.first().map_or(0, |row| row.listed))?;
    let pages = u32::try_from(total.div_ceil(u64::from(per_page))).unwrap_or(u32::MAX).max(1);
    let orders = rows.into_iter().map(Row::into_order).collect::<Result<_, _>>()?;
    Ok(AdminPage { orders, page: page.min(pages - 1), pages, total })
}

impl Tx {
    /// These orders as they stand, in the order of their numbers.
    pub async fn orders_named(&mut self, numbers: &[OrderNumber]) -> Result<Vec<AdminOrder>, StoreError> {
        if numbers.is_empty() {
            return Ok(Vec::new());
        }
        let rows: Vec<Row> = on!(self, |db| {
            let mut query = QueryBuilder::new("WITH sought (kind) AS (SELECT CAST(");
            query.push_bind(ActionKind::Take.code()).push(concat!(
                " AS TEXT)) SELECT ",
                order_columns!("(SELECT kind FROM sought)"),
                ", CAST(0 AS BIGINT) AS listed FROM orders o JOIN people p ON p.id = o.placed_by WHERE o.number IN ("
            ));
            let mut listed = query.separated(", ");
            for number in padded(numbers) {
                listed.push_bind(number.0);
            }
            query.push(") ORDER BY o.number");
            query.build_query_as().fetch_all(db).await?
        });
        rows.into_iter().map(Row::into_order).collect()
    }

    /// A page of the orders that wait for staff, oldest first, of one status or of both; an order of another status
    /// waits for nobody.
    pub async fn open_orders(
        &mut self,
        status: Option<Status>,
        page: u32,
        per_page: u32,
    ) -> Result<AdminPage, StoreError> {
        let per_page = per_page.max(1);
        let open = "SELECT number FROM orders WHERE status IN ('placed', 'invoiced') AND ($4 IS NULL OR status = $4)";
        let statement = page_of_orders(open, "number");
        let rows: Vec<Row> = on!(self, |db| sqlx::query_as(AssertSqlSafe(statement))
            .bind(i64::from(per_page))
            .bind(i64::from(page) * i64::from(per_page))
            .bind(ActionKind::Take.code())
            .bind(status.map(Status::code))
            .fetch_all(db)
            .await?);
        page_of(rows, page, per_page)
    }

    /// Orders of a product that can be completed, the oldest first, no more than these.
    pub async fn completable_orders(&mut self, sku: &Sku, limit: u32) -> Result<Vec<OrderNumber>, StoreError> {
        let numbers: Vec<i64> = on!(self, |db| sqlx::query_scalar(
            "SELECT o.number FROM orders o WHERE o.status IN ('placed', 'invoiced')
                 AND (o.status = $1 OR (o.status = $4 AND o.total = 0))
                 AND EXISTS (SELECT 1 FROM order_lines l WHERE l.order_number = o.number AND l.sku = $2)
             ORDER BY o.number LIMIT $3"
        )
        .bind(Status::Invoiced.code())
        .bind(sku.as_str())
        .bind(i64::from(limit))
        .bind(Status::Placed.code())
        .fetch_all(db)
        .await?);
        Ok(numbers.into_iter().map(OrderNumber).collect())
    }

    /// The same page, with the number of orders that wait in each status.
    pub async fn queue(&mut self, status: Option<Status>, page: u32, per_page: u32) -> Result<Queue, StoreError> {
        let listed = self.open_orders(status, page, per_page).await?;
        // SQLite uses a partial index only if the query repeats its predicate.
        let (placed, invoiced): (i64, i64) = on!(self, |db| sqlx::query_as(
            "SELECT COUNT(CASE WHEN status = 'placed' THEN 1 END), COUNT(CASE WHEN status = 'invoiced' THEN 1 END)
             FROM orders WHERE status IN ('placed', 'invoiced')"
        )
        .fetch_one(db)
        .await?);
        Ok(Queue { listed, placed: read_count(placed)?, invoiced: read_count(invoiced)? })
    }
}
