//! Reading in a few statements what serving many people needs, and handing it on.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use sqlx::{ColumnIndex, Decode, FromRow, QueryBuilder, Type};

use crate::domain::PersonId;
use crate::store::accounts::people::PersonRow;
use crate::store::db::{Tx, on};
use crate::store::dialogues::key::{DialogueKey, Seat};
use crate::store::dialogues::redraw::Redraw;
use crate::store::dialogues::row::Row;
use crate::store::dialogues::stored::StoredDraft;
use crate::store::error::StoreError;
use crate::store::known::Known;
use crate::store::portions::padded;

/// Far from either database's limit on parameters.
const PEOPLE_AT_ONCE: usize = 500;

/// A person with what serving them in private as a customer needs beside.
#[derive(sqlx::FromRow)]
struct ServedRow {
    #[sqlx(flatten)]
    person: PersonRow,
    draft_id: Option<i64>,
    draft: Option<String>,
    draft_saved_at: Option<DateTime<Utc>>,
    price_list: Option<i64>,
    is_maintained: bool,
    /// Whether they have a dialogue on the vendor's side as well, which few do.
    is_vendor: bool,
    #[sqlx(flatten)]
    dialogue: Joined,
}

/// The dialogue in a row, if there is one.
struct Joined(Option<Row>);

impl<'r, R> FromRow<'r, R> for Joined
where
    R: sqlx::Row,
    &'static str: ColumnIndex<R>,
    Option<String>: Decode<'r, R::Database> + Type<R::Database>,
    Row: FromRow<'r, R>,
{
    fn from_row(row: &'r R) -> Result<Joined, sqlx::Error> {
        let seat: Option<String> = row.try_get("seat")?;
        Ok(Joined(seat.map(|_| Row::from_row(row)).transpose()?))
    }
}

impl ServedRow {
    fn draft(&self) -> Option<StoredDraft> {
        let (Some(draft_id), Some(draft), Some(saved_at)) = (self.draft_id, &self.draft, self.draft_saved_at) else {
            return None;
        };
        Some(StoredDraft { person_id: self.person.id, draft_id, draft: draft.clone(), saved_at })
    }
}

impl Tx {
    /// Reads, in a few statements, what serving these people in private needs.
    pub async fn load(&mut self, people: &[PersonId]) -> Result<(), StoreError> {
        if self.has_rivals() {
            // First: whoever changes a person's standing marks their screen, and its row is what a transaction waits for.
            self.load_private(people).await?;
        }
        self.load_people(people).await
    }

    /// Reads people in one statement, unless they are known, with their drafts, which price list holds, whether the shop is
    /// under maintenance, and their dialogues, unless these have to be waited for.
    pub(in crate::store) async fn load_people(&mut self, people: &[PersonId]) -> Result<(), StoreError> {
        let known = &self.facts.people;
        let missing: BTreeSet<PersonId> = people.iter().copied().filter(|person| !known.contains_key(person)).collect();
        let missing: Vec<PersonId> = missing.into_iter().collect();
        let (columns, dialogues) = match self.has_rivals() {
            true => ("1 = 0 AS is_vendor, NULL AS seat", ""),
            false => (
                "EXISTS (
                     SELECT 1 FROM dialogues v
                     WHERE v.chat_id = people.id AND v.person_id = people.id AND v.seat = 'vendor'
                 ) AS is_vendor, t.*",
                "LEFT JOIN dialogues t ON t.chat_id = people.id AND t.person_id = people.id AND t.seat = 'customer'",
            ),
        };
        for people in missing.chunks(PEOPLE_AT_ONCE) {
            let rows: Vec<ServedRow> = on!(self, |db| {
                let mut query = QueryBuilder::new(
                    "SELECT id, account_id, name, username, telegram_language, chosen_language, reachability, access,
                         EXISTS (
                             SELECT 1 FROM outbox_messages m WHERE m.delivery = 'parked' AND m.chat_id = people.id
                         ) AS is_awaited,
                         EXISTS (
                             SELECT 1 FROM people other WHERE other.account_id = people.account_id AND other.id <> people.id
                         ) AS has_colleagues,
                         d.draft_id, d.draft, d.saved_at AS draft_saved_at,
                         (SELECT MAX(p.id) FROM price_lists p) AS price_list,
                         EXISTS (SELECT 1 FROM maintenance) AS is_maintained, ",
                );
                query.push(columns).push(" FROM people LEFT JOIN drafts d ON d.person_id = people.id ").push(dialogues);
                query.push(" WHERE id IN (");
                let mut wanted = query.separated(", ");
                for person in padded(people) {
                    wanted.push_bind(person.0);
                }
                query.push(") ORDER BY id");
                match people {
                    // SQLite's thread wakes whoever asks for one row once: not by the row, then by its end, then by the end of all.
                    [_] => query.build_query_as().fetch_optional(db).await?.into_iter().collect(),
                    _ => query.build_query_as().fetch_all(db).await?,
                }
            });
            self.know(people, rows)?;
        }
        Ok(())
    }

    fn know(&mut self, people: &[PersonId], rows: Vec<ServedRow>) -> Result<(), StoreError> {
        let vendors: BTreeSet<i64> = rows.iter().filter(|row| row.is_vendor).map(|row| row.person.id).collect();
        let is_read = |key: &DialogueKey| key.seat == Seat::Customer || !vendors.contains(&key.person.0);
        let seats = [Seat::Customer, Seat::Vendor];
        let keys = people.iter().flat_map(|person| seats.map(|seat| DialogueKey::private(*person, seat)));
        let has_dialogues = !self.has_rivals();
        let unread = keys.filter(|key| has_dialogues && is_read(key) && !self.loaded.has_row(*key));
        let unread: BTreeSet<DialogueKey> = unread.collect();
        for key in &unread {
            self.loaded.read_row(*key, None);
        }
        self.facts.people.extend(people.iter().map(|person| (*person, None)));
        let script = self.script();
        for row in rows {
            let person = PersonId(row.person.id);
            if !self.loaded.has_draft(person) {
                self.loaded.read_draft(person, row.draft().map(Arc::new));
            }
            if let Some(mut dialogue) = row.dialogue.0
                && let key = dialogue.key()?
                && unread.contains(&key)
            {
                dialogue.open(&script);
                self.loaded.read_row(key, Some(dialogue));
            }
            self.facts.price_list.get_or_insert(row.price_list);
            self.facts.is_maintained.get_or_insert(row.is_maintained);
            self.facts.people.insert(person, Some(Arc::new(row.person.into_customer()?)));
        }
        Ok(())
    }

    /// Takes what is known of a redraw's person for what the database has: it has from the commit on that made the redraw
    /// due, and whatever changes later leaves another one.
    pub fn assume(&mut self, redraw: &Redraw) {
        let (person, known) = (redraw.key.person, &redraw.known);
        if let Some(customer) = &known.customer {
            self.facts.people.insert(person, customer.clone());
        }
        if let Some(draft) = &known.draft {
            self.loaded.read_draft(person, draft.clone());
        }
        self.facts.price_list = known.price_list.or(self.facts.price_list);
        self.facts.orders.extend(known.order.iter().map(|order| (order.summary.number, order.clone())));
    }

    /// Hands on to whoever draws these what the transaction knows of their people, and the orders that it placed for them.
    pub(in crate::store) fn hand_over(&mut self, leased: &mut [Redraw]) {
        for redraw in leased {
            let person = redraw.key.person;
            redraw.known = Known {
                customer: self.facts.people.get(&person).cloned(),
                draft: self.loaded.draft(person).cloned(),
                price_list: self.facts.price_list,
                order: self.facts.placed.remove(&person),
            };
        }
    }
}
