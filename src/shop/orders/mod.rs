//! Placing orders, and doing something to them.

pub(super) mod complete;
mod limits;
pub(super) mod listed;
pub(super) mod perform;
pub(super) mod place;
pub(super) mod serial_source;
