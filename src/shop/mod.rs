//! The business: services by subject, which know no chat, no language and no messenger.
//!
//! Each works within a transaction of its caller's. Expected results are data; a [`ShopError`] is for the unexpected.

mod accounts;
mod audit;
mod billing;
mod catalogue;
mod error;
mod notify;
mod orders;
mod prices;
mod reports;
mod rows;
mod stock;

use std::sync::Arc;

use chrono::NaiveDate;

use crate::clock::Clock;
use crate::config::Config;
use crate::domain::reports::period::day_of;
use crate::store::Store;
use prices::Prices;

pub use accounts::admins::Appointing;
pub use accounts::erase::Erasing;
pub use accounts::membership::Leaving;
pub use catalogue::{NoProposal, NotRevised, Origin, ProposedPrices};
pub use error::ShopError;
pub use notify::Recipient;
pub use orders::listed::ListedSerials;
pub use orders::place::Placing;
pub use orders::serial_source::SerialSource;
pub use rows::Rows;
pub use stock::import::{Batch, ImportOutcome, ImportRefusal, ImportStep, Importing, NoImport, StockReading};
pub use stock::withdraw::Withdrawing;

/// The shop: its data, its time and its rules. Clones share their data.
#[derive(Debug, Clone)]
pub struct Shop {
    store: Store,
    clock: Clock,
    config: Arc<Config>,
    prices: Prices,
}

impl Shop {
    /// A shop over a store.
    pub fn new(store: Store, clock: Clock, config: Arc<Config>) -> Shop {
        Shop { store, clock, config, prices: Prices::default() }
    }

    /// The database that it keeps everything in.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// The clock that it goes by.
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// The configuration as it was read at the start.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// The day in the shop's time zone.
    pub fn today(&self) -> NaiveDate {
        day_of(self.clock.now(), self.config.shop.time_zone)
    }
}
