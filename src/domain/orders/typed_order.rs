//! Orders that somebody types or pastes: products with their quantities, in a line or as the rows of a table.
//!
//! A product is called by its SKU or its name in any language, or by a beginning that only one product has. Its quantity
//! stands before or behind it, perhaps with a unit: `50`, `50 шт.`, `x50`, `1 000 pcs`. What divides lines and columns
//! (line breaks, tabs, semicolons, commas) may be missing, and names may hold commas and numbers of their own; a text is
//! taken only if it can be read in one way. A product that stands there twice is wanted twice.

mod grammar;
mod lines;
mod products;
mod tokens;

use grammar::Row;
pub use lines::{NotUnderstood, OrderWords, TypedFault, TypedLine};
use products::Names;
use tokens::tokens;

use crate::domain::catalogue::price_list::Catalogue;
use crate::domain::typed::{clean_line, visible, whole_number_however_large};

/// Characters of a line that are shown again: a phone has room for them in two or three lines.
const SHOWN: usize = 80;

/// Reads an order; a text without words orders nothing. Each product stands in the result once.
pub fn read(text: &str, catalogue: &Catalogue, words: &OrderWords) -> Result<Vec<TypedLine>, TypedFault> {
    let (text, names) = (visible(text), Names::of(catalogue));
    let is_one_row = text.lines().filter(|row| !row.trim().is_empty()).count() == 1;
    // Each product with where it was written last.
    let mut wanted: Vec<(TypedLine, String)> = Vec::new();
    for row in text.lines() {
        let tokens = tokens(row);
        let items = Row::new(&tokens, catalogue, &names, words).read();
        let items = items.map_err(|(part, why)| {
            let is_all = is_one_row && part == (0..tokens.len());
            TypedFault { line: written(row, &tokens, part), why, is_all }
        })?;
        for (line, part) in items {
            let written = written(row, &tokens, part);
            match wanted.iter_mut().find(|(known, _)| known.sku == line.sku) {
                // More than there are numbers for is sold of nothing.
                Some(known) => *known = (known.0.more(line.quantity), written),
                None => wanted.push((line, written)),
            }
        }
    }
    match wanted.iter().find(|(line, _)| !line.is_sold(catalogue)) {
        Some((line, written)) => {
            let why = NotUnderstood::NotSold(line.sku.clone(), line.quantity);
            Err(TypedFault { line: written.clone(), why, is_all: false })
        }
        None => Ok(wanted.into_iter().map(|(line, _)| line).collect()),
    }
}

/// A quantity alone, perhaps with its unit: `50`, `50 шт.`, `x50`; one with too many digits is the largest number.
pub fn quantity(text: &str, words: &OrderWords) -> Option<u32> {
    let text = visible(text);
    whole_number_however_large(&text).or_else(|| {
        let tokens = tokens(&text);
        let found = grammar::quantities_at(&tokens, 0, words);
        found.into_iter().find(|(_, end)| *end == tokens.len()).map(|(quantity, _)| quantity)
    })
}

/// How a stretch of a row was written.
fn written(row: &str, tokens: &[tokens::Token], part: std::ops::Range<usize>) -> String {
    let part = tokens.get(part).unwrap_or_default();
    let stretch = match (part.first(), part.last()) {
        (Some(first), Some(last)) => row.get(first.begin..last.end).unwrap_or_default(),
        _ => row,
    };
    clean_line(stretch, SHOWN)
}
