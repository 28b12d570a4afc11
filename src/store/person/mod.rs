//! All that is stored about one person: to hand it to them, and to erase it.

mod erase;
mod forget;
mod opened;
mod whose;

use std::ops::ControlFlow;

use futures_util::TryStreamExt;
use sqlx::AssertSqlSafe;

use crate::domain::{OrderNumber, PersonId};
use crate::store::cells::{Cell, Cells};
use crate::store::codes::read_count;
use crate::store::db::{Tx, on};
use crate::store::error::StoreError;
use crate::store::person::whose::own_orders;

pub use crate::store::person::erase::Erasure;

/// Every table that has something about a person, and which of its rows those are; `$1` is the person.
const OF_PERSON: &[(&str, &str)] = &[
    ("people", "id = $1"),
    ("accounts", "founder = $1"),
    ("billing", "changed_by = $1 OR account_id IN (SELECT id FROM accounts WHERE founder = $1)"),
    ("invitations", "invited = $1 OR account_id IN (SELECT id FROM accounts WHERE founder = $1)"),
    ("search_texts", concat!("(subject = 'person' AND id = $1) OR (subject = 'order' AND id IN ", own_orders!(), ")")),
    ("orders", concat!("number IN ", own_orders!())),
    ("order_lines", concat!("order_number IN ", own_orders!())),
    ("order_events", concat!("actor_id = $1 OR order_number IN ", own_orders!())),
    ("serial_numbers", concat!("order_number IN ", own_orders!())),
    ("drafts", "person_id = $1"),
    ("dialogues", "person_id = $1 OR chat_id = $1"),
    ("broken_dialogues", "person_id = $1 OR chat_id = $1"),
    ("outbox_messages", "chat_id = $1"),
    ("order_messages", "chat_id = $1 OR source_chat = $1"),
    ("passed_on", "chat_id = $1 OR person_id = $1"),
    ("file_jobs", "person_id = $1 OR chat_id = $1"),
    ("waiting_updates", "person_id = $1"),
    ("dead_letters", "person_id = $1"),
    ("announced_waits", "person_id = $1"),
    ("staff_standings", "person_id = $1"),
    ("appointed_admins", "person_id = $1 OR appointed_by = $1 OR dismissed_by = $1"),
    ("proposed_price_lists", "proposed_by = $1"),
    ("audit", "actor_id = $1 OR subject_id = $1"),
    ("reactions_refused", "chat_id = $1"),
    ("resting_chats", "chat_id = $1"),
];

/// A row of what is stored about a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredRow {
    pub table: &'static str,
    /// How many rows of this table there are.
    pub of: u64,
    /// What stands in it, with the names of the columns.
    pub cells: Vec<(String, Cell)>,
}

impl Tx {
    /// Hands out everything that is stored about a person, table by table and row by row, until it is told to end: an account
    /// may have a million serial numbers.
    pub async fn each_stored_about(
        &mut self,
        person: PersonId,
        mut each: impl FnMut(StoredRow) -> ControlFlow<()> + Send,
    ) -> Result<(), StoreError> {
        let script = self.script();
        for &(table, condition) in OF_PERSON {
            let of = self.count_in(table, condition, person).await?;
            if of == 0 {
                continue;
            }
            let mut hand_out = |mut cells: Vec<(String, Cell)>| {
                opened::open(table, &mut cells, &script);
                each(StoredRow { table, of, cells })
            };
            let statement = AssertSqlSafe(format!("SELECT * FROM {table} WHERE {condition} ORDER BY 1"));
            let told = on!(self, |db| {
                let mut rows = sqlx::query(statement).bind(person.0).fetch(db);
                let mut told = ControlFlow::Continue(());
                while told.is_continue()
                    && let Some(row) = rows.try_next().await?
                {
                    told = hand_out(row.named_cells()?);
                }
                told
            });
            if told.is_break() {
                break;
            }
        }
        Ok(())
    }

    async fn count_in(&mut self, table: &str, condition: &str, person: PersonId) -> Result<u64, StoreError> {
        let statement = AssertSqlSafe(format!("SELECT COUNT(*) FROM {table} WHERE {condition}"));
        let count: i64 = on!(self, |db| sqlx::query_scalar(statement).bind(person.0).fetch_one(db).await?);
        read_count(count)
    }

    /// The orders of a person, and of the account that they founded, that are still to be completed or cancelled.
    pub async fn open_orders_of(&mut self, person: PersonId) -> Result<Vec<OrderNumber>, StoreError> {
        let open: Vec<i64> = on!(self, |db| {
            sqlx::query_scalar(
                "SELECT number FROM orders WHERE status IN ('placed', 'invoiced')
                     AND (placed_by = $1 OR account_id IN (SELECT id FROM accounts WHERE founder = $1))
                 ORDER BY number",
            )
            .bind(person.0)
            .fetch_all(db)
            .await?
        });
        Ok(open.into_iter().map(OrderNumber).collect())
    }

    /// How many orders a person placed, or has in the account that they founded.
    pub async fn orders_of(&mut self, person: PersonId) -> Result<u64, StoreError> {
        let count: i64 = on!(self, |db| {
            sqlx::query_scalar(concat!("SELECT COUNT(*) FROM orders WHERE number IN ", own_orders!()))
                .bind(person.0)
                .fetch_one(db)
                .await?
        });
        read_count(count)
    }

    /// The tables that [`Tx::each_stored_about`] looks into.
    pub fn tables_about_people() -> impl Iterator<Item = &'static str> {
        OF_PERSON.iter().map(|(table, _)| *table)
    }
}
