//! What people search orders by, kept in lower case beside what it belongs to.

use crate::domain::orders::search;
use crate::store::db::{Tx, on, on_stored};
use crate::store::error::StoreError;

impl Tx {
    pub(in crate::store) async fn index_person(
        &mut self,
        id: i64,
        name: &str,
        username: Option<&str>,
    ) -> Result<(), StoreError> {
        self.index("person", id, &search::fold_person(name, username)).await
    }

    pub(in crate::store) async fn index_note(&mut self, number: i64, note: &str) -> Result<(), StoreError> {
        self.index("order", number, &search::fold(note)).await
    }

    pub(in crate::store) async fn index_company(
        &mut self,
        account: i64,
        company: &str,
        tax_number: &str,
    ) -> Result<(), StoreError> {
        self.index("account", account, &search::fold_company(company, tax_number)).await
    }

    async fn index(&mut self, subject: &str, id: i64, folded: &str) -> Result<(), StoreError> {
        on_stored!(self, |db| sqlx::query(
            "INSERT INTO search_texts (subject, id, folded) VALUES ($1, $2, $3)
             ON CONFLICT (subject, id) DO UPDATE SET folded = excluded.folded"
        )
        .bind(subject)
        .bind(id)
        .bind(folded)
        .execute(db)
        .await?
        .rows_affected());
        Ok(())
    }

    /// Makes people, notes and companies searchable that a release without a search stored; gives how many, up to `limit` of
    /// each. Once nothing is left, nobody looks for them again: that would read every order at every start.
    pub async fn index_unsearchable(&mut self, limit: u32) -> Result<usize, StoreError> {
        let is_over: Option<i64> =
            on!(self, |db| sqlx::query_scalar("SELECT value FROM counters WHERE name = 'unsearchable' AND value = 0")
                .fetch_optional(db)
                .await?);
        if is_over.is_some() {
            return Ok(0);
        }
        let indexed = self.index_texts(limit).await?;
        if indexed == 0 {
            on!(self, |db| sqlx::query("UPDATE counters SET value = 0 WHERE name = 'unsearchable'")
                .execute(db)
                .await?
                .rows_affected());
        }
        Ok(indexed)
    }

    async fn index_texts(&mut self, limit: u32) -> Result<usize, StoreError> {
        let people: Vec<(i64, String, Option<String>)> = on!(self, |db| sqlx::query_as(
            "SELECT p.id, p.name, p.username FROM people p WHERE NOT EXISTS
                 (SELECT 1 FROM search_texts s WHERE s.subject = 'person' AND s.id = p.id)
             ORDER BY p.id LIMIT $1"
        )
        .bind(i64::from(limit))
        .fetch_all(db)
        .await?);
        for (id, name, username) in &people {
            self.index_person(*id, name, username.as_deref()).await?;
        }
        let notes: Vec<(i64, String)> = on!(self, |db| sqlx::query_as(
            "SELECT o.number, o.note FROM orders o WHERE o.note IS NOT NULL AND NOT EXISTS
                 (SELECT 1 FROM search_texts s WHERE s.subject = 'order' AND s.id = o.number)
             ORDER BY o.number LIMIT $1"
        )
        .bind(i64::from(limit))
        .fetch_all(db)
        .await?);
        for (number, note) in &notes {
            self.index_note(*number, note).await?;
        }
        let companies: Vec<(i64, String, String)> = on!(self, |db| sqlx::query_as(
            "SELECT b.account_id, b.company, COALESCE(b.inn, b.foreign_tax_number) FROM billing b WHERE NOT EXISTS
                 (SELECT 1 FROM search_texts s WHERE s.subject = 'account' AND s.id = b.account_id)
             ORDER BY b.account_id LIMIT $1"
        )
        .bind(i64::from(limit))
        .fetch_all(db)
        .await?);
        for (account, company, tax_number) in &companies {
            self.index_company(*account, company, tax_number).await?;
        }
        Ok(people.len() + notes.len() + companies.len())
    }
}
