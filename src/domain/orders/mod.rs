//! Orders: the draft, what was agreed, what is done to it and by whom, and the rules of its status.

pub mod action;
pub mod actor;
pub mod draft;
pub mod invoice;
pub mod message;
pub mod order;
pub mod reason;
pub mod search;
pub mod status;
pub mod transition;
pub mod typed_order;
