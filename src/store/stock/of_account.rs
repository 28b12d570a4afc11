//! The serial numbers that an account was given: chosen, and looked up. Those of others are as good as none.

use chrono::{DateTime, Utc};
use sqlx::QueryBuilder;

use crate::domain::{AccountId, LocalName, OrderNumber, SerialNumber, Sku};
use crate::store::codes::{self, read_count, read_sku};
use crate::store::db::{Tx, on};
use crate::store::error::StoreError;
use crate::store::stock::import::ROWS;
use crate::store::vault::Script;

/// Which serial numbers of an account: all that fit what is given.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GivenFilter {
    pub order: Option<OrderNumber>,
    pub sku: Option<Sku>,
    /// Given from the one instant up to, but not including, the other.
    pub span: Option<(DateTime<Utc>, DateTime<Utc>)>,
}

/// A serial number that an account was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenSerial {
    pub serial: SerialNumber,
    pub sku: Sku,
    /// As it stood in the order.
    pub name: Option<LocalName>,
    pub order: OrderNumber,
    pub at: DateTime<Utc>,
}

/// The name of its spelling, and what is sealed or else itself; its product, how that was called, its order, and when.
type Row = (String, String, String, Option<String>, i64, DateTime<Utc>);

impl Tx {
    /// How many serial numbers of an account a filter leaves.
    pub async fn count_given(&mut self, account: AccountId, filter: &GivenFilter) -> Result<u64, StoreError> {
        let (from, to) = filter.span.unzip();
        let count: i64 = on!(self, |db| sqlx::query_scalar(
            "SELECT COUNT(*) FROM orders o JOIN serial_numbers n ON n.order_number = o.number
             WHERE o.account_id = $1 AND o.status = 'completed' AND ($2 IS NULL OR o.number = $2)
                 AND ($3 IS NULL OR n.sku = $3) AND ($4 IS NULL OR (n.issued_at >= $4 AND n.issued_at < $5))"
        )
        .bind(account.0)
        .bind(filter.order.map(|number| number.0))
        .bind(filter.sku.as_ref().map(Sku::as_str))
        .bind(from)
        .bind(to)
        .fetch_one(db)
        .await?);
        read_count(count)
    }

    /// The products of which an account was given serial numbers.
    pub async fn products_given(&mut self, account: AccountId) -> Result<Vec<Sku>, StoreError> {
        let rows: Vec<String> =
            on!(self, |db| sqlx::query_scalar("SELECT sku FROM account_products WHERE account_id = $1 ORDER BY sku")
                .bind(account.0)
                .fetch_all(db)
                .await?);
        rows.iter().map(|sku| read_sku(sku)).collect()
    }

    /// Some of them, by order, product and name: those after one of them, or all, but for the first so many.
    pub async fn given(
        &mut self,
        account: AccountId,
        filter: &GivenFilter,
        after: Option<&GivenSerial>,
        skipped: u64,
        limit: u64,
    ) -> Result<Vec<GivenSerial>, StoreError> {
        let (from, to) = filter.span.unzip();
        let script = self.script();
        let serial = after.map(|after| script.name(after.serial.as_str())).unwrap_or_default();
        let (order, sku) = after.map_or((0, ""), |after| (after.order.0, after.sku.as_str()));
        let rows: Vec<Row> = on!(self, |db| sqlx::query_as(
            "SELECT COALESCE(n.spelling, n.serial), COALESCE(n.sealed, n.serial), n.sku,
                 (SELECT MIN(l.names) FROM order_lines l WHERE l.order_number = n.order_number AND l.sku = n.sku),
                 n.order_number, n.issued_at
             FROM orders o JOIN serial_numbers n ON n.order_number = o.number
             WHERE o.account_id = $1 AND o.status = 'completed' AND ($2 IS NULL OR o.number = $2)
                 AND ($3 IS NULL OR n.sku = $3) AND ($4 IS NULL OR (n.issued_at >= $4 AND n.issued_at < $5))
                 AND o.number >= $6 AND (n.order_number, n.sku, n.serial) > ($6, $7, $8)
             ORDER BY o.number, n.sku, n.serial LIMIT $9 OFFSET $10"
        )
        .bind(account.0)
        .bind(filter.order.map(|number| number.0))
        .bind(filter.sku.as_ref().map(Sku::as_str))
        .bind(from)
        .bind(to)
        .bind(order)
        .bind(sku)
        .bind(serial)
        .bind(i64::try_from(limit).unwrap_or(i64::MAX))
        .bind(i64::try_from(skipped).unwrap_or(i64::MAX))
        .fetch_all(db)
        .await?);
        rows.into_iter().map(|row| read_given(&script, row)).collect()
    }

    /// Those of these serial numbers that the account was given, in no order.
    pub async fn given_among(
        &mut self,
        account: AccountId,
        serials: &[SerialNumber],
    ) -> Result<Vec<GivenSerial>, StoreError> {
        let (script, mut given) = (self.script(), Vec::new());
        // SQLite keeps the order of a cross join: the list first, however many orders the account has.
        for chunk in serials.chunks(ROWS) {
            let rows: Vec<Row> = on!(self, |db| {
                let mut select = QueryBuilder::new(
                    "SELECT COALESCE(n.spelling, n.serial), COALESCE(n.sealed, n.serial), n.sku,
                         (SELECT MIN(l.names) FROM order_lines l WHERE l.order_number = n.order_number AND l.sku = n.sku),
                         n.order_number, n.issued_at
                     FROM serial_numbers n CROSS JOIN orders o
                     WHERE o.number = n.order_number AND o.status = 'completed' AND o.account_id = ",
                );
                select.push_bind(account.0).push(" AND n.serial IN (");
                let mut list = select.separated(", ");
                for serial in chunk {
                    list.push_bind(script.name(serial.as_str()));
                }
                select.push(") ORDER BY n.serial");
                select.build_query_as().fetch_all(db).await?
            });
            for row in rows {
                given.push(read_given(&script, row)?);
            }
        }
        Ok(given)
    }
}

fn read_given(script: &Script, (spelling, text, sku, names, order, at): Row) -> Result<GivenSerial, StoreError> {
    Ok(GivenSerial {
        serial: script.read(&spelling, &text)?,
        sku: read_sku(&sku)?,
        name: names.as_deref().map(codes::names).transpose()?,
        order: OrderNumber(order),
        at,
    })
}
