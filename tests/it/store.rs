//! The store's conformance suite: the same tests on a SQLite file and on PostgreSQL.

mod access;
mod accounts;
mod admins;
mod audit;
mod backup_watch;
mod billing;
mod chats;
mod completing;
mod dialogues;
mod doctor;
mod drafts;
mod faults;
mod figures;
mod file_jobs;
mod holdings;
mod log;
mod maintenance;
mod next_due;
mod opening;
mod order_messages;
mod orders;
mod outbox;
mod overwritten;
mod passed_on;
mod people;
mod person;
mod placing;
mod price_lists;
mod proposals;
mod queue;
mod redraws;
mod rekeying;
mod replicas;
mod reports;
mod retention;
mod savepoints;
mod schema;
mod serials;
mod stock;
mod survey;
mod takeover;
mod transfer;
mod updates;
mod upgrade;
mod watches;
mod withdrawing;

use std::ops::{ControlFlow, Deref};

use chrono::{DateTime, TimeDelta, Utc};
use keydesk::{
    domain::{Access, Currency, DraftId, Money, NewOrder, OrderLine, OrderNumber, Person, PersonId, Sku},
    store::{
        Cell, Customer, Database, DialogueKey, Driver, Placement, Seat, StockKey, Store, StoreError, StoredRow, Tx,
    },
};
use sqlx::AssertSqlSafe;
use tempfile::TempDir;

use super::support::accounts::share_an_account;
use super::support::postgres::Database as Server;
use super::support::sqlite;

/// Makes `name::on_sqlite` and `name::on_postgres` of `async fn name(store: &Store)`.
macro_rules! on_both {
    ($($name:ident),+ $(,)?) => {$(
        mod $name {
            use crate::store::TestStore;

            #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn on_sqlite() {
                let store = TestStore::on_sqlite().await;
                super::$name(&store).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn on_postgres() {
                let store = TestStore::on_postgres().await;
                super::$name(&store).await;
            }
        }
    )+};
}
use crate::support::languages::named;
pub(crate) use on_both;

/// Makes `encrypted::name::on_sqlite` and `…::on_postgres` of the same functions, for stores with a key.
macro_rules! also_encrypted {
    ($($name:ident),+ $(,)?) => {
        mod encrypted {$(
            mod $name {
                use crate::store::{TestStore, key};

                #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
                async fn on_sqlite() {
                    let store = TestStore::on_sqlite().await.with_key(key(1)).await;
                    super::super::$name(&store).await;
                }

                #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
                async fn on_postgres() {
                    let store = TestStore::on_postgres().await.with_key(key(1)).await;
                    super::super::$name(&store).await;
                }
            }
        )+}
    };
}
pub(crate) use also_encrypted;

/// One of the keys of the tests.
pub fn key(number: u8) -> StockKey {
    StockKey::parse(&format!("{number:064x}")).unwrap()
}

/// An empty store that goes away with the value.
pub struct TestStore {
    store: Store,
    url: String,
    key: Option<StockKey>,
    _home: Home,
}

enum Home {
    Folder { _folder: TempDir },
    Server { _database: Server },
}

impl TestStore {
    pub async fn on_sqlite() -> TestStore {
        let folder = TempDir::new().unwrap();
        let url = sqlite::with_tables(folder.path()).await;
        let store = Store::open(&url).await.unwrap();
        TestStore { store, url, key: None, _home: Home::Folder { _folder: folder } }
    }

    pub async fn on_postgres() -> TestStore {
        let database = Server::with_tables().await;
        let (store, url) = (Store::open(&database.url).await.unwrap(), database.url.clone());
        TestStore { store, url, key: None, _home: Home::Server { _database: database } }
    }

    /// The same database, opened with another key.
    pub async fn with_key(self, key: impl Into<Option<StockKey>>) -> TestStore {
        let TestStore { store, url, _home, .. } = self;
        store.close().await;
        drop(store);
        let key = key.into();
        let store = Store::open(Database { url: &url, key: key.as_ref() }).await.unwrap();
        TestStore { store, url, key, _home }
    }

    /// Somebody joins the account of somebody else.
    pub async fn share_an_account(&self, one: i64, other: i64) {
        share_an_account(&self.url, one, other).await;
    }

    /// The same database, opened as a command would while the bot runs.
    async fn beside(&self) -> Store {
        Store::open_beside(Database { url: &self.url, key: self.key.as_ref() }).await.unwrap()
    }
}

impl Deref for TestStore {
    type Target = Store;

    fn deref(&self) -> &Store {
        &self.store
    }
}

/// Runs one transaction and commits it: `commit!(store, |tx| tx.post(&notice, now()))`.
macro_rules! commit {
    ($store:expr, |$tx:ident| $call:expr) => {{
        let mut $tx = $store.begin().await.unwrap();
        let outcome = $call.await.unwrap();
        $tx.commit().await.unwrap();
        outcome
    }};
}
pub(crate) use commit;

/// Reads in one transaction: `read!(store, |tx| tx.order(number))`.
macro_rules! read {
    ($store:expr, |$tx:ident| $call:expr) => {{
        let mut $tx = $store.read();
        $call.await.unwrap()
    }};
}
pub(crate) use read;

/// Rows of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredRows {
    pub table: &'static str,
    pub rows: Vec<Vec<(String, Cell)>>,
}

/// Reads everything that is stored about a person at once: people in tests have little.
pub trait StoredAbout {
    async fn stored_about(&mut self, person: PersonId) -> Result<Vec<StoredRows>, StoreError>;
}

impl StoredAbout for Tx {
    async fn stored_about(&mut self, person: PersonId) -> Result<Vec<StoredRows>, StoreError> {
        let mut all: Vec<StoredRows> = Vec::new();
        self.each_stored_about(person, |StoredRow { table, cells, .. }| {
            match all.last_mut().filter(|last| last.table == table) {
                Some(last) => last.rows.push(cells),
                None => all.push(StoredRows { table, rows: vec![cells] }),
            }
            ControlFlow::Continue(())
        })
        .await?;
        Ok(all)
    }
}

/// Runs a statement that the store has no method for.
pub async fn runs(tx: &mut Tx, sql: impl Into<String>) {
    let sql = AssertSqlSafe(sql.into());
    match tx.driver().await.unwrap() {
        Driver::Sqlite(tx) => drop(sqlx::raw_sql(sql).execute(&mut **tx).await.unwrap()),
        Driver::Postgres(tx) => drop(sqlx::raw_sql(sql).execute(&mut **tx).await.unwrap()),
    }
}

/// So many seconds after the shop opened; with microseconds, which both databases must keep.
pub fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_micros(1_427_871_600_123_456).unwrap() + TimeDelta::seconds(seconds)
}

fn person(id: i64, name: &str) -> Person {
    Person { id: PersonId(id), name: name.to_owned(), username: None, telegram_language: None }
}

fn dialogue_of(id: i64) -> DialogueKey {
    DialogueKey::private(PersonId(id), Seat::Customer)
}

pub async fn anna(store: &Store) -> Customer {
    commit!(store, |tx| tx.meet(&person(1, "Anna"), Access::Admitted, at(0)))
}

async fn boris(store: &Store) -> Customer {
    commit!(store, |tx| tx.meet(&person(2, "Boris"), Access::Admitted, at(0)))
}

fn roubles(minor: i64) -> Money {
    Money::from_minor(minor, Currency::RUB).unwrap()
}

fn line(sku: &str, quantity: u32, minor: i64) -> OrderLine {
    let name = named(format!("Лицензия {sku}"), format!("Licence {sku}"));
    OrderLine { sku: Sku::parse(sku).unwrap(), name, quantity, price: roubles(minor) }
}

/// The order #450 of the web page: 53 keys for 25 000,00.
fn new_order(customer: &Customer, draft: i64) -> NewOrder {
    NewOrder {
        draft: DraftId(draft),
        account: customer.account,
        placed_by: customer.person.id,
        lines: vec![line("sp-1", 50, 1_100_000), line("trial-30000", 3, 1_400_000)],
        total: roubles(2_500_000),
        note: Some("PO 17".to_owned()),
    }
}

pub async fn placed(store: &Store, customer: &Customer, draft: i64, seconds: i64) -> OrderNumber {
    match commit!(store, |tx| tx.place_order(&new_order(customer, draft), "Anna", at(seconds))) {
        Placement::Placed(number) => number,
        Placement::AlreadyPlaced(number) => panic!("draft {draft} is order {number} already"),
    }
}
