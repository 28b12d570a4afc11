//! Which dialogues are to be drawn, by whom, and what came of it.

use chrono::{DateTime, Utc};

use crate::domain::{Lane, MessageId, TopicId};
use crate::store::db::{Tx, on};
use crate::store::dialogues::key::{DialogueKey, read_key};
use crate::store::dialogues::screen::{Fresh, LiveScreen};
use crate::store::error::StoreError;
use crate::store::outbox::attempt::Attempt;

/// A dialogue that this worker may draw until its lease ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redraw {
    pub key: DialogueKey,
    /// The version to show.
    pub version: i64,
    /// The state to show, as JSON.
    pub state: String,
    pub screen: Option<LiveScreen>,
    /// How to show it.
    pub fresh: Fresh,
    /// A former live message that is to go.
    pub retiring: Option<MessageId>,
    /// Whether its person waits for it, or it follows what somebody else did.
    pub lane: Lane,
    /// Where in a forum its person last spoke to the bot.
    pub topic: Option<TopicId>,
    /// How often it was put off since it was last drawn.
    pub attempts: i64,
}

/// Whether what was drawn counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Drawn {
    Recorded,
    /// Another message has become the live one meanwhile; the drawn one is not wanted.
    Superseded,
}

#[derive(sqlx::FromRow)]
struct RedrawRow {
    chat_id: i64,
    person_id: i64,
    seat: String,
    version: i64,
    state: String,
    message_id: Option<i64>,
    message_since: Option<i64>,
    lasting: String,
    fresh_from: i64,
    retiring: Option<i64>,
    attempts: i64,
    redraw_due: DateTime<Utc>,
    is_awaited: bool,
    topic_id: Option<i64>,
}

impl RedrawRow {
    fn lane(&self) -> Lane {
        if self.is_awaited { Lane::Tap } else { Lane::Notice }
    }

    fn into_redraw(self) -> Result<Redraw, StoreError> {
        let screen = LiveScreen::from_columns(self.message_id, self.message_since, &self.lasting);
        let lane = self.lane();
        Ok(Redraw {
            key: read_key(self.chat_id, self.person_id, &self.seat)?,
            version: self.version,
            state: self.state,
            screen,
            fresh: Fresh::of(screen, self.fresh_from),
            retiring: self.retiring.map(MessageId),
            lane,
            topic: self.topic_id.map(TopicId),
            attempts: self.attempts,
        })
    }
}

impl Tx {
    /// Leases dialogues that are due to be drawn, those first whose people wait for it, then the longest due. No two workers get the same one before its
    /// lease ends.
    pub async fn claim_redraws(
        &mut self,
        now: DateTime<Utc>,
        lease_until: DateTime<Utc>,
        limit: u32,
    ) -> Result<Vec<Redraw>, StoreError> {
        // The condition stands twice: a worker that waited for another one's row lock checks the outer one again.
        let mut rows: Vec<RedrawRow> = on!(self, |db| {
            sqlx::query_as(
            "UPDATE dialogues SET leased_until = $2
             WHERE (chat_id, person_id, seat) IN (
                 SELECT chat_id, person_id, seat FROM dialogues
                 WHERE shown_version < version AND redraw_due <= $1
                     AND (leased_until IS NULL OR leased_until <= $1)
                 ORDER BY CASE WHEN shown_version < acted_version THEN 0 ELSE 1 END, redraw_due, chat_id, person_id, seat
                 LIMIT $3
             )
                 AND shown_version < version AND redraw_due <= $1 AND (leased_until IS NULL OR leased_until <= $1)
             RETURNING chat_id, person_id, seat, version, state, message_id, message_since, lasting, fresh_from,
                 retiring, attempts, redraw_due, shown_version < acted_version AS is_awaited, topic_id"
        )
        .bind(now)
        .bind(lease_until)
        .bind(i64::from(limit))
        .fetch_all(db)
        .await?
        });
        rows.sort_by(|one, other| {
            let rank = |row: &RedrawRow| (row.lane(), row.redraw_due, row.chat_id, row.person_id);
            rank(one).cmp(&rank(other)).then_with(|| one.seat.cmp(&other.seat))
        });
        rows.into_iter().map(RedrawRow::into_redraw).collect()
    }

    /// Lets the live message stay when another one takes its place; said before something lasting is drawn into it.
    pub async fn keep_message(&mut self, key: DialogueKey, message: MessageId) -> Result<(), StoreError> {
        on!(self, |db| sqlx::query(
            "UPDATE dialogues SET lasting = 'kept'
             WHERE chat_id = $1 AND person_id = $2 AND seat = $3 AND message_id = $4"
        )
        .bind(key.chat.0)
        .bind(key.person.0)
        .bind(key.seat.code())
        .bind(message.0)
        .execute(db)
        .await?
        .rows_affected());
        Ok(())
    }

    /// Records that `redraw` is shown by `shown`, and ends its lease.
    pub async fn drawn(&mut self, redraw: &Redraw, shown: LiveScreen) -> Result<Drawn, StoreError> {
        let recorded = on!(self, |db| sqlx::query(
            "UPDATE dialogues SET
                 message_id = $4,
                 message_since = CASE WHEN message_id = $4 AND message_since > $5 THEN message_since ELSE $5 END,
                 lasting = $6,
                 shown_version = CASE WHEN shown_version < $7 THEN $7 ELSE shown_version END,
                 retiring = CASE WHEN retiring = $8 THEN NULL ELSE retiring END,
                 leased_until = NULL,
                 attempts = 0
             WHERE chat_id = $1 AND person_id = $2 AND seat = $3 AND message_id IS NOT DISTINCT FROM $9"
        )
        .bind(redraw.key.chat.0)
        .bind(redraw.key.person.0)
        .bind(redraw.key.seat.code())
        .bind(shown.message.0)
        .bind(shown.since)
        .bind(shown.lasting.code())
        .bind(redraw.version)
        .bind(redraw.retiring.map(|message| message.0))
        .bind(redraw.screen.map(|screen| screen.message.0))
        .execute(db)
        .await?
        .rows_affected());
        if recorded == 1 {
            return Ok(Drawn::Recorded);
        }
        self.release_redraw(redraw.key).await?;
        Ok(Drawn::Superseded)
    }

    async fn release_redraw(&mut self, key: DialogueKey) -> Result<(), StoreError> {
        on!(self, |db| sqlx::query(
            "UPDATE dialogues SET leased_until = NULL WHERE chat_id = $1 AND person_id = $2 AND seat = $3"
        )
        .bind(key.chat.0)
        .bind(key.person.0)
        .bind(key.seat.code())
        .execute(db)
        .await?
        .rows_affected());
        Ok(())
    }

    /// Puts a redraw off until a moment, after this attempt.
    pub async fn defer_redraw(
        &mut self,
        key: DialogueKey,
        until: DateTime<Utc>,
        attempt: Attempt,
    ) -> Result<(), StoreError> {
        on!(self, |db| sqlx::query(
            "UPDATE dialogues SET leased_until = NULL, redraw_due = $4, attempts = attempts + $5
             WHERE chat_id = $1 AND person_id = $2 AND seat = $3"
        )
        .bind(key.chat.0)
        .bind(key.person.0)
        .bind(key.seat.code())
        .bind(until)
        .bind(i64::from(attempt != Attempt::NotMade))
        .execute(db)
        .await?
        .rows_affected());
        Ok(())
    }

    /// Lets a version go unseen, as when the person cannot be reached; the next change is drawn again.
    pub async fn give_up_redraw(&mut self, key: DialogueKey, version: i64) -> Result<(), StoreError> {
        on!(self, |db| sqlx::query(
            "UPDATE dialogues SET
                 shown_version = CASE WHEN shown_version < $4 THEN $4 ELSE shown_version END,
                 leased_until = NULL,
                 attempts = 0
             WHERE chat_id = $1 AND person_id = $2 AND seat = $3"
        )
        .bind(key.chat.0)
        .bind(key.person.0)
        .bind(key.seat.code())
        .bind(version)
        .execute(db)
        .await?
        .rows_affected());
        Ok(())
    }

    /// Forgets a live message that is gone, so that the next drawing sends a new one.
    pub async fn lose_message(&mut self, key: DialogueKey, message: MessageId) -> Result<(), StoreError> {
        on!(self, |db| sqlx::query(
            "UPDATE dialogues SET message_id = NULL, message_since = NULL, lasting = 'transient'
             WHERE chat_id = $1 AND person_id = $2 AND seat = $3 AND message_id = $4"
        )
        .bind(key.chat.0)
        .bind(key.person.0)
        .bind(key.seat.code())
        .bind(message.0)
        .execute(db)
        .await?
        .rows_affected());
        self.release_redraw(key).await
    }
}
