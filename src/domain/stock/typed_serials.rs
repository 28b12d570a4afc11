//! Serial numbers that people type, alone or among words.

use crate::domain::stock::serial_file::is_figure;
use crate::domain::stock::serial_number::SerialNumber;

/// Short words are quantities and orders.
const FEWEST_CHARS: usize = 5;

/// The serial numbers of a text that is a list of them and nothing else; any other words are for somebody.
pub fn listed(text: &str) -> Option<Vec<SerialNumber>> {
    let serials: Option<Vec<SerialNumber>> = words(text).map(serial).collect();
    serials.filter(|serials| !serials.is_empty())
}

/// Whatever may be serial numbers in a text, also in quotation marks, behind a name and at the end of a sentence.
pub fn among_words(text: &str) -> Vec<SerialNumber> {
    let bare = |word: &'_ str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let named = |word: &'_ str| word.rsplit([':', '=']).next().map(bare).unwrap_or_default();
    let readings =
        words(text).filter(|word| !is_figure(word)).flat_map(|word| [word.to_owned(), bare(word), named(word)]);
    readings.filter_map(|word| serial(&word)).collect()
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';')).filter(|word| !word.is_empty())
}

/// A word that looks like a serial number.
fn serial(word: &str) -> Option<SerialNumber> {
    let has = |test: fn(char) -> bool| word.chars().any(test);
    let is_long = word.chars().count() >= FEWEST_CHARS && has(char::is_alphanumeric);
    let is_code = has(char::is_numeric) || (word.contains('-') && !has(char::is_lowercase));
    (is_long && is_code && !is_figure(word)).then(|| SerialNumber::parse(word).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_of_serial_numbers_is_nothing_else() {
        let count = |text: &str| listed(text).map(|serials| serials.len());
        assert_eq!(count("AB12-CD34"), Some(1));
        assert_eq!(count("AB12-CD34\nEF56-GH78, 00012345;ABCD-EFGH"), Some(4));
        for words in ["", "Спасибо", "Где заказ 44912345?", "449", "50", "Hello", "AB12-CD34 please", "15.04.2015"]
        {
            assert_eq!(count(words), None, "{words}");
        }
    }

    #[test]
    fn serial_numbers_are_found_among_words() {
        let found = |text: &str| {
            let found: Vec<String> = among_words(text).iter().map(|serial| serial.as_str().to_owned()).collect();
            found
        };
        for text in ["Ключ «AB12-CD34».", "(AB12-CD34), да?", "key=AB12-CD34!", "Ключ:AB12-CD34", "AB12-CD34"]
        {
            assert!(found(text).contains(&"AB12-CD34".to_owned()), "{text}");
        }
        assert!(found("{3F2504E0-4F89}").contains(&"{3F2504E0-4F89}".to_owned()));
        assert_eq!(found("До 15.04.2015, 50 шт. по заказу №449, +79001234567"), [""; 0]);
    }
}
