//! What is wrong with a catalogue file: where, and the remedy. The sentences here are for the command line; the bot
//! says the same in its reader's language.

use serde::{Deserialize, Serialize};

use crate::domain::catalogue::price_list::Catalogue;
use crate::domain::fault::Fault;
use crate::domain::language::Language;
use crate::domain::money::{Currency, MoneyError};
use crate::domain::stock::serial_pattern::SerialPattern;

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
    #[error("the file, key `{key}`")]
    File { key: String },
    /// A key of a group.
    #[error("group {number} (`{id}`), key `{key}`")]
    Group {
        /// Which one, counted from 1.
        number: usize,
        /// What the file calls it.
        id: String,
        key: String,
    },
    /// A key of a product.
    #[error("product {number} (`{sku}`), key `{key}`")]
    Product {
        /// Which one, counted from 1.
        number: usize,
        /// What the file calls it.
        sku: String,
        key: String,
    },
}

/// What is wrong there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum CatalogueProblem {
    /// No TOML, or not of the form that is expected; the words are the parser's.
    #[error("{0}")]
    Syntax(String),
    /// A number or something else where a text is expected; the words are the parser's.
    #[error("{0}; put it in quotes, as in \"11000.00\"")]
    Unquoted(String),
    #[error("there is no product; add a [[product]] section")]
    NoProducts,
    /// More than [`Catalogue::MAX_PRODUCTS`].
    #[error("at most {} products are allowed", Catalogue::MAX_PRODUCTS)]
    TooManyProducts,
    /// No id as products and groups have them.
    #[error("use 1 to 32 of a-z 0-9 . _ -")]
    NotAnId,
    /// Another one has it.
    #[error("stands twice; give each its own")]
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
    #[error("is no web address; write a full one such as \"https://example.com/keys\"")]
    NotAnAddress,
    /// More than [`Catalogue::MAX_PACKAGES`].
    #[error("at most {} packages fit the screen", Catalogue::MAX_PACKAGES)]
    TooManyPackages,
    /// More than [`Catalogue::MAX_TIERS`].
    #[error("at most {} tiers fit the screen", Catalogue::MAX_TIERS)]
    TooManyTiers,
    /// Two packages of one quantity.
    #[error("stands twice; keep one price for a quantity")]
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
    #[error("tiers must rise; sort them by `from`")]
    TiersFall,
    /// The smallest quantity, this one, has no unit price.
    #[error("no unit price for {0}; let the first tier begin at or below min")]
    NoPriceFor(u32),
    /// The largest quantity, this one, costs more than an amount can be.
    #[error("{0} keys at this price exceed the largest amount; lower max")]
    TooExpensive(u32),
    #[error("`{0}` is not a price; write digits and a point, as in \"11000.00\"")]
    NotAPrice(String),
    /// No regular expression; the words are the parser's.
    #[error("is no regular expression ({0}); write one such as '[A-Z0-9]{{5}}(-[A-Z0-9]{{5}}){{4}}'")]
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

impl From<CatalogueFault> for Fault {
    fn from(fault: CatalogueFault) -> Fault {
        Fault { place: fault.place.to_string(), problem: fault.problem.to_string() }
    }
}
