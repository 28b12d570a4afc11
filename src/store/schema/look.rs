//! A look at the schema of whichever database it is.

use crate::store::db::{Driver, Tx};
use crate::store::error::StoreError;
use crate::store::schema::server::in_postgres;
use crate::store::schema::sqlite::in_sqlite;
use crate::store::schema::strange::Strange;

impl Tx {
    /// What the database has that no migration made, and what it lacks that one did make.
    pub(in crate::store) async fn strange(&mut self) -> Result<Strange, StoreError> {
        match self.opened().await? {
            Driver::Sqlite(tx) => Ok(in_sqlite(&mut *tx, None).await?),
            Driver::Postgres(tx) => Ok(in_postgres(&mut *tx).await?),
        }
    }
}
