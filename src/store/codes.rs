//! Domain words as they stand in columns, and back.

use crate::domain::{Access, Currency, Language, LocalName, Money, OrderAction, Role, Status};

use crate::store::{Reachability, StoreError};

pub(in crate::store) fn role_code(role: Role) -> &'static str {
    match role {
        Role::Customer => "customer",
        Role::Staff => "staff",
        Role::Admin => "admin",
    }
}

pub(in crate::store) fn role(code: &str) -> Result<Role, StoreError> {
    [Role::Customer, Role::Staff, Role::Admin]
        .into_iter()
        .find(|role| role_code(*role) == code)
        .ok_or_else(|| StoreError::unreadable("role"))
}

pub(in crate::store) fn status(code: &str) -> Result<Status, StoreError> {
    Status::parse(code).ok_or_else(|| StoreError::unreadable("status"))
}

pub(in crate::store) fn access(code: &str) -> Result<Access, StoreError> {
    Access::parse(code).ok_or_else(|| StoreError::unreadable("access"))
}

/// A language that this release does not speak is as good as none: the person has the shop's until they choose.
pub(in crate::store) fn language(code: Option<&str>) -> Option<Language> {
    Language::with_code(code?)
}

pub(in crate::store) fn names_code(name: &LocalName) -> String {
    // Serialising a map of texts cannot fail; an empty string would be refused when it is read.
    serde_json::to_string(name).unwrap_or_default()
}

pub(in crate::store) fn names(code: &str) -> Result<LocalName, StoreError> {
    serde_json::from_str(code).map_err(|_| StoreError::unreadable("name"))
}

pub(in crate::store) fn money(minor: i64, currency: &str) -> Result<Money, StoreError> {
    Currency::parse(currency)
        .and_then(|currency| Money::from_minor(minor, currency).ok())
        .ok_or_else(|| StoreError::unreadable("amount"))
}

pub(in crate::store) fn deed_code(deed: &OrderAction) -> String {
    // Serialising plain data into a string cannot fail; an empty string would be refused when it is read.
    serde_json::to_string(deed).unwrap_or_default()
}

pub(in crate::store) fn deed(code: &str) -> Result<OrderAction, StoreError> {
    serde_json::from_str(code).map_err(|_| StoreError::unreadable("deed"))
}

pub(in crate::store) fn reachability(code: &str) -> Result<Reachability, StoreError> {
    [Reachability::Reachable, Reachability::Blocked, Reachability::Deactivated]
        .into_iter()
        .find(|reachability| reachability.code() == code)
        .ok_or_else(|| StoreError::unreadable("reachability"))
}
