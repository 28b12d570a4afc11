//! Orders: placing, reading, acting on and finding them.

pub(super) mod events;
mod finding;
pub(super) mod listing;
pub(in crate::store) mod matching;
pub(super) mod placed;
pub(super) mod placing;
pub(super) mod reading;
pub(super) mod register;
pub(super) mod rows;
pub(super) mod searching;
mod taken_up;
mod writing;
