//! PostgreSQL's connections, shared in turns: whoever asked first is served first, however few the server grants.

use std::array;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::join_all;
use sqlx::pool::PoolConnection;
use sqlx::postgres::{PgConnectOptions, PgListener, PgPoolOptions};
use sqlx::{PgPool, Postgres, SqlSafeStr, Transaction};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::store::error::StoreError;
use crate::store::vigil::Vigil;

/// Longer than any transaction of ours, shorter than people's patience.
pub(in crate::store) const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(10);
/// A server's default is a hundred connections: enough for several replicas, a migration and an administrator.
const TURNS: u32 = 10;
/// So many of these are used first, and always in the same order: a batch, what is delivered, and what is recorded. Each
/// connection prepares and plans every statement by itself, several times, and a pool hands out all that it has in rotation.
const WARM_TURNS: usize = 3;
/// How soon whoever waits for a further connection looks for one that was given back meanwhile.
const LOOK: Duration = Duration::from_millis(25);

/// A turn at a connection, over when it is dropped.
#[derive(Debug)]
pub(in crate::store) struct ConnectionTurn {
    _turn: OwnedSemaphorePermit,
    _warm: Option<OwnedSemaphorePermit>,
}

#[derive(Debug, Clone)]
pub(in crate::store) struct PostgresPool {
    warm: [WarmConnection; WARM_TURNS],
    pool: PgPool,
    turns: Arc<Semaphore>,
    vigil: Vigil,
}

/// A pool of one connection.
#[derive(Debug, Clone)]
struct WarmConnection {
    pool: PgPool,
    turn: Arc<Semaphore>,
}

impl PostgresPool {
    /// Beside the warm ones there are twice as many places as turns: who waits for a new connection holds a place, and takes one
    /// that is given back meanwhile in another.
    pub(in crate::store) fn new(pool: PgPoolOptions, options: PgConnectOptions) -> PostgresPool {
        let pool = pool.acquire_timeout(ACQUIRE_TIMEOUT);
        let lazy = |places| pool.clone().max_connections(places).connect_lazy_with(options.clone());
        PostgresPool {
            warm: array::from_fn(|_| WarmConnection { pool: lazy(1), turn: Arc::new(Semaphore::new(1)) }),
            pool: lazy(2 * TURNS),
            turns: Arc::new(Semaphore::new(TURNS as usize)),
            vigil: Vigil::default(),
        }
    }

    /// Begins a transaction.
    pub(in crate::store) async fn begin(
        &self,
        statement: &'static str,
    ) -> Result<(Transaction<'static, Postgres>, ConnectionTurn), StoreError> {
        let turn = tokio::time::timeout(ACQUIRE_TIMEOUT, Arc::clone(&self.turns).acquire_owned()).await;
        let turn = turn.map_err(|_| sqlx::Error::PoolTimedOut)?.map_err(|_| sqlx::Error::PoolClosed)?;
        let mut free =
            self.warm.iter().filter_map(|warm| Some((&warm.pool, Arc::clone(&warm.turn).try_acquire_owned().ok()?)));
        let (pool, warm) = free.next().map_or((&self.pool, None), |(pool, turn)| (pool, Some(turn)));
        let connection = self.connection(pool).await?;
        let transaction = Transaction::begin(connection, Some(statement.into_sql_str())).await?;
        Ok((transaction, ConnectionTurn { _turn: turn, _warm: warm }))
    }

    /// A server that grants no further connection would keep the pool's caller in a loop of refusals until the time-out,
    /// although those that it granted are given back every few milliseconds. The transaction begins only afterwards: a
    /// `BEGIN` that is cut off would stay open on a connection that goes back to the pool.
    async fn connection(&self, pool: &PgPool) -> Result<PoolConnection<Postgres>, StoreError> {
        let mut opening = pin!(pool.acquire());
        loop {
            tokio::select! {
                biased;
                opened = &mut opening => return Ok(opened?),
                () = tokio::time::sleep(LOOK) => {}
            }
            if let Some(connection) = self.pools().find_map(PgPool::try_acquire) {
                return Ok(connection);
            }
        }
    }

    /// Runs a statement that no transaction may be around.
    pub(in crate::store) async fn run(&self, statement: &'static str) -> Result<(), StoreError> {
        sqlx::raw_sql(statement).execute(&mut *self.connection(&self.pool).await?).await?;
        Ok(())
    }

    /// Calls `heard` at every notification of a channel, until the server cannot be listened to any more.
    pub(in crate::store) async fn hear(&self, channel: &str, mut heard: impl FnMut()) -> sqlx::Result<()> {
        let mut listener = PgListener::connect_with(&self.pool).await?;
        listener.listen(channel).await?;
        loop {
            listener.recv().await?;
            heard();
        }
    }

    /// Shows the server that this replica lives.
    pub(in crate::store) async fn show_life(&self, replica: i64) -> Result<(), StoreError> {
        if !self.vigil.stands().await {
            // One of the pool's, which may have all that the server grants.
            let connection = self.connection(&self.pool).await?.detach();
            self.vigil.begin(connection, replica).await?;
        }
        Ok(())
    }

    pub(in crate::store) async fn close(&self) {
        self.vigil.end().await;
        join_all(self.pools().map(PgPool::close)).await;
    }

    fn pools(&self) -> impl Iterator<Item = &PgPool> {
        self.warm.iter().map(|warm| &warm.pool).chain([&self.pool])
    }
}
