//! People and their accounts.

use chrono::{DateTime, Utc};

use crate::domain::{Access, AccountId, Language, Person, PersonId};

use crate::store::accounts::customer::{Customer, Reachability};
use crate::store::codes;
use crate::store::db::{Tx, on};
use crate::store::error::StoreError;
use crate::store::outbox::attempt::Wait;

#[derive(sqlx::FromRow)]
pub(in crate::store) struct PersonRow {
    pub(in crate::store) id: i64,
    account_id: i64,
    name: String,
    username: Option<String>,
    telegram_language: Option<String>,
    chosen_language: Option<String>,
    reachability: String,
    access: String,
    is_awaited: bool,
    has_colleagues: bool,
}

impl PersonRow {
    pub(in crate::store) fn into_customer(self) -> Result<Customer, StoreError> {
        let telegram_language = codes::language(self.telegram_language.as_deref());
        Ok(Customer {
            person: Person { id: PersonId(self.id), name: self.name, username: self.username, telegram_language },
            account: AccountId(self.account_id),
            chosen_language: codes::language(self.chosen_language.as_deref()),
            reachability: Reachability::parse(&self.reachability)?,
            access: codes::access(&self.access)?,
            wait: if self.is_awaited { Wait::Parked } else { Wait::None },
            has_colleagues: self.has_colleagues,
        })
    }
}

impl Tx {
    /// Takes note of a person as an update describes them. At first sight they get an account of their own, and one only,
    /// however many of their updates arrive at once, and the access that newcomers have.
    pub async fn meet(
        &mut self,
        person: &Person,
        at_first_sight: Access,
        now: DateTime<Utc>,
    ) -> Result<Customer, StoreError> {
        let Some(known) = self.customer(person.id).await? else {
            return self.meet_first(person, at_first_sight, now).await;
        };
        if known.person == *person {
            return Ok(known);
        }
        self.facts.people.remove(&person.id);
        self.username_seen(person).await?;
        on!(self, |db| sqlx::query("UPDATE people SET name = $2, username = $3, telegram_language = $4 WHERE id = $1")
            .bind(person.id.0)
            .bind(&person.name)
            .bind(&person.username)
            .bind(person.telegram_language.map(Language::code))
            .execute(db)
            .await?
            .rows_affected());
        self.index_person(person.id.0, &person.name, person.username.as_deref()).await?;
        Ok(Customer { person: person.clone(), ..known })
    }

    async fn meet_first(
        &mut self,
        person: &Person,
        access: Access,
        now: DateTime<Utc>,
    ) -> Result<Customer, StoreError> {
        self.facts.people.remove(&person.id);
        self.username_seen(person).await?;
        // The update that changes nothing returns the account that a transaction beside this one has just made.
        let account: i64 = on!(self, |db| sqlx::query_scalar(
            "INSERT INTO accounts (founder, created_at) VALUES ($1, $2)
             ON CONFLICT (founder) DO UPDATE SET founder = excluded.founder RETURNING id"
        )
        .bind(person.id.0)
        .bind(now)
        .fetch_one(db)
        .await?);
        let row: PersonRow = on!(self, |db| sqlx::query_as(
            "INSERT INTO people
                 (id, account_id, name, username, telegram_language, reachability, reachability_since, met_at,
                  access)
             VALUES ($1, $2, $3, $4, $5, 'reachable', $6, $6, $7)
             ON CONFLICT (id) DO UPDATE SET
                 name = excluded.name, username = excluded.username, telegram_language = excluded.telegram_language
             RETURNING id, account_id, name, username, telegram_language, chosen_language, reachability, access,
                 1 = 0 AS is_awaited, 1 = 0 AS has_colleagues"
        )
        .bind(person.id.0)
        .bind(account)
        .bind(&person.name)
        .bind(&person.username)
        .bind(person.telegram_language.map(Language::code))
        .bind(now)
        .bind(access.code())
        .fetch_one(db)
        .await?);
        self.index_person(person.id.0, &person.name, person.username.as_deref()).await?;
        row.into_customer()
    }

    /// Takes a username from whoever had it before: it belongs to the one who was seen with it last.
    pub async fn username_seen(&mut self, person: &Person) -> Result<(), StoreError> {
        let Some(username) = &person.username else { return Ok(()) };
        let former: Vec<(i64, String)> = on!(self, |db| sqlx::query_as(
            "UPDATE people SET username = NULL WHERE LOWER(username) = $1 AND id <> $2 RETURNING id, name"
        )
        .bind(username.to_ascii_lowercase())
        .bind(person.id.0)
        .fetch_all(db)
        .await?);
        for (id, name) in former {
            self.facts.people.remove(&PersonId(id));
            self.index_person(id, &name, None).await?;
        }
        Ok(())
    }

    /// A person who was met before.
    pub async fn customer(&mut self, id: PersonId) -> Result<Option<Customer>, StoreError> {
        self.load_people(&[id]).await?;
        Ok(self.facts.people.get(&id).and_then(Option::as_deref).cloned())
    }

    /// Keeps the language that a person chose.
    pub async fn choose_language(&mut self, id: PersonId, language: Option<Language>) -> Result<(), StoreError> {
        self.facts.people.remove(&id);
        on!(self, |db| sqlx::query("UPDATE people SET chosen_language = $2 WHERE id = $1")
            .bind(id.0)
            .bind(language.map(Language::code))
            .execute(db)
            .await?
            .rows_affected());
        Ok(())
    }

    /// People who chose another language than their own command menu is in, and what they chose.
    pub async fn menus_to_set(&mut self, limit: u32) -> Result<Vec<(PersonId, Option<Language>)>, StoreError> {
        let rows: Vec<(i64, Option<String>)> = on!(self, |db| sqlx::query_as(
            "SELECT id, chosen_language FROM people
             WHERE COALESCE(chosen_language, '') <> COALESCE(menu_language, '') ORDER BY id LIMIT $1"
        )
        .bind(i64::from(limit))
        .fetch_all(db)
        .await?);
        Ok(rows.into_iter().map(|(id, chosen)| (PersonId(id), codes::language(chosen.as_deref()))).collect())
    }

    /// Keeps the language in which a person's own command menu was set.
    pub async fn menu_set(&mut self, id: PersonId, language: Option<Language>) -> Result<(), StoreError> {
        on!(self, |db| sqlx::query("UPDATE people SET menu_language = $2 WHERE id = $1")
            .bind(id.0)
            .bind(language.map(Language::code))
            .execute(db)
            .await?
            .rows_affected());
        Ok(())
    }

    /// Keeps whether messages to a person get through, and since when.
    pub async fn set_reachability(
        &mut self,
        id: PersonId,
        reachability: Reachability,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        self.facts.people.remove(&id);
        on!(self, |db| sqlx::query(
            "UPDATE people SET reachability = $2, reachability_since = $3 WHERE id = $1 AND reachability <> $2"
        )
        .bind(id.0)
        .bind(reachability.code())
        .bind(now)
        .execute(db)
        .await?
        .rows_affected());
        Ok(())
    }
}
