//! Admins beside those of the configuration, and people as admins name them.

use chrono::{DateTime, Utc};

use crate::domain::PersonId;

use crate::store::db::{Tx, on};
use crate::store::error::StoreError;

/// Somebody whom another admin appointed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Appointment {
    pub person: PersonId,
    pub by: PersonId,
    pub at: DateTime<Utc>,
}

/// What came of an appointment or a dismissal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AppointmentChange {
    /// It holds from this transaction on.
    Done,
    /// It was so before; nothing was stored.
    Already,
}

impl Tx {
    /// Whether somebody was appointed and not dismissed.
    pub async fn is_appointed(&mut self, person: PersonId) -> Result<bool, StoreError> {
        let found: Option<i64> = on!(self, |db| sqlx::query_scalar(
            "SELECT person_id FROM appointed_admins WHERE person_id = $1 AND dismissed_at IS NULL"
        )
        .bind(person.0)
        .fetch_optional(db)
        .await?);
        Ok(found.is_some())
    }

    /// Who is appointed, in the order of the appointments.
    pub async fn appointments(&mut self) -> Result<Vec<Appointment>, StoreError> {
        let rows: Vec<(i64, i64, DateTime<Utc>)> = on!(self, |db| sqlx::query_as(
            "SELECT person_id, appointed_by, appointed_at FROM appointed_admins
             WHERE dismissed_at IS NULL ORDER BY appointed_at, person_id"
        )
        .fetch_all(db)
        .await?);
        let appointment = |(person, by, at)| Appointment { person: PersonId(person), by: PersonId(by), at };
        Ok(rows.into_iter().map(appointment).collect())
    }

    /// Who was appointed once and is not any more.
    pub async fn dismissed(&mut self) -> Result<Vec<PersonId>, StoreError> {
        let ids: Vec<i64> = on!(self, |db| sqlx::query_scalar(
            "SELECT person_id FROM appointed_admins WHERE dismissed_at IS NOT NULL ORDER BY person_id"
        )
        .fetch_all(db)
        .await?);
        Ok(ids.into_iter().map(PersonId).collect())
    }

    /// Makes somebody an admin.
    pub async fn appoint(
        &mut self,
        person: PersonId,
        by: PersonId,
        now: DateTime<Utc>,
    ) -> Result<AppointmentChange, StoreError> {
        let changed = on!(self, |db| sqlx::query(
            "INSERT INTO appointed_admins (person_id, appointed_by, appointed_at) VALUES ($1, $2, $3)
             ON CONFLICT (person_id) DO UPDATE SET
                 appointed_by = excluded.appointed_by, appointed_at = excluded.appointed_at,
                 dismissed_by = NULL, dismissed_at = NULL
             WHERE appointed_admins.dismissed_at IS NOT NULL"
        )
        .bind(person.0)
        .bind(by.0)
        .bind(now)
        .execute(db)
        .await?
        .rows_affected());
        Ok(if changed == 1 { AppointmentChange::Done } else { AppointmentChange::Already })
    }

    pub async fn dismiss(
        &mut self,
        person: PersonId,
        by: PersonId,
        now: DateTime<Utc>,
    ) -> Result<AppointmentChange, StoreError> {
        let changed = on!(self, |db| sqlx::query(
            "UPDATE appointed_admins SET dismissed_by = $2, dismissed_at = $3
             WHERE person_id = $1 AND dismissed_at IS NULL"
        )
        .bind(person.0)
        .bind(by.0)
        .bind(now)
        .execute(db)
        .await?
        .rows_affected());
        Ok(if changed == 1 { AppointmentChange::Done } else { AppointmentChange::Already })
    }

    /// Who was seen with this username last, in any case.
    pub async fn person_named(&mut self, username: &str) -> Result<Option<PersonId>, StoreError> {
        let id: Option<i64> =
            on!(self, |db| sqlx::query_scalar("SELECT id FROM people WHERE LOWER(username) = $1 ORDER BY id LIMIT 1")
                .bind(username.to_ascii_lowercase())
                .fetch_optional(db)
                .await?);
        Ok(id.map(PersonId))
    }
}
