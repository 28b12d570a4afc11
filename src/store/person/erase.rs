//! Taking a person out of all that is stored. Their orders stay for the books, as those of somebody without a name.

use chrono::{DateTime, Utc};

use crate::domain::{AccountId, OrderNumber, PersonId};
use crate::store::codes::{count, read_count};
use crate::store::db::{Tx, on};
use crate::store::error::StoreError;
use crate::store::person::whose::{own_orders, placed};

/// What stands where a name stood, in every language.
pub(super) const NAMELESS: &str = "—";

/// Rows that go as they are. Those of the staff chat and of other people that name the person by their number alone go once they
/// are settled.
const GONE: &[&str] = &[
    "DELETE FROM dialogues WHERE person_id = $1 OR chat_id = $1",
    "DELETE FROM broken_dialogues WHERE person_id = $1 OR chat_id = $1",
    "DELETE FROM drafts WHERE person_id = $1",
    "DELETE FROM file_jobs WHERE person_id = $1 OR chat_id = $1",
    "DELETE FROM announced_waits WHERE person_id = $1",
    "DELETE FROM staff_standings WHERE person_id = $1",
    "DELETE FROM appointed_admins WHERE person_id = $1",
    "DELETE FROM proposed_price_lists WHERE proposed_by = $1",
    "DELETE FROM passed_on WHERE chat_id = $1 OR person_id = $1",
    "DELETE FROM order_messages WHERE chat_id = $1",
    "UPDATE order_messages SET source_chat = NULL, source_message = NULL WHERE source_chat = $1",
    "DELETE FROM reactions_refused WHERE chat_id = $1",
    "DELETE FROM resting_chats WHERE chat_id = $1",
    "DELETE FROM invitations WHERE invited = $1 OR account_id IN (SELECT id FROM accounts WHERE founder = $1)",
    concat!(
        "DELETE FROM search_texts WHERE (subject = 'person' AND id = $1) OR (subject = 'order' AND id IN ",
        placed!(),
        ")"
    ),
    // Whoever was picked from the contacts is named as they are called there.
    concat!(
        "DELETE FROM outbox_messages WHERE chat_id = $1
             OR (delivery IN ('sent', 'dead')
                 AND (body LIKE '%\"contacts_closed\"%' OR body LIKE '%' || CAST($1 AS TEXT) || '%'))
             OR (body LIKE '%\"asked\"%' AND body LIKE '%\"by\":' || CAST($1 AS TEXT) || ',%')
             OR ((body LIKE '%\"asked\"%' OR body LIKE '%\"answered\"%') AND order_number IN ",
        placed!(),
        ")"
    ),
    concat!("UPDATE orders SET note = NULL WHERE note IS NOT NULL AND number IN ", placed!()),
];

/// What came of erasing a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Erasure {
    /// Nothing is known of them.
    Unknown,
    /// These orders are still to be completed or cancelled.
    OpenOrders(Vec<OrderNumber>),
    /// So many others are in their account.
    HasColleagues(u64),
    /// They are gone; so many orders stay in the books of what was their account.
    Erased { account: AccountId, orders: u64 },
}

impl Tx {
    /// Takes a person out of everything, unless something about them is under way.
    pub async fn erase_person(&mut self, person: PersonId, now: DateTime<Utc>) -> Result<Erasure, StoreError> {
        // Their dialogues first, as in whatever they do, then their account, as in whatever brings people there: all that waits,
        // and finds a stranger.
        self.load_private(&[person]).await?;
        let account: Option<i64> = on!(self, |db| sqlx::query_scalar("SELECT id FROM accounts WHERE founder = $1")
            .bind(person.0)
            .fetch_optional(db)
            .await?);
        let Some(account) = account else { return Ok(Erasure::Unknown) };
        self.lock_account(AccountId(account)).await?;
        let known = on!(self, |db| sqlx::query("UPDATE people SET name = name WHERE id = $1")
            .bind(person.0)
            .execute(db)
            .await?
            .rows_affected());
        // Whoever goes on in this transaction is to read dialogues and drafts anew.
        self.hand_back().await?;
        if known == 0 {
            return Ok(Erasure::Unknown);
        }
        let open = self.open_orders_of(person).await?;
        if !open.is_empty() {
            return Ok(Erasure::OpenOrders(open));
        }
        let colleagues: i64 =
            on!(self, |db| sqlx::query_scalar("SELECT COUNT(*) FROM people WHERE account_id = $1 AND id <> $2")
                .bind(account)
                .bind(person.0)
                .fetch_one(db)
                .await?);
        if colleagues > 0 {
            return Ok(Erasure::HasColleagues(read_count(colleagues)?));
        }
        self.forget_words(person).await?;
        self.forget_name(person).await?;
        self.forget_updates(person).await?;
        self.forget_in_audit(person, AccountId(account)).await?;
        let orders: Vec<i64> = on!(self, |db| {
            sqlx::query_scalar(concat!("SELECT number FROM orders WHERE number IN ", own_orders!(), " ORDER BY number"))
                .bind(person.0)
                .fetch_all(db)
                .await?
        });
        for statement in GONE {
            self.of_person(statement, person).await?;
        }
        match orders.is_empty() {
            true => self.drop_account(person, account).await?,
            false => self.put_nobody(person, account, now).await?,
        }
        self.of_person("DELETE FROM people WHERE id = $1", person).await?;
        self.facts.people.remove(&person);
        self.changes.is_erasure = true;
        Ok(Erasure::Erased { account: AccountId(account), orders: count(orders.len()) })
    }

    async fn of_person(&mut self, statement: &'static str, person: PersonId) -> Result<(), StoreError> {
        on!(self, |db| sqlx::query(statement).bind(person.0).execute(db).await.map(drop)?);
        Ok(())
    }

    /// Somebody without a name takes the person's place in the books.
    async fn put_nobody(&mut self, person: PersonId, account: i64, now: DateTime<Utc>) -> Result<(), StoreError> {
        let nobody = PersonId::erased(AccountId(account));
        on!(self, |db| sqlx::query(
            "INSERT INTO people (id, account_id, name, reachability, reachability_since, met_at, access)
             VALUES ($1, $2, $3, 'deactivated', $4, $4, 'blocked')"
        )
        .bind(nobody.0)
        .bind(account)
        .bind(NAMELESS)
        .bind(now)
        .execute(db)
        .await
        .map(drop)?);
        for statement in [
            "UPDATE orders SET placed_by = $2 WHERE placed_by = $1",
            "UPDATE accounts SET founder = $2 WHERE founder = $1",
        ] {
            on!(self, |db| sqlx::query(statement).bind(person.0).bind(nobody.0).execute(db).await.map(drop)?);
        }
        on!(self, |db| sqlx::query(
            "UPDATE order_events SET actor_id = $2, actor_name = $3 WHERE actor_id = $1 AND role = 'customer'"
        )
        .bind(person.0)
        .bind(nobody.0)
        .bind(NAMELESS)
        .execute(db)
        .await
        .map(drop)?);
        self.hand_billing_over(person).await
    }

    /// An account without orders has nothing for the books.
    async fn drop_account(&mut self, person: PersonId, account: i64) -> Result<(), StoreError> {
        for statement in [
            "DELETE FROM billing WHERE account_id = $1",
            "DELETE FROM search_texts WHERE subject = 'account' AND id = $1",
            "DELETE FROM serial_requests WHERE account_id = $1",
            "DELETE FROM account_products WHERE account_id = $1",
        ] {
            on!(self, |db| sqlx::query(statement).bind(account).execute(db).await.map(drop)?);
        }
        // About a colleague's order they may have written all the same.
        on!(self, |db| sqlx::query(
            "UPDATE order_events SET actor_id = $2, actor_name = $3 WHERE actor_id = $1 AND role = 'customer'"
        )
        .bind(person.0)
        .bind(PersonId::erased(AccountId(account)).0)
        .bind(NAMELESS)
        .execute(db)
        .await
        .map(drop)?);
        self.hand_billing_over(person).await?;
        // The person first, who is in the account unless they are in a colleague's.
        self.of_person("DELETE FROM people WHERE id = $1", person).await?;
        on!(self, |db| sqlx::query("DELETE FROM accounts WHERE id = $1").bind(account).execute(db).await.map(drop)?);
        Ok(())
    }

    /// What they changed in an account's billing details is the account owner's from now on.
    async fn hand_billing_over(&mut self, person: PersonId) -> Result<(), StoreError> {
        self.of_person(
            "UPDATE billing SET changed_by = (SELECT a.founder FROM accounts a WHERE a.id = billing.account_id)
             WHERE changed_by = $1",
            person,
        )
        .await
    }
}
