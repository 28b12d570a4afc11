//! People, the accounts that their orders belong to, and who is served.

pub mod access;
pub mod account;
pub mod person;
pub mod staff_chat;
