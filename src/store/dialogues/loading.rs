//! Reading dialogues and drafts before they are needed, and writing them when all is done: those of many people in one
//! statement.
//!
//! Whatever else reads or writes these tables calls [`Tx::write_back`] first.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use sqlx::QueryBuilder;

use crate::domain::PersonId;
use crate::store::db::{Tx, on};
use crate::store::dialogues::key::{DialogueKey, Seat};
use crate::store::dialogues::loaded::{Changed, Loaded};
use crate::store::dialogues::row::Row;
use crate::store::dialogues::stored::StoredDraft;
use crate::store::error::StoreError;
use crate::store::portions::{padded, portions};

/// Rows in one statement: far from either database's limit on parameters.
const ROWS: usize = 500;
const COLUMNS: &str = "chat_id, person_id, seat, version, state, saved_at, watches, message_id, message_since, lasting, \
                       fresh_from, retiring, shown_version, acted_version, redraw_due, leased_until, leased_by, attempts, \
                       topic_id";

impl Tx {
    /// Reads people's private dialogues in one statement.
    pub(in crate::store) async fn load_private(&mut self, people: &[PersonId]) -> Result<(), StoreError> {
        let seats = [Seat::Customer, Seat::Vendor];
        let keys = people.iter().flat_map(|person| seats.map(|seat| DialogueKey::private(*person, seat)));
        self.load_dialogues(keys).await
    }

    /// The row of a dialogue, as it is by now in this transaction.
    pub(in crate::store) async fn row(&mut self, key: DialogueKey) -> Result<Option<&Row>, StoreError> {
        self.load_dialogues([key]).await?;
        Ok(self.loaded.row(key))
    }

    /// The same, to be changed.
    pub(in crate::store) async fn row_mut(&mut self, key: DialogueKey) -> Result<Option<&mut Row>, StoreError> {
        self.load_dialogues([key]).await?;
        Ok(self.loaded.row_mut(key))
    }

    /// Reads dialogues in one statement, so that each of them is at hand: in the order of their keys, so that two transactions
    /// wait for each other instead of breaking each other off.
    pub async fn load_dialogues(&mut self, keys: impl IntoIterator<Item = DialogueKey>) -> Result<(), StoreError> {
        let mut missing: Vec<DialogueKey> = keys.into_iter().filter(|key| !self.loaded.has_row(*key)).collect();
        missing.sort_unstable();
        missing.dedup();
        for keys in missing.chunks(ROWS) {
            let locking = self.locking();
            let rows: Vec<Row> = on!(self, |db| {
                let mut query = QueryBuilder::new("SELECT ");
                query.push(COLUMNS).push(" FROM dialogues WHERE (chat_id, person_id, seat) IN (VALUES ");
                let mut wanted = query.separated(", ");
                for key in padded(keys) {
                    wanted.push("(").push_bind_unseparated(key.chat.0);
                    wanted.push_unseparated(", ").push_bind_unseparated(key.person.0);
                    wanted.push_unseparated(", ").push_bind_unseparated(key.seat.code());
                    wanted.push_unseparated(")");
                }
                query.push(") ORDER BY chat_id, person_id, seat").push(locking);
                query.build_query_as().fetch_all(db).await?
            });
            for key in keys {
                self.loaded.read_row(*key, None);
            }
            let script = self.script();
            for mut row in rows {
                row.open(&script);
                self.loaded.read_row(row.key()?, Some(row));
            }
        }
        Ok(())
    }

    async fn load_drafts(&mut self, people: &[PersonId]) -> Result<(), StoreError> {
        let missing: Vec<PersonId> = people.iter().copied().filter(|person| !self.loaded.has_draft(*person)).collect();
        for people in missing.chunks(ROWS) {
            let rows: Vec<StoredDraft> = on!(self, |db| {
                let mut query =
                    QueryBuilder::new("SELECT person_id, draft_id, draft, saved_at FROM drafts WHERE person_id IN (");
                let mut wanted = query.separated(", ");
                for person in padded(people) {
                    wanted.push_bind(person.0);
                }
                query.push(") ORDER BY person_id");
                query.build_query_as().fetch_all(db).await?
            });
            for person in people {
                self.loaded.read_draft(*person, None);
            }
            for row in rows {
                self.loaded.read_draft(PersonId(row.person_id), Some(Arc::new(row)));
            }
        }
        Ok(())
    }

    /// A person's draft, as it is by now in this transaction.
    pub(in crate::store) async fn draft_mut(
        &mut self,
        person: PersonId,
    ) -> Result<&mut Option<Arc<StoredDraft>>, StoreError> {
        self.load_drafts(&[person]).await?;
        Ok(self.loaded.draft_mut(person))
    }

    /// Writes what has changed, for statements that look at the tables themselves.
    pub(in crate::store) async fn write_back(&mut self) -> Result<(), StoreError> {
        if self.loaded.leaves_redraws() {
            self.announce();
        }
        let Changed { mut new_rows, mut rows, drafts, dropped } = self.loaded.take_changes();
        let script = self.script();
        if script.is_sealing() {
            new_rows.iter_mut().chain(&mut rows).try_for_each(|row| Arc::make_mut(row).seal(&script))?;
        }
        self.insert_rows(&new_rows).await?;
        self.update_rows(&rows).await?;
        self.save_drafts(&drafts).await?;
        self.drop_drafts(&dropped).await
    }

    /// The same, for statements that change the tables themselves: what was at hand is read anew after them.
    pub(in crate::store) async fn hand_back(&mut self) -> Result<(), StoreError> {
        self.write_back().await?;
        self.loaded = Loaded::default();
        Ok(())
    }

    /// A dialogue that another replica began meanwhile is none of ours: the transaction has to be run again.
    async fn insert_rows(&mut self, rows: &[Arc<Row>]) -> Result<(), StoreError> {
        for rows in portions(rows) {
            let inserted = on!(self, |db| {
                let mut query = values(rows);
                query.push(" ON CONFLICT (chat_id, person_id, seat) DO NOTHING");
                query.build().execute(db).await?.rows_affected()
            });
            if usize::try_from(inserted) != Ok(rows.len()) {
                return Err(StoreError::Conflict(sqlx::Error::Protocol(
                    "another replica began the same dialogue".to_owned(),
                )));
            }
        }
        Ok(())
    }

    async fn update_rows(&mut self, rows: &[Arc<Row>]) -> Result<(), StoreError> {
        for rows in portions(rows) {
            on!(self, |db| {
                let mut query = values(rows);
                query.push(
                    " ON CONFLICT (chat_id, person_id, seat) DO UPDATE SET
                         version = excluded.version, state = excluded.state, saved_at = excluded.saved_at,
                         watches = excluded.watches, message_id = excluded.message_id,
                         message_since = excluded.message_since, lasting = excluded.lasting,
                         fresh_from = excluded.fresh_from, retiring = excluded.retiring,
                         shown_version = excluded.shown_version, acted_version = excluded.acted_version,
                         redraw_due = excluded.redraw_due, leased_until = excluded.leased_until,
                         leased_by = excluded.leased_by, attempts = excluded.attempts, topic_id = excluded.topic_id",
                );
                query.build().execute(db).await?.rows_affected()
            });
        }
        Ok(())
    }

    async fn save_drafts(&mut self, drafts: &[Arc<StoredDraft>]) -> Result<(), StoreError> {
        for drafts in portions(drafts) {
            on!(self, |db| {
                let mut query = QueryBuilder::new("INSERT INTO drafts (person_id, draft_id, draft, saved_at) ");
                query.push_values(drafts, |mut row, draft| {
                    row.push_bind(draft.person_id).push_bind(draft.draft_id).push_bind(&draft.draft);
                    row.push_bind(draft.saved_at);
                });
                query.push(
                    " ON CONFLICT (person_id) DO UPDATE SET
                         draft_id = excluded.draft_id, draft = excluded.draft, saved_at = excluded.saved_at",
                );
                query.build().execute(db).await?.rows_affected()
            });
        }
        Ok(())
    }

    async fn drop_drafts(&mut self, people: &[PersonId]) -> Result<(), StoreError> {
        for people in people.chunks(ROWS) {
            on!(self, |db| {
                let mut query = QueryBuilder::new("DELETE FROM drafts WHERE person_id IN (");
                let mut dropped = query.separated(", ");
                for person in padded(people) {
                    dropped.push_bind(person.0);
                }
                query.push(")");
                query.build().execute(db).await?.rows_affected()
            });
        }
        Ok(())
    }
}

/// The beginning of a statement that inserts rows.
fn values<'a, DB>(rows: &'a [Arc<Row>]) -> QueryBuilder<DB>
where
    DB: sqlx::Database,
    i64: sqlx::Encode<'a, DB> + sqlx::Type<DB>,
    Option<i64>: sqlx::Encode<'a, DB>,
    String: sqlx::Type<DB>,
    &'a String: sqlx::Encode<'a, DB> + sqlx::Type<DB>,
    &'a Option<String>: sqlx::Encode<'a, DB> + sqlx::Type<DB>,
    DateTime<Utc>: sqlx::Encode<'a, DB> + sqlx::Type<DB>,
    Option<DateTime<Utc>>: sqlx::Encode<'a, DB>,
{
    let mut query = QueryBuilder::new("INSERT INTO dialogues (");
    query.push(COLUMNS).push(") ");
    query.push_values(rows, |mut values, row| {
        values.push_bind(row.chat_id).push_bind(row.person_id).push_bind(&row.seat).push_bind(row.version);
        values.push_bind(&row.state).push_bind(row.saved_at).push_bind(&row.watches).push_bind(row.message_id);
        values.push_bind(row.message_since).push_bind(&row.lasting).push_bind(row.fresh_from).push_bind(row.retiring);
        values.push_bind(row.shown_version).push_bind(row.acted_version).push_bind(row.redraw_due);
        values.push_bind(row.leased_until).push_bind(row.leased_by).push_bind(row.attempts).push_bind(row.topic_id);
    });
    query
}
