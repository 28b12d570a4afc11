//! Orders: the draft, what was agreed, what is done to it and by whom, and the rules of its status.

pub mod action;
pub mod draft;
pub mod message;
pub mod order;
pub mod search;
pub mod status;
