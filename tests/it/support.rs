//! What the tests stand on.

pub mod browser;
pub mod examples;
pub mod postgres;
pub mod random;
pub mod screens;
pub mod shop;
