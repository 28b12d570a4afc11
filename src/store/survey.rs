//! How much of everything there is, for whoever watches the bot: nothing of it counts a million orders.

use chrono::{DateTime, Utc};

use crate::domain::{Lane, Status, UpdateId};
use crate::store::codes::{self, lane, read_count};
use crate::store::db::{Store, Tx, on};
use crate::store::disk::room_in;
use crate::store::error::StoreError;
use crate::store::outbox::attempt::Wait;
use crate::store::stock::import::Stock;

/// How much there is at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Survey {
    pub orders: Vec<(Status, u64)>,
    /// A product without stock is not among them.
    pub stock: Vec<Stock>,
    pub outbox: Vec<Queued>,
    /// Screens that are to be drawn.
    pub screens: u64,
    /// Files that are to be fetched.
    pub files: u64,
    pub dead_letters: u64,
    pub waiting_updates: u64,
    /// When the bot took the last good backup, if it ever did.
    pub backup_taken: Option<DateTime<Utc>>,
    /// When the bot was first to take any.
    pub backups_since: Option<DateTime<Utc>>,
}

/// Messages of the outbox that are neither sent nor given up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Queued {
    pub lane: Lane,
    pub wait: Wait,
    pub messages: u64,
    /// Since when the oldest of them waits.
    pub since: DateTime<Utc>,
}

#[derive(sqlx::FromRow)]
struct QueuedRow {
    lane: i64,
    delivery: String,
    messages: i64,
    since: DateTime<Utc>,
}

#[derive(sqlx::FromRow)]
struct Counts {
    screens: i64,
    files: i64,
    dead_letters: i64,
    waiting_updates: i64,
    backup_taken: Option<DateTime<Utc>>,
    backups_since: Option<DateTime<Utc>>,
}

impl Store {
    /// Proves that what anybody did now would be stored: a full disk reads well. Nothing is left of it.
    pub async fn prove_writable(&self, now: DateTime<Utc>) -> Result<(), StoreError> {
        // Telegram gives no negative ids, and each replica has one of its own.
        let nothing = UpdateId(self.replica() | i64::MIN);
        let mut tx = self.begin().await?;
        tx.write_in_vain(nothing, now).await?;
        tx.commit().await
    }

    /// How many bytes the disk of a file has left; nobody can tell that of a server's.
    pub fn room(&self) -> Option<u64> {
        room_in(self.folder()?)
    }
}

impl Tx {
    /// How much there is of everything.
    pub async fn survey(&mut self) -> Result<Survey, StoreError> {
        let orders = self.orders_by_status().await?;
        let (stock, outbox) = (self.stock().await?, self.queued().await?);
        let counts: Counts = on!(self, |db| sqlx::query_as(
            "SELECT (SELECT COUNT(*) FROM dialogues WHERE shown_version < version) AS screens,
                 (SELECT COUNT(*) FROM file_jobs) AS files,
                 (SELECT COUNT(*) FROM dead_letters) AS dead_letters,
                 (SELECT COUNT(*) FROM waiting_updates) AS waiting_updates,
                 (SELECT taken_at FROM backup_watch) AS backup_taken,
                 (SELECT since FROM backup_watch) AS backups_since"
        )
        .fetch_one(db)
        .await?);
        Ok(Survey {
            orders,
            stock,
            outbox,
            screens: read_count(counts.screens)?,
            files: read_count(counts.files)?,
            dead_letters: read_count(counts.dead_letters)?,
            waiting_updates: read_count(counts.waiting_updates)?,
            backup_taken: counts.backup_taken,
            backups_since: counts.backups_since,
        })
    }

    async fn orders_by_status(&mut self) -> Result<Vec<(Status, u64)>, StoreError> {
        let rows: Vec<(String, i64)> = on!(self, |db| sqlx::query_as(
            "SELECT status, CAST(SUM(orders) AS BIGINT) FROM (
                 SELECT status, orders FROM order_figures UNION ALL SELECT status, orders FROM order_figure_changes
             ) AS kept
             GROUP BY status ORDER BY status"
        )
        .fetch_all(db)
        .await?);
        rows.into_iter().map(|(status, orders)| Ok((codes::status(&status)?, read_count(orders)?))).collect()
    }

    async fn queued(&mut self) -> Result<Vec<Queued>, StoreError> {
        let rows: Vec<QueuedRow> = on!(self, |db| sqlx::query_as(
            "SELECT lane, delivery, COUNT(*) AS messages, MIN(posted_at) AS since FROM outbox_messages
             WHERE delivery IN ('pending', 'parked') GROUP BY lane, delivery ORDER BY lane, delivery"
        )
        .fetch_all(db)
        .await?);
        let queued = rows.into_iter().map(|row| {
            Ok(Queued {
                lane: lane(row.lane),
                wait: if row.delivery == "parked" { Wait::Parked } else { Wait::None },
                messages: read_count(row.messages)?,
                since: row.since,
            })
        });
        queued.collect()
    }
}
