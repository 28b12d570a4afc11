//! The draft of an order: what the customer chose so far, at the prices they saw.

use serde::{Deserialize, Serialize};

use super::catalogue::Catalogue;
use super::ids::{DraftId, Sku};
use super::money::{Money, MoneyError};

/// One chosen product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftLine {
    /// The product.
    pub sku: Sku,
    /// Number of keys.
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

/// Why a line was not put into the draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CannotPut {
    /// The draft has [`Draft::MAX_LINES`] lines.
    TooManyLines,
    /// The total would exceed [`Money::MAX_MINOR`].
    TooExpensive,
}

/// What the price list did to a draft since its lines were chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Repriced {
    /// Nothing.
    Same,
    /// Some lines have a new price.
    Prices,
    /// Some lines are not sold any more and were taken out.
    Gone,
}

impl Draft {
    /// Most lines of one order: its card still fits one message.
    pub const MAX_LINES: usize = 20;
    /// Longest note, in characters.
    pub const MAX_NOTE: usize = 300;

    /// An empty draft.
    pub fn new(id: DraftId) -> Draft {
        Draft { id, revision: 0, lines: Vec::new(), note: None }
    }

    /// The line of a product.
    pub fn line(&self, sku: &Sku) -> Option<&DraftLine> {
        self.lines.iter().find(|line| line.sku == *sku)
    }

    /// Sets the quantity of a product at the price that was shown for it.
    pub fn put(&mut self, sku: &Sku, quantity: u32, price: Money) -> Result<(), CannotPut> {
        let line = DraftLine { sku: sku.clone(), quantity, price, old_price: None };
        let mut lines = self.lines.clone();
        let is_full = lines.len() >= Self::MAX_LINES;
        match lines.iter_mut().find(|line| line.sku == *sku) {
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

    /// Number of keys.
    pub fn keys(&self) -> u64 {
        self.lines.iter().map(|line| u64::from(line.quantity)).sum()
    }

    /// What the lines cost together; `catalogue` gives the currency of an empty draft.
    pub fn total(&self, catalogue: &Catalogue) -> Result<Money, MoneyError> {
        Money::sum(self.lines.iter().map(|line| line.price), catalogue.currency)
    }

    /// Brings every line to the prices of `catalogue`, remembering the price that was seen before.
    pub fn reprice(&mut self, catalogue: &Catalogue) -> Repriced {
        let before = self.lines.clone();
        self.lines.retain_mut(|line| {
            let price = catalogue.product(&line.sku).and_then(|product| product.price(line.quantity).ok());
            if let Some(price) = price.filter(|price| *price != line.price) {
                line.old_price = Some(line.old_price.unwrap_or(line.price)).filter(|old| *old != price);
                line.price = price;
            }
            price.is_some()
        });
        if self.total(catalogue).is_err() {
            self.lines.clear();
        }
        if self.lines == before {
            return Repriced::Same;
        }
        self.touch();
        if self.lines.len() < before.len() { Repriced::Gone } else { Repriced::Prices }
    }

    fn touch(&mut self) {
        self.revision = self.revision.wrapping_add(1);
    }
}
