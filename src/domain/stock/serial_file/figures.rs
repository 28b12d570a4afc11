//! Columns that stand beside serial numbers in every table: dates, sums, telephone numbers, counts.

use std::ops::Range;

use super::words::{self, currencies};

/// Fewer digits are a count, a sum or a number in a list; nobody protects anything with five.
const FEWEST_DIGITS: usize = 6;

/// Whether a text can be told to be one of them by itself.
pub fn are_figures(text: &str) -> bool {
    let few_digits = is_digits(text) && text.len() < FEWEST_DIGITS;
    few_digits || is_moment(text) || is_sum(text) || is_telephone(text)
}

/// Whether texts of digits are so many days, or count up from one, or are numbers of telephones.
pub(super) fn is_column_of_figures(texts: &[&str]) -> bool {
    let all = |test: &dyn Fn(&str) -> bool| !texts.is_empty() && texts.iter().all(|text| test(text));
    let counts_up = || {
        let is_next = |(index, text): (usize, &&str)| {
            is_digits(text) && text.parse::<u64>().is_ok_and(|number| number == index as u64 + 1)
        };
        texts.len() > 1 && texts.iter().enumerate().all(is_next)
    };
    // With the country before it, or without: then a chance is less improbable.
    let is_russian = |text: &str| is_digits(text) && text.len() == 11 && text.starts_with(['7', '8']);
    let is_mobile = |text: &str| is_digits(text) && text.len() == 10 && text.starts_with('9');
    all(&is_day_of_digits)
        || counts_up()
        || all(&|text| is_russian(text) && text.get(1..2) == Some("9"))
        || (texts.len() > 2 && all(&is_mobile))
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// A number of at most so many digits.
fn number(text: &str, digits: usize) -> Option<u32> {
    (is_digits(text) && text.len() <= digits).then(|| text.parse().ok())?
}

fn is_month(text: &str) -> bool {
    matches!(number(text, 2), Some(1..=12)) || words::is_month(text)
}

fn is_day(text: &str) -> bool {
    matches!(number(text, 2), Some(1..=31))
}

fn is_year(text: &str) -> bool {
    (text.len() == 4 && matches!(number(text, 4), Some(1900..=2099))) || (text.len() == 2 && is_digits(text))
}

/// A date in any order, a time, or both as programs write them.
fn is_moment(text: &str) -> bool {
    let (date, time) = text.split_once(['T', 't']).map_or((text, None), |(date, time)| (date, Some(time)));
    match time {
        Some(time) => is_date(date) && time.starts_with(|c: char| c.is_ascii_digit()),
        None => is_date(text) || is_time(text),
    }
}

fn is_date(text: &str) -> bool {
    ['.', '-', '/'].into_iter().any(|between| {
        let parts: Vec<&str> = text.split(between).collect();
        match <[&str; 3]>::try_from(parts) {
            Ok([one, two, three]) => {
                (is_day(one) && is_month(two) && is_year(three))
                    || (is_month(one) && is_day(two) && is_year(three))
                    || (one.len() == 4 && is_year(one) && is_month(two) && is_day(three))
            }
            Err(_) => false,
        }
    })
}

fn is_time(text: &str) -> bool {
    let parts: Vec<_> = text.split(':').map(|part| number(part, 2).filter(|number| *number < 60)).collect();
    matches!(parts.as_slice(), [Some(..24), Some(_)] | [Some(..24), Some(_), Some(_)])
}

/// `20261129` or `29112026`.
fn is_day_of_digits(text: &str) -> bool {
    let is = |year: Range<usize>, month: Range<usize>, day: Range<usize>| {
        let part = |range: Range<usize>| text.get(range).unwrap_or_default();
        is_year(part(year)) && is_month(part(month)) && is_day(part(day))
    };
    text.len() == 8 && is_digits(text) && (is(0..4, 4..6, 6..8) || is(4..8, 2..4, 0..2))
}

/// Digits with decimals, or with a currency or a per cent sign beside them.
fn is_sum(text: &str) -> bool {
    let is_sign = |c: char| matches!(c, '$' | '€' | '£' | '₽' | '¥' | '₴' | '₸' | '%');
    let small = text.to_lowercase();
    let plain = small.trim_matches(is_sign);
    let bare = currencies()
        .find_map(|name| plain.strip_suffix(name).or_else(|| plain.strip_prefix(name)))
        .unwrap_or(plain)
        .trim_matches(is_sign);
    let is_amount = bare.starts_with(|c: char| c.is_ascii_digit())
        && bare.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '\''));
    let has_decimals = bare
        .rsplit_once(['.', ','])
        .is_some_and(|(whole, decimals)| !whole.is_empty() && matches!(decimals.len(), 1 | 2) && is_digits(decimals));
    is_amount && (has_decimals || bare.len() < small.len())
}

/// In the form of an address book: a plus, or groups of the lengths in use.
fn is_telephone(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let is_dialled = text.chars().all(|c| c.is_ascii_digit() || matches!(c, '+' | '-' | '.' | '(' | ')'));
    if !is_dialled || !(7..=15).contains(&digits) {
        return false;
    }
    let groups: Vec<usize> =
        text.split(|c: char| !c.is_ascii_digit()).map(str::len).filter(|length| *length > 0).collect();
    let is_grouped = matches!(groups.as_slice(), [3, 3, 2, 2] | [1, 3, 3, 2, 2] | [3, 3, 4] | [1, 3, 3, 4] | [3, 2, 2]);
    text.starts_with('+') || text.contains('(') || is_grouped
}
