//! Why the shop could not do what it was asked.

use crate::store::StoreError;

#[derive(Debug, thiserror::Error)]
pub enum ShopError {
    #[error(transparent)]
    Store(#[from] StoreError),
    /// There is no price list, or it does not read in the shop's currency.
    #[error("the price list cannot be used: {0}")]
    NoPrices(String),
    /// The operating system gives no random numbers.
    #[error("no random numbers: {0}")]
    NoRandomness(getrandom::Error),
}

impl ShopError {
    /// Whether the same may succeed when it is tried again.
    pub fn is_transient(&self) -> bool {
        match self {
            ShopError::Store(error) => error.is_transient(),
            // A price list that this release cannot read is mended by the next one, or by a newer release.
            ShopError::NoPrices(_) => true,
            // Nobody's data has to do with it.
            ShopError::NoRandomness(_) => true,
        }
    }
}
