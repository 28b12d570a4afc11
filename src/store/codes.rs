//! Domain words as they stand in columns, and back.

use crate::domain::{Access, Currency, Language, Money, OrderAction, Role, Sku, Status, Stored};
use crate::store::error::StoreError;

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

pub(in crate::store) fn language(code: &str) -> Result<Language, StoreError> {
    Language::parse(code).ok_or_else(|| StoreError::unreadable("language"))
}

pub(in crate::store) fn money(minor: i64, currency: &str) -> Result<Money, StoreError> {
    Currency::parse(currency)
        .and_then(|currency| Money::from_minor(minor, currency).ok())
        .ok_or_else(|| StoreError::unreadable("amount"))
}

impl Stored for OrderAction {
    const SCHEMA: u32 = 1;
}

/// An action without its particulars, for queries.
pub(in crate::store) fn action_kind(action: &OrderAction) -> &'static str {
    match action {
        OrderAction::Placed => "placed",
        OrderAction::Taken => "taken",
        OrderAction::Invoiced(_) => "invoiced",
        OrderAction::Completed => "completed",
        OrderAction::Cancelled(_) => "cancelled",
        OrderAction::Asked(..) => "asked",
        OrderAction::Answered(_) => "answered",
    }
}

pub(in crate::store) fn read_action(json: &str) -> Result<OrderAction, StoreError> {
    OrderAction::decode(json).map_err(|_| StoreError::unreadable("action"))
}

pub(in crate::store) fn read_sku(text: &str) -> Result<Sku, StoreError> {
    Sku::parse(text).ok_or_else(|| StoreError::unreadable("SKU"))
}

pub(in crate::store) fn read_count(count: i64) -> Result<u64, StoreError> {
    u64::try_from(count).map_err(|_| StoreError::unreadable("count"))
}

pub(in crate::store) fn count(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}
