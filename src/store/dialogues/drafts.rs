//! Drafts of orders: one for each person, whatever becomes of their dialogues.

use chrono::{DateTime, Utc};

use crate::domain::{DraftId, PersonId};
use crate::store::db::{Tx, on};
use crate::store::error::StoreError;

impl Tx {
    /// A person's open draft, as JSON.
    pub async fn draft(&mut self, person: PersonId) -> Result<Option<String>, StoreError> {
        Ok(on!(self, |db| sqlx::query_scalar("SELECT draft FROM drafts WHERE person_id = $1")
            .bind(person.0)
            .fetch_optional(db)
            .await?))
    }

    /// Keeps a person's draft in place of a former one. The store does not look into the JSON.
    pub async fn save_draft(
        &mut self,
        person: PersonId,
        draft: DraftId,
        json: &str,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        on!(self, |db| sqlx::query(
            "INSERT INTO drafts (person_id, draft_id, draft, saved_at) VALUES ($1, $2, $3, $4)
             ON CONFLICT (person_id) DO UPDATE SET
                 draft_id = excluded.draft_id, draft = excluded.draft, saved_at = excluded.saved_at"
        )
        .bind(person.0)
        .bind(draft.0)
        .bind(json)
        .bind(now)
        .execute(db)
        .await?
        .rows_affected());
        Ok(())
    }

    /// Forgets a person's draft, as when it was sent.
    pub async fn drop_draft(&mut self, person: PersonId) -> Result<(), StoreError> {
        on!(self, |db| sqlx::query("DELETE FROM drafts WHERE person_id = $1")
            .bind(person.0)
            .execute(db)
            .await?
            .rows_affected());
        Ok(())
    }
}
