//! What is wrong with a price list that an admin sent, and the remedy.

use crate::chat::i18n::{Texts, Value};
use crate::domain::money::MoneyError;
use crate::domain::typed::clean_line;
use crate::domain::{Catalogue, CatalogueFault, CataloguePlace, CatalogueProblem, Currency, Language, SerialPattern};

/// Characters that are left to the parser's own words.
const WORDS: usize = 200;

/// The fault in one sentence.
pub fn sentence(fault: &CatalogueFault, texts: &Texts) -> String {
    let parts = [("place", place(&fault.place, texts).into()), ("problem", problem(&fault.problem, texts).into())];
    texts.say_with("catalogue-fault", &parts)
}

fn place(place: &CataloguePlace, texts: &Texts) -> String {
    let number = |number: usize| number.to_string().into();
    match place {
        CataloguePlace::Text { line, column } => {
            texts.say_with("catalogue-at-text", &[("line", number(*line)), ("column", number(*column))])
        }
        CataloguePlace::File { key } => texts.say_with("catalogue-at-file", &[("key", key.as_str().into())]),
        CataloguePlace::Group { number: which, id, key } => {
            let variables = [("number", number(*which)), ("id", id.as_str().into()), ("key", key.as_str().into())];
            texts.say_with("catalogue-at-group", &variables)
        }
        CataloguePlace::Product { number: which, sku, key } => {
            let variables = [("number", number(*which)), ("sku", sku.as_str().into()), ("key", key.as_str().into())];
            texts.say_with("catalogue-at-product", &variables)
        }
    }
}

fn problem(problem: &CatalogueProblem, texts: &Texts) -> String {
    let limit = |key: &str, limit: usize| texts.say_with(key, &[("limit", (limit as u64).into())]);
    let quantity = |key: &str, quantity: u32| texts.say_with(key, &[("quantity", u64::from(quantity).into())]);
    let words = |key: &str, words: &str| texts.say_with(key, &[("words", clean_line(words, WORDS).into())]);
    match problem {
        CatalogueProblem::Syntax(message) => words("catalogue-syntax", message),
        CatalogueProblem::Unquoted(message) => words("catalogue-unquoted", message),
        CatalogueProblem::NoProducts => texts.say("catalogue-no-products"),
        CatalogueProblem::TooManyProducts => limit("catalogue-too-many-products", Catalogue::MAX_PRODUCTS),
        CatalogueProblem::NotAnId => texts.say("catalogue-not-an-id"),
        CatalogueProblem::IdTwice => texts.say("catalogue-id-twice"),
        CatalogueProblem::NotSold => texts.say("catalogue-not-sold"),
        CatalogueProblem::NotAName => texts.say("catalogue-not-a-name"),
        CatalogueProblem::NoName => texts.say("catalogue-no-name"),
        CatalogueProblem::UnknownLanguage => {
            texts.say_with("catalogue-unknown-language", &[("languages", Language::codes().into())])
        }
        CatalogueProblem::NameTooLong(count) => {
            let limit = ("limit", (Catalogue::MAX_NAME as u64).into());
            texts.say_with("catalogue-name-too-long", &[("count", (*count).into()), limit])
        }
        CatalogueProblem::DescriptionTooLong(count) => {
            let limit = ("limit", (Catalogue::MAX_DESCRIPTION as u64).into());
            texts.say_with("catalogue-name-too-long", &[("count", (*count).into()), limit])
        }
        CatalogueProblem::NotAnAddress => texts.say("catalogue-not-an-address"),
        CatalogueProblem::TooManyPackages => limit("catalogue-too-many-packages", Catalogue::MAX_PACKAGES),
        CatalogueProblem::TooManyTiers => limit("catalogue-too-many-tiers", Catalogue::MAX_TIERS),
        CatalogueProblem::QuantityTwice => texts.say("catalogue-quantity-twice"),
        CatalogueProblem::OutOfBounds(number) => {
            let limit = ("limit", u64::from(Catalogue::MAX_QUANTITY).into());
            texts.say_with("catalogue-out-of-bounds", &[("quantity", u64::from(*number).into()), limit])
        }
        CatalogueProblem::BelowMin(min) => quantity("catalogue-below-min", *min),
        CatalogueProblem::NoStep => texts.say("catalogue-no-step"),
        CatalogueProblem::TiersFall => texts.say("catalogue-tiers-fall"),
        CatalogueProblem::NoPriceFor(min) => quantity("catalogue-no-price-for", *min),
        CatalogueProblem::TooExpensive(max) => quantity("catalogue-too-expensive", *max),
        CatalogueProblem::NotAPrice(text) => texts.say_with("catalogue-not-a-price", &[("text", text.as_str().into())]),
        CatalogueProblem::NotAPattern(message) => words("catalogue-not-a-pattern", message),
        CatalogueProblem::PatternTooLarge => limit("catalogue-pattern-too-large", SerialPattern::MAX_CHARS),
        CatalogueProblem::Price { text, error, currency } => price(text, *error, *currency, texts),
    }
}

fn price(text: &str, error: MoneyError, currency: Currency, texts: &Texts) -> String {
    let text: (&str, Value) = ("text", text.into());
    match error {
        MoneyError::TooPrecise(digits) => {
            let limit = [text, ("limit", u64::from(digits).into()), ("currency", currency.code().into())];
            texts.say_with("catalogue-price-too-precise", &limit)
        }
        MoneyError::TooLarge => texts.say_with("catalogue-price-too-large", &[text]),
        MoneyError::Negative | MoneyError::Mixed => texts.say_with("catalogue-not-a-price", &[text]),
    }
}
