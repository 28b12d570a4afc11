//! The store's connections and transactions.

use std::{fs::File, sync::Arc};

use sqlx::{PgPool, Postgres, Sqlite, SqlitePool, Transaction};

use crate::store::{
    StoreError, open,
    open::{Neighbours, OpenError},
};

/// A handle to the database; clones share its connections.
#[derive(Debug, Clone)]
pub struct Store {
    pools: Pools,
}

#[derive(Debug, Clone)]
pub(in crate::store) enum Pools {
    /// One connection writes, since SQLite has one writer at a time and waiting in a queue of ours is fair.
    Sqlite {
        writer: SqlitePool,
        readers: SqlitePool,
        /// Gathers a stock import on disk, while the writer goes on with its short transactions.
        importer: SqlitePool,
        /// Held as long as the store lives: one bot for each file.
        _lock: Option<Arc<File>>,
    },
    Postgres(PgPool),
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
pub enum Tx {
    /// On a SQLite file.
    Sqlite(Transaction<'static, Sqlite>),
    /// On a PostgreSQL server.
    Postgres(Transaction<'static, Postgres>),
}

/// Runs one statement on whichever database the transaction is on: `on!(self, |db| query(…).fetch_one(db).await?)`.
macro_rules! on {
    ($tx:expr, |$db:ident| $statement:expr) => {
        match $tx {
            $crate::store::Tx::Sqlite(tx) => {
                let $db = &mut **tx;
                $statement
            }
            $crate::store::Tx::Postgres(tx) => {
                let $db = &mut **tx;
                $statement
            }
        }
    };
}
pub(in crate::store) use on;

impl Store {
    /// Opens `sqlite://FILE`, a bare file name or `postgres://…`, and brings its tables up to date. A missing file is
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
        Ok(match &self.pools {
            // A deferred transaction that reads before it writes fails at once when another one wrote in between.
            Pools::Sqlite { writer, .. } => Tx::Sqlite(writer.begin_with("BEGIN IMMEDIATE").await?),
            Pools::Postgres(pool) => Tx::Postgres(pool.begin().await?),
        })
    }

    /// Begins a transaction that keeps nobody waiting until its first statement on a stored table, which must write.
    pub(in crate::store) async fn begin_unlocked(&self) -> Result<Tx, StoreError> {
        Ok(match &self.pools {
            Pools::Sqlite { importer, .. } => Tx::Sqlite(importer.begin().await?),
            Pools::Postgres(pool) => Tx::Postgres(pool.begin().await?),
        })
    }

    /// Begins a transaction whose reads all see one moment.
    pub async fn read(&self) -> Result<Tx, StoreError> {
        Ok(match &self.pools {
            Pools::Sqlite { readers, .. } => Tx::Sqlite(readers.begin().await?),
            Pools::Postgres(pool) => {
                Tx::Postgres(pool.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?)
            }
        })
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

impl Tx {
    /// Makes everything in the transaction take effect.
    pub async fn commit(self) -> Result<(), StoreError> {
        match self {
            Tx::Sqlite(tx) => tx.commit().await?,
            Tx::Postgres(tx) => tx.commit().await?,
        }
        Ok(())
    }

    /// Marks this moment, so that what comes after it can be undone alone.
    pub async fn savepoint(&mut self) -> Result<(), StoreError> {
        on!(self, |db| sqlx::raw_sql("SAVEPOINT shop").execute(db).await.map(drop)?);
        Ok(())
    }

    /// Undoes everything since [`Tx::savepoint`].
    pub async fn roll_back_to(&mut self) -> Result<(), StoreError> {
        on!(self, |db| sqlx::raw_sql("ROLLBACK TO SAVEPOINT shop; RELEASE SAVEPOINT shop")
            .execute(db)
            .await
            .map(drop)?);
        Ok(())
    }

    /// Keeps everything since [`Tx::savepoint`] as a part of the transaction.
    pub async fn release(&mut self) -> Result<(), StoreError> {
        on!(self, |db| sqlx::raw_sql("RELEASE SAVEPOINT shop").execute(db).await.map(drop)?);
        Ok(())
    }
}
