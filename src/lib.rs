//! keydesk
pub mod domain;
pub mod store;
