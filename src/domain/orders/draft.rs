//! The draft of an order: what the customer chose so far, at the prices they saw.

use serde::{Deserialize, Serialize};

use crate::domain::catalogue::price_list::{Catalogue, NotSold, Product};
use crate::domain::ids::{DraftId, Sku};
use crate::domain::language::LocalName;
use crate::domain::money::{Money, MoneyError};
use crate::domain::stored::Stored;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftLine {
    pub sku: Sku,
    /// Its name, as it was shown to the customer.
    pub name: LocalName,
    pub quantity: u32,
    /// The price of the whole line, as it was shown to the customer.
    pub price: Money,
    /// The price before it changed under the customer's hands, until they send or choose anew.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub old_price: Option<Money>,
}

/// An order that is not sent yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// What the order will be unique by.
    pub id: DraftId,
    /// Rises at every change of what would be ordered, so that «Send» is only obeyed for what its screen showed.
    pub revision: u32,
    /// In the order of choosing; one line a product.
    pub lines: Vec<DraftLine>,
    /// The customer's note or purchase-order reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

impl Stored for Draft {
    const SCHEMA: u32 = 1;
}

/// Why a line was not put into the draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CannotPut {
    /// The product is not sold in this quantity.
    NotSold,
    /// The draft has [`Draft::MAX_LINES`] lines.
    TooManyLines,
    /// The total would exceed [`Money::MAX_MINOR`].
    TooExpensive,
}

/// What the price list did to a draft since its lines were chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Repriced {
    Same,
    /// Some lines have a new name, at the same price.
    Names,
    /// Some lines have a new price.
    Prices,
    /// Some lines are not sold any more and were taken out.
    Gone,
}

impl DraftLine {
    /// Takes over name and price of the product; `None` when it is not sold in this quantity any more.
    fn follow(&mut self, catalogue: &Catalogue) -> Option<()> {
        let product = catalogue.product(&self.sku)?;
        let price = product.price(self.quantity).ok()?;
        if price != self.price {
            self.old_price = Some(self.old_price.unwrap_or(self.price)).filter(|old| *old != price);
            self.price = price;
        }
        self.name.clone_from(&product.name);
        Some(())
    }

    /// Whether the customer who was shown `before` reads nothing new here.
    fn reads_like(&self, before: &DraftLine) -> bool {
        let numbers = |line: &DraftLine| (line.quantity, line.price, line.old_price);
        self.sku == before.sku && numbers(self) == numbers(before) && self.name.agrees_with(&before.name)
    }
}

impl Draft {
    /// Most lines of one order: its card still fits one message.
    pub const MAX_LINES: usize = 20;
    /// Longest note, in characters as Telegram counts them ([`crate::domain::typed::length`]).
    pub const MAX_NOTE: usize = 300;

    pub fn new(id: DraftId) -> Draft {
        Draft { id, revision: 0, lines: Vec::new(), note: None }
    }

    /// The line of a product.
    pub fn line(&self, sku: &Sku) -> Option<&DraftLine> {
        self.lines.iter().find(|line| line.sku == *sku)
    }

    /// Sets the quantity of a product, at its price now.
    ///
    /// The other lines must be at the prices of the same catalogue ([`Draft::reprice`]).
    pub fn put(&mut self, product: &Product, quantity: u32) -> Result<(), CannotPut> {
        self.put_line(product, quantity, None)
    }

    /// Sets the quantity of a product, at its price now, for a customer who knows another price for it.
    pub fn put_again(&mut self, product: &Product, quantity: u32, known: Money) -> Result<(), CannotPut> {
        self.put_line(product, quantity, Some(known))
    }

    fn put_line(&mut self, product: &Product, quantity: u32, known: Option<Money>) -> Result<(), CannotPut> {
        let price = product.price(quantity).map_err(|NotSold| CannotPut::NotSold)?;
        let old_price = known.filter(|known| *known != price);
        let line = DraftLine { sku: product.sku.clone(), name: product.name.clone(), quantity, price, old_price };
        let mut lines = self.lines.clone();
        let is_full = lines.len() >= Self::MAX_LINES;
        match lines.iter_mut().find(|existing| existing.sku == line.sku) {
            Some(existing) if *existing == line => return Ok(()),
            Some(existing) => *existing = line,
            None if is_full => return Err(CannotPut::TooManyLines),
            None => lines.push(line),
        }
        Money::sum(lines.iter().map(|line| line.price), price.currency()).map_err(|_| CannotPut::TooExpensive)?;
        self.lines = lines;
        self.touch();
        Ok(())
    }

    /// Takes a product out.
    pub fn remove(&mut self, sku: &Sku) {
        let before = self.lines.len();
        self.lines.retain(|line| line.sku != *sku);
        if self.lines.len() != before {
            self.touch();
        }
    }

    /// Sets or takes away the note.
    pub fn set_note(&mut self, note: Option<String>) {
        if self.note != note {
            self.note = note;
            self.touch();
        }
    }

    pub fn keys(&self) -> u64 {
        self.lines.iter().map(|line| u64::from(line.quantity)).sum()
    }

    /// What the lines cost together; `catalogue` gives the currency of an empty draft.
    pub fn total(&self, catalogue: &Catalogue) -> Result<Money, MoneyError> {
        Money::sum(self.lines.iter().map(|line| line.price), catalogue.currency)
    }

    /// Brings every line to the names and prices of `catalogue`, remembering the price that was seen before.
    pub fn reprice(&mut self, catalogue: &Catalogue) -> Repriced {
        let before = self.lines.clone();
        self.lines.retain_mut(|line| line.follow(catalogue).is_some());
        if self.total(catalogue).is_err() {
            self.lines.clear();
        }
        let all_are_there = self.lines.len() == before.len();
        if all_are_there && self.lines.iter().zip(&before).all(|(line, before)| line.reads_like(before)) {
            return Repriced::Same;
        }
        self.touch();
        if !all_are_there {
            return Repriced::Gone;
        }
        let price_is_same = |(now, before): (&DraftLine, &DraftLine)| now.price == before.price;
        if self.lines.iter().zip(&before).all(price_is_same) { Repriced::Names } else { Repriced::Prices }
    }

    fn touch(&mut self) {
        self.revision = self.revision.wrapping_add(1);
    }
}
