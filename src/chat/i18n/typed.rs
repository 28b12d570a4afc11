//! What people call things as they type them, in any of the languages.

use super::locale::Locale;
use super::value::Value;
use crate::domain::{Currency, Language, OrderWords, Vocabulary};

/// Currencies that languages here have words for.
const NAMED: [&str; 15] =
    ["RUB", "BYN", "KZT", "UAH", "USD", "EUR", "GBP", "CNY", "KGS", "UZS", "AMD", "AZN", "GEL", "TRY", "PLN"];

/// The words beside sums and days.
pub fn vocabulary() -> Vocabulary {
    let currencies = NAMED.iter().filter_map(|code| {
        let currency = Currency::parse(code)?;
        Some((currency, words("typed-currency", &[("currency", currency.code().into())])))
    });
    let months = (1..=12).map(|month: u32| (month, words("typed-month", &[("month", u64::from(month).into())])));
    Vocabulary::new(currencies.collect(), words("typed-day", &[])).with_months(months.collect())
}

/// The words of typed orders and of the tables that they are pasted from.
pub fn order_words() -> OrderWords {
    OrderWords {
        units: words("typed-units", &[]),
        headings: words("typed-headings", &[]),
        totals: words("typed-totals", &[]),
    }
}

fn words(key: &str, variables: &[(&str, Value)]) -> Vec<String> {
    let said = Language::all().iter().map(|language| Locale::built_in(*language).say(key, variables));
    said.flat_map(|words| words.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>()).collect()
}
