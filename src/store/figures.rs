//! What orders come to. The database keeps figures by the hour (`order_figures`, see its migration), so that nobody counts a
//! million orders; what a span has of an hour it does not cover is counted.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sqlx::{AssertSqlSafe, QueryBuilder};

use crate::domain::reports::figures::Breakdown;
use crate::domain::reports::period::Span;
use crate::domain::{Currency, Figures, Sum};
use crate::store::codes::{self, read_count};
use crate::store::db::{Tx, on};
use crate::store::error::StoreError;

const HOUR: i64 = 3_600;

#[derive(sqlx::FromRow)]
struct Row {
    status: String,
    currency: String,
    #[sqlx(flatten)]
    counts: Counts,
}

/// What orders of one status and currency come to; negative where they went.
#[derive(Default, PartialEq, Eq, sqlx::FromRow)]
struct Counts {
    orders: i64,
    keys: i64,
    millions: i64,
    rest: i64,
    invoices: i64,
    invoiced_millions: i64,
    invoiced_rest: i64,
}

#[derive(sqlx::FromRow)]
struct Change {
    hour: i64,
    #[sqlx(flatten)]
    row: Row,
}

impl Counts {
    fn add(&mut self, more: &Counts) {
        self.orders += more.orders;
        self.keys += more.keys;
        self.millions += more.millions;
        self.rest += more.rest;
        self.invoices += more.invoices;
        self.invoiced_millions += more.invoiced_millions;
        self.invoiced_rest += more.invoiced_rest;
    }
}

impl Row {
    fn into_figures(self) -> Result<Figures, StoreError> {
        let currency = Currency::parse(&self.currency).ok_or_else(|| StoreError::unreadable("currency"))?;
        let sum = |millions: i64, rest: i64| {
            let minor = i128::from(millions) * 1_000_000 + i128::from(rest);
            Sum::from_minor(minor, currency).ok_or_else(|| StoreError::unreadable("amount"))
        };
        let counts = self.counts;
        let invoices = read_count(counts.invoices)?;
        Ok(Figures {
            orders: read_count(counts.orders)?,
            keys: read_count(counts.keys)?,
            sums: vec![sum(counts.millions, counts.rest)?],
            invoices,
            invoiced: match invoices {
                0 => Vec::new(),
                _ => vec![sum(counts.invoiced_millions, counts.invoiced_rest)?],
            },
        })
    }
}

/// The whole hours within a span, from the one up to, but not including, the other, and what is left before and after them.
fn by_hours(span: Span) -> (Option<(i64, i64)>, Vec<Span>) {
    let first = span.from.timestamp().div_euclid(HOUR) + i64::from(!is_full(span.from));
    let end = span.to.timestamp().div_euclid(HOUR);
    let instant = |hour: i64| DateTime::<Utc>::from_timestamp(hour * HOUR, 0);
    match (instant(first), instant(end)) {
        (Some(from), Some(to)) if first < end => {
            let rests = [Span { from: span.from, to: from }, Span { from: to, to: span.to }];
            (Some((first, end)), rests.into_iter().filter(|rest| rest.from < rest.to).collect())
        }
        _ => (None, vec![span]),
    }
}

fn is_full(at: DateTime<Utc>) -> bool {
    at.timestamp().rem_euclid(HOUR) == 0 && at.timestamp_subsec_nanos() == 0
}

impl Tx {
    /// What the orders come to that were placed within the span.
    pub async fn figures(&mut self, span: Span) -> Result<Breakdown, StoreError> {
        let (hours, rests) = by_hours(span);
        let mut rows = match hours {
            Some((first, end)) => self.kept_figures(first, end).await?,
            None => Vec::new(),
        };
        for rest in rests {
            rows.extend(self.counted(rest).await?);
        }
        broken_down(rows)
    }

    /// The same, counted order by order: what the figures that are kept must agree with.
    pub async fn counted_figures(&mut self, span: Span) -> Result<Breakdown, StoreError> {
        broken_down(self.counted(span).await?)
    }

    async fn kept_figures(&mut self, first: i64, end: i64) -> Result<Vec<Row>, StoreError> {
        Ok(on!(self, |db| sqlx::query_as(
            "SELECT status, currency, CAST(SUM(orders) AS BIGINT) AS orders, CAST(SUM(keys) AS BIGINT) AS keys,
                 CAST(SUM(millions) AS BIGINT) AS millions, CAST(SUM(rest) AS BIGINT) AS rest,
                 CAST(SUM(invoices) AS BIGINT) AS invoices,
                 CAST(SUM(invoiced_millions) AS BIGINT) AS invoiced_millions,
                 CAST(SUM(invoiced_rest) AS BIGINT) AS invoiced_rest
             FROM (SELECT status, currency, orders, keys, millions, rest, invoices, invoiced_millions, invoiced_rest
                   FROM order_figures WHERE hour >= $1 AND hour < $2
                   UNION ALL
                   SELECT status, currency, orders, keys, millions, rest, invoices, invoiced_millions, invoiced_rest
                   FROM order_figure_changes WHERE hour >= $1 AND hour < $2) AS kept
             GROUP BY status, currency HAVING SUM(orders) <> 0 ORDER BY status, currency"
        )
        .bind(first)
        .bind(end)
        .fetch_all(db)
        .await?))
    }

    async fn counted(&mut self, span: Span) -> Result<Vec<Row>, StoreError> {
        Ok(on!(self, |db| sqlx::query_as(
            "SELECT status, currency, COUNT(*) AS orders, CAST(SUM(keys) AS BIGINT) AS keys,
                 CAST(SUM(total / 1000000) AS BIGINT) AS millions, CAST(SUM(total % 1000000) AS BIGINT) AS rest,
                 COUNT(invoiced) AS invoices, CAST(COALESCE(SUM(invoiced / 1000000), 0) AS BIGINT) AS invoiced_millions,
                 CAST(COALESCE(SUM(invoiced % 1000000), 0) AS BIGINT) AS invoiced_rest
             FROM orders WHERE placed_at >= $1 AND placed_at < $2
             GROUP BY status, currency ORDER BY status, currency"
        )
        .bind(span.from)
        .bind(span.to)
        .fetch_all(db)
        .await?))
    }

    /// Adds changes to the figures of their hours, which they are read beside until then; gives how many, up to `limit`.
    pub async fn settle_figures(&mut self, limit: u32) -> Result<u64, StoreError> {
        let statement = format!(
            "DELETE FROM order_figure_changes WHERE id IN
                 (SELECT id FROM order_figure_changes ORDER BY id LIMIT $1{})
             RETURNING hour, status, currency, orders, keys, millions, rest, invoices, invoiced_millions, invoiced_rest",
            self.passing_over()
        );
        let changes: Vec<Change> =
            on!(self, |db| sqlx::query_as(AssertSqlSafe(statement)).bind(i64::from(limit)).fetch_all(db).await?);
        let count = changes.len() as u64;
        // In one order, so that two replicas that do so at once do not wait for each other in a circle.
        let mut sums: BTreeMap<(i64, String, String), Counts> = BTreeMap::new();
        for Change { hour, row } in changes {
            sums.entry((hour, row.status, row.currency)).or_default().add(&row.counts);
        }
        sums.retain(|_, counts| *counts != Counts::default());
        if !sums.is_empty() {
            self.add_figures(&sums).await?;
        }
        Ok(count)
    }

    async fn add_figures(&mut self, sums: &BTreeMap<(i64, String, String), Counts>) -> Result<(), StoreError> {
        on!(self, |db| {
            let mut insert = QueryBuilder::new(
                "INSERT INTO order_figures
                     (hour, status, currency, orders, keys, millions, rest, invoices, invoiced_millions, invoiced_rest) ",
            );
            insert.push_values(sums, |mut row, ((hour, status, currency), counts)| {
                row.push_bind(*hour).push_bind(status).push_bind(currency);
                row.push_bind(counts.orders).push_bind(counts.keys).push_bind(counts.millions).push_bind(counts.rest);
                row.push_bind(counts.invoices).push_bind(counts.invoiced_millions).push_bind(counts.invoiced_rest);
            });
            insert.push(
                " ON CONFLICT (hour, status, currency) DO UPDATE SET
                     orders = order_figures.orders + excluded.orders, keys = order_figures.keys + excluded.keys,
                     millions = order_figures.millions + excluded.millions, rest = order_figures.rest + excluded.rest,
                     invoices = order_figures.invoices + excluded.invoices,
                     invoiced_millions = order_figures.invoiced_millions + excluded.invoiced_millions,
                     invoiced_rest = order_figures.invoiced_rest + excluded.invoiced_rest",
            );
            insert.build().execute(db).await?.rows_affected()
        });
        Ok(())
    }
}

fn broken_down(rows: Vec<Row>) -> Result<Breakdown, StoreError> {
    let mut breakdown = Breakdown::default();
    for row in rows {
        breakdown.add(codes::status(&row.status)?, &row.into_figures()?);
    }
    Ok(breakdown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_is_whole_hours_and_what_is_left_of_others() {
        let at = |text: &str| format!("2026-04-15T{text}Z").parse::<DateTime<Utc>>().unwrap();
        let span = |from: &str, to: &str| Span { from: at(from), to: at(to) };
        let hour = at("10:00:00").timestamp() / HOUR;
        assert_eq!(by_hours(span("10:00:00", "12:00:00")), (Some((hour, hour + 2)), vec![]));
        let (ragged, before, after) = (
            span("09:59:59.999999", "11:00:00.000001"),
            span("09:59:59.999999", "10:00:00"),
            span("11:00:00", "11:00:00.000001"),
        );
        assert_eq!(by_hours(ragged), (Some((hour, hour + 1)), vec![before, after]));
        for within in [span("10:00:00", "10:59:59"), span("10:30:00", "11:30:00"), span("10:00:00", "10:00:00")] {
            assert_eq!(by_hours(within), (None, vec![within]));
        }
    }
}
