//! Who is in the staff chat, as Telegram said last, and which chats turned out to be open to anybody.

use chrono::{DateTime, TimeDelta, Utc};

use crate::domain::{ChatId, Openness, PersonId, SeenOpenness, StaffStanding};

use crate::store::db::{Tx, on};
use crate::store::error::StoreError;

/// How old what is known of a chat may be before it is noted that it still holds: each message says it, and few change it.
const NOTED_EVERY: TimeDelta = TimeDelta::minutes(1);

/// What Telegram said of somebody's place in a chat, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SeenStanding {
    pub standing: StaffStanding,
    pub at: DateTime<Utc>,
}

impl Tx {
    pub async fn staff_standing(&mut self, chat: ChatId, person: PersonId) -> Result<Option<SeenStanding>, StoreError> {
        let row: Option<(String, DateTime<Utc>)> = on!(self, |db| sqlx::query_as(
            "SELECT standing, seen_at FROM staff_standings WHERE chat_id = $1 AND person_id = $2"
        )
        .bind(chat.0)
        .bind(person.0)
        .fetch_optional(db)
        .await?);
        let Some((code, at)) = row else { return Ok(None) };
        let standing = StaffStanding::parse(&code).ok_or_else(|| StoreError::unreadable("standing"))?;
        Ok(Some(SeenStanding { standing, at }))
    }

    /// What was said later holds, whichever arrives first.
    pub async fn keep_staff_standing(
        &mut self,
        chat: ChatId,
        person: PersonId,
        seen: SeenStanding,
    ) -> Result<(), StoreError> {
        on!(self, |db| sqlx::query(
            "INSERT INTO staff_standings (chat_id, person_id, standing, seen_at) VALUES ($1, $2, $3, $4)
             ON CONFLICT (chat_id, person_id) DO UPDATE SET standing = excluded.standing, seen_at = excluded.seen_at
             WHERE staff_standings.seen_at <= excluded.seen_at"
        )
        .bind(chat.0)
        .bind(person.0)
        .bind(seen.standing.code())
        .bind(seen.at)
        .execute(db)
        .await?
        .rows_affected());
        Ok(())
    }

    /// What was said of somebody's place does not hold any more; Telegram is asked when they act.
    pub async fn forget_staff_standing(&mut self, chat: ChatId, person: PersonId) -> Result<(), StoreError> {
        on!(self, |db| sqlx::query("DELETE FROM staff_standings WHERE chat_id = $1 AND person_id = $2")
            .bind(chat.0)
            .bind(person.0)
            .execute(db)
            .await?
            .rows_affected());
        Ok(())
    }

    /// Whether somebody is known to have no business in a chat of the staff: they are not in it, or anyone can read it.
    pub async fn is_kept_out(&mut self, chat: ChatId, person: PersonId) -> Result<bool, StoreError> {
        Ok(on!(self, |db| sqlx::query_scalar(
            "SELECT EXISTS (SELECT 1 FROM staff_chats WHERE chat_id = $1 AND openness IS NOT NULL)
                 OR EXISTS (SELECT 1 FROM staff_standings WHERE chat_id = $1 AND person_id = $2 AND standing = $3)"
        )
        .bind(chat.0)
        .bind(person.0)
        .bind(StaffStanding::Outside.code())
        .fetch_one(db)
        .await?))
    }

    pub async fn is_open_chat(&mut self, chat: ChatId) -> Result<bool, StoreError> {
        Ok(on!(self, |db| sqlx::query_scalar(
            "SELECT EXISTS (SELECT 1 FROM staff_chats WHERE chat_id = $1 AND openness IS NOT NULL)"
        )
        .bind(chat.0)
        .fetch_one(db)
        .await?))
    }

    /// Takes note of how a chat is to be entered, unless something newer is known; whether that is news. A chat of which
    /// nothing is known counts as its members' alone.
    pub async fn openness_seen(&mut self, chat: ChatId, seen: SeenOpenness) -> Result<bool, StoreError> {
        let known: Option<(Option<String>, DateTime<Utc>)> =
            on!(self, |db| sqlx::query_as("SELECT openness, seen_at FROM staff_chats WHERE chat_id = $1")
                .bind(chat.0)
                .fetch_optional(db)
                .await?);
        let openness = seen.openness.map(Openness::code);
        let Some((known, known_at)) = known else {
            let noted = on!(self, |db| sqlx::query(
                "INSERT INTO staff_chats (chat_id, openness, seen_at) VALUES ($1, $2, $3)
                 ON CONFLICT (chat_id) DO NOTHING"
            )
            .bind(chat.0)
            .bind(openness)
            .bind(seen.at)
            .execute(db)
            .await?
            .rows_affected());
            return Ok(noted == 1 && openness.is_some());
        };
        if seen.at < known_at || (known.as_deref() == openness && seen.at - known_at < NOTED_EVERY) {
            return Ok(false);
        }
        let changed = on!(self, |db| sqlx::query(
            "UPDATE staff_chats SET openness = $2, seen_at = $3
             WHERE chat_id = $1 AND openness IS DISTINCT FROM $2 AND seen_at <= $3"
        )
        .bind(chat.0)
        .bind(openness)
        .bind(seen.at)
        .execute(db)
        .await?
        .rows_affected());
        on!(self, |db| sqlx::query(
            "UPDATE staff_chats SET seen_at = $3
             WHERE chat_id = $1 AND openness IS NOT DISTINCT FROM $2 AND seen_at < $3"
        )
        .bind(chat.0)
        .bind(openness)
        .bind(seen.at)
        .execute(db)
        .await?
        .rows_affected());
        Ok(changed == 1)
    }
}
