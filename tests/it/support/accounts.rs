//! Colleagues who share an account, and staff who become admins.

use std::fs;
use std::path::Path;

use keydesk::domain::{Limits, PersonId};
use keydesk::store::AppointmentChange;
use sqlx::{AssertSqlSafe, Connection, PgConnection, SqliteConnection};

use super::shop::{ADMIN, Shop};

/// More than any test does: its people are busier than a shop's.
pub const UNLIMITED: Limits = Limits {
    open_orders: 1_000_000,
    orders_per_hour: 1_000_000,
    messages_to_staff_per_hour: 1_000_000,
    serial_requests_per_hour: 1_000_000,
};

impl Shop {
    /// Staff who have the admins' commands from now on.
    pub async fn appoints(&self, staff: &[i64]) {
        let mut tx = self.store().begin().await.unwrap();
        for person in staff {
            let done = tx.appoint(PersonId(*person), PersonId(ADMIN), self.clock.now()).await.unwrap();
            assert_eq!(done, AppointmentChange::Done);
        }
        tx.commit().await.unwrap();
    }

    /// What the SQLite file holds, and the log beside it.
    pub fn stored_bytes(&self) -> Vec<u8> {
        stored_bytes(Path::new(self.address.strip_prefix("sqlite://").unwrap()))
    }

    /// The trigrams that its indexes of searches have.
    pub async fn trigrams(&self) -> Vec<String> {
        trigrams(&self.address).await
    }
}

/// What a SQLite file holds, and the log beside it.
pub fn stored_bytes(file: &Path) -> Vec<u8> {
    let log = file.with_extension("db-wal");
    [fs::read(file).unwrap(), fs::read(log).unwrap_or_default()].concat()
}

/// The trigrams that the indexes of searches have in the SQLite file at this address.
pub async fn trigrams(address: &str) -> Vec<String> {
    let mut database = SqliteConnection::connect(address).await.unwrap();
    let mut found = Vec::new();
    for subject in ["order", "person", "account"] {
        let terms = format!("CREATE VIRTUAL TABLE temp.{subject}_terms USING fts5vocab(main, {subject}_trigrams, row)");
        sqlx::raw_sql(AssertSqlSafe(terms)).execute(&mut database).await.unwrap();
        let terms = AssertSqlSafe(format!("SELECT term FROM temp.{subject}_terms ORDER BY term"));
        found.extend(sqlx::query_scalar::<_, String>(terms).fetch_all(&mut database).await.unwrap());
    }
    database.close().await.unwrap();
    found
}

/// Somebody joins the account of somebody else, in the database at this address.
pub async fn share_an_account(address: &str, one: i64, other: i64) {
    const MOVE: &str = "UPDATE people SET account_id = (SELECT account_id FROM people WHERE id = $1) WHERE id = $2";
    if address.starts_with("sqlite:") {
        let mut database = SqliteConnection::connect(address).await.unwrap();
        sqlx::query(MOVE).bind(one).bind(other).execute(&mut database).await.unwrap();
        database.close().await.unwrap();
    } else {
        let mut database = PgConnection::connect(address).await.unwrap();
        sqlx::query(MOVE).bind(one).bind(other).execute(&mut database).await.unwrap();
        database.close().await.unwrap();
    }
}
