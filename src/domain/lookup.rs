//! What the vendor's people look up: orders in hand, where a serial number went, who the admins are.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};

use crate::domain::accounts::access::Access;
use crate::domain::accounts::person::Person;
use crate::domain::ids::{ChatId, OrderNumber, PersonId, Sku};
use crate::domain::language::Language;
use crate::domain::orders::order::OrderSummary;

/// An order in a list of the vendor's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdminOrder {
    /// Its line in the list.
    pub summary: OrderSummary,
    /// The name of who placed it.
    pub customer: String,
    /// The name of who took it in hand.
    pub taken_by: Option<String>,
    /// When it came to stand where it stands: placed, or invoiced last.
    pub since: DateTime<Utc>,
}

/// One page of orders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdminPage {
    pub orders: Vec<AdminOrder>,
    /// This page, counted from 0.
    pub page: u32,
    /// How many there are; at least 1.
    pub pages: u32,
    /// Orders on all pages.
    pub total: u64,
}

/// A page of the orders that wait for staff, and how many there are of each status, whichever are listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Queue {
    pub listed: AdminPage,
    pub placed: u64,
    pub invoiced: u64,
}

impl AdminPage {
    /// The place of its first order in the whole list and that of its last, counted from 1; `None` of an empty page.
    pub fn places(&self) -> Option<(u64, u64)> {
        let shown = self.orders.len() as u64;
        let before =
            if self.page + 1 < self.pages { u64::from(self.page) * shown } else { self.total.saturating_sub(shown) };
        (shown > 0).then_some((before + 1, before + shown))
    }
}

/// Where a serial number is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SerialTrace {
    /// The product that it stands under.
    pub sku: Sku,
    /// The order that has it; `None` while it is in stock.
    pub order: Option<OrderNumber>,
}

/// What a search came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Findings {
    /// Set when the text is a serial number that is known.
    pub serial: Option<SerialTrace>,
    /// Orders by their number, their customer, their customer's company or their note.
    pub orders: AdminPage,
}

/// By what right somebody is an admin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AdminRight {
    /// The configuration names them.
    Configured,
    /// Another admin appointed them.
    Appointed {
        /// The name of who did, or the id of somebody unknown.
        by: String,
        at: DateTime<Utc>,
    },
}

/// An admin as the list shows them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdminEntry {
    pub id: PersonId,
    /// Their name; `None` for somebody who never wrote to the bot.
    pub name: Option<String>,
    pub right: AdminRight,
}

/// The vendor's people, as far as the command menus go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Roster {
    pub staff_chat: ChatId,
    pub admins: BTreeSet<PersonId>,
    pub former: Vec<PersonId>,
    /// Those of them who ever wrote to the bot, with the language that each chose; the others have no chat with it.
    pub met: BTreeMap<PersonId, Option<Language>>,
}

/// Somebody whom an admin's command names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    pub id: PersonId,
    /// As they are known; `None` for somebody who never wrote to the bot.
    pub known: Option<Person>,
    /// Whether they are served; `None` for somebody who never wrote to the bot.
    pub access: Option<Access>,
    /// What they are to the vendor.
    pub standing: Standing,
}

/// What somebody is to the vendor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    Other,
    /// An admin of the configuration.
    Configured,
    /// An admin whom another one appointed.
    Appointed,
}

impl Standing {
    /// Whether they are an admin.
    pub fn is_admin(self) -> bool {
        self != Standing::Other
    }
}
