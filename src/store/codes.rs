//! Domain words as they stand in columns, and back.

use crate::domain::{Access, Actor, Capacity, Currency, Language, Money, OrderAction, PersonId, Role, Status};

use crate::store::{Reachability, StoreError};

/// The id that stands for the shop itself in an audit trail: nobody in Telegram has it.
pub(in crate::store) const NOBODY: i64 = 0;

pub(in crate::store) fn capacity_code(capacity: Capacity) -> &'static str {
    match capacity {
        Capacity::Person(Role::Customer) => "customer",
        Capacity::Person(Role::Staff) => "staff",
        Capacity::Person(Role::Admin) => "admin",
        Capacity::System => "system",
    }
}

pub(in crate::store) fn actor(id: i64, name: String, code: &str) -> Result<Actor, StoreError> {
    if code == capacity_code(Capacity::System) {
        return Ok(Actor::System);
    }
    let role = [Role::Customer, Role::Staff, Role::Admin]
        .into_iter()
        .find(|role| capacity_code(Capacity::Person(*role)) == code);
    let role = role.ok_or_else(|| StoreError::unreadable("role"))?;
    Ok(Actor::Person { id: PersonId(id), name, role })
}

pub(in crate::store) fn status(code: &str) -> Result<Status, StoreError> {
    Status::parse(code).ok_or_else(|| StoreError::unreadable("status"))
}

pub(in crate::store) fn access(code: &str) -> Result<Access, StoreError> {
    Access::parse(code).ok_or_else(|| StoreError::unreadable("access"))
}

pub(in crate::store) fn language(code: &str) -> Result<Language, StoreError> {
    Language::parse(code).ok_or_else(|| StoreError::unreadable("language"))
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
