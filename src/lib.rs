//! keydesk: customers order serial numbers of licence keys in Telegram, and the vendor's staff deliver them.

pub mod action;
pub mod backoff;
pub mod bot;
pub mod cli;
pub mod clock;
pub mod config;
pub mod delivery;
pub mod demo;
pub mod desk;
pub mod dialogue;
pub mod domain;
pub mod emulator;
pub mod i18n;
pub mod intake;
pub mod store;
pub mod telegram;
pub mod view;
