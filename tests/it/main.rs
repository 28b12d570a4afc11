//! The tests, in the words of a shop.
// Tells clippy that helpers beside the tests may unwrap as well (clippy.toml).
#![cfg(test)]

mod catalogue_bounds;
mod dialogue_model;
mod formats;
mod screens;
mod support;
mod tidy;
