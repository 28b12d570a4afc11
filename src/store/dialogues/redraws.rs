//! Which dialogues are to be drawn, by whom, and what came of it.

use chrono::{DateTime, Utc};
use sqlx::QueryBuilder;

use crate::domain::{ChatId, MessageId};
use crate::store::db::{Tx, on};
use crate::store::dialogues::key::{DialogueKey, read_key};
use crate::store::dialogues::redraw::{Drawn, Redraw};
use crate::store::dialogues::row::{Lease, Row};
use crate::store::dialogues::screen::LiveScreen;
use crate::store::error::StoreError;
use crate::store::outbox::attempt::Attempt;

impl Tx {
    /// Leases dialogues that are due to be drawn, those first whose people wait for it, then the longest due. No two workers
    /// get the same one before its lease ends.
    pub async fn claim_redraws(
        &mut self,
        now: DateTime<Utc>,
        lease_until: DateTime<Utc>,
        limit: u32,
    ) -> Result<Vec<Redraw>, StoreError> {
        self.write_back().await?;
        let (passing_over, above) = (self.passing_over(), self.standing().writes_above(now));
        let due: Vec<(i64, i64, String)> = on!(self, |db| {
            let mut query = QueryBuilder::new(
                "SELECT chat_id, person_id, seat FROM dialogues
                 WHERE shown_version < version AND redraw_due <= ",
            );
            query.push_bind(now).push(" AND (leased_until IS NULL OR leased_until <= ").push_bind(now);
            query.push(") AND chat_id > ").push_bind(above);
            query.push(
                " ORDER BY CASE WHEN shown_version < acted_version THEN 0 ELSE 1 END, redraw_due, chat_id, person_id, seat
                 LIMIT ",
            );
            query.push_bind(i64::from(limit)).push(passing_over);
            query.build_query_as().fetch_all(db).await?
        });
        let mut keys = Vec::with_capacity(due.len());
        for (chat, person, seat) in due {
            keys.push(read_key(chat, person, &seat)?);
        }
        self.load_dialogues(keys.iter().copied()).await?;
        let lease = Lease { until: lease_until, by: self.replica() };
        let mut redraws = Vec::with_capacity(keys.len());
        for key in keys {
            if let Some(row) = self.row_mut(key).await?
                && row.lease(lease, now)
            {
                redraws.push(row.redraw()?);
            }
        }
        Ok(redraws)
    }

    /// Leases every dialogue at hand that is due to be drawn, in the chats that this replica writes to.
    pub(in crate::store) fn lease_loaded(
        &mut self,
        now: DateTime<Utc>,
        lease_until: DateTime<Utc>,
    ) -> Result<Vec<Redraw>, StoreError> {
        let (lease, standing) = (Lease { until: lease_until, by: self.replica() }, self.standing());
        let ours = self.loaded.rows_behind_mut().filter(|row| standing.writes_to(ChatId(row.chat_id), now));
        ours.filter_map(|row| row.lease(lease, now).then(|| row.redraw())).collect()
    }

    /// Lets the live message stay when another one takes its place; said before something lasting is drawn into it.
    pub async fn keep_message(&mut self, key: DialogueKey, message: MessageId) -> Result<(), StoreError> {
        self.change(key, |row| row.keep(message)).await
    }

    /// Lets a screen stay when another one takes its place, whoever's it is: somebody replied to it.
    pub async fn keep_answered(&mut self, chat: ChatId, message: MessageId) -> Result<(), StoreError> {
        match self.dialogue_at(chat, message).await? {
            Some(key) => self.keep_message(key, message).await,
            None => Ok(()),
        }
    }

    /// Records that `redraw` is shown by `shown`, and ends its lease.
    pub async fn drawn(&mut self, redraw: &Redraw, shown: LiveScreen) -> Result<Drawn, StoreError> {
        let row = self.row_mut(redraw.key).await?;
        Ok(row.map_or(Drawn::Superseded, |row| row.drawn(redraw, shown)))
    }

    /// Puts a redraw off until a moment, after this attempt.
    pub async fn defer_redraw(
        &mut self,
        key: DialogueKey,
        until: DateTime<Utc>,
        attempt: Attempt,
    ) -> Result<(), StoreError> {
        self.change_leased(key, |row| row.put_off(until, attempt)).await
    }

    /// Lets a version go unseen, as when the person cannot be reached; the next change is drawn again.
    pub async fn give_up_redraw(&mut self, key: DialogueKey, version: i64) -> Result<(), StoreError> {
        self.change_leased(key, |row| row.give_up(version)).await
    }

    /// Forgets a live message that is gone, so that the next drawing sends a new one.
    pub async fn lose_message(&mut self, key: DialogueKey, message: MessageId) -> Result<(), StoreError> {
        self.change(key, |row| row.lose(message)).await
    }

    /// The same, unless somebody else draws it by now.
    async fn change_leased(&mut self, key: DialogueKey, change: impl FnOnce(&mut Row)) -> Result<(), StoreError> {
        let own = self.replica();
        if let Some(row) = self.row_mut(key).await?
            && row.leased_by.is_none_or(|by| by == own)
        {
            change(row);
        }
        Ok(())
    }

    async fn change(&mut self, key: DialogueKey, change: impl FnOnce(&mut Row)) -> Result<(), StoreError> {
        if let Some(row) = self.row_mut(key).await? {
            change(row);
        }
        Ok(())
    }
}
