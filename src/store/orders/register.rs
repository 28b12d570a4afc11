//! Orders one after the other, for lists of any length.

use chrono::{DateTime, Utc};
use sqlx::QueryBuilder;

use crate::domain::reports::period::Span;
use crate::domain::{AccountId, Money, OrderNumber, OrderSummary, PersonId, Status};
use crate::store::codes;
use crate::store::db::{Tx, on};
use crate::store::error::StoreError;
use crate::store::orders::rows::SummaryRow;

/// Which orders to list: those that fit all that is given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderFilter {
    pub status: Option<Status>,
    /// When they were placed.
    pub span: Span,
    pub account: Option<AccountId>,
}

/// An order in a list, with whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedOrder {
    pub summary: OrderSummary,
    /// What is to be paid, as it was set last.
    pub invoiced: Option<Money>,
    pub account: AccountId,
    pub person: PersonId,
    /// The name of who placed it.
    pub customer: String,
}

#[derive(sqlx::FromRow)]
struct Row {
    #[sqlx(flatten)]
    summary: SummaryRow,
    invoiced: Option<i64>,
    account_id: i64,
    placed_by: i64,
    customer: String,
}

impl Row {
    fn into_order(self) -> Result<ListedOrder, StoreError> {
        let invoiced = self.invoiced.map(|minor| codes::money(minor, &self.summary.currency)).transpose()?;
        Ok(ListedOrder {
            invoiced,
            account: AccountId(self.account_id),
            person: PersonId(self.placed_by),
            customer: self.customer,
            summary: self.summary.into_summary()?,
        })
    }
}

impl Tx {
    /// The newest orders that fit, up to `limit`, or those before the one that was placed at this moment and has this number. An
    /// index has them in their order from one end of the span to the other, or all of an account by number.
    pub async fn list_orders(
        &mut self,
        filter: &OrderFilter,
        before: Option<(DateTime<Utc>, OrderNumber)>,
        limit: u32,
    ) -> Result<Vec<ListedOrder>, StoreError> {
        let rows: Vec<Row> = on!(self, |db| {
            let mut query = QueryBuilder::new(
                "SELECT o.number, o.placed_at, o.status, o.keys, o.total, o.currency, o.invoiced, o.account_id, o.placed_by,
                     p.name AS customer
                 FROM orders o JOIN people p ON p.id = o.placed_by WHERE o.placed_at >= ",
            );
            query.push_bind(filter.span.from);
            query.push(" AND o.placed_at < ").push_bind(filter.span.to);
            if let Some(status) = filter.status {
                query.push(" AND o.status = ").push_bind(status.code());
            }
            let order = match filter.account {
                Some(account) => {
                    query.push(" AND o.account_id = ").push_bind(account.0);
                    if let Some((_, number)) = before {
                        query.push(" AND o.number < ").push_bind(number.0);
                    }
                    "o.number DESC"
                }
                None => {
                    if let Some((at, number)) = before {
                        query.push(" AND (o.placed_at, o.number) < (").push_bind(at);
                        query.push(", ").push_bind(number.0).push(")");
                    }
                    "o.placed_at DESC, o.number DESC"
                }
            };
            query.push(" ORDER BY ").push(order).push(" LIMIT ").push_bind(i64::from(limit));
            query.build_query_as().fetch_all(db).await?
        });
        rows.into_iter().map(Row::into_order).collect()
    }
}
