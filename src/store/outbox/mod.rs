//! What is to be delivered, what it became, and files that are to be fetched.

pub(super) mod attempt;
pub(super) mod digests;
pub(super) mod due;
pub(super) mod file_jobs;
pub(super) mod following;
pub(super) mod messages;
pub(super) mod of_order;
pub(super) mod order_messages;
pub(super) mod parking;
pub(super) mod passed_on;
pub(super) mod posted;
pub(super) mod topics;
