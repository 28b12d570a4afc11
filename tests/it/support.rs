//! What the tests stand on.

pub mod accounts;
pub mod actions;
pub mod bot_api;
pub mod browser;
pub mod bursts;
mod deliveries;
pub mod demo;
pub mod detours;
pub mod devtools;
mod earlier;
pub mod examples;
mod failures;
pub mod files;
pub mod languages;
pub mod pgbouncer;
pub mod postgres;
mod price_lists;
pub mod program;
pub mod pseudo;
pub mod random;
pub mod replies;
pub mod screens;
pub mod shop;
pub mod stats;
pub mod topics;
pub mod visitor;
