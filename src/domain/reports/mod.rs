//! Periods and the figures of the orders in them.

pub mod buckets;
pub mod figures;
pub mod period;
