//! Price lists: those that were applied, and those that somebody proposed.

pub(super) mod price_lists;
pub(super) mod proposals;
