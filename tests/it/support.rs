//! What the tests stand on.

pub mod browser;
pub mod demo;
pub mod devtools;
pub mod postgres;
pub mod shop;
