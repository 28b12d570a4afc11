//! Of whose waiting updates the vendor was told.

use chrono::{DateTime, Utc};

use crate::domain::{PersonId, UpdatesOf};
use crate::store::db::{Tx, on};
use crate::store::error::StoreError;

/// Stands for updates that are nobody's; no person has this id.
const NOBODY: i64 = 0;

impl Tx {
    /// Whether the vendor is to hear of people whose updates fail since before `failing_before`, and heard of no others after
    /// `quiet_since`; or of people for whom that is over.
    pub async fn has_waits_to_announce(
        &mut self,
        failing_before: DateTime<Utc>,
        quiet_since: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        if !self.unannounced_waits(failing_before, quiet_since).await?.is_empty() {
            return Ok(true);
        }
        Ok(on!(self, |db| sqlx::query_scalar(
            "SELECT EXISTS (
                 SELECT 1 FROM announced_waits a WHERE NOT EXISTS (
                     SELECT 1 FROM waiting_updates w WHERE COALESCE(w.person_id, $1) = a.person_id
                 )
             )"
        )
        .bind(NOBODY)
        .fetch_one(db)
        .await?))
    }

    /// Marks these people as told to the vendor; gives who they are and since when the oldest of theirs waits.
    pub async fn announce_waits(
        &mut self,
        failing_before: DateTime<Utc>,
        quiet_since: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Result<Vec<UpdatesOf>, StoreError> {
        let mut announced = Vec::new();
        for waits in self.unannounced_waits(failing_before, quiet_since).await? {
            let noted = on!(self, |db| {
                sqlx::query(
                "INSERT INTO announced_waits (person_id, announced_at) VALUES ($1, $2) ON CONFLICT (person_id) DO NOTHING"
            )
            .bind(waits.person.map_or(NOBODY, |person| person.0))
            .bind(now)
            .execute(db)
            .await?
            .rows_affected()
            });
            if noted == 1 {
                announced.push(waits);
            }
        }
        Ok(announced)
    }

    async fn unannounced_waits(
        &mut self,
        failing_before: DateTime<Utc>,
        quiet_since: DateTime<Utc>,
    ) -> Result<Vec<UpdatesOf>, StoreError> {
        let rows: Vec<(Option<i64>, DateTime<Utc>)> = on!(self, |db| sqlx::query_as(
            "SELECT person_id, MIN(since) FROM waiting_updates w
             WHERE failing_since <= $1
                 AND NOT EXISTS (SELECT 1 FROM announced_waits WHERE person_id = COALESCE(w.person_id, $3))
                 AND NOT EXISTS (SELECT 1 FROM announced_waits WHERE announced_at > $2)
             GROUP BY person_id ORDER BY MIN(since), person_id"
        )
        .bind(failing_before)
        .bind(quiet_since)
        .bind(NOBODY)
        .fetch_all(db)
        .await?);
        Ok(rows.into_iter().map(|(person, since)| UpdatesOf { person: person.map(PersonId), since }).collect())
    }

    /// Forgets the announced people of whom nothing waits any more, and gives them.
    pub async fn end_announced_waits(&mut self) -> Result<Vec<Option<PersonId>>, StoreError> {
        let mut people: Vec<i64> = on!(self, |db| sqlx::query_scalar(
            "DELETE FROM announced_waits WHERE NOT EXISTS (
                 SELECT 1 FROM waiting_updates w WHERE COALESCE(w.person_id, $1) = announced_waits.person_id
             )
             RETURNING person_id"
        )
        .bind(NOBODY)
        .fetch_all(db)
        .await?);
        people.sort_unstable();
        Ok(people.into_iter().map(|person| (person != NOBODY).then_some(PersonId(person))).collect())
    }
}
