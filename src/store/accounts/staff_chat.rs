//! Who is in the staff chat, as Telegram said last, and which chats turned out to be open to anybody.

use chrono::{DateTime, Utc};

use crate::domain::{ChatId, Openness, PersonId, StaffStanding};

use crate::store::db::{Tx, on};
use crate::store::error::StoreError;

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
            "SELECT EXISTS (SELECT 1 FROM open_chats WHERE chat_id = $1)
                 OR EXISTS (SELECT 1 FROM staff_standings WHERE chat_id = $1 AND person_id = $2 AND standing = $3)"
        )
        .bind(chat.0)
        .bind(person.0)
        .bind(StaffStanding::Outside.code())
        .fetch_one(db)
        .await?))
    }

    pub async fn is_open_chat(&mut self, chat: ChatId) -> Result<bool, StoreError> {
        Ok(on!(self, |db| sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM open_chats WHERE chat_id = $1)")
            .bind(chat.0)
            .fetch_one(db)
            .await?))
    }

    /// Takes note that anybody can enter or read a chat; whether that is news.
    pub async fn chat_opened(
        &mut self,
        chat: ChatId,
        openness: Openness,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let noted = on!(self, |db| sqlx::query(
            "INSERT INTO open_chats (chat_id, openness, since) VALUES ($1, $2, $3) ON CONFLICT (chat_id) DO NOTHING"
        )
        .bind(chat.0)
        .bind(openness.code())
        .bind(now)
        .execute(db)
        .await?
        .rows_affected());
        Ok(noted == 1)
    }

    /// Takes note that a chat is its members' alone; whether that is news.
    pub async fn chat_closed(&mut self, chat: ChatId) -> Result<bool, StoreError> {
        let noted = on!(self, |db| sqlx::query("DELETE FROM open_chats WHERE chat_id = $1")
            .bind(chat.0)
            .execute(db)
            .await?
            .rows_affected());
        Ok(noted == 1)
    }
}
