//! The business alone, through the shop and its store: no chat, no bot, on both databases.

mod life;
mod long_lists;
mod people;
mod races;
mod refusals;

use std::path::Path;
use std::sync::Arc;

use keydesk::clock::Clock;
use keydesk::config::Config;
use keydesk::domain::{
    Actor, ChatId, Draft, DraftId, Invoice, Money, Notification, Order, OrderAction, OrderEvent, OrderNumber, Person,
    PersonId, Role, SerialNumber, Sku, Stored, TransitionError,
};
use keydesk::shop::{Placing, Shop};
use keydesk::store::{Customer, Driver, Store, Tx};
use sqlx::AssertSqlSafe;

use super::store::{TestStore, at, commit, read};
use super::support::accounts::UNLIMITED;
use super::support::outbox::messages_of;

const CONFIG: &str = include_str!("../../keydesk.example.toml");
const CATALOGUE: &str = include_str!("../../catalog.example.toml");
/// Products of which any small quantity is sold.
const TRIAL: &str = "trial-30000";
const BIG_TRIAL: &str = "trial-100000";
const ANNA: PersonId = PersonId(101);
const BORIS: PersonId = PersonId(102);

/// A shop that is open, and its customer Anna.
struct Open {
    shop: Shop,
    store: Store,
    staff: ChatId,
    anna: Customer,
}

impl Open {
    async fn over(store: &TestStore) -> Open {
        let config = Config { limits: UNLIMITED, ..Config::parse(CONFIG, Path::new("keydesk.toml")).unwrap() };
        let staff = config.telegram.staff_chat;
        let store = Store::clone(store);
        let shop = Shop::new(store.clone(), Clock::manual(at(0)), Arc::new(config));
        shop.open(CATALOGUE).await.unwrap();
        let anna = commit!(store, |tx| shop.meet(&mut tx, &person(ANNA, "Anna")));
        Open { shop, store, staff, anna }
    }

    /// An order of Anna's for so many of each product.
    async fn place(&self, draft: i64, lines: &[(&str, u32)]) -> OrderNumber {
        let mut tx = self.store.begin().await.unwrap();
        let catalogue = self.shop.catalogue(&mut tx).await.unwrap();
        let mut chosen = Draft::new(DraftId(draft));
        for (product, quantity) in lines {
            chosen.put(catalogue.product(&sku(product)).unwrap(), *quantity).unwrap();
        }
        let placing = self.shop.place(&mut tx, &self.anna, &chosen, &catalogue).await.unwrap();
        let Placing::Placed(number) = placing else { panic!("{placing:?}") };
        let again = self.shop.place(&mut tx, &self.anna, &chosen, &catalogue).await.unwrap();
        assert_eq!(again, Placing::AlreadyPlaced(number));
        tx.commit().await.unwrap();
        number
    }

    /// Does something to an order in a transaction of its own.
    async fn perform(
        &self,
        number: OrderNumber,
        action: OrderAction,
        actor: &Actor,
    ) -> Result<OrderEvent, TransitionError> {
        let mut tx = self.store.begin().await.unwrap();
        let order = tx.locked_order(number).await.unwrap().unwrap();
        let performed = self.shop.perform(&mut tx, &order, action, actor).await.unwrap();
        tx.commit().await.unwrap();
        performed
    }

    async fn order(&self, number: OrderNumber) -> Order {
        read!(self.store, |tx| tx.order(number)).unwrap()
    }

    /// What is on its way to a chat about an order, oldest first.
    async fn told(&self, chat: ChatId, number: OrderNumber) -> Vec<Notification> {
        let told = messages_of(&mut self.store.read(), number).await.into_iter();
        told.filter(|message| message.chat == chat)
            .map(|message| Notification::decode(&message.body).unwrap())
            .collect()
    }

    async fn stock(&self, product: &str, serials: &[&str]) {
        let serials: Vec<_> = serials.iter().map(|text| serial(text)).collect();
        commit!(self.store, |tx| tx.import_serials(&sku(product), &serials, at(0)));
    }
}

fn person(id: PersonId, name: &str) -> Person {
    Person { id, name: name.to_owned(), username: None, telegram_language: None }
}

fn anna() -> Actor {
    Actor::Person { id: ANNA, name: "Anna".to_owned(), role: Role::Customer }
}

fn vera() -> Actor {
    Actor::Person { id: PersonId(201), name: "Vera".to_owned(), role: Role::Staff }
}

fn oleg() -> Actor {
    Actor::Person { id: PersonId(202), name: "Oleg".to_owned(), role: Role::Staff }
}

fn sku(text: &str) -> Sku {
    Sku::parse(text).unwrap()
}

fn serial(text: &str) -> SerialNumber {
    SerialNumber::parse(text).unwrap()
}

fn invoice(amount: Money) -> OrderAction {
    OrderAction::Invoiced(Invoice::of(amount))
}

/// Every row of every table, as this transaction sees them.
async fn dump(tx: &mut Tx) -> Vec<String> {
    let mut rows = Vec::new();
    match tx.driver().await.unwrap() {
        Driver::Sqlite(tx) => {
            let tables =
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name";
            let tables: Vec<String> = sqlx::query_scalar(tables).fetch_all(&mut **tx).await.unwrap();
            for table in tables {
                let columns =
                    "SELECT group_concat('quote(\"' || name || '\")', ' || '','' || ') FROM pragma_table_info($1)";
                let columns: String = sqlx::query_scalar(columns).bind(&table).fetch_one(&mut **tx).await.unwrap();
                let query = format!("SELECT '{table}: ' || {columns} FROM \"{table}\" ORDER BY 1");
                rows.extend(sqlx::query_scalar::<_, String>(AssertSqlSafe(query)).fetch_all(&mut **tx).await.unwrap());
            }
        }
        Driver::Postgres(tx) => {
            let tables = "SELECT tablename::text FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1";
            let tables: Vec<String> = sqlx::query_scalar(tables).fetch_all(&mut **tx).await.unwrap();
            for table in tables {
                let query = format!("SELECT '{table}: ' || t::text FROM \"{table}\" t ORDER BY 1");
                rows.extend(sqlx::query_scalar::<_, String>(AssertSqlSafe(query)).fetch_all(&mut **tx).await.unwrap());
            }
        }
    }
    assert!(rows.len() > 5, "{rows:?}");
    rows
}
