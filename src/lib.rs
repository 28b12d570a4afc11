//! keydesk: customers order serial numbers of licence keys in Telegram, and the vendor's staff deliver them.

pub mod action;
pub mod clock;
pub mod config;
pub mod dialogue;
pub mod domain;
pub mod i18n;
pub mod view;
