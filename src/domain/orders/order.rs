//! Orders: what was agreed when they were placed, and what became of them.

use chrono::{DateTime, Utc};

use crate::domain::catalogue::price_list::Catalogue;
use crate::domain::ids::{AccountId, DraftId, OrderNumber, PersonId, Sku};
use crate::domain::language::LocalName;
use crate::domain::money::Money;
use crate::domain::orders::action::OrderAction;
use crate::domain::orders::actor::Actor;
use crate::domain::orders::draft::Draft;
use crate::domain::orders::status::Status;

/// One product of an order, frozen when it was placed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderLine {
    pub sku: Sku,
    /// Its name at that time.
    pub name: LocalName,
    pub quantity: u32,
    /// Price of the whole line.
    pub price: Money,
}

/// An order on its way into the store, which gives it its number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewOrder {
    /// The draft that it comes from.
    pub draft: DraftId,
    /// Whose order it is.
    pub account: AccountId,
    pub placed_by: PersonId,
    /// At least one.
    pub lines: Vec<OrderLine>,
    /// The sum of the lines.
    pub total: Money,
    pub note: Option<String>,
}

/// A line of the order list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderSummary {
    pub number: OrderNumber,
    /// When the customer sent it.
    pub placed_at: DateTime<Utc>,
    pub status: Status,
    pub keys: u64,
    pub total: Money,
}

/// A line of the audit trail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderEvent {
    pub at: DateTime<Utc>,
    pub actor: Actor,
    /// `None` for the placing.
    pub from: Option<Status>,
    /// The status since then.
    pub to: Status,
    pub action: OrderAction,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// Its line in the list.
    pub summary: OrderSummary,
    pub account: AccountId,
    pub placed_by: PersonId,
    pub lines: Vec<OrderLine>,
    pub note: Option<String>,
    pub events: Vec<OrderEvent>,
}

/// Why a draft is not an order yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotReady {
    /// It has no lines.
    Empty,
    /// A line is not sold, or its total is out of bounds.
    NotSold,
}

impl NewOrder {
    /// Freezes a draft with the names and prices that the customer saw; `catalogue` must still sell its lines.
    pub fn from_draft(
        draft: &Draft,
        catalogue: &Catalogue,
        account: AccountId,
        placed_by: PersonId,
    ) -> Result<NewOrder, NotReady> {
        if draft.lines.is_empty() {
            return Err(NotReady::Empty);
        }
        let frozen = draft.lines.iter().map(|line| {
            catalogue.product(&line.sku).ok_or(NotReady::NotSold)?;
            let (sku, name) = (line.sku.clone(), line.name.clone());
            Ok(OrderLine { sku, name, quantity: line.quantity, price: line.price })
        });
        let lines = frozen.collect::<Result<Vec<_>, NotReady>>()?;
        let total = draft.total(catalogue).map_err(|_| NotReady::NotSold)?;
        Ok(NewOrder { draft: draft.id, account, placed_by, lines, total, note: draft.note.clone() })
    }
}

impl Order {
    /// An order as it is when it was just placed.
    pub fn placed(number: OrderNumber, order: &NewOrder, by: Actor, at: DateTime<Utc>) -> Order {
        let keys = order.lines.iter().map(|line| u64::from(line.quantity)).sum();
        let (status, action) = (Status::Placed, OrderAction::Placed);
        Order {
            summary: OrderSummary { number, placed_at: at, status, keys, total: order.total },
            account: order.account,
            placed_by: order.placed_by,
            lines: order.lines.clone(),
            note: order.note.clone(),
            events: vec![OrderEvent { at, actor: by, from: None, to: status, action }],
        }
    }
}

/// How many serial numbers of a product an order has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssuedCount {
    pub order: OrderNumber,
    /// The product's name when it was ordered.
    pub name: LocalName,
    pub count: u64,
}

/// One page of a customer's order list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderPage {
    pub orders: Vec<OrderSummary>,
    /// This page, counted from 0.
    pub page: u32,
    /// How many there are; at least 1.
    pub pages: u32,
    /// Orders on all pages.
    pub total: u64,
}
