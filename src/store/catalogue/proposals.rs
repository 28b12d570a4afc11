//! Price lists that an admin sent and that nobody has applied yet.

use chrono::{DateTime, Utc};

use crate::domain::catalogue::revision::Revision;
use crate::domain::{PersonId, ProposalId, Stored};

use crate::store::catalogue::price_lists::Applied;
use crate::store::db::{Tx, on};
use crate::store::error::StoreError;

/// A proposed price list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// The catalogue file's text.
    pub source: String,
    /// The id of the price list that it was compared with last.
    pub against: i64,
    /// The one change that it makes of that list; `None` for a whole list that somebody wrote.
    pub revision: Option<Revision>,
}

/// What came of applying a proposed price list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proposed {
    /// It holds from this transaction on.
    Applied,
    /// The price list changed since they were compared; from now on the proposal is compared with the newer one.
    Overtaken,
    /// There is no such proposal any more.
    Gone,
}

impl Tx {
    /// Keeps a proposal in the place of an earlier one of the same person.
    pub async fn propose_price_list(
        &mut self,
        proposal: &Proposal,
        by: PersonId,
        now: DateTime<Utc>,
    ) -> Result<ProposalId, StoreError> {
        let revision = proposal.revision.as_ref().map(Stored::encode).transpose()?;
        on!(self, |db| sqlx::query("DELETE FROM proposed_price_lists WHERE proposed_by = $1")
            .bind(by.0)
            .execute(db)
            .await?
            .rows_affected());
        let id: i64 = on!(self, |db| sqlx::query_scalar(
            "INSERT INTO proposed_price_lists (source, against, proposed_by, proposed_at, revision)
             VALUES ($1, $2, $3, $4, $5) RETURNING id"
        )
        .bind(&proposal.source)
        .bind(proposal.against)
        .bind(by.0)
        .bind(now)
        .bind(revision)
        .fetch_one(db)
        .await?);
        Ok(ProposalId(id))
    }

    /// A proposal that still stands.
    pub async fn proposal(&mut self, id: ProposalId) -> Result<Option<Proposal>, StoreError> {
        let row: Option<(String, i64, Option<String>)> =
            on!(self, |db| sqlx::query_as("SELECT source, against, revision FROM proposed_price_lists WHERE id = $1")
                .bind(id.0)
                .fetch_optional(db)
                .await?);
        let Some((source, against, revision)) = row else { return Ok(None) };
        let revision = revision.as_deref().map(Revision::decode).transpose();
        Ok(Some(Proposal { source, against, revision: revision.map_err(|_| StoreError::unreadable("revision"))? }))
    }

    /// Gives a proposal another text, once the list that it changes is another one.
    pub async fn rewrite_proposal(&mut self, id: ProposalId, source: &str) -> Result<(), StoreError> {
        on!(self, |db| sqlx::query("UPDATE proposed_price_lists SET source = $2 WHERE id = $1")
            .bind(id.0)
            .bind(source)
            .execute(db)
            .await?
            .rows_affected());
        Ok(())
    }

    /// Makes a proposal the price list that holds, if the list is the one that it was compared with.
    pub async fn apply_proposal(
        &mut self,
        id: ProposalId,
        applied_by: &str,
        now: DateTime<Utc>,
    ) -> Result<Proposed, StoreError> {
        // Nobody else changes the price list between the comparison and the change.
        on!(self, |db| sqlx::query("UPDATE counters SET value = value WHERE name = 'price_lists'")
            .execute(db)
            .await?
            .rows_affected());
        let Some(proposal) = self.proposal(id).await? else { return Ok(Proposed::Gone) };
        let current = self.current_price_list_id().await?.unwrap_or(proposal.against);
        if current != proposal.against {
            on!(self, |db| sqlx::query("UPDATE proposed_price_lists SET against = $2 WHERE id = $1")
                .bind(id.0)
                .bind(current)
                .execute(db)
                .await?
                .rows_affected());
            return Ok(Proposed::Overtaken);
        }
        let (Applied::New(_) | Applied::Current(_)) = self.apply_price_list(&proposal.source, applied_by, now).await?;
        self.drop_proposal(id).await?;
        Ok(Proposed::Applied)
    }

    pub async fn drop_proposal(&mut self, id: ProposalId) -> Result<(), StoreError> {
        on!(self, |db| sqlx::query("DELETE FROM proposed_price_lists WHERE id = $1")
            .bind(id.0)
            .execute(db)
            .await?
            .rows_affected());
        Ok(())
    }
}
