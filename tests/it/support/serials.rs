//! Serial numbers that were given, all at once: tests have few.

use keydesk::domain::{AccountId, OrderNumber, SerialNumber, Sku};
use keydesk::store::{IssuedSerial, StoreError, Tx};

/// What the store gives one by one.
pub trait GivenSerials {
    /// The serial numbers of an order, by product.
    async fn serials_of(&mut self, order: OrderNumber) -> Result<Vec<(Sku, SerialNumber)>, StoreError>;

    /// The serial numbers that an account was ever given, by order and product.
    async fn serials_of_account(&mut self, account: AccountId) -> Result<Vec<IssuedSerial>, StoreError>;
}

impl GivenSerials for Tx {
    async fn serials_of(&mut self, order: OrderNumber) -> Result<Vec<(Sku, SerialNumber)>, StoreError> {
        let mut serials = Vec::new();
        self.each_serial_of(order, |sku, serial| serials.push((sku, serial))).await?;
        Ok(serials)
    }

    async fn serials_of_account(&mut self, account: AccountId) -> Result<Vec<IssuedSerial>, StoreError> {
        let mut serials = Vec::new();
        self.each_serial_of_account(account, |issued| serials.push(issued)).await?;
        Ok(serials)
    }
}
