//! The tests, in the words of a shop.
// Tells clippy that helpers beside the tests may unwrap as well (clippy.toml).
#![cfg(test)]

mod demo_server;
mod emulator;
mod process;
mod shop;
mod store;
mod support;
mod tidy;
