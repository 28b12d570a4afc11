//! What is wrong with a catalogue file: where, and the remedy. The sentences here are for the command line; the bot
//! says the same in its reader's language.

use serde::{Deserialize, Serialize};

use crate::domain::catalogue::price_list::Catalogue;
use crate::domain::fault::Fault;
use crate::domain::language::Language;
use crate::domain::money::{Currency, MoneyError};
use crate::domain::stock::serial_pattern::SerialPattern;

/// Faults that are kept of one file: nobody reads so many, and each costs memory.
pub(super) const MOST_FAULTS: usize = 1_000;

/// Takes a further fault, as long as there is room.
pub(super) fn keep(faults: &mut Vec<CatalogueFault>, fault: impl FnOnce() -> CatalogueFault) {
    if faults.len() < MOST_FAULTS {
        faults.push(fault());
    }
}

/// One fault of a catalogue file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{place}: {problem}")]
pub struct CatalogueFault {
    pub place: CataloguePlace,
    pub problem: CatalogueProblem,
}

/// Where in a catalogue file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum CataloguePlace {
    /// A place in the text, both counted from 1.
    #[error("line {line}, column {column}")]
    Text {
        line: usize,
        /// The character in it.
        column: usize,
    },
    /// A key of the file as a whole.
    #[error("{}the file, key `{key}`", at_line(*line))]
    File {
        key: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        line: Option<usize>,
    },
    /// A key of a group.
    #[error("{}group {number}{}, key `{key}`", at_line(*line), called(id))]
    Group {
        /// Which one, counted from 1.
        number: usize,
        /// What the file calls it.
        id: String,
        key: String,
        /// Counted from 1.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        line: Option<usize>,
    },
    /// A key of a product.
    #[error("{}product {number}{}, key `{key}`", at_line(*line), called(sku))]
    Product {
        /// Which one, counted from 1.
        number: usize,
        /// What the file calls it.
        sku: String,
        key: String,
        /// Counted from 1.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        line: Option<usize>,
    },
    /// A sheet of a workbook as a whole.
    #[error("sheet `{sheet}`")]
    Sheet { sheet: String },
    /// A cell, as spreadsheets call it.
    #[error("sheet `{sheet}`, cell {cell}")]
    Cell { sheet: String, cell: String },
}

impl CataloguePlace {
    /// The line or the row that it is in, where there is one.
    pub(super) fn line(&self) -> Option<usize> {
        match self {
            CataloguePlace::Text { line, .. } => Some(*line),
            CataloguePlace::File { line, .. }
            | CataloguePlace::Group { line, .. }
            | CataloguePlace::Product { line, .. } => *line,
            CataloguePlace::Sheet { .. } => None,
            CataloguePlace::Cell { cell, .. } => {
                cell.trim_start_matches(|letter: char| letter.is_ascii_alphabetic()).parse().ok()
            }
        }
    }
}

fn at_line(line: Option<usize>) -> String {
    line.map(|line| format!("line {line}, ")).unwrap_or_default()
}

/// Nothing where the file does not say.
fn called(id: &str) -> String {
    if id.is_empty() { String::new() } else { format!(" (`{id}`)") }
}

/// What is wrong there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum CatalogueProblem {
    /// No TOML, or not of the form that is expected; the words are the parser's.
    #[error("{0}")]
    Syntax(String),
    /// One section where a list of them is meant: `product` or `group`.
    #[error("write [[{0}]] with two brackets, for each {0} of the list")]
    SingleBrackets(String),
    /// A number or something else where a text is expected, as it is written.
    #[error("`{0}` is not a text; put it in quotes, as in \"11000.00\"")]
    Unquoted(String),
    /// No whole number, as it is written.
    #[error("`{0}` is not a quantity; write a whole number without quotes")]
    NotAQuantity(String),
    #[error("is not a section; write it in braces, as in {{ quantity = 50, price = \"11000.00\" }}")]
    NotATable,
    #[error("is not a list; write it in brackets, as in [ {{ quantity = 50, price = \"11000.00\" }} ]")]
    NotAList,
    #[error("is missing; add it")]
    Missing,
    /// Nothing has this key; these it could be.
    #[error("is not known; the keys here are {0}")]
    UnknownKey(String),
    #[error("is empty; fill it in")]
    EmptyCell,
    /// Whatever was typed, a spreadsheet has made a date of it.
    #[error("is a date; format the cell as text and type the value again")]
    DateCell,
    /// Such as `#REF!`.
    #[error("has the error {0}; correct the formula or type the value")]
    ErrorCell(String),
    #[error("has a formula without a value; open the file in a spreadsheet program and save it again")]
    UncomputedCell,
    /// In a cell, as it is written.
    #[error("`{0}` is not a price; write a number")]
    NotAnAmount(String),
    /// No way of selling, as it is written.
    #[error("`{0}` is not a way of selling; write what the bot wrote there")]
    NotASale(String),
    /// This row, counted from 1, says something else of the same product.
    #[error("row {0} says something else about this product; make all of its rows agree")]
    DiffersFromRow(u32),
    /// No column of this name.
    #[error("there is no column `{0}`; add it, or start from the workbook that the bot sends")]
    NoColumn(String),
    #[error("has the same heading as another column; keep one of the two")]
    ColumnTwice,
    /// Prices in another currency than the shop's.
    #[error("the shop's prices are in {0}; correct the heading and the prices")]
    OtherCurrency(Currency),
    /// More rows than the largest price list has prices.
    #[error("has more than {0} rows that are filled; remove what is not needed")]
    TooManyRows(usize),
    /// A product's group that no section names.
    #[error("no [[group]] has this id, so its products appear under the heading {0}; add one or correct the id")]
    UnknownGroup(String),
    #[error("there is no product; add a [[product]] section")]
    NoProducts,
    /// More than [`Catalogue::MAX_PRODUCTS`].
    #[error("at most {} products are allowed", Catalogue::MAX_PRODUCTS)]
    TooManyProducts,
    /// No id as products and groups have them.
    #[error("use 1 to 32 characters of a-z 0-9 . _ -")]
    NotAnId,
    /// Another one has it.
    #[error("appears twice; give each its own")]
    IdTwice,
    /// A product without quantities.
    #[error("the product is sold in no quantity; give `packages` or `free_quantity`")]
    NotSold,
    /// No name that reads well.
    #[error("is empty or has line breaks, double spaces or invisible characters; write plain words")]
    NotAName,
    /// No name in the shop's own language.
    #[error("is missing; every name is needed in the shop's default language")]
    NoName,
    /// A name in a language that the bot does not speak.
    #[error("the bot does not speak this language; use {}", Language::codes())]
    UnknownLanguage,
    /// Longer than [`Catalogue::MAX_NAME`].
    #[error("is {0} characters long; at most {max} fit", max = Catalogue::MAX_NAME)]
    NameTooLong(u64),
    /// Longer than [`Catalogue::MAX_DESCRIPTION`].
    #[error("is {0} characters long; at most {max} fit", max = Catalogue::MAX_DESCRIPTION)]
    DescriptionTooLong(u64),
    /// No address of a page that an app opens without a warning.
    #[error("is not a web address; write a full one such as \"https://example.com/keys\"")]
    NotAnAddress,
    /// More than [`Catalogue::MAX_PACKAGES`].
    #[error("at most {} packages fit on the screen", Catalogue::MAX_PACKAGES)]
    TooManyPackages,
    /// More than [`Catalogue::MAX_TIERS`].
    #[error("at most {} tiers fit on the screen", Catalogue::MAX_TIERS)]
    TooManyTiers,
    /// Two packages of one quantity.
    #[error("appears twice; keep one price for each quantity")]
    QuantityTwice,
    /// Not from 1 to [`Catalogue::MAX_QUANTITY`].
    #[error("{0} is out of bounds; use 1 to {max}", max = Catalogue::MAX_QUANTITY)]
    OutOfBounds(u32),
    /// The largest quantity is below the smallest, which is this one.
    #[error("is below min; use at least {0}")]
    BelowMin(u32),
    /// A step of nothing.
    #[error("is 0; use 1 to allow every quantity")]
    NoStep,
    /// A tier begins at or below the one before it.
    #[error("tiers must be in ascending order; sort them by `from`")]
    TiersFall,
    /// The smallest quantity, this one, has no unit price.
    #[error("no unit price for {0}; let the first tier start at or below min")]
    NoPriceFor(u32),
    /// The largest quantity, this one, costs more than an amount can be.
    #[error("{0} keys at this price exceed the largest amount; lower max")]
    TooExpensive(u32),
    #[error("`{0}` is not a price; write digits and a point, as in \"11000.00\"")]
    NotAPrice(String),
    /// No regular expression; the words are the parser's.
    #[error("is not a regular expression ({0}); write one such as '[A-Z0-9]{{5}}(-[A-Z0-9]{{5}}){{4}}'")]
    NotAPattern(String),
    #[error("is too large; write at most {max} characters and small repetitions", max = SerialPattern::MAX_CHARS)]
    PatternTooLarge,
    /// A price that the currency has not.
    #[error("`{text}`: {error} in {currency}")]
    Price {
        /// As it is written.
        text: String,
        /// What is wrong with it.
        error: MoneyError,
        currency: Currency,
    },
}

impl CatalogueProblem {
    /// Whether something seems not to be there.
    pub(super) fn is_absence(&self) -> bool {
        matches!(
            self,
            CatalogueProblem::Missing
                | CatalogueProblem::NoProducts
                | CatalogueProblem::NoName
                | CatalogueProblem::NotSold
                | CatalogueProblem::NoPriceFor(_)
        )
    }
}

impl From<CatalogueFault> for Fault {
    fn from(fault: CatalogueFault) -> Fault {
        Fault { place: fault.place.to_string(), problem: fault.problem.to_string() }
    }
}
