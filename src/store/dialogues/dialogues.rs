//! Dialogues: a person's state in a chat, with a version that keeps two updates apart.

use chrono::{DateTime, Utc};

use crate::domain::{ChatId, MessageId, PersonId};

use crate::store::{Fresh, StoreError, Tx, db::on};

/// Whose dialogue, and where; in a staff chat each person has their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DialogueKey {
    /// The chat.
    pub chat: ChatId,
    /// The person.
    pub person: PersonId,
    /// x
    pub seat: crate::store::Seat,
}

/// What happens to a live message when another one takes its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lasting {
    /// It is only a screen and goes.
    Transient,
    /// People look for it later (an order's card) and it stays.
    Kept,
}

/// The message that shows the dialogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LiveScreen {
    /// The message.
    pub message: MessageId,
    /// The version as of which it shows the dialogue.
    pub since: i64,
    /// Whether it stays when its time is over.
    pub lasting: Lasting,
}

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
    /// x
    pub is_open: bool,
}

/// A dialogue whose screen stands in the chat, or is about to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenScreen {
    /// Whose it is, and where.
    pub key: DialogueKey,
    /// JSON that the store does not look into.
    pub state: String,
    /// When it is to be drawn, if what stands there is not the newest.
    pub due: Option<DateTime<Utc>>,
}

/// Where the newest state is to be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShowIn {
    /// In the live message, edited in place.
    LiveMessage,
    /// In a new message, below.
    NewMessage,
    /// In this message, which becomes the live one; the former one retires unless it is kept.
    Message(MessageId),
}

/// The next state of a dialogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SaveDialogue {
    /// JSON.
    pub state: String,
    /// Where to show it.
    pub show_in: ShowIn,
    /// x
    pub watches: Option<crate::store::Watch>,
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
}

impl Lasting {
    pub(in crate::store) fn code(self) -> &'static str {
        match self {
            Lasting::Transient => "transient",
            Lasting::Kept => "kept",
        }
    }
}

impl LiveScreen {
    /// From the columns `message_id`, `message_since` and `lasting`.
    pub(in crate::store) fn from_columns(
        message: Option<i64>,
        since: Option<i64>,
        lasting: &str,
    ) -> Option<LiveScreen> {
        let lasting = if lasting == Lasting::Kept.code() { Lasting::Kept } else { Lasting::Transient };
        Some(LiveScreen { message: MessageId(message?), since: since?, lasting })
    }
}

impl ShowIn {
    fn adopted(self) -> Option<i64> {
        match self {
            ShowIn::Message(message) => Some(message.0),
            ShowIn::LiveMessage | ShowIn::NewMessage => None,
        }
    }
}

impl Tx {
    /// The dialogue, if there ever was one.
    pub async fn dialogue(&mut self, key: DialogueKey) -> Result<Option<StoredDialogue>, StoreError> {
        let row: Option<DialogueRow> = on!(self, |db| sqlx::query_as(
            "SELECT version, state, message_id, message_since, lasting, fresh_from
             FROM dialogues WHERE chat_id = $1 AND person_id = $2"
        )
        .bind(key.chat.0)
        .bind(key.person.0)
        .fetch_optional(db)
        .await?);
        Ok(row.map(|row| {
            let screen = LiveScreen::from_columns(row.message_id, row.message_since, &row.lasting);
            StoredDialogue {
                version: row.version,
                state: row.state,
                screen,
                fresh: Fresh::of(screen, row.fresh_from),
                is_open: true,
            }
        }))
    }

    /// Stores the next state if the dialogue is still at the `expected` version (`None`: it does not exist yet), and
    /// marks it for redrawing.
    pub async fn save_dialogue(
        &mut self,
        key: DialogueKey,
        expected: Option<i64>,
        next: &SaveDialogue,
        now: DateTime<Utc>,
    ) -> Result<Saved, StoreError> {
        let version = match expected {
            None => self.insert_dialogue(key, next, now).await?,
            Some(expected) => self.update_dialogue(key, expected, next, now).await?,
        };
        Ok(version.map_or(Saved::Conflict, Saved::Version))
    }

    async fn insert_dialogue(
        &mut self,
        key: DialogueKey,
        next: &SaveDialogue,
        now: DateTime<Utc>,
    ) -> Result<Option<i64>, StoreError> {
        let adopted = next.show_in.adopted();
        Ok(on!(self, |db| sqlx::query_scalar(
            "INSERT INTO dialogues (chat_id, person_id, version, state, saved_at, message_id, message_since, lasting,
                 fresh_from, shown_version, redraw_due, attempts)
             VALUES ($1, $2, 1, $3, $4, $5, $6, 'transient', 1, 0, $4, 0)
             ON CONFLICT (chat_id, person_id) DO NOTHING RETURNING version"
        )
        .bind(key.chat.0)
        .bind(key.person.0)
        .bind(&next.state)
        .bind(now)
        .bind(adopted)
        .bind(adopted.map(|_| 1_i64))
        .fetch_optional(db)
        .await?))
    }

    async fn update_dialogue(
        &mut self,
        key: DialogueKey,
        expected: i64,
        next: &SaveDialogue,
        now: DateTime<Utc>,
    ) -> Result<Option<i64>, StoreError> {
        let fresh_from = (next.show_in == ShowIn::NewMessage).then_some(expected + 1);
        Ok(on!(self, |db| sqlx::query_scalar(
            "UPDATE dialogues SET
                 version = version + 1,
                 state = $4,
                 saved_at = $5,
                 fresh_from = COALESCE($6, fresh_from),
                 retiring = CASE
                     WHEN $7 IS NULL THEN retiring
                     WHEN message_id <> $7 AND lasting = 'transient' THEN message_id
                     WHEN retiring = $7 THEN NULL
                     ELSE retiring END,
                 message_id = COALESCE($7, message_id),
                 message_since = CASE WHEN $7 IS NULL THEN message_since ELSE version + 1 END,
                 lasting = CASE WHEN $7 IS NULL THEN lasting ELSE 'transient' END,
                 redraw_due = $5,
                 attempts = 0
             WHERE chat_id = $1 AND person_id = $2 AND version = $3
             RETURNING version"
        )
        .bind(key.chat.0)
        .bind(key.person.0)
        .bind(expected)
        .bind(&next.state)
        .bind(now)
        .bind(fresh_from)
        .bind(next.show_in.adopted())
        .fetch_optional(db)
        .await?))
    }

    /// Marks a dialogue for redrawing without a change of its state, as when something else that it shows has changed.
    pub async fn bump_dialogue(&mut self, key: DialogueKey, now: DateTime<Utc>) -> Result<(), StoreError> {
        on!(self, |db| sqlx::query(
            "UPDATE dialogues SET
                 version = version + 1,
                 redraw_due = $3,
                 attempts = 0
             WHERE chat_id = $1 AND person_id = $2"
        )
        .bind(key.chat.0)
        .bind(key.person.0)
        .bind(now)
        .execute(db)
        .await?
        .rows_affected());
        Ok(())
    }

    /// The dialogues in a chat that show a screen, or are about to.
    pub async fn screens_in(&mut self, chat: ChatId) -> Result<Vec<OpenScreen>, StoreError> {
        let rows: Vec<(i64, String, Option<DateTime<Utc>>)> = on!(self, |db| {
            sqlx::query_as(
            "SELECT person_id, state, CASE WHEN shown_version < version THEN redraw_due END FROM dialogues
             WHERE chat_id = $1 AND (shown_version < version OR (message_id IS NOT NULL AND message_since >= fresh_from))
             ORDER BY person_id"
        )
        .bind(chat.0)
        .fetch_all(db)
        .await?
        });
        let screen = |(person, state, due)| OpenScreen {
            key: DialogueKey { chat, person: PersonId(person), seat: crate::store::Seat::Vendor },
            state,
            due,
        };
        Ok(rows.into_iter().map(screen).collect())
    }

    /// Whose live message this is.
    pub async fn dialogue_at(&mut self, chat: ChatId, message: MessageId) -> Result<Option<DialogueKey>, StoreError> {
        let person: Option<i64> = on!(self, |db| sqlx::query_scalar(
            "SELECT person_id FROM dialogues WHERE chat_id = $1 AND message_id = $2 ORDER BY person_id LIMIT 1"
        )
        .bind(chat.0)
        .bind(message.0)
        .fetch_optional(db)
        .await?);
        Ok(person.map(|p| DialogueKey { chat, person: PersonId(p), seat: crate::store::Seat::Vendor }))
    }

    /// Marks a dialogue for redrawing in the message that shows it, by `due`; one whose message is gone has nothing that
    /// could follow. What waits to be drawn anyway does not wait longer.
    pub async fn follow_dialogue(&mut self, key: DialogueKey, due: DateTime<Utc>) -> Result<(), StoreError> {
        on!(self, |db| sqlx::query(
            "UPDATE dialogues SET
                 version = version + 1,
                 redraw_due = CASE WHEN shown_version < version AND redraw_due < $3 THEN redraw_due ELSE $3 END
             WHERE chat_id = $1 AND person_id = $2
                 AND (shown_version < version OR (message_id IS NOT NULL AND message_since >= fresh_from))"
        )
        .bind(key.chat.0)
        .bind(key.person.0)
        .bind(due)
        .execute(db)
        .await?
        .rows_affected());
        Ok(())
    }

    /// Copies a state that cannot be read to where the vendor finds it; the caller then saves a fresh one over it.
    pub async fn set_aside_dialogue(
        &mut self,
        key: DialogueKey,
        reason: &str,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        on!(self, |db| sqlx::query(
            "INSERT INTO broken_dialogues (chat_id, person_id, version, state, reason, set_aside_at)
             SELECT chat_id, person_id, version, state, $3, $4 FROM dialogues WHERE chat_id = $1 AND person_id = $2"
        )
        .bind(key.chat.0)
        .bind(key.person.0)
        .bind(reason)
        .bind(now)
        .execute(db)
        .await?
        .rows_affected());
        Ok(())
    }
}
