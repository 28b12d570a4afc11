//! What people search for, and the form in which it is compared.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::domain::ids::{OrderNumber, PersonId};
use crate::domain::stock::serial_number::SerialNumber;
use crate::domain::typed::clean_line;

/// The Russian letter with two dots, and the one that people write in its place, in Unicode's Cyrillic block.
const IO: u32 = 0x451;
const IE: u32 = 0x435;

/// The quotes of Russian, English and German, and those of a keyboard.
const QUOTES: [char; 9] = ['"', '\'', '\u{ab}', '\u{bb}', '\u{2018}', '\u{2019}', '\u{201c}', '\u{201d}', '\u{201e}'];

/// A text to search orders by. `{:?}` does not show it, since it may be a serial number.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SearchText(String);

impl SearchText {
    /// The longest text, in characters: a serial number fits, and so does a name.
    pub const MAX_CHARS: usize = SerialNumber::MAX_CHARS;

    /// Orders of one search that are listed: nobody turns a hundred pages, and what more there is waits for a better text.
    pub const MOST_FOUND: u64 = 1_000;

    /// Accepts a text of visible characters.
    pub fn parse(text: &str) -> Option<SearchText> {
        let cleaned = clean_line(text, usize::MAX);
        let fits = !cleaned.is_empty() && cleaned.chars().count() <= SearchText::MAX_CHARS;
        fits.then_some(SearchText(cleaned))
    }

    /// The form that [`fold`] gives to what is searched.
    pub fn folded(&self) -> String {
        fold(&self.0)
    }

    /// The form that [`fold_company`] gives to companies; `None` if nothing is left of the text.
    pub fn folded_company(&self) -> Option<String> {
        Some(fold(&unquoted(&self.0))).filter(|folded| !folded.is_empty())
    }

    /// The order that the text names, if it is a number.
    pub fn order(&self) -> Option<OrderNumber> {
        OrderNumber::parse(self.0.trim_start_matches(['№', '#', ' ']))
    }

    /// The person that the text names, if it is an id.
    pub fn person(&self) -> Option<PersonId> {
        OrderNumber::parse(&self.0).map(|digits| PersonId(digits.0))
    }

    /// The serial number that the text may be.
    pub fn serial(&self) -> Option<SerialNumber> {
        SerialNumber::parse(&self.0).ok()
    }
}

impl fmt::Debug for SearchText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SearchText")
    }
}

/// A text in lower case on one line, with the one Russian letter that people leave the dots off written without them.
pub fn fold(text: &str) -> String {
    clean_line(text, usize::MAX).to_lowercase().chars().map(undotted).collect()
}

/// A small letter as people mostly write it.
pub(in crate::domain) fn undotted(c: char) -> char {
    if u32::from(c) == IO { char::from_u32(IE).unwrap_or(c) } else { c }
}

/// What a person is searched by: the name, and the username with its `@`.
pub fn fold_person(name: &str, username: Option<&str>) -> String {
    username.map_or_else(|| fold(name), |username| fold(&format!("{name} @{username}")))
}

/// What an account is searched by: the company's name, however it is quoted, and its tax number.
pub fn fold_company(company: &str, tax_number: &str) -> String {
    fold(&format!("{} {tax_number}", unquoted(company)))
}

/// People write a company's name in quotes of every kind, and mostly without.
fn unquoted(text: &str) -> String {
    text.replace(|c| QUOTES.contains(&c), "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_the_dots_of_one_letter_do_not_matter() {
        assert_eq!(fold("  ПЁТР\u{a0}\n Иванов "), "петр иванов");
        assert_eq!(fold_person("Anna", Some("ANNA_b")), "anna @anna_b");
    }

    #[test]
    fn quotes_of_a_firm_do_not_matter() {
        assert_eq!(fold_company("ООО «Ромашка»", "7707083893"), "ооо ромашка 7707083893");
        for typed in ["ООО \"Ромашка\"", "ооо “ромашка”", "ООО Ромашка", "ООО «Ромашка"]
        {
            assert_eq!(SearchText::parse(typed).unwrap().folded_company().as_deref(), Some("ооо ромашка"), "{typed}");
        }
        assert_eq!(SearchText::parse("\"»").unwrap().folded_company(), None);
    }

    #[test]
    fn a_text_is_what_it_looks_like() {
        let text = |text: &str| SearchText::parse(text).unwrap();
        assert_eq!(text("№449").order(), Some(OrderNumber(449)));
        assert_eq!(text("449").person(), Some(PersonId(449)));
        assert_eq!(text("№449").person(), None);
        assert_eq!(text("PO 77").serial(), None);
        assert_eq!(SearchText::parse(" \u{200b} "), None);
        assert_eq!(SearchText::parse(&"x".repeat(101)), None);
        assert!(!format!("{:?}", text("SP-SECRET")).contains("SECRET"));
    }
}
