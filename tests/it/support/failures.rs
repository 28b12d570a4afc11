//! What a shop's bot could not do, and what it waits for.

use keydesk::domain::UpdateId;
use keydesk::outage::Waiting;
use keydesk::store::{DeadLetter, WaitingUpdate};
use sqlx::{AssertSqlSafe, Connection, PgConnection, SqliteConnection};

use super::shop::Shop;
use crate::store::commit;

impl Shop {
    /// What all updates wait for at this moment.
    pub fn outage(&self) -> Option<Waiting> {
        self.bot.intake.outage()
    }

    /// Waits, while the bot works beside it, until it waits for something.
    pub async fn until_everybody_waits(&self) {
        while self.outage().is_none() {
            tokio::task::yield_now().await;
        }
    }

    pub async fn dead_letters(&self) -> Vec<DeadLetter> {
        self.store().read().dead_letters().await.unwrap()
    }

    pub async fn waiting_updates(&self) -> Vec<WaitingUpdate> {
        self.store().read().waiting_updates().await.unwrap()
    }

    /// What waits and is due is tried again, once, and what came of it is delivered.
    pub async fn retries(&self) {
        self.bot.intake.retry_due().await;
        self.delivers().await;
    }

    /// As `keydesk dead-letters retry` does beside the running bot.
    pub async fn wants_retried(&self, only: Option<i64>) -> u64 {
        commit!(self.store(), |tx| tx.retry_dead_letters(only.map(UpdateId), self.clock.now()))
    }

    /// Does something to the database behind the bot's back.
    pub async fn runs_sql(&self, sqlite: &str, postgres: &str) {
        if self.address.starts_with("sqlite:") {
            let mut database = SqliteConnection::connect(&self.address).await.unwrap();
            sqlx::raw_sql(AssertSqlSafe(sqlite)).execute(&mut database).await.unwrap();
            database.close().await.unwrap();
        } else {
            let mut database = PgConnection::connect(&self.address).await.unwrap();
            sqlx::raw_sql(AssertSqlSafe(postgres)).execute(&mut database).await.unwrap();
            database.close().await.unwrap();
        }
    }

    /// The single text that a query gives.
    pub async fn asks_sql(&self, query: &str) -> String {
        if self.address.starts_with("sqlite:") {
            let mut database = SqliteConnection::connect(&self.address).await.unwrap();
            sqlx::query_scalar(AssertSqlSafe(query)).fetch_one(&mut database).await.unwrap()
        } else {
            let mut database = PgConnection::connect(&self.address).await.unwrap();
            sqlx::query_scalar(AssertSqlSafe(query)).fetch_one(&mut database).await.unwrap()
        }
    }
}
