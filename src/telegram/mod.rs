//! Everything that knows the Bot API: calls and their errors, the tree that routes updates, and flood limits.

pub mod client;
pub mod commands;
pub mod files;
pub mod incoming;
pub mod limits;
pub mod menus;
pub mod outgoing;
mod refusal;
mod update;

pub use client::{CallError, Client, Revoked};
pub use files::Download;
pub use incoming::Router;
pub use limits::Limits;
