//! What is to be delivered, and files that are to be fetched.

pub(super) mod due;
pub(super) mod file_jobs;
pub(super) mod messages;
pub(super) mod of_order;
