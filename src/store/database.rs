//! What a store is opened with.

use crate::store::vault::StockKey;

/// A database by its address, and the key of its serial numbers, if the vendor has one.
#[derive(Clone, Copy)]
pub struct Database<'a> {
    /// `sqlite://FILE` or `postgres://…`; may hold a password.
    pub url: &'a str,
    pub key: Option<&'a StockKey>,
}

impl<'a> From<&'a str> for Database<'a> {
    fn from(url: &'a str) -> Database<'a> {
        Database { url, key: None }
    }
}

impl<'a> From<&'a String> for Database<'a> {
    fn from(url: &'a String) -> Database<'a> {
        Database { url, key: None }
    }
}
