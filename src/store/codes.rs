//! Domain words as they stand in columns, and back.

use crate::domain::{
    Access, Actor, Capacity, Currency, Lane, Language, LocalName, Money, OrderAction, PersonId, Role, SerialNumber,
    Sku, Status, Stored, Unwritable,
};
use crate::store::error::StoreError;

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

/// In the order of the lanes, by which messages are sorted.
pub(in crate::store) fn lane_code(lane: Lane) -> i64 {
    match lane {
        Lane::Tap => 0,
        Lane::Notice => 1,
        Lane::Bulk => 2,
    }
}

pub(in crate::store) fn lane(code: i64) -> Lane {
    match code {
        ..=0 => Lane::Tap,
        1 => Lane::Notice,
        2.. => Lane::Bulk,
    }
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

pub(in crate::store) fn names_code(name: &LocalName) -> Result<String, StoreError> {
    Ok(serde_json::to_string(name).map_err(Unwritable::from)?)
}

pub(in crate::store) fn names(code: &str) -> Result<LocalName, StoreError> {
    serde_json::from_str(code).map_err(|_| StoreError::unreadable("name"))
}

pub(in crate::store) fn money(minor: i64, currency: &str) -> Result<Money, StoreError> {
    Currency::parse(currency)
        .and_then(|currency| Money::from_minor(minor, currency).ok())
        .ok_or_else(|| StoreError::unreadable("amount"))
}

pub(in crate::store) fn read_action(json: &str) -> Result<OrderAction, StoreError> {
    OrderAction::decode(json).map_err(|_| StoreError::unreadable("action"))
}

pub(in crate::store) fn read_sku(text: &str) -> Result<Sku, StoreError> {
    Sku::parse(text).ok_or_else(|| StoreError::unreadable("SKU"))
}

pub(in crate::store) fn read_serial(text: &str) -> Result<SerialNumber, StoreError> {
    SerialNumber::parse(text).map_err(|_| StoreError::unreadable("serial number"))
}

pub(in crate::store) fn read_count(count: i64) -> Result<u64, StoreError> {
    u64::try_from(count).map_err(|_| StoreError::unreadable("count"))
}

pub(in crate::store) fn count(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}
