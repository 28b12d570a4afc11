//! One visible screen for a person in private, whichever seat they take.

use crate::store::db::{Tx, on};
use crate::store::dialogues::key::DialogueKey;
use crate::store::error::StoreError;

#[derive(sqlx::FromRow)]
struct OtherRow {
    message_id: Option<i64>,
    retiring: Option<i64>,
    lasting: String,
}

impl Tx {
    /// Lets the screen of this dialogue, which is about to be sent or has just adopted a message, take the place of the other
    /// seat's: the other one's message goes when this one is drawn, unless it is kept, and what waited to be drawn there is
    /// not drawn any more.
    pub(in crate::store) async fn take_over(&mut self, key: DialogueKey) -> Result<(), StoreError> {
        let Some(other) = key.opposite() else { return Ok(()) };
        let Some(row) = self.locked_screen(other).await? else { return Ok(()) };
        // A kept message stays as it is, and keeps following what it shows; only a screen still to be sent is given up.
        if row.lasting == "kept" {
            return self.give_up_sending(other).await;
        }
        if let Some(message) = row.message_id.or(row.retiring)
            && !self.retire_with(key, message).await?
        {
            return Ok(());
        }
        self.close_screen(other).await
    }

    /// What is shown of a dialogue, as it stays until this transaction ends; `None` without any screen.
    async fn locked_screen(&mut self, key: DialogueKey) -> Result<Option<OtherRow>, StoreError> {
        Ok(on!(self, |db| sqlx::query_as(
            "UPDATE dialogues SET version = version
             WHERE chat_id = $1 AND person_id = $2 AND seat = $3
                 AND (shown_version < version OR message_id IS NOT NULL)
             RETURNING message_id, retiring, lasting"
        )
        .bind(key.chat.0)
        .bind(key.person.0)
        .bind(key.seat.code())
        .fetch_optional(db)
        .await?))
    }

    /// Has a message go when this dialogue is drawn. The message that the dialogue itself adopted only changes hands. Gives
    /// whether there was room: a dialogue that has a message to retire already leaves the other one where it is.
    async fn retire_with(&mut self, key: DialogueKey, message: i64) -> Result<bool, StoreError> {
        let retired = on!(self, |db| sqlx::query(
            "UPDATE dialogues SET retiring = CASE WHEN message_id = $4 THEN retiring ELSE $4 END
             WHERE chat_id = $1 AND person_id = $2 AND seat = $3
                 AND (retiring IS NULL OR retiring = $4 OR message_id = $4)"
        )
        .bind(key.chat.0)
        .bind(key.person.0)
        .bind(key.seat.code())
        .bind(message)
        .execute(db)
        .await?
        .rows_affected());
        Ok(retired == 1)
    }

    async fn close_screen(&mut self, key: DialogueKey) -> Result<(), StoreError> {
        on!(self, |db| sqlx::query(
            "UPDATE dialogues SET
                 message_id = NULL,
                 message_since = NULL,
                 lasting = 'transient',
                 retiring = CASE WHEN message_id IS NULL THEN NULL ELSE retiring END,
                 shown_version = version
             WHERE chat_id = $1 AND person_id = $2 AND seat = $3"
        )
        .bind(key.chat.0)
        .bind(key.person.0)
        .bind(key.seat.code())
        .execute(db)
        .await?
        .rows_affected());
        Ok(())
    }

    async fn give_up_sending(&mut self, key: DialogueKey) -> Result<(), StoreError> {
        on!(self, |db| sqlx::query(
            "UPDATE dialogues SET shown_version = version
             WHERE chat_id = $1 AND person_id = $2 AND seat = $3 AND message_since < fresh_from"
        )
        .bind(key.chat.0)
        .bind(key.person.0)
        .bind(key.seat.code())
        .execute(db)
        .await?
        .rows_affected());
        Ok(())
    }
}
