//! What people call things as they type them, in any of the languages.

use super::locale::Locale;
use crate::domain::{Currency, Language, OrderWords, Vocabulary};

/// Currencies that languages here have words for.
const NAMED: [&str; 15] =
    ["RUB", "BYN", "KZT", "UAH", "USD", "EUR", "GBP", "CNY", "KGS", "UZS", "AMD", "AZN", "GEL", "TRY", "PLN"];

/// The words beside sums and days.
pub fn vocabulary() -> Vocabulary {
    let currencies = NAMED.iter().filter_map(|code| {
        let currency = Currency::parse(code)?;
        Some((currency, words("typed-currency", Some(currency))))
    });
    Vocabulary::new(currencies.collect(), words("typed-day", None))
}

/// The words of typed orders and of the tables that they are pasted from.
pub fn order_words() -> OrderWords {
    OrderWords {
        units: words("typed-units", None),
        headings: words("typed-headings", None),
        totals: words("typed-totals", None),
    }
}

fn words(key: &str, currency: Option<Currency>) -> Vec<String> {
    let code = currency.map_or_else(String::new, |currency| currency.code().to_owned());
    let said = Language::all().iter().map(|language| {
        let locale = Locale::built_in(*language);
        locale.say(key, &[("currency", code.as_str().into())])
    });
    said.flat_map(|words| words.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>()).collect()
}
