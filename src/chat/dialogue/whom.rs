//! How admins name people.

use crate::domain::{OrderNumber, PersonId};

/// Whom an admin names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whom {
    /// By the id, which a button carries.
    Person(PersonId),
    /// By a number that may be a person's or an order's.
    Number(OrderNumber),
    /// By the username, without its `@`.
    Username(String),
    /// Whoever placed this order.
    PlacerOf(OrderNumber),
}

impl Whom {
    /// Reads `123456789`, `@anna`, `№449` or `#449`.
    pub fn parse(text: &str) -> Option<Whom> {
        if let Some(name) = text.strip_prefix('@') {
            let plain = (1..=32).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
            return plain.then(|| Whom::Username(name.to_owned()));
        }
        match text.strip_prefix(['№', '#']) {
            Some(number) => OrderNumber::parse(number.trim_start()).map(Whom::PlacerOf),
            None => OrderNumber::parse(text).map(Whom::Number),
        }
    }
}
