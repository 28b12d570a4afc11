//! The replicas that share a database: which are alive, which one leads them, and which chats rest for all of them.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use sqlx::QueryBuilder;

use crate::domain::ChatId;
use crate::store::db::{Driver, Tx, on};
use crate::store::error::StoreError;
use crate::store::vigil::LIVING;

/// What a replica sees when it takes note of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Beat {
    /// Every replica that has not left, with how often it took note of itself.
    pub replicas: BTreeMap<i64, i64>,
    /// Those of them that show life: on a server, whose sessions stand; of a file, the one that has locked it.
    pub living: BTreeSet<i64>,
    pub leader: Leader,
    pub resting: BTreeMap<ChatId, DateTime<Utc>>,
}

/// The replica that polls and writes to groups, as the row that all of them share names it.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Leader {
    pub replica: Option<i64>,
    /// Rises whenever somebody takes or renews the lead.
    pub beats: i64,
    /// What groups were sent, as JSON that the store does not look into.
    pub groups: String,
}

/// Whether a replica leads from this transaction on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lead {
    Taken,
    /// Somebody else was first.
    Lost,
}

impl Tx {
    /// Takes note of this replica and of the chats that it has to let rest.
    pub async fn beat(
        &mut self,
        resting: &BTreeMap<ChatId, DateTime<Utc>>,
        now: DateTime<Utc>,
    ) -> Result<Beat, StoreError> {
        let own = self.replica();
        on!(self, |db| sqlx::query(
            "INSERT INTO replicas (id, beats) VALUES ($1, 1) ON CONFLICT (id) DO UPDATE SET beats = replicas.beats + 1"
        )
        .bind(own)
        .execute(db)
        .await?
        .rows_affected());
        self.let_rest(resting, now).await?;
        let replicas: Vec<(i64, i64)> =
            on!(self, |db| sqlx::query_as("SELECT id, beats FROM replicas ORDER BY id").fetch_all(db).await?);
        let leader: Leader = on!(self, |db| sqlx::query_as("SELECT replica, beats, groups FROM leader WHERE id = 1")
            .fetch_one(db)
            .await?);
        let resting: Vec<(i64, DateTime<Utc>)> =
            on!(self, |db| sqlx::query_as("SELECT chat_id, rests_until FROM resting_chats ORDER BY chat_id")
                .fetch_all(db)
                .await?);
        let living: Vec<i64> = match self.opened().await? {
            Driver::Sqlite(_) => vec![own],
            Driver::Postgres(tx) => sqlx::query_scalar(LIVING).fetch_all(&mut **tx).await?,
        };
        Ok(Beat {
            replicas: replicas.into_iter().collect(),
            living: living.into_iter().collect(),
            leader,
            resting: resting.into_iter().map(|(chat, until)| (ChatId(chat), until)).collect(),
        })
    }

    async fn let_rest(
        &mut self,
        resting: &BTreeMap<ChatId, DateTime<Utc>>,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        on!(self, |db| sqlx::query("DELETE FROM resting_chats WHERE rests_until <= $1")
            .bind(now)
            .execute(db)
            .await?
            .rows_affected());
        if resting.is_empty() {
            return Ok(());
        }
        on!(self, |db| {
            let mut query = QueryBuilder::new("INSERT INTO resting_chats (chat_id, rests_until) ");
            query.push_values(resting, |mut row, (chat, until)| {
                row.push_bind(chat.0).push_bind(*until);
            });
            query.push(
                " ON CONFLICT (chat_id) DO UPDATE SET rests_until =
                     CASE WHEN excluded.rests_until > resting_chats.rests_until THEN excluded.rests_until
                          ELSE resting_chats.rests_until END",
            );
            query.build().execute(db).await?.rows_affected()
        });
        Ok(())
    }

    /// Takes the lead or renews it, unless anybody did since it was seen to have had so many beats.
    pub async fn take_lead(&mut self, beats: i64, groups: &str) -> Result<Lead, StoreError> {
        let own = self.replica();
        let taken = on!(self, |db| sqlx::query(
            "UPDATE leader SET replica = $1, beats = beats + 1, groups = $3 WHERE id = 1 AND beats = $2"
        )
        .bind(own)
        .bind(beats)
        .bind(groups)
        .execute(db)
        .await?
        .rows_affected());
        Ok(if taken > 0 { Lead::Taken } else { Lead::Lost })
    }

    /// Forgets replicas that are gone.
    pub async fn forget_replicas(&mut self, gone: &[i64]) -> Result<(), StoreError> {
        for replica in gone {
            on!(self, |db| sqlx::query("DELETE FROM replicas WHERE id = $1")
                .bind(replica)
                .execute(db)
                .await?
                .rows_affected());
        }
        Ok(())
    }

    /// Frees what replicas had in hand to draw whose sessions have ended: nobody draws it any more, and people wait.
    pub async fn free_redraws_of(&mut self, dead: &[i64]) -> Result<(), StoreError> {
        if dead.is_empty() {
            return Ok(());
        }
        self.hand_back().await?;
        self.announce();
        for replica in dead {
            on!(self, |db| sqlx::query(
                "UPDATE dialogues SET leased_until = NULL, leased_by = NULL
                 WHERE leased_by = $1 AND leased_until IS NOT NULL"
            )
            .bind(replica)
            .execute(db)
            .await?
            .rows_affected());
        }
        Ok(())
    }

    /// Forgets this replica, and gives up the lead with what groups were sent until now.
    pub async fn leave(&mut self, groups: &str) -> Result<(), StoreError> {
        let own = self.replica();
        on!(self, |db| sqlx::query(
            "UPDATE leader SET replica = NULL, beats = beats + 1, groups = $2 WHERE replica = $1"
        )
        .bind(own)
        .bind(groups)
        .execute(db)
        .await?
        .rows_affected());
        self.forget_replicas(&[own]).await
    }
}
