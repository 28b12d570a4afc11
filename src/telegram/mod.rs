//! Everything that knows the Bot API: calls and their errors, the tree that routes updates, and flood limits.

mod call_error;
pub mod checkup;
pub mod client;
pub mod commands;
mod content;
mod degrade;
mod download;
pub mod files;
pub mod incoming;
pub mod introduction;
pub mod limits;
mod local_file;
mod markup;
pub mod menus;
mod novelty;
pub mod outgoing;
mod parts;
mod picked;
pub mod polling;
mod refusal;
mod reply_keyboard;
mod routes;
pub mod token;
mod topics;
mod update;
pub mod webhook;

pub use call_error::CallError;
pub use client::Client;
pub use download::Download;
pub use incoming::Router;
pub use limits::Limits;
pub use token::Revoked;
