//! What the admins' screens are made from.

use crate::domain::catalogue::diff::Difference;
use crate::domain::{AccountId, AdminEntry, AuditPage, Catalogue, Findings, OrderNumber, Queue, Role, Sku, Target};

/// What an admin's screen is made from, beside its place.
#[derive(Debug, Clone, Copy)]
pub struct AdminFacts<'a> {
    pub name: &'a str,
    /// In which capacity they read it.
    pub role: Role,
    /// Whether it is their private chat.
    pub is_alone: bool,
    pub catalogue: &'a Catalogue,
    /// What its place shows from the store.
    pub subject: &'a AdminSubject,
}

/// What an admin's place shows from the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AdminSubject {
    Nothing,
    /// A page of the orders that wait.
    Queue(Queue),
    /// What a search came to.
    Findings(Findings),
    /// Serial numbers in stock, by product; one without stock is not among them.
    Stock(Vec<(Sku, u64)>),
    /// What a proposed price list has otherwise; `None` when it is gone.
    Differences(Option<Vec<Difference>>),
    Admins(Vec<AdminEntry>),
    Audit(AuditPage),
    /// Somebody whom a question is about.
    Target(Target),
    /// Somebody and what is known of them in short.
    Person(PersonFacts),
}

/// What an admin sees of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonFacts {
    pub target: Target,
    /// `None` for somebody who is not known.
    pub account: Option<AccountId>,
    /// The orders that stay if they are erased.
    pub orders: u64,
    /// Those of them that are still to be completed or cancelled.
    pub open: Vec<OrderNumber>,
}
