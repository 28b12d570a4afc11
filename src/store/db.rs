//! The store's connections and transactions.

use sqlx::{Postgres, Sqlite, Transaction};

use crate::store::changes::Changes;
use crate::store::error::StoreError;
use crate::store::open::{self, Neighbours};
use crate::store::open_error::OpenError;
use crate::store::place::Place;
use crate::store::pools::Pools;
use crate::store::turns::ConnectionTurn;

/// A handle to the database; clones share its connections.
#[derive(Debug, Clone)]
pub struct Store {
    pools: Pools,
}

/// How many transactions can write at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Writers {
    /// One: what is to be written together is best put into one transaction.
    One,
    /// Many, beside each other.
    Many,
}

/// A transaction; dropped without [`Tx::commit`] it is rolled back.
#[derive(Debug)]
pub struct Tx {
    pub(in crate::store) driver: Driver,
    pub(in crate::store) changes: Changes,
    /// How many savepoints there were, since each has a name of its own.
    pub(in crate::store) savepoints: u32,
    /// Dropped after the driver: the turn ends with the transaction.
    _turn: Option<ConnectionTurn>,
}

/// The open transaction of either database.
#[derive(Debug)]
pub enum Driver {
    /// On a SQLite file.
    Sqlite(Transaction<'static, Sqlite>),
    /// On a PostgreSQL server.
    Postgres(Transaction<'static, Postgres>),
}

/// Runs one statement on whichever database the transaction is on: `on!(self, |db| query(…).fetch_one(db).await?)`.
macro_rules! on {
    ($tx:expr, |$db:ident| $statement:expr) => {
        match &mut $tx.driver {
            $crate::store::db::Driver::Sqlite(tx) => {
                let $db = &mut **tx;
                $statement
            }
            $crate::store::db::Driver::Postgres(tx) => {
                let $db = &mut **tx;
                $statement
            }
        }
    };
}
pub(in crate::store) use on;

impl Store {
    /// Opens `sqlite://FILE` or `postgres://…`, and brings its tables up to date. A missing file is
    /// created.
    pub async fn open(url: &str) -> Result<Store, OpenError> {
        Ok(Store { pools: open::open(url, Neighbours::None).await? })
    }

    /// Opens the database for a short command, which may run while a bot of the same release has the file.
    pub async fn open_beside(url: &str) -> Result<Store, OpenError> {
        Ok(Store { pools: open::open(url, Neighbours::Welcome).await? })
    }

    /// How many transactions can write at once.
    pub fn writers(&self) -> Writers {
        match &self.pools {
            Pools::Sqlite { .. } => Writers::One,
            Pools::Postgres(_) => Writers::Many,
        }
    }

    /// Begins a transaction that may write.
    pub async fn begin(&self) -> Result<Tx, StoreError> {
        match &self.pools {
            // A deferred transaction that reads before it writes fails at once when another one wrote in between.
            Pools::Sqlite { writer, .. } => {
                let tx = writer.begin_with("BEGIN IMMEDIATE").await?;
                self.place().map_or(Ok(()), |place| if place.is_kept() { Ok(()) } else { Err(gone(place)) })?;
                Ok(Tx::on_sqlite(tx))
            }
            Pools::Postgres(pool) => Ok(Tx::on_postgres(pool.begin("BEGIN").await?)),
        }
    }

    /// Begins a transaction that keeps nobody waiting until its first statement on a stored table, which must write.
    pub(in crate::store) async fn begin_unlocked(&self) -> Result<Tx, StoreError> {
        match &self.pools {
            Pools::Sqlite { importer, .. } => Ok(Tx::on_sqlite(importer.begin().await?)),
            Pools::Postgres(pool) => Ok(Tx::on_postgres(pool.begin("BEGIN").await?)),
        }
    }

    /// Begins a transaction whose reads all see one moment.
    pub async fn read(&self) -> Result<Tx, StoreError> {
        match &self.pools {
            Pools::Sqlite { readers, .. } => Ok(Tx::on_sqlite(readers.begin().await?)),
            Pools::Postgres(pool) => {
                Ok(Tx::on_postgres(pool.begin("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?))
            }
        }
    }

    /// Finds out whether what is written still goes where the next start looks for it.
    pub fn stands(&self) -> Result<(), StoreError> {
        self.place().filter(|place| place.is_gone()).map_or(Ok(()), |place| Err(gone(place)))
    }

    fn place(&self) -> Option<&Place> {
        match &self.pools {
            Pools::Sqlite { place, .. } => place.as_deref(),
            Pools::Postgres(_) => None,
        }
    }

    /// Makes sure that the database answers, and that it could be written.
    pub async fn check(&self) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        on!(&mut tx, |db| sqlx::query("SELECT 1").execute(db).await.map(drop)?);
        Ok(())
    }

    /// Waits for open transactions and closes every connection; later calls fail.
    pub async fn close(&self) {
        match &self.pools {
            Pools::Sqlite { writer, readers, importer, .. } => {
                importer.close().await;
                readers.close().await;
                writer.close().await;
            }
            Pools::Postgres(pool) => pool.close().await,
        }
    }
}

fn gone(place: &Place) -> StoreError {
    StoreError::Gone(place.path().to_owned())
}

impl Tx {
    fn on_sqlite(tx: Transaction<'static, Sqlite>) -> Tx {
        Tx { driver: Driver::Sqlite(tx), changes: Changes::default(), savepoints: 0, _turn: None }
    }

    fn on_postgres((tx, turn): (Transaction<'static, Postgres>, ConnectionTurn)) -> Tx {
        Tx { driver: Driver::Postgres(tx), changes: Changes::default(), savepoints: 0, _turn: Some(turn) }
    }

    /// Makes everything in the transaction take effect, and has the open screens follow that show what it changed.
    pub async fn commit(mut self) -> Result<(), StoreError> {
        self.settle().await?;
        match self.driver {
            Driver::Sqlite(tx) => tx.commit().await?,
            Driver::Postgres(tx) => tx.commit().await?,
        }
        Ok(())
    }

    /// The transaction as the driver knows it, for statements that the store has no method for.
    pub fn driver(&mut self) -> &mut Driver {
        &mut self.driver
    }
}
