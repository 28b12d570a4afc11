//! Groups that became supergroups and thereby got another id.

use chrono::{DateTime, Utc};

use crate::domain::ChatId;

use crate::store::db::{Tx, on, on_stored};
use crate::store::error::StoreError;

impl Tx {
    /// Notes that a chat has a new id, and moves what is addressed to it: dialogues and messages not yet sent. The
    /// messages of the old chat cannot be edited in the new one, so screens are sent anew.
    pub async fn chat_moved(&mut self, from: ChatId, to: ChatId, now: DateTime<Utc>) -> Result<(), StoreError> {
        let to = self.where_is(to).await?;
        if from == to {
            return Ok(());
        }
        self.facts.moved.clear();
        on!(self, |db| sqlx::query(
            "INSERT INTO moved_chats (old_id, new_id, moved_at) VALUES ($1, $2, $3)
             ON CONFLICT (old_id) DO UPDATE SET new_id = excluded.new_id, moved_at = excluded.moved_at"
        )
        .bind(from.0)
        .bind(to.0)
        .bind(now)
        .execute(db)
        .await?
        .rows_affected());
        // Whoever pointed at the old id points at the new one, so that following takes one step.
        on!(self, |db| sqlx::query("UPDATE moved_chats SET new_id = $2 WHERE new_id = $1")
            .bind(from.0)
            .bind(to.0)
            .execute(db)
            .await?
            .rows_affected());
        on!(self, |db| sqlx::query(
            "UPDATE outbox_messages SET chat_id = $2 WHERE chat_id = $1 AND delivery <> 'sent'"
        )
        .bind(from.0)
        .bind(to.0)
        .execute(db)
        .await?
        .rows_affected());
        on!(self, |db| sqlx::query("UPDATE file_jobs SET chat_id = $2 WHERE chat_id = $1")
            .bind(from.0)
            .bind(to.0)
            .execute(db)
            .await?
            .rows_affected());
        self.move_dialogues(from, to, now).await
    }

    async fn move_dialogues(&mut self, from: ChatId, to: ChatId, now: DateTime<Utc>) -> Result<(), StoreError> {
        self.hand_back().await?;
        // A person who already talks in the new chat goes on there.
        on!(self, |db| sqlx::query(
            "DELETE FROM dialogues WHERE chat_id = $1
                 AND (person_id, seat) IN (SELECT person_id, seat FROM dialogues WHERE chat_id = $2)"
        )
        .bind(from.0)
        .bind(to.0)
        .execute(db)
        .await?
        .rows_affected());
        on!(self, |db| sqlx::query(
            "UPDATE dialogues SET
                 chat_id = $2, message_id = NULL, message_since = NULL, lasting = 'transient', retiring = NULL,
                 version = CASE WHEN message_since >= fresh_from THEN version + 1 ELSE version END,
                 redraw_due = $3, leased_until = NULL, leased_by = NULL
             WHERE chat_id = $1"
        )
        .bind(from.0)
        .bind(to.0)
        .bind(now)
        .execute(db)
        .await?
        .rows_affected());
        Ok(())
    }

    /// Where a chat is now: itself, unless it moved.
    pub async fn where_is(&mut self, chat: ChatId) -> Result<ChatId, StoreError> {
        if let Some(moved) = self.facts.moved.get(&chat) {
            return Ok(*moved);
        }
        let moved: Option<i64> =
            on_stored!(self, |db| sqlx::query_scalar("SELECT new_id FROM moved_chats WHERE old_id = $1")
                .bind(chat.0)
                .fetch_optional(db)
                .await?);
        let moved = moved.map_or(chat, ChatId);
        self.facts.moved.insert(chat, moved);
        Ok(moved)
    }
}
