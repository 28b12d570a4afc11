//! What the tests stand on.

pub mod browser;
pub mod demo;
pub mod devtools;
pub mod examples;
pub mod postgres;
pub mod program;
pub mod random;
pub mod screens;
pub mod shop;
pub mod visitor;
