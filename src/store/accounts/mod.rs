//! Accounts, their people and billing details, who is served, who is an admin.

pub(super) mod access;
pub(super) mod admins;
pub(super) mod billing;
pub(super) mod customer;
pub(super) mod membership;
pub(super) mod people;
pub(super) mod staff_chat;
