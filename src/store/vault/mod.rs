//! Encryption of what rests in the database and is worth money: serial numbers, and texts that may hold some.
//!
//! The vendor has one key. Of it others are derived: one encrypts, one makes names, which are keyed hashes by which a serial
//! number is found and known to be there once, and one tells the key from others.

mod cipher;
mod fault;
mod key;
mod script;

pub use fault::KeyFault;
pub use key::StockKey;

pub(in crate::store) use cipher::{Purpose, SEALED};
pub(in crate::store) use script::{Script, Written};
