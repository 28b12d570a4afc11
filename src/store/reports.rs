//! Orders of a period, row by row, for exports.

use chrono::{DateTime, Utc};

use crate::domain::reports::period::Span;
use crate::domain::{AccountId, Cancellation, ExportRow, Mark, OrderAction, OrderNumber, PersonId};

use crate::store::accounts::billing::BillingRow;
use crate::store::codes;
use crate::store::db::{Tx, on};
use crate::store::error::StoreError;
use crate::store::orders::rows::LineRow;

#[derive(sqlx::FromRow)]
struct Row {
    number: i64,
    placed_at: DateTime<Utc>,
    status: String,
    total: i64,
    currency: String,
    note: Option<String>,
    placed_by: i64,
    account_id: i64,
    person_name: String,
    username: Option<String>,
    #[sqlx(flatten)]
    line: LineRow,
    invoice: Option<String>,
    invoiced_at: Option<DateTime<Utc>>,
    ending: Option<String>,
    ended_at: Option<DateTime<Utc>>,
    company: Option<String>,
    inn: Option<String>,
    kpp: Option<String>,
    foreign_tax_number: Option<String>,
    email: Option<String>,
}

impl Row {
    fn into_export(self) -> Result<ExportRow, StoreError> {
        let action = |stored: Option<String>| stored.as_deref().map(codes::read_action).transpose();
        let invoice = match action(self.invoice)? {
            Some(OrderAction::Invoiced(invoice)) => Some(invoice),
            _ => None,
        };
        let (completed_at, cancelled) = match (action(self.ending)?, self.ended_at) {
            (Some(OrderAction::Completed), at) => (at, None),
            (Some(OrderAction::Cancelled(reason)), Some(at)) => (None, Some(Cancellation { at, reason })),
            _ => (None, None),
        };
        let (inn, kpp, foreign_tax_number) = (self.inn, self.kpp, self.foreign_tax_number);
        let billing = self.company.zip(self.email).map(|(company, email)| BillingRow {
            company,
            inn,
            kpp,
            foreign_tax_number,
            email,
        });
        Ok(ExportRow {
            order: OrderNumber(self.number),
            placed_at: self.placed_at,
            status: codes::status(&self.status)?,
            customer: self.person_name,
            username: self.username,
            person: PersonId(self.placed_by),
            account: AccountId(self.account_id),
            line: self.line.into_line(&self.currency)?,
            total: codes::money(self.total, &self.currency)?,
            note: self.note,
            invoice,
            invoiced_at: self.invoiced_at,
            completed_at,
            cancelled,
            billing: billing.map(BillingRow::into_billing).transpose()?,
        })
    }
}

impl Tx {
    /// When the first and the last order of the span were placed.
    pub async fn reached(&mut self, span: Span) -> Result<Option<(DateTime<Utc>, DateTime<Utc>)>, StoreError> {
        // Two questions, since SQLite answers one for both from the whole span.
        let (first, last): (Option<DateTime<Utc>>, Option<DateTime<Utc>>) = on!(self, |db| sqlx::query_as(
            "SELECT (SELECT MIN(placed_at) FROM orders WHERE placed_at >= $1 AND placed_at < $2),
                    (SELECT MAX(placed_at) FROM orders WHERE placed_at >= $1 AND placed_at < $2)"
        )
        .bind(span.from)
        .bind(span.to)
        .fetch_one(db)
        .await?);
        Ok(first.zip(last))
    }

    /// The lines of the next orders that were placed within the span, up to `limit` orders; the first ones after nothing.
    pub async fn export_rows(
        &mut self,
        span: Span,
        after: Option<Mark>,
        limit: u32,
    ) -> Result<Vec<ExportRow>, StoreError> {
        let after = after.unwrap_or(Mark { at: span.from, number: OrderNumber(0) });
        // What the trail says is looked for once for each order, and not for each of its lines.
        let rows: Vec<Row> = on!(self, |db| sqlx::query_as(
            "SELECT o.*, p.name AS person_name, p.username, l.sku, l.names, l.quantity, l.price,
                 b.company, b.inn, b.kpp, b.foreign_tax_number, b.email
             FROM (SELECT number, placed_at, status, total, currency, note, placed_by, account_id,
                       (SELECT e.action FROM order_events e
                           WHERE e.order_number = orders.number AND e.kind = 'invoiced'
                           ORDER BY e.id DESC LIMIT 1) AS invoice,
                       (SELECT e.happened_at FROM order_events e
                           WHERE e.order_number = orders.number AND e.kind = 'invoiced'
                           ORDER BY e.id DESC LIMIT 1) AS invoiced_at,
                       (SELECT e.action FROM order_events e
                           WHERE e.order_number = orders.number AND e.kind IN ('completed', 'cancelled')
                           ORDER BY e.id DESC LIMIT 1) AS ending,
                       (SELECT e.happened_at FROM order_events e
                           WHERE e.order_number = orders.number AND e.kind IN ('completed', 'cancelled')
                           ORDER BY e.id DESC LIMIT 1) AS ended_at
                   FROM orders WHERE (placed_at, number) > ($1, $2) AND placed_at < $3
                   ORDER BY placed_at, number LIMIT $4) AS o
             JOIN people p ON p.id = o.placed_by
             JOIN order_lines l ON l.order_number = o.number
             LEFT JOIN billing b ON b.account_id = o.account_id
             ORDER BY o.placed_at, o.number, l.position"
        )
        .bind(after.at)
        .bind(after.number.0)
        .bind(span.to)
        .bind(i64::from(limit))
        .fetch_all(db)
        .await?);
        rows.into_iter().map(Row::into_export).collect()
    }
}
