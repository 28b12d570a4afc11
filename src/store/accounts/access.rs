//! Who is served: the vendor's decisions about people.

use chrono::{DateTime, Utc};

use crate::domain::{Access, PersonId};

use crate::store::codes;
use crate::store::db::{Tx, on};
use crate::store::dialogues::key::{DialogueKey, Seat};
use crate::store::error::StoreError;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decider {
    pub id: PersonId,
    pub name: String,
}

/// What came of setting somebody's access.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccessChange {
    /// It is as asked for.
    Done,
    /// It was so before; nothing was stored.
    Already,
    /// Nobody of this id was ever met.
    Unknown,
}

/// What came of a decision about somebody who waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AccessDecision {
    Done,
    /// Somebody was first; nothing was stored.
    Lost {
        access: Access,
        /// Who decided so, and when, if it was a decision.
        by: Option<(String, DateTime<Utc>)>,
    },
    /// Nobody of this id was ever met.
    Unknown,
}

/// Whether the vendor is asked about a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// Now, for the first time.
    Now,
    /// It was done before, or there is nothing to ask.
    Before,
}

impl Tx {
    /// Makes sure that the vendor is asked about somebody who waits, and asked once.
    pub async fn ask_access(&mut self, person: PersonId, now: DateTime<Utc>) -> Result<Asked, StoreError> {
        self.facts.people.clear();
        let asked = on!(self, |db| sqlx::query(
            "UPDATE people SET access_asked_at = $2 WHERE id = $1 AND access_asked_at IS NULL AND access = $3"
        )
        .bind(person.0)
        .bind(now)
        .bind(Access::Waiting.code())
        .execute(db)
        .await?
        .rows_affected());
        Ok(if asked == 1 { Asked::Now } else { Asked::Before })
    }

    /// Sets a person's access, whatever it was, and has their screen drawn anew.
    pub async fn set_access(
        &mut self,
        person: PersonId,
        access: Access,
        by: &Decider,
        now: DateTime<Utc>,
    ) -> Result<AccessChange, StoreError> {
        self.facts.people.clear();
        let changed = on!(self, |db| sqlx::query(
            "UPDATE people SET access = $2, access_by = $3, access_by_name = $4, access_decided_at = $5
             WHERE id = $1 AND access <> $2"
        )
        .bind(person.0)
        .bind(access.code())
        .bind(by.id.0)
        .bind(&by.name)
        .bind(now)
        .execute(db)
        .await?
        .rows_affected());
        if changed == 0 {
            let known = self.customer(person).await?.is_some();
            return Ok(if known { AccessChange::Already } else { AccessChange::Unknown });
        }
        self.redraw_now(DialogueKey::private(person, Seat::Customer), now);
        Ok(AccessChange::Done)
    }

    /// Decides about somebody who waits, and has their screen drawn anew; of two who decide at once one is first.
    pub async fn decide_access(
        &mut self,
        person: PersonId,
        access: Access,
        by: &Decider,
        now: DateTime<Utc>,
    ) -> Result<AccessDecision, StoreError> {
        self.facts.people.clear();
        let decided = on!(self, |db| sqlx::query(
            "UPDATE people SET access = $2, access_by = $3, access_by_name = $4, access_decided_at = $5
             WHERE id = $1 AND access = $6"
        )
        .bind(person.0)
        .bind(access.code())
        .bind(by.id.0)
        .bind(&by.name)
        .bind(now)
        .bind(Access::Waiting.code())
        .execute(db)
        .await?
        .rows_affected());
        if decided == 1 {
            self.redraw_now(DialogueKey::private(person, Seat::Customer), now);
            return Ok(AccessDecision::Done);
        }
        let row: Option<(String, Option<String>, Option<DateTime<Utc>>)> = on!(self, |db| sqlx::query_as(
            "SELECT access, access_by_name, access_decided_at FROM people WHERE id = $1"
        )
        .bind(person.0)
        .fetch_optional(db)
        .await?);
        let Some((access, name, at)) = row else { return Ok(AccessDecision::Unknown) };
        Ok(AccessDecision::Lost { access: codes::access(&access)?, by: name.zip(at) })
    }

    /// Who decided about somebody's access, and when, if it was a decision.
    pub async fn access_decided(&mut self, person: PersonId) -> Result<Option<(String, DateTime<Utc>)>, StoreError> {
        let row: Option<(Option<String>, Option<DateTime<Utc>>)> =
            on!(self, |db| sqlx::query_as("SELECT access_by_name, access_decided_at FROM people WHERE id = $1")
                .bind(person.0)
                .fetch_optional(db)
                .await?);
        Ok(row.and_then(|(name, at)| name.zip(at)))
    }
}
