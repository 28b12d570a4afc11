//! A sign of life on a PostgreSQL server: a session that holds a lock in this replica's name. The server ends it together with the
//! process, so whoever crashed is known for gone at once; whoever is only frozen is not.

use std::sync::Arc;
use std::time::Duration;

use sqlx::{Connection, PgConnection};
use tokio::sync::Mutex;

/// How long an orderly stop waits for the server to let go of the lock.
const UNLOCKED_IN: Duration = Duration::from_secs(1);

/// The session, once there is one.
#[derive(Debug, Clone, Default)]
pub(in crate::store) struct Vigil {
    session: Arc<Mutex<Option<PgConnection>>>,
}

/// The names under which sessions hold locks in this database; the server shows each in two halves.
pub(in crate::store) const LIVING: &str = "SELECT (classid::BIGINT << 32) | objid::BIGINT FROM pg_locks
     WHERE locktype = 'advisory' AND objsubid = 1 AND granted
         AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";

impl Vigil {
    /// Whether the session stands.
    pub(in crate::store) async fn stands(&self) -> bool {
        let mut session = self.session.lock().await;
        let stands = match session.as_mut() {
            Some(connection) => connection.ping().await.is_ok(),
            None => false,
        };
        if !stands {
            *session = None;
        }
        stands
    }

    pub(in crate::store) async fn begin(&self, mut connection: PgConnection, replica: i64) -> sqlx::Result<()> {
        sqlx::query("SELECT pg_advisory_lock($1)").bind(replica).execute(&mut connection).await?;
        *self.session.lock().await = Some(connection);
        Ok(())
    }

    pub(in crate::store) async fn end(&self) {
        if let Some(mut session) = self.session.lock().await.take() {
            // A session that is closed keeps its lock until the server gets round to it; one that hangs ends it some day.
            let unlocking = sqlx::query("SELECT pg_advisory_unlock_all()").execute(&mut session);
            let _ = tokio::time::timeout(UNLOCKED_IN, unlocking).await;
            let _ = session.close().await;
        }
    }
}
