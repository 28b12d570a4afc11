//! What the tests stand on.

pub mod browser;
pub mod postgres;
pub mod program;
pub mod shop;
