//! Drafts of orders: one for each person, whatever becomes of their dialogues.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use crate::domain::{DraftId, PersonId};
use crate::store::db::Tx;
use crate::store::dialogues::stored::StoredDraft;
use crate::store::error::StoreError;

impl Tx {
    /// A person's open draft, as JSON.
    pub async fn draft(&mut self, person: PersonId) -> Result<Option<String>, StoreError> {
        Ok(self.draft_mut(person).await?.as_ref().map(|stored| stored.draft.clone()))
    }

    /// Keeps a person's draft in place of a former one. The store does not look into the JSON.
    pub async fn save_draft(
        &mut self,
        person: PersonId,
        draft: DraftId,
        json: &str,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let next = StoredDraft { person_id: person.0, draft_id: draft.0, draft: json.to_owned(), saved_at: now };
        *self.draft_mut(person).await? = Some(Arc::new(next));
        Ok(())
    }

    /// Forgets a person's draft, as when it was sent.
    pub async fn drop_draft(&mut self, person: PersonId) -> Result<(), StoreError> {
        *self.draft_mut(person).await? = None;
        Ok(())
    }
}
