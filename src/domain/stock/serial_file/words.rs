//! Words that stand above and below serial numbers.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::columns::Field;

/// What columns of serial numbers and of their products are called, and what stands below them, in many languages: written
/// small, without spaces, underscores, hyphens and full stops.
static WORDS: LazyLock<BTreeSet<&str>> = LazyLock::new(|| listed(include_str!("words.txt")).collect());

/// What people write behind a serial number.
static STATUS: LazyLock<BTreeSet<&str>> = LazyLock::new(|| listed(include_str!("status_words.txt")).collect());

/// Months as spreadsheets shorten them.
static MONTHS: LazyLock<BTreeSet<&str>> = LazyLock::new(|| listed(include_str!("months.txt")).collect());

fn listed(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().filter(|line| !line.starts_with('#'))
}

/// What stands before or behind a sum.
pub(super) fn currencies() -> impl Iterator<Item = &'static str> {
    listed(include_str!("currencies.txt"))
}

pub(super) fn is_month(text: &str) -> bool {
    MONTHS.contains(text.to_lowercase().as_str())
}

/// Whether a text is one of the words, in whatever case and with whatever between its parts.
pub(super) fn is_known(text: &str) -> bool {
    // Most serial numbers have a digit, and no word has, but where a spreadsheet counts its columns and sheets.
    let text = match text.trim_end_matches(|c: char| c.is_ascii_digit()) {
        stem if text.len() - stem.len() <= 2 && stem.chars().any(char::is_lowercase) => stem,
        _ => text,
    };
    if text.chars().any(|c| c.is_ascii_digit()) {
        return false;
    }
    let plain: String = text
        .chars()
        .filter(|c| !matches!(c, ' ' | '\u{a0}' | '_' | '-' | '.' | ':' | '№' | '#' | '\'' | '’'))
        .flat_map(char::to_lowercase)
        .collect();
    WORDS.contains(plain.as_str()) || matches!(text, "№" | "#")
}

/// Whether a part of a text remarks on the rest of it.
pub(super) fn is_remark(part: &str) -> bool {
    STATUS.contains(part.to_lowercase().as_str())
}

/// Whether the letters of a line can be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Letters {
    Known,
    OfAnotherEncoding,
}

/// Whether a first line can only be a heading: a column has a known word or several words, and none a number.
pub(super) fn is_heading(fields: &[Field], letters: Letters) -> bool {
    let has_number = |text: &str| text.chars().any(|c| c.is_numeric() || c.is_control());
    let is_word = |text: &str| {
        let is_several = text.contains(' ') && text.chars().any(char::is_alphabetic);
        // Nobody could sell it in that form.
        let is_foreign =
            letters == Letters::OfAnotherEncoding && !text.is_ascii() && !text.chars().any(|c| c.is_ascii_alphabetic());
        is_known(text) || is_several || is_foreign
    };
    fields.iter().any(|field| is_word(&field.text)) && !fields.iter().any(|field| has_number(&field.text))
}
