//! What is wrong with a price list that an admin sent, and the remedy.

use crate::chat::i18n::{Texts, Value};
use crate::domain::money::MoneyError;
use crate::domain::typed::clean_line;
use crate::domain::{Catalogue, CatalogueFault, CataloguePlace, CatalogueProblem, Currency, Language, SerialPattern};

/// Characters that are left to what the file says.
const WORDS: usize = 200;

/// The fault in one sentence.
pub fn sentence(fault: &CatalogueFault, texts: &Texts) -> String {
    let problem = match (&fault.place, &fault.problem) {
        (CataloguePlace::Sheet { .. } | CataloguePlace::Cell { .. }, of_sheet) => problem_of_sheet(of_sheet, texts),
        (_, of_text) => problem(of_text, texts),
    };
    let parts = [("place", place(&fault.place, texts).into()), ("problem", problem.into())];
    texts.say_with("catalogue-fault", &parts)
}

fn place(place: &CataloguePlace, texts: &Texts) -> String {
    let number = |number: usize| number.to_string().into();
    // Where the text is known to stand, its line comes first: that is what an editor goes to.
    let at_line = |line: &Option<usize>, place: String| match line {
        Some(line) => texts.say_with("catalogue-at-line", &[("line", number(*line)), ("place", place.into())]),
        None => place,
    };
    let called = |id: &str| match id {
        "" => String::new(),
        id => texts.say_with("catalogue-sku", &[("sku", id.into())]),
    };
    match place {
        CataloguePlace::Text { line, column } => {
            texts.say_with("catalogue-at-text", &[("line", number(*line)), ("column", number(*column))])
        }
        CataloguePlace::File { key, line } => {
            at_line(line, texts.say_with("catalogue-at-file", &[("key", key.as_str().into())]))
        }
        CataloguePlace::Group { number: which, id, key, line } => {
            let variables = [("number", number(*which)), ("called", called(id).into()), ("key", key.as_str().into())];
            at_line(line, texts.say_with("catalogue-at-group", &variables))
        }
        CataloguePlace::Product { number: which, sku, key, line } => {
            let variables = [("number", number(*which)), ("called", called(sku).into()), ("key", key.as_str().into())];
            at_line(line, texts.say_with("catalogue-at-product", &variables))
        }
        CataloguePlace::Sheet { sheet } => texts.say_with("catalogue-at-sheet", &[("sheet", sheet.as_str().into())]),
        CataloguePlace::Cell { sheet, cell } => {
            texts.say_with("catalogue-at-cell", &[("sheet", sheet.as_str().into()), ("cell", cell.as_str().into())])
        }
    }
}

/// What the parser of TOML says, in the reader's language: it has words for programmers, and in English.
fn syntax(words: &str, texts: &Texts) -> String {
    let says = |phrases: &[&str]| phrases.iter().any(|phrase| words.contains(phrase));
    texts.say(if says(&["must be quoted"]) {
        "catalogue-syntax-quotes"
    } else if says(&["duplicate key"]) {
        "catalogue-syntax-twice"
    } else if says(&["unclosed", "basic string", "literal string", "quote"]) {
        "catalogue-syntax-open"
    } else if says(&["comma"]) {
        "catalogue-syntax-comma"
    } else if says(&["key with no value", "missing value", "assignment", "`=`"]) {
        "catalogue-syntax-value"
    } else {
        "catalogue-syntax"
    })
}

/// A workbook has rows and cells where a text has sections and quotes.
fn problem_of_sheet(of_sheet: &CatalogueProblem, texts: &Texts) -> String {
    let written = |key: &str, text: &str| texts.say_with(key, &[("text", clean_line(text, WORDS).into())]);
    match of_sheet {
        CatalogueProblem::NoProducts => texts.say("catalogue-no-rows"),
        CatalogueProblem::NotAPrice(text)
        | CatalogueProblem::Price { text, error: MoneyError::Negative | MoneyError::Mixed, .. } => {
            written("catalogue-not-an-amount", text)
        }
        CatalogueProblem::UnknownGroup(heading) => written("catalogue-unknown-group-in-sheet", heading),
        other => problem(other, texts),
    }
}

pub(super) fn problem(problem: &CatalogueProblem, texts: &Texts) -> String {
    let limit = |key: &str, limit: usize| texts.say_with(key, &[("limit", (limit as u64).into())]);
    let quantity = |key: &str, quantity: u32| texts.say_with(key, &[("quantity", u64::from(quantity).into())]);
    let text = |key: &str, text: &str| texts.say_with(key, &[("text", clean_line(text, WORDS).into())]);
    match problem {
        CatalogueProblem::Syntax(words) => syntax(words, texts),
        CatalogueProblem::SingleBrackets(section) => text("catalogue-single-brackets", section),
        CatalogueProblem::Unquoted(written) => text("catalogue-unquoted", written),
        CatalogueProblem::NotAQuantity(written) => text("catalogue-not-a-quantity", written),
        CatalogueProblem::NotATable => texts.say("catalogue-not-a-table"),
        CatalogueProblem::NotAList => texts.say("catalogue-not-a-list"),
        CatalogueProblem::Missing => texts.say("catalogue-missing"),
        CatalogueProblem::UnknownKey(keys) => text("catalogue-unknown-key", keys),
        CatalogueProblem::UnknownGroup(heading) => text("catalogue-unknown-group", heading),
        CatalogueProblem::EmptyCell => texts.say("catalogue-empty-cell"),
        CatalogueProblem::DateCell => texts.say("catalogue-date-cell"),
        CatalogueProblem::ErrorCell(error) => text("catalogue-error-cell", error),
        CatalogueProblem::UncomputedCell => texts.say("catalogue-uncomputed-cell"),
        CatalogueProblem::NotAnAmount(written) => text("catalogue-not-an-amount", written),
        CatalogueProblem::NotASale(written) => {
            let written = ("text", clean_line(written, WORDS).into());
            let package = ("package", texts.say("price-book-package").into());
            let single = ("single", texts.say("price-book-single").into());
            texts.say_with("catalogue-not-a-sale", &[written, package, single])
        }
        CatalogueProblem::DiffersFromRow(row) => quantity("catalogue-differs", *row),
        CatalogueProblem::NoColumn(heading) => text("catalogue-no-column", heading),
        CatalogueProblem::ColumnTwice => texts.say("catalogue-column-twice"),
        CatalogueProblem::OtherCurrency(currency) => text("catalogue-other-currency", currency.code()),
        CatalogueProblem::TooManyRows(most) => limit("catalogue-too-many-rows", *most),
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
        CatalogueProblem::NotAPrice(written) => text("catalogue-not-a-price", written),
        CatalogueProblem::NotAPattern(_) => texts.say("catalogue-not-a-pattern"),
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
