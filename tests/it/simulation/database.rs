//! The database that the processes share, what can be seen in it, and what befalls it.

use std::rc::Rc;

use chrono::{DateTime, Utc};
use keydesk::domain::{Order, OrderNumber};
use keydesk::store::{DeadLetter, Driver, Store, WaitingUpdate};
use sqlx::{AssertSqlSafe, Connection, PgConnection, SqliteConnection};
use tempfile::TempDir;
use tokio::runtime::{Builder, Runtime};

use super::commits::Commits;
use crate::support::{postgres, sqlite};

/// Where a life's data are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Sqlite,
    Postgres,
}

/// What befalls a database for a while.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ailment {
    /// As on a full disk, every statement succeeds and no commit of updates does.
    CommitsFail,
    /// What was delivered cannot be written down.
    OutboxLocked,
    /// A table is away, as in a migration that takes its time.
    TableAway,
}

pub struct Database {
    pub kind: Kind,
    pub address: String,
    runtime: Runtime,
    beside: Option<Store>,
    pub commits: Rc<Commits>,
    _home: Home,
}

enum Home {
    Folder { _folder: TempDir },
    Server { _database: postgres::Database },
}

impl Database {
    pub fn new(kind: Kind) -> Database {
        let runtime = Builder::new_current_thread().enable_all().build().unwrap();
        let (address, home) = match kind {
            Kind::Sqlite => {
                let folder = TempDir::new().unwrap();
                (runtime.block_on(sqlite::with_tables(folder.path())), Home::Folder { _folder: folder })
            }
            Kind::Postgres => {
                let database = runtime.block_on(postgres::Database::with_tables());
                (database.url.clone(), Home::Server { _database: database })
            }
        };
        let commits = match kind {
            Kind::Sqlite => Commits::on_sqlite(&address),
            Kind::Postgres => Commits::on_postgres(&address),
        };
        Database { kind, address, runtime, beside: None, commits: Rc::new(commits), _home: home }
    }

    /// Looks into it from now on; the tables are there.
    pub fn is_watched(&mut self) {
        self.beside = Some(self.runtime.block_on(Store::open_beside(&self.address)).unwrap());
    }

    fn store(&self) -> &Store {
        self.beside.as_ref().expect("it is watched")
    }

    /// All orders, by number.
    pub fn orders(&self) -> Vec<Order> {
        let numbers = self.rows("SELECT CAST(number AS TEXT) FROM orders ORDER BY number");
        numbers.into_iter().map(|row| self.order(row[0].parse().unwrap()).unwrap()).collect()
    }

    pub fn order(&self, number: i64) -> Option<Order> {
        self.runtime.block_on(async { self.store().read().order(OrderNumber(number)).await.unwrap() })
    }

    pub fn dead_letters(&self) -> Vec<DeadLetter> {
        self.runtime.block_on(async { self.store().read().dead_letters().await.unwrap() })
    }

    pub fn waiting_updates(&self) -> Vec<WaitingUpdate> {
        self.runtime.block_on(async { self.store().read().waiting_updates().await.unwrap() })
    }

    /// When something is to be delivered next, or tried again.
    pub fn next_due(&self) -> Option<DateTime<Utc>> {
        let delivery = self.runtime.block_on(async { self.store().read().next_delivery_due().await.unwrap() });
        delivery.into_iter().chain(self.waiting_updates().into_iter().map(|waiting| waiting.due)).min()
    }

    /// The rows of a query whose columns are texts.
    pub fn rows(&self, query: &str) -> Vec<Vec<String>> {
        use sqlx::Row;
        self.runtime.block_on(async {
            let mut tx = self.store().read();
            let text = AssertSqlSafe(query.to_owned());
            match tx.driver().await.unwrap() {
                Driver::Sqlite(tx) => {
                    let rows = sqlx::query(text).fetch_all(&mut **tx).await.unwrap();
                    rows.iter().map(|row| (0..row.len()).map(|at| row.get(at)).collect()).collect()
                }
                Driver::Postgres(tx) => {
                    let rows = sqlx::query(text).fetch_all(&mut **tx).await.unwrap();
                    rows.iter().map(|row| (0..row.len()).map(|at| row.get(at)).collect()).collect()
                }
            }
        })
    }

    fn runs(&self, sqlite: &str, postgres: &str) {
        self.runtime.block_on(async {
            match self.kind {
                Kind::Sqlite => {
                    let mut database = SqliteConnection::connect(&self.address).await.unwrap();
                    sqlx::raw_sql(AssertSqlSafe(sqlite)).execute(&mut database).await.unwrap();
                    database.close().await.unwrap();
                }
                Kind::Postgres => {
                    let mut database = PgConnection::connect(&self.address).await.unwrap();
                    sqlx::raw_sql(AssertSqlSafe(postgres)).execute(&mut database).await.unwrap();
                    database.close().await.unwrap();
                }
            }
        });
    }

    pub fn falls_ill(&self, ailment: Ailment) {
        match ailment {
            Ailment::CommitsFail => self.runs(
                "CREATE TABLE nowhere (id INTEGER PRIMARY KEY);
                 CREATE TABLE refused (id INTEGER REFERENCES nowhere (id) DEFERRABLE INITIALLY DEFERRED);
                 CREATE TRIGGER ill AFTER INSERT ON processed_updates BEGIN INSERT INTO refused VALUES (1); END",
                "CREATE FUNCTION ill() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'ill'; END $$;
                 CREATE CONSTRAINT TRIGGER ill AFTER INSERT ON processed_updates DEFERRABLE INITIALLY DEFERRED
                 FOR EACH ROW EXECUTE FUNCTION ill()",
            ),
            Ailment::OutboxLocked => self.runs(
                "CREATE TRIGGER ill BEFORE UPDATE ON outbox_messages WHEN NEW.message_id IS NOT NULL
                 BEGIN SELECT json('{'); END",
                "CREATE FUNCTION ill() RETURNS trigger LANGUAGE plpgsql AS
                 $$ BEGIN RAISE EXCEPTION 'ill' USING ERRCODE = 'lock_not_available'; END $$;
                 CREATE TRIGGER ill BEFORE UPDATE ON outbox_messages FOR EACH ROW WHEN (NEW.message_id IS NOT NULL)
                 EXECUTE FUNCTION ill()",
            ),
            Ailment::TableAway => {
                let away = "ALTER TABLE dialogues RENAME TO dialogues_away";
                self.runs(away, away);
            }
        }
    }

    pub fn recovers(&self, ailment: Ailment) {
        match ailment {
            Ailment::CommitsFail => self.runs(
                "DROP TRIGGER ill; DROP TABLE refused; DROP TABLE nowhere",
                "DROP TRIGGER ill ON processed_updates; DROP FUNCTION ill",
            ),
            Ailment::OutboxLocked => {
                self.runs("DROP TRIGGER ill", "DROP TRIGGER ill ON outbox_messages; DROP FUNCTION ill");
            }
            Ailment::TableAway => {
                let back = "ALTER TABLE dialogues_away RENAME TO dialogues";
                self.runs(back, back);
            }
        }
    }

    /// A server that restarts ends all connections.
    pub fn ends_connections(&mut self) {
        if let Some(beside) = self.beside.take() {
            self.runtime.block_on(beside.close());
        }
        self.runs(
            "SELECT 1",
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
             WHERE datname = current_database() AND pid <> pg_backend_pid()",
        );
        self.is_watched();
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        if let Some(store) = self.beside.take() {
            self.runtime.block_on(async move { store.close().await });
        }
    }
}
