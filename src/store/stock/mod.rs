//! Serial numbers: into the stock, and out of it to orders.

pub(super) mod allocation;
pub(super) mod holding;
pub(super) mod import;
