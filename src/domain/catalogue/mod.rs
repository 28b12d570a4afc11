//! The price list: its file, what can be wrong in one, and what a new one changes.

pub mod diff;
pub mod fault;
pub mod file;
pub mod price_list;
