//! PostgreSQL's connections, shared in turns: whoever asked first is served first, however few the server grants.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use sqlx::{PgPool, Postgres, Transaction};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::store::error::StoreError;
use crate::store::open::{ACQUIRE_TIMEOUT, POSTGRES_CONNECTIONS};

/// How soon whoever waits for a further connection looks for one that was given back meanwhile.
const LOOK: Duration = Duration::from_millis(25);

/// A turn at a connection, over when it is dropped.
pub(in crate::store) type ConnectionTurn = OwnedSemaphorePermit;

#[derive(Debug, Clone)]
pub(in crate::store) struct PostgresPool {
    pool: PgPool,
    turns: Arc<Semaphore>,
}

impl PostgresPool {
    /// The pool must have room for twice as many connections as there are turns: who waits for a new one holds a place in
    /// it, and takes one that is given back meanwhile in another place.
    pub(in crate::store) fn new(pool: PgPool) -> PostgresPool {
        let turns = usize::try_from(POSTGRES_CONNECTIONS).unwrap_or(1);
        PostgresPool { pool, turns: Arc::new(Semaphore::new(turns)) }
    }

    /// Begins a transaction. A server that grants no further connection would keep a pool's caller in a loop of refusals
    /// until the time-out, although those that it granted are given back every few milliseconds.
    pub(in crate::store) async fn begin(
        &self,
        statement: &'static str,
    ) -> Result<(Transaction<'static, Postgres>, ConnectionTurn), StoreError> {
        let turn = tokio::time::timeout(ACQUIRE_TIMEOUT, Arc::clone(&self.turns).acquire_owned()).await;
        let turn = turn.map_err(|_| sqlx::Error::PoolTimedOut)?.map_err(|_| sqlx::Error::PoolClosed)?;
        let mut opening = pin!(self.pool.begin_with(statement));
        loop {
            tokio::select! {
                biased;
                begun = &mut opening => return Ok((begun?, turn)),
                () = tokio::time::sleep(LOOK) => {}
            }
            if let Some(begun) = self.pool.try_begin_with(statement).await? {
                return Ok((begun, turn));
            }
        }
    }

    pub(in crate::store) async fn close(&self) {
        self.pool.close().await;
    }
}
