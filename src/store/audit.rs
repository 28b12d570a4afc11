//! What admins did beside orders: rows that are added and read. The schema itself refuses to change one or to take it away.

use chrono::{DateTime, Utc};

use crate::domain::{Actor, AuditAction, AuditEntry, AuditPage, Stored};
use crate::store::codes::{self, read_count};
use crate::store::db::{Tx, on};
use crate::store::error::StoreError;

#[derive(sqlx::FromRow)]
struct Row {
    happened_at: DateTime<Utc>,
    actor_id: i64,
    actor_name: String,
    role: String,
    action: String,
    subject_name: Option<String>,
}

impl Row {
    fn into_entry(self) -> Result<AuditEntry, StoreError> {
        Ok(AuditEntry {
            at: self.happened_at,
            actor: codes::actor(self.actor_id, self.actor_name, &self.role)?,
            action: AuditAction::decode(&self.action).map_err(|_| StoreError::unreadable("action"))?,
            subject_name: self.subject_name,
        })
    }
}

impl Tx {
    pub async fn append_audit(
        &mut self,
        actor: &Actor,
        action: &AuditAction,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let stored = action.encode()?;
        on!(self, |db| sqlx::query(
            "INSERT INTO audit (happened_at, actor_id, actor_name, role, subject_id, action)
             VALUES ($1, $2, $3, $4, $5, $6)"
        )
        .bind(now)
        .bind(actor.id().map_or(codes::NOBODY, |person| person.0))
        .bind(actor.name().unwrap_or_default())
        .bind(codes::capacity_code(actor.capacity()))
        .bind(action.subject().map(|person| person.0))
        .bind(&stored)
        .execute(db)
        .await?
        .rows_affected());
        Ok(())
    }

    /// A page of the audit, the newest first; a page beyond the last is the last.
    pub async fn audit_page(&mut self, page: u32, per_page: u32) -> Result<AuditPage, StoreError> {
        let per_page = per_page.max(1);
        let total: i64 = on!(self, |db| sqlx::query_scalar("SELECT COUNT(*) FROM audit").fetch_one(db).await?);
        let pages = u32::try_from(read_count(total)?.div_ceil(u64::from(per_page))).unwrap_or(u32::MAX).max(1);
        let page = page.min(pages - 1);
        let rows: Vec<Row> = on!(self, |db| sqlx::query_as(
            "SELECT a.happened_at, a.actor_id, a.actor_name, a.role, a.action, p.name AS subject_name
             FROM audit a LEFT JOIN people p ON p.id = a.subject_id
             ORDER BY a.id DESC LIMIT $1 OFFSET $2"
        )
        .bind(i64::from(per_page))
        .bind(i64::from(page) * i64::from(per_page))
        .fetch_all(db)
        .await?);
        let entries = rows.into_iter().map(Row::into_entry).collect::<Result<_, _>>()?;
        Ok(AuditPage { entries, page, pages })
    }
}
