//! keydesk: customers order serial numbers of licence keys in Telegram, and the vendor's staff hear of every order.
//!
//! An arrow between modules may only point up this list; the tests hold it:
//!
//! - [`clock`], [`backoff`], [`outage`], [`metrics`], [`domain`] (pure), [`config`]
//! - [`store`] (the only SQL)
//! - [`shop`] (the business, which knows no chat)
//! - [`chat`] (how people talk to the shop: texts, buttons, dialogues, screens)
//! - [`telegram`] (calls and routes), [`intake`] (updates in), [`outbox`] (screens and messages out), [`http`] (health and
//!   figures), [`backups`] (those that the bot takes), [`bot`] (all wired)
//! - [`demo`] (the page of the Bot API emulator, a crate of its own), [`cli`]
//!
//! What never happens stands in ARCHITECTURE.md.

pub mod backoff;
pub mod backups;
pub mod bot;
pub mod chat;
pub mod cli;
pub mod clock;
pub mod config;
pub mod demo;
pub mod domain;
pub mod http;
pub mod intake;
pub mod metrics;
pub mod outage;
pub mod outbox;
pub mod replicas;
pub mod shop;
pub mod store;
pub mod telegram;
