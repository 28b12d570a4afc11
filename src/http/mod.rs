//! HTTP that the bot serves.

pub mod listener;
