//! keydesk: customers order serial numbers of licence keys in Telegram, and the vendor's staff hear of every order.
//!
//! An arrow between modules may only point up this list; the tests hold it:
//!
//! - [`clock`], [`backoff`], [`domain`] (pure), [`config`], [`i18n`]
//! - [`report`] (orders as a picture and as tables), [`action`] (every button)
//! - [`dialogue`] (the transition function) and [`view`] (state to screen), both pure
//! - [`store`] (the only SQL), [`desk`] (use cases, one transaction each)
//! - [`telegram`] (calls and routes), [`intake`] (updates in), [`delivery`] (screens and notices out), [`bot`] (all wired)
//! - [`demo`] (the page of the Bot API emulator, a crate of its own), [`cli`]
//!
//! To follow one tap, read `telegram/incoming.rs`, `intake.rs`, `desk/customers.rs`, `dialogue/step.rs`,
//! `delivery/redraw.rs`, `desk/screens.rs`, `view/form.rs`. What never happens stands in ARCHITECTURE.md.

pub mod backoff;
pub mod bot;
pub mod chat;
pub mod cli;
pub mod clock;
pub mod config;
pub mod demo;
pub mod domain;
pub mod intake;
pub mod outbox;
pub mod store;
pub mod telegram;
