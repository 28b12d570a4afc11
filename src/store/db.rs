//! The store's connections and transactions.

use std::mem;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use futures_util::future::BoxFuture;
use sqlx::{Postgres, Sqlite, Transaction};
use tokio::sync::{Notify, watch};

use crate::store::changes::{Changes, Saying};
use crate::store::dialogues::loaded::Loaded;
use crate::store::dialogues::redraw::Redraw;
use crate::store::error::StoreError;
use crate::store::known::Facts;
use crate::store::lost::Lost;
use crate::store::orders::placed::Placed;
use crate::store::pools::Pools;
use crate::store::standing::Standing;
use crate::store::turns::ConnectionTurn;
use crate::store::vault::Script;

/// What PostgreSQL calls the news that there is something to deliver.
const WORK: &str = "keydesk_work";

/// A handle to the database; clones share its connections.
#[derive(Debug, Clone)]
pub struct Store {
    pub(in crate::store) pools: Pools,
    /// What tells this process from others on the same database.
    replica: i64,
    announced: Arc<Notify>,
    standing: watch::Sender<Standing>,
    /// How serial numbers are written.
    pub(in crate::store) script: Script,
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
    /// One that only reads begins with its first statement.
    driver: Option<Driver>,
    pub(in crate::store) store: Store,
    access: Access,
    pub(in crate::store) changes: Changes,
    pub(in crate::store) loaded: Loaded,
    pub(in crate::store) facts: Facts,
    pub(in crate::store) placed: Placed,
    /// How many savepoints there were, since each has a name of its own.
    pub(in crate::store) savepoints: u32,
    /// Dropped after the driver: the turn ends with the transaction.
    turn: Option<ConnectionTurn>,
}

/// What a transaction may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Access {
    /// It may write, so what it reads stays as it is until its end.
    Write,
    Read,
    /// It has what it was told and asks for nothing else.
    Recall,
}

/// A transaction that has written everything and is still to be committed; dropped without [`Written::commit`] it is rolled back.
#[derive(Debug)]
pub struct Written(Tx);

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
    ($tx:expr, |$db:ident| $statement:expr) => {{
        $tx.write_first().await?;
        $crate::store::db::on_stored!($tx, |$db| $statement)
    }};
}
pub(in crate::store) use on;

/// The same for a statement that does not look at what was placed and is still to be written.
macro_rules! on_stored {
    ($tx:expr, |$db:ident| $statement:expr) => {
        match $tx.opened().await? {
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
pub(in crate::store) use on_stored;

impl Store {
    /// On a database that is open, whose serial numbers are written so.
    pub(in crate::store) fn of(pools: Pools, script: Script) -> Store {
        // Without randomness, by the process: two replicas on one machine differ.
        let replica = getrandom::u64().unwrap_or_else(|_| std::process::id().into());
        let standing = watch::Sender::new(Standing::ALONE);
        Store { pools, replica: replica.cast_signed(), announced: Arc::default(), standing, script }
    }

    /// What tells this process from others on the same database.
    pub fn replica(&self) -> i64 {
        self.replica
    }

    /// How this process stands among others, as far as it knows.
    pub fn standing(&self) -> Standing {
        *self.standing.borrow()
    }

    pub fn set_standing(&self, standing: Standing) {
        self.standing.send_replace(standing);
    }

    /// Is ready at the next change of the standing, and at once when there was one unseen.
    pub fn watch_standing(&self) -> watch::Receiver<Standing> {
        self.standing.subscribe()
    }

    /// Shows other processes on the same server that this one lives.
    pub async fn show_life(&self) -> Result<(), StoreError> {
        match &self.pools {
            Pools::Sqlite { .. } => Ok(()),
            Pools::Postgres(pool) => pool.show_life(self.replica).await,
        }
    }

    /// Hears of work that other processes left, until it fails.
    pub async fn hear_others(&self) -> Result<(), StoreError> {
        match &self.pools {
            Pools::Sqlite { .. } => std::future::pending().await,
            Pools::Postgres(pool) => Ok(pool.hear(WORK, || self.announced.notify_one()).await?),
        }
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
                self.stands()?;
                Ok(self.writing(Driver::Sqlite(tx), None))
            }
            Pools::Postgres(pool) => {
                let (tx, turn) = pool.begin("BEGIN").await?;
                Ok(self.writing(Driver::Postgres(tx), Some(turn)))
            }
        }
    }

    /// Begins a transaction that keeps nobody waiting until its first statement on a stored table, which must write.
    pub(in crate::store) async fn begin_unlocked(&self) -> Result<Tx, StoreError> {
        match &self.pools {
            Pools::Sqlite { importer, .. } => Ok(self.writing(Driver::Sqlite(importer.begin().await?), None)),
            Pools::Postgres(pool) => {
                let (tx, turn) = pool.begin("BEGIN").await?;
                Ok(self.writing(Driver::Postgres(tx), Some(turn)))
            }
        }
    }

    /// A transaction whose reads all see one moment: that of the first.
    pub fn read(&self) -> Tx {
        self.tx(None, Access::Read, None)
    }

    /// A transaction that fails at the first thing that it was not told.
    pub fn recall(&self) -> Tx {
        self.tx(None, Access::Recall, None)
    }

    fn writing(&self, driver: Driver, turn: Option<ConnectionTurn>) -> Tx {
        self.tx(Some(driver), Access::Write, turn)
    }

    fn tx(&self, driver: Option<Driver>, access: Access, turn: Option<ConnectionTurn>) -> Tx {
        Tx {
            driver,
            store: self.clone(),
            access,
            changes: Changes::default(),
            loaded: Loaded::default(),
            facts: Facts::default(),
            placed: Placed::default(),
            savepoints: 0,
            turn,
        }
    }

    async fn begin_reading(&self) -> Result<(Driver, Option<ConnectionTurn>), StoreError> {
        match &self.pools {
            Pools::Sqlite { readers, .. } => Ok((Driver::Sqlite(readers.begin().await?), None)),
            Pools::Postgres(pool) => {
                let (tx, turn) = pool.begin("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?;
                Ok((Driver::Postgres(tx), Some(turn)))
            }
        }
    }

    /// Is ready when a transaction of this process was committed since the last time that left something to deliver.
    pub async fn announced(&self) {
        self.announced.notified().await;
    }

    /// Makes sure that the database answers, and that it could be written.
    pub async fn check(&self) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        on!(&mut tx, |db| sqlx::query("SELECT 1").execute(db).await.map(drop)?);
        Ok(())
    }

    /// Waits for open transactions and closes every connection; later calls fail.
    pub async fn close(&self) {
        if let Err(StoreError::Lost(Lost::Overwritten(_))) = self.stands() {
            // The last connection that closes would put the log of the former file into this one. The process ends.
            return mem::forget(self.clone());
        }
        match &self.pools {
            Pools::Sqlite { writer, readers, importer, keeper, .. } => {
                importer.close().await;
                readers.close().await;
                writer.close().await;
                keeper.close().await;
            }
            Pools::Postgres(pool) => pool.close().await,
        }
    }
}

impl Tx {
    /// Makes everything in the transaction take effect, and has the open screens follow that show what it changed.
    pub async fn commit(mut self) -> Result<(), StoreError> {
        self.settle().await?;
        self.write_all().await?.commit().await
    }

    /// Does all of that except commit, and leases every dialogue at hand that is due to be drawn: what is leased here need not be
    /// claimed once it is committed.
    pub async fn write_leasing(
        mut self,
        now: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> Result<(Written, Vec<Redraw>), StoreError> {
        self.settle().await?;
        let mut leased = self.lease_loaded(now, until)?;
        self.hand_over(&mut leased);
        Ok((self.write_all().await?, leased))
    }

    async fn write_all(mut self) -> Result<Written, StoreError> {
        self.write_first().await?;
        self.write_back().await?;
        if self.changes.is_announced && self.store.standing().replicas > 1 {
            on!(&mut self, |db| sqlx::query("SELECT pg_notify($1, '')").bind(WORK).execute(db).await.map(drop)?);
        }
        Ok(Written(self))
    }

    /// Has the commit say that there is something to deliver.
    pub(in crate::store) fn announce(&mut self) {
        self.changes.is_announced = true;
    }

    /// Has the log say it when the transaction is committed: one that is tried again would say it each time.
    pub fn say_when_committed(&mut self, say: impl Fn() + Send + Sync + 'static) {
        self.changes.sayings.push(Saying::of(say));
    }

    /// The transaction as the driver knows it, for statements that the store has no method for.
    pub async fn driver(&mut self) -> Result<&mut Driver, StoreError> {
        self.write_first().await?;
        self.write_back().await?;
        self.opened().await
    }

    /// Writes what was placed, before a statement that may look at it.
    pub(in crate::store) async fn write_first(&mut self) -> Result<(), StoreError> {
        if !self.placed.is_empty() {
            // Each statement would carry it otherwise.
            Box::pin(self.write_placed()).await?;
        }
        Ok(())
    }

    pub(in crate::store) async fn opened(&mut self) -> Result<&mut Driver, StoreError> {
        if self.access == Access::Recall {
            return Err(StoreError::NotTold);
        }
        if self.driver.is_none() {
            // Each statement would carry it otherwise.
            let (driver, turn) = Box::pin(self.store.begin_reading()).await?;
            (self.driver, self.turn) = (Some(driver), turn);
        }
        self.driver.as_mut().ok_or(StoreError::Unavailable(sqlx::Error::PoolClosed))
    }

    pub(in crate::store) fn replica(&self) -> i64 {
        self.store.replica
    }

    pub(in crate::store) fn standing(&self) -> Standing {
        self.store.standing()
    }

    /// Fails rather than waits for others' locks: for what can be done in smaller parts as well.
    pub async fn hurry(&mut self) -> Result<(), StoreError> {
        if self.has_rivals() {
            // Longer than an ordinary transaction holds a lock, and less than anybody notices.
            on!(self, |db| sqlx::query("SET LOCAL lock_timeout = '250ms'").execute(db).await.map(drop)?);
        }
        Ok(())
    }

    /// Whether another transaction may write beside this one.
    pub(in crate::store) fn has_rivals(&self) -> bool {
        matches!((&self.driver, self.access), (Some(Driver::Postgres(_)), Access::Write))
    }

    /// Keeps what is read as it is until the transaction ends; SQLite has one writer anyway.
    pub(in crate::store) fn locking(&self) -> &'static str {
        if self.has_rivals() { " FOR UPDATE" } else { "" }
    }

    /// The same, and passes over what others keep.
    pub(in crate::store) fn passing_over(&self) -> &'static str {
        if self.has_rivals() { " FOR UPDATE SKIP LOCKED" } else { "" }
    }
}

impl Written {
    /// Makes it take effect. Boxed from the start: an update's call tree makes the stack deep enough.
    pub fn commit(self) -> BoxFuture<'static, Result<(), StoreError>> {
        Box::pin(async move {
            let Written(Tx { driver, store, access, changes, turn, .. }) = self;
            let _turn = turn;
            match (driver, store.place().filter(|_| access == Access::Write)) {
                (Some(Driver::Sqlite(tx)), Some(place)) => place.commit(tx).await?,
                (Some(Driver::Sqlite(tx)), None) => tx.commit().await?,
                (Some(Driver::Postgres(tx)), _) => tx.commit().await?,
                (None, _) => {}
            }
            changes.sayings.iter().for_each(Saying::say);
            if changes.is_announced {
                store.announced.notify_one();
            }
            if changes.is_erasure {
                store.empty_log().await;
            }
            Ok(())
        })
    }
}
