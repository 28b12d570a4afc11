//! The stock's lock, which nobody gets whose key is another one.

use crate::store::db::{Store, Tx, on};
use crate::store::error::StoreError;
use crate::store::vault::Script;

impl Store {
    /// From now on the serial numbers of a shop that has none yet are written with the key, or this is known before.
    pub(in crate::store) async fn take_key(&self) -> Result<(), StoreError> {
        if !self.script.is_sealing() {
            return Ok(());
        }
        let own = self.script.fingerprint();
        let mut tx = self.read();
        let found: Option<i64> =
            on!(&mut tx, |db| sqlx::query_scalar("SELECT value FROM counters WHERE name = 'stock'")
                .fetch_optional(db)
                .await?);
        drop(tx);
        if found == Some(own) {
            // Nearly always; whoever imports just then keeps the row for a while.
            return Ok(());
        }
        let mut tx = self.begin().await?;
        tx.lock_stock().await?;
        tx.commit().await
    }
}

impl Tx {
    /// How serial numbers are written.
    pub(in crate::store) fn script(&self) -> Script {
        self.store.script.clone()
    }

    /// Keeps the stock as it is for everybody else until this transaction ends. Nobody gets further who would write serial
    /// numbers otherwise than they are written here; a stock without any is the key's of who comes first.
    pub async fn lock_stock(&mut self) -> Result<(), StoreError> {
        let script = self.script();
        let found: Option<i64> = on!(self, |db| {
            sqlx::query_scalar(
                "UPDATE counters SET value = CASE
                     WHEN value = 0 AND NOT EXISTS (SELECT 1 FROM serial_numbers)
                         AND NOT EXISTS (SELECT 1 FROM withdrawn_serials) THEN $1
                     ELSE value END
                 WHERE name = 'stock' RETURNING value",
            )
            .bind(script.fingerprint())
            .fetch_optional(db)
            .await?
        });
        Ok(found.map_or(Ok(()), |found| script.suits(found))?)
    }
}
