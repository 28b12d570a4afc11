//! What comes of reading a typed order.

use serde::{Deserialize, Serialize};

use crate::domain::catalogue::price_list::Catalogue;
use crate::domain::ids::Sku;

/// Words that people write beside quantities and around tables, in small letters. They are a language's, so the chat brings
/// them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OrderWords {
    /// What a quantity counts: pieces, keys.
    pub units: Vec<String>,
    /// What columns are called.
    pub headings: Vec<String>,
    /// What the row of the sums begins with.
    pub totals: Vec<String>,
}

/// A product with the quantity that is wanted of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TypedLine {
    pub sku: Sku,
    pub quantity: u32,
}

/// The part of a text that was not understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TypedFault {
    /// As it was written.
    pub line: String,
    pub why: NotUnderstood,
    /// Whether nothing else was written.
    pub is_all: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NotUnderstood {
    /// No product is called so; this one's name comes nearest.
    NoSuchProduct(Option<Sku>),
    /// Several names begin so.
    SeveralProducts(Vec<Sku>),
    /// A quantity stands alone.
    NoProduct,
    /// The product stands alone.
    NoQuantity(Sku),
    /// The product stands beside something that is no quantity.
    NotAQuantity(Sku),
    /// The product is not sold in this quantity, all that stands there of it taken together.
    NotSold(Sku, u32),
}

impl TypedLine {
    pub(super) fn is_sold(&self, catalogue: &Catalogue) -> bool {
        catalogue.product(&self.sku).is_some_and(|product| product.price(self.quantity).is_ok())
    }

    pub(super) fn more(&self, quantity: u32) -> TypedLine {
        TypedLine { sku: self.sku.clone(), quantity: self.quantity.saturating_add(quantity) }
    }
}
