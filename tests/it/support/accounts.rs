//! Colleagues who share an account, and staff who become admins.

use keydesk::domain::{Limits, PersonId};
use keydesk::store::AppointmentChange;
use sqlx::{Connection, PgConnection, SqliteConnection};

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
