//! Dialogues: a person's state in a chat, with a version that keeps two updates apart.

use chrono::{DateTime, Utc};

use crate::domain::{ChatId, MessageId, OrderNumber, PersonId};
use crate::store::db::{Tx, on};
use crate::store::dialogues::key::{DialogueKey, Seat, read_key};
use crate::store::dialogues::row::Row;
use crate::store::dialogues::screen::{Fresh, LiveScreen, ShowIn};
use crate::store::dialogues::stored::{SaveDialogue, Saved, StoredDialogue};
use crate::store::dialogues::watch::Watch;
use crate::store::error::StoreError;

impl Tx {
    /// The dialogue, if there ever was one.
    pub async fn dialogue(&mut self, key: DialogueKey) -> Result<Option<StoredDialogue>, StoreError> {
        Ok(self.row(key).await?.map(Row::stored))
    }

    /// The message that shows a dialogue.
    pub async fn live_screen(&mut self, key: DialogueKey) -> Result<Option<LiveScreen>, StoreError> {
        Ok(self.row(key).await?.and_then(Row::screen))
    }

    /// Stores the next state if the dialogue is still at the `expected` version (`None`: it does not exist yet), and
    /// marks it for drawing. A person has one visible screen in private: one that is sent anew takes the place of the
    /// other seat's.
    pub async fn save_dialogue(
        &mut self,
        key: DialogueKey,
        expected: Option<i64>,
        next: &SaveDialogue,
        now: DateTime<Utc>,
    ) -> Result<Saved, StoreError> {
        let topic = self.changes.topic_of(key);
        let row = match (self.row(key).await?.map(|row| row.version), expected) {
            (None, None) => self.loaded.put_row(key, Row::first(key, next, now)),
            (Some(version), Some(expected)) if version == expected => {
                let Some(row) = self.loaded.row_mut(key) else { return Ok(Saved::Conflict) };
                row.save(next, now);
                row
            }
            _ => return Ok(Saved::Conflict),
        };
        row.topic_id = topic.or(row.topic_id);
        let (version, fresh) = (row.version, row.fresh());
        self.changes.of_dialogue(key, now);
        if fresh == Fresh::SendBelow {
            self.take_over(key).await?;
        }
        // Behind the other seat's screen, which must not stay open.
        if let ShowIn::InPlaceOf(MessageId(displaced)) = next.show_in
            && let Some(row) = self.row_mut(key).await?
        {
            row.retire(displaced);
        }
        Ok(Saved::Version(version))
    }

    /// The dialogues of the vendor's people in a chat that are about this order, with their states.
    pub async fn dialogues_about(
        &mut self,
        chat: ChatId,
        order: OrderNumber,
    ) -> Result<Vec<(DialogueKey, StoredDialogue)>, StoreError> {
        self.write_back().await?;
        let people: Vec<i64> = on!(self, |db| sqlx::query_scalar(
            "SELECT person_id FROM dialogues WHERE watches = $1 AND chat_id = $2 AND seat = $3 ORDER BY person_id"
        )
        .bind(Watch::Order(order).code())
        .bind(chat.0)
        .bind(Seat::Vendor.code())
        .fetch_all(db)
        .await?);
        let mut dialogues = Vec::with_capacity(people.len());
        for person in people {
            let key = DialogueKey { chat, person: PersonId(person), seat: Seat::Vendor };
            dialogues.extend(self.dialogue(key).await?.map(|stored| (key, stored)));
        }
        Ok(dialogues)
    }

    /// Whose live message this is.
    pub async fn dialogue_at(&mut self, chat: ChatId, message: MessageId) -> Result<Option<DialogueKey>, StoreError> {
        self.write_back().await?;
        let row: Option<(i64, String)> = on!(self, |db| sqlx::query_as(
            "SELECT person_id, seat FROM dialogues WHERE chat_id = $1 AND message_id = $2
             ORDER BY person_id, seat LIMIT 1"
        )
        .bind(chat.0)
        .bind(message.0)
        .fetch_optional(db)
        .await?);
        row.map(|(person, seat)| read_key(chat.0, person, &seat)).transpose()
    }

    /// Copies a state that cannot be read to where the vendor finds it. Idempotent, since it stays until its person's next
    /// step saves another one over it.
    pub async fn set_aside_dialogue(
        &mut self,
        key: DialogueKey,
        reason: &str,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        self.write_back().await?;
        on!(self, |db| sqlx::query(
            "INSERT INTO broken_dialogues (chat_id, person_id, seat, version, state, reason, set_aside_at)
             SELECT chat_id, person_id, seat, version, state, $4, $5 FROM dialogues d
             WHERE chat_id = $1 AND person_id = $2 AND seat = $3 AND NOT EXISTS (
                 SELECT 1 FROM broken_dialogues b
                 WHERE b.chat_id = d.chat_id AND b.person_id = d.person_id AND b.seat = d.seat AND b.version = d.version
             )"
        )
        .bind(key.chat.0)
        .bind(key.person.0)
        .bind(key.seat.code())
        .bind(reason)
        .bind(now)
        .execute(db)
        .await?
        .rows_affected());
        Ok(())
    }
}
