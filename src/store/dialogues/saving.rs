//! Dialogues: a person's state in a chat, with a version that keeps two updates apart.

use chrono::{DateTime, Utc};

use crate::domain::{ChatId, MessageId, OrderNumber, PersonId};
use crate::store::db::{Tx, on};
use crate::store::dialogues::key::{DialogueKey, Seat, read_key};
use crate::store::dialogues::screen::{Fresh, LiveScreen, ShowIn, Visibility};
use crate::store::dialogues::watch::Watch;
use crate::store::error::StoreError;

/// A dialogue as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredDialogue {
    /// Rises at every change.
    pub version: i64,
    /// JSON that the store does not look into.
    pub state: String,
    /// Where it is shown, if anywhere.
    pub screen: Option<LiveScreen>,
    /// Whether the newest state is shown there, or in a new message that is still to come.
    pub fresh: Fresh,
    /// Whether it has a screen.
    pub visibility: Visibility,
}

/// The next state of a dialogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SaveDialogue {
    pub state: String,
    /// Where to show it.
    pub show_in: ShowIn,
    /// What the screen shows beside the state. Only the vendor's people watch anything; customers are sent notifications, and
    /// their screens are drawn by [`Tx::redraw_later`].
    pub watches: Option<Watch>,
}

/// What came of a save.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Saved {
    /// Stored under this version.
    Version(i64),
    /// The dialogue is not at the expected version any more; nothing was stored.
    Conflict,
}

#[derive(sqlx::FromRow)]
struct DialogueRow {
    version: i64,
    state: String,
    message_id: Option<i64>,
    message_since: Option<i64>,
    lasting: String,
    fresh_from: i64,
    shown_version: i64,
}

#[derive(sqlx::FromRow)]
struct SavedRow {
    version: i64,
    message_id: Option<i64>,
    message_since: Option<i64>,
    lasting: String,
    fresh_from: i64,
}

impl DialogueRow {
    fn into_dialogue(self) -> StoredDialogue {
        let screen = LiveScreen::from_columns(self.message_id, self.message_since, &self.lasting);
        let fresh = Fresh::of(screen, self.fresh_from);
        let is_open = self.shown_version < self.version || fresh == Fresh::EditInPlace;
        let visibility = if is_open { Visibility::Open } else { Visibility::Closed };
        StoredDialogue { version: self.version, state: self.state, screen, fresh, visibility }
    }
}

impl SavedRow {
    fn fresh(&self) -> Fresh {
        Fresh::of(LiveScreen::from_columns(self.message_id, self.message_since, &self.lasting), self.fresh_from)
    }
}

impl Tx {
    /// The dialogue, if there ever was one.
    pub async fn dialogue(&mut self, key: DialogueKey) -> Result<Option<StoredDialogue>, StoreError> {
        let row: Option<DialogueRow> = on!(self, |db| sqlx::query_as(
            "SELECT version, state, message_id, message_since, lasting, fresh_from, shown_version
             FROM dialogues WHERE chat_id = $1 AND person_id = $2 AND seat = $3"
        )
        .bind(key.chat.0)
        .bind(key.person.0)
        .bind(key.seat.code())
        .fetch_optional(db)
        .await?);
        Ok(row.map(DialogueRow::into_dialogue))
    }

    /// Stores the next state if the dialogue is still at the `expected` version (`None`: it does not exist yet), and
    /// marks it for drawing. A person has one visible screen in private: one that is sent anew, or that adopts a message,
    /// takes the place of the other seat's.
    pub async fn save_dialogue(
        &mut self,
        key: DialogueKey,
        expected: Option<i64>,
        next: &SaveDialogue,
        now: DateTime<Utc>,
    ) -> Result<Saved, StoreError> {
        let saved = match expected {
            None => self.insert_dialogue(key, next, now).await?,
            Some(expected) => self.update_dialogue(key, expected, next, now).await?,
        };
        let Some(saved) = saved else { return Ok(Saved::Conflict) };
        self.changes.of_dialogue(key, now);
        if saved.fresh() == Fresh::SendBelow || next.show_in.adopted().is_some() {
            self.take_over(key).await?;
        }
        Ok(Saved::Version(saved.version))
    }

    async fn insert_dialogue(
        &mut self,
        key: DialogueKey,
        next: &SaveDialogue,
        now: DateTime<Utc>,
    ) -> Result<Option<SavedRow>, StoreError> {
        let adopted = next.show_in.adopted();
        let shown = i64::from(next.show_in == ShowIn::Elsewhere);
        let topic = self.changes.topic_of(key);
        Ok(on!(self, |db| {
            sqlx::query_as(
            "INSERT INTO dialogues (chat_id, person_id, seat, version, state, saved_at, watches, message_id, message_since,
                 lasting, fresh_from, shown_version, acted_version, redraw_due, attempts, topic_id)
             VALUES ($1, $2, $3, 1, $4, $5, $6, $7, $8, 'transient', 1, $9, 1, $5, 0, $10)
             ON CONFLICT (chat_id, person_id, seat) DO NOTHING
             RETURNING version, message_id, message_since, lasting, fresh_from"
        )
        .bind(key.chat.0)
        .bind(key.person.0)
        .bind(key.seat.code())
        .bind(&next.state)
        .bind(now)
        .bind(next.watches.map(Watch::code))
        .bind(adopted)
        .bind(adopted.map(|_| 1_i64))
        .bind(shown)
        .bind(topic)
        .fetch_optional(db)
        .await?
        }))
    }

    async fn update_dialogue(
        &mut self,
        key: DialogueKey,
        expected: i64,
        next: &SaveDialogue,
        now: DateTime<Utc>,
    ) -> Result<Option<SavedRow>, StoreError> {
        let fresh_from = (next.show_in == ShowIn::NewMessage).then_some(expected + 1);
        let topic = self.changes.topic_of(key);
        Ok(on!(self, |db| sqlx::query_as(
            "UPDATE dialogues SET
                 version = version + 1,
                 acted_version = version + 1,
                 state = $5,
                 saved_at = $6,
                 watches = $7,
                 fresh_from = COALESCE($8, fresh_from),
                 retiring = CASE
                     WHEN $9 IS NULL THEN retiring
                     WHEN message_id <> $9 AND lasting = 'transient' THEN message_id
                     WHEN retiring = $9 THEN NULL
                     ELSE retiring END,
                 message_id = CASE WHEN $10 = 1 THEN NULL ELSE COALESCE($9, message_id) END,
                 message_since = CASE
                     WHEN $10 = 1 THEN NULL
                     WHEN $9 IS NULL THEN message_since
                     ELSE version + 1 END,
                 lasting = CASE WHEN $9 IS NULL AND $10 = 0 THEN lasting ELSE 'transient' END,
                 shown_version = CASE WHEN $10 = 1 THEN version + 1 ELSE shown_version END,
                 redraw_due = $6,
                 attempts = 0,
                 topic_id = COALESCE($11, topic_id)
             WHERE chat_id = $1 AND person_id = $2 AND seat = $3 AND version = $4
             RETURNING version, message_id, message_since, lasting, fresh_from"
        )
        .bind(key.chat.0)
        .bind(key.person.0)
        .bind(key.seat.code())
        .bind(expected)
        .bind(&next.state)
        .bind(now)
        .bind(next.watches.map(Watch::code))
        .bind(fresh_from)
        .bind(next.show_in.adopted())
        .bind(i64::from(next.show_in == ShowIn::Elsewhere))
        .bind(topic)
        .fetch_optional(db)
        .await?))
    }

    /// The dialogues of the vendor's people in a chat that are about this order, with their states.
    pub async fn dialogues_about(
        &mut self,
        chat: ChatId,
        order: OrderNumber,
    ) -> Result<Vec<(DialogueKey, StoredDialogue)>, StoreError> {
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
