//! Orders that exist: cards, lists and status changes.

use chrono::{DateTime, Utc};

use crate::domain::{
    AccountId, Order, OrderAction, OrderEvent, OrderLine, OrderNumber, OrderPage, OrderSummary, PersonId, Role, Sku,
    Status,
};

use crate::store::{Customer, StoreError, Tx, codes, db::on};

/// Who changes a status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// The numeric id.
    pub id: PersonId,
    /// Their name now.
    pub name: String,
    /// In which capacity.
    pub role: Role,
}

/// What is done to an order, decided while [`Tx::locked_order`] keeps it as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEvent<'a> {
    /// The status until now.
    pub from: Status,
    /// The status from now on; the same one for a deed that leaves it.
    pub to: Status,
    /// What is done.
    pub deed: &'a OrderAction,
    /// By whom.
    pub actor: &'a Actor,
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
pub(in crate::store) struct SummaryRow {
    number: i64,
    placed_at: DateTime<Utc>,
    status: String,
    keys: i64,
    total: i64,
    currency: String,
}

#[derive(sqlx::FromRow)]
struct OrderRow {
    #[sqlx(flatten)]
    summary: SummaryRow,
    account_id: i64,
    placed_by: i64,
    note: Option<String>,
}

#[derive(sqlx::FromRow)]
pub(in crate::store) struct LineRow {
    sku: String,
    names: String,
    quantity: i64,
    price: i64,
}

#[derive(sqlx::FromRow)]
struct EventRow {
    happened_at: DateTime<Utc>,
    actor_id: i64,
    actor_name: String,
    role: String,
    from_status: Option<String>,
    to_status: String,
    deed: Option<String>,
}

impl SummaryRow {
    pub(in crate::store) fn into_summary(self) -> Result<OrderSummary, StoreError> {
        Ok(OrderSummary {
            number: OrderNumber(self.number),
            placed_at: self.placed_at,
            status: codes::status(&self.status)?,
            keys: u64::try_from(self.keys).map_err(|_| StoreError::unreadable("quantity"))?,
            total: codes::money(self.total, &self.currency)?,
        })
    }
}

impl LineRow {
    pub(in crate::store) fn into_line(self, currency: &str) -> Result<OrderLine, StoreError> {
        Ok(OrderLine {
            sku: Sku::parse(&self.sku).ok_or_else(|| StoreError::unreadable("SKU"))?,
            name: codes::names(&self.names)?,
            quantity: u32::try_from(self.quantity).map_err(|_| StoreError::unreadable("quantity"))?,
            price: codes::money(self.price, currency)?,
        })
    }
}

impl EventRow {
    fn into_event(self) -> Result<OrderEvent, StoreError> {
        Ok(OrderEvent {
            at: self.happened_at,
            actor: PersonId(self.actor_id),
            actor_name: self.actor_name,
            role: codes::role(&self.role)?,
            from: self.from_status.as_deref().map(codes::status).transpose()?,
            to: codes::status(&self.to_status)?,
            deed: self.deed.as_deref().map_or(Ok(OrderAction::Placed), codes::deed)?,
        })
    }
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
            "SELECT happened_at, actor_id, actor_name, role, from_status, to_status, deed FROM order_events
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

    /// Does something to an order if it still has the status that this was decided under, with a row of its audit trail.
    pub async fn record(
        &mut self,
        number: OrderNumber,
        event: &NewEvent<'_>,
        now: DateTime<Utc>,
    ) -> Result<Recorded, StoreError> {
        let changed = on!(self, |db| sqlx::query("UPDATE orders SET status = $3 WHERE number = $1 AND status = $2")
            .bind(number.0)
            .bind(event.from.code())
            .bind(event.to.code())
            .execute(db)
            .await?
            .rows_affected());
        if changed == 0 {
            return Ok(Recorded::Overtaken);
        }
        self.append_event(number, Some(event.from), event.to, event.deed, event.actor, now).await?;
        Ok(Recorded::Done)
    }

    pub(in crate::store) async fn append_event(
        &mut self,
        number: OrderNumber,
        from: Option<Status>,
        to: Status,
        deed: &OrderAction,
        actor: &Actor,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        on!(self, |db| sqlx::query(
            "INSERT INTO order_events
                 (order_number, happened_at, actor_id, actor_name, role, from_status, to_status, deed)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
        )
        .bind(number.0)
        .bind(now)
        .bind(actor.id.0)
        .bind(&actor.name)
        .bind(codes::role_code(actor.role))
        .bind(from.map(Status::code))
        .bind(to.code())
        .bind(codes::deed_code(deed))
        .execute(db)
        .await?
        .rows_affected());
        Ok(())
    }
}
