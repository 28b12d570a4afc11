//! A PostgreSQL database as a SQLite file, and back: without any program but this one.

use sqlx::postgres::PgConnectOptions;

use crate::store::backup::copy::DatabaseCopy;
use crate::store::backup::error::BackupError;
use crate::store::backup::release::{Release, applied_to};
use crate::store::database::Database;
use crate::store::db::Store;
use crate::store::open::POSTGRES_MIGRATIONS;

/// Fills a copy with all that a server's database has at one moment, whoever writes to that meanwhile.
pub(super) async fn fill(copy: &DatabaseCopy, url: &str, options: &PgConnectOptions) -> Result<(), BackupError> {
    // To open it would bring it up to date, under the feet of the release that it is of.
    if Release::of(&applied_to(options).await?, &POSTGRES_MIGRATIONS) != Release::This {
        return Err(BackupError::OtherRelease);
    }
    let from = Store::open_beside(Database { url, key: copy.key() }).await?;
    let outcome = async {
        let into = copy.open().await?;
        let filled = from.transfer_beside_others(&into).await;
        into.close().await;
        Ok::<_, BackupError>(filled?)
    };
    let outcome = outcome.await;
    from.close().await;
    outcome?;
    copy.seal().await
}

/// Puts all that a copy has into the place of what a server's database has: all of it or nothing.
pub(super) async fn restore(copy: &DatabaseCopy, url: &str) -> Result<(), BackupError> {
    let from = copy.open().await?;
    let outcome = async {
        let into = Store::open_to_refill(Database { url, key: copy.key() }).await?;
        let filled = from.transfer_over(&into).await;
        into.close().await;
        Ok::<_, BackupError>(filled?)
    };
    let outcome = outcome.await;
    from.close().await;
    outcome.map(drop)
}
