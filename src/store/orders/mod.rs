//! Orders: placing, reading, acting on and finding them.

pub(super) mod listing;
pub(super) mod orders;
pub(super) mod placing;
