//! Serial numbers: into the stock, and out of it to orders.

pub(super) mod allocation;
mod conflicts;
pub(super) mod holding;
pub(super) mod import;
mod locking;
pub(super) mod of_account;
pub(super) mod withdrawing;
