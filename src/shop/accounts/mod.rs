//! People: who is served, who shares an account, and who acts for the vendor.

pub(super) mod access;
pub(super) mod admins;
pub(super) mod erase;
pub(super) mod membership;
pub(super) mod staff_chat;
