//! Domain words as they stand in columns, and back.

use crate::domain::{Access, Currency, Language, Money, Role, Status};

use super::StoreError;

pub(super) fn role_code(role: Role) -> &'static str {
    match role {
        Role::Customer => "customer",
        Role::Staff => "staff",
        Role::Admin => "admin",
    }
}

pub(super) fn role(code: &str) -> Result<Role, StoreError> {
    [Role::Customer, Role::Staff, Role::Admin]
        .into_iter()
        .find(|role| role_code(*role) == code)
        .ok_or_else(|| StoreError::unreadable("role"))
}

pub(super) fn status(code: &str) -> Result<Status, StoreError> {
    Status::parse(code).ok_or_else(|| StoreError::unreadable("status"))
}

pub(super) fn access(code: &str) -> Result<Access, StoreError> {
    Access::parse(code).ok_or_else(|| StoreError::unreadable("access"))
}

pub(super) fn language(code: &str) -> Result<Language, StoreError> {
    Language::parse(code).ok_or_else(|| StoreError::unreadable("language"))
}

pub(super) fn money(minor: i64, currency: &str) -> Result<Money, StoreError> {
    Currency::parse(currency)
        .and_then(|currency| Money::from_minor(minor, currency).ok())
        .ok_or_else(|| StoreError::unreadable("amount"))
}
