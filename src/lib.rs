//! keydesk

pub mod demo;
