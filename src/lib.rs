//! keydesk

pub mod emulator;
