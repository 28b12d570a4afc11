//! Billing details of accounts.

use super::{Shop, ShopError};
use crate::domain::{Billing, BillingPolicy};
use crate::store::{Customer, Tx};

impl Shop {
    /// Whether billing details are to be given before an order is placed.
    pub async fn lacks_billing(&self, tx: &mut Tx, customer: &Customer) -> Result<bool, ShopError> {
        Ok(self.config.shop.billing == BillingPolicy::Required && tx.billing_of(customer.account).await?.is_none())
    }

    /// Keeps the billing details of a customer's account.
    pub async fn keep_billing(&self, tx: &mut Tx, customer: &Customer, billing: &Billing) -> Result<(), ShopError> {
        Ok(tx.keep_billing(customer.account, billing, customer.person.id, self.clock.now()).await?)
    }
}
