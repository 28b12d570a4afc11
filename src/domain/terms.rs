//! What somebody types to invoice an order: a sum, and perhaps the day until which it is to be paid. What is not understood
//! is told by its part.

use chrono::NaiveDate;

use crate::domain::money::{Currency, Money};
use crate::domain::typed::{amount, day, next_day};

/// Characters of a sum and a day with all that people write around them. A text may end its sum at every gap, and a message of
/// nothing but gaps would be read for a second.
const MOST_CHARS: usize = 200;

/// A sum and the day until which it is to be paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terms {
    pub amount: Money,
    pub due: Option<NaiveDate>,
}

/// The part that was not understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TermsFault {
    Sum,
    /// The sum stands beside the name of another currency.
    Currency,
    Day,
}

/// Words that people type beside sums and days, in small letters. They are a language's, so the chat brings them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Vocabulary {
    currencies: Vec<(Currency, Vec<String>)>,
    day: Vec<String>,
    /// The names of months, by their numbers.
    months: Vec<(u32, Vec<String>)>,
}

impl Vocabulary {
    /// The names of currencies beside their codes and signs, and what may stand around a day.
    pub fn new(currencies: Vec<(Currency, Vec<String>)>, day: Vec<String>) -> Vocabulary {
        Vocabulary { currencies, day, months: Vec::new() }
    }

    /// The names that months have beside their numbers.
    pub fn with_months(self, months: Vec<(u32, Vec<String>)>) -> Vocabulary {
        Vocabulary { months, ..self }
    }

    fn names(&self, currency: Currency) -> impl Iterator<Item = &str> {
        let of_it = self.currencies.iter().filter(move |(named, _)| *named == currency);
        of_it.flat_map(|(_, names)| names.iter().map(String::as_str))
    }

    fn names_of_others(&self, currency: Currency) -> impl Iterator<Item = &str> {
        let own: Vec<&str> = self.names(currency).collect();
        let all = self.currencies.iter().flat_map(|(_, names)| names.iter().map(String::as_str));
        all.filter(move |name| !own.contains(name))
    }

    fn sum(&self, text: &str, currency: Currency) -> Option<Money> {
        amount(text, currency)
            .or_else(|| self.names(currency).find_map(|name| amount(without_name(text, name)?, currency)))
    }

    /// Whether a text is a sum beside the name of another currency.
    fn is_foreign_sum(&self, text: &str, currency: Currency) -> bool {
        if self.sum(text, currency).is_some() {
            return false;
        }
        let is_sum = |bare: &str| amount(bare, currency).is_some();
        self.names_of_others(currency).any(|name| without_name(text, name).is_some_and(is_sum))
            || is_sum(text.trim_matches(is_currency_sign).trim())
            || is_sum(self.without_code(text))
    }

    /// A text without the three Latin letters of a code (ISO 4217) before or behind it.
    fn without_code<'t>(&self, text: &'t str) -> &'t str {
        let is_letter = |c: char| c.is_ascii_alphabetic();
        let text = text.trim();
        let (after, before) = (text.trim_start_matches(is_letter), text.trim_end_matches(is_letter));
        let is_code = |cut: &str| cut.len() == 3 && !self.is_around_day(cut) && self.month(cut).is_none();
        let (first, last) = (text.strip_suffix(after).unwrap_or(""), text.strip_prefix(before).unwrap_or(""));
        match (is_code(first), is_code(last)) {
            (true, false) => after.trim_start(),
            (false, true) => before.trim_end(),
            _ => text,
        }
    }

    fn day(&self, text: &str, today: NaiveDate) -> Option<NaiveDate> {
        let read_day = |text: &str| day(text).or_else(|| next_day(text, today));
        let words: Vec<&str> = text.split_whitespace().filter(|word| !self.is_around_day(word)).collect();
        match words.as_slice() {
            [word] => {
                let bare = || self.day.iter().find_map(|name| without_name(word, name));
                read_day(word).or_else(|| read_day(bare()?))
            }
            // As the bot itself writes it where months have names.
            [number, month] => next_day(&format!("{number}.{}", self.month(month)?), today),
            [number, month, year] => day(&format!("{number}.{}.{year}", self.month(month)?)),
            _ => None,
        }
    }

    /// The number of the month with this name.
    fn month(&self, word: &str) -> Option<u32> {
        let word = word.trim_end_matches(['.', ',']).to_lowercase();
        self.months.iter().find(|(_, names)| names.contains(&word)).map(|(month, _)| *month)
    }

    fn is_around_day(&self, word: &str) -> bool {
        let word = word.trim_end_matches('.').to_lowercase();
        self.day.contains(&word)
    }
}

/// Reads `25000`, `25 000,00 ₽`, `25000 15.04.2015` and the like; a day without its year is the next one from `today` on.
pub fn read(text: &str, currency: Currency, words: &Vocabulary, today: NaiveDate) -> Result<Terms, TermsFault> {
    let text = text.trim();
    if text.chars().nth(MOST_CHARS).is_some() {
        return Err(TermsFault::Sum);
    }
    if let Some(amount) = words.sum(text, currency) {
        return Ok(Terms { amount, due: None });
    }
    let gaps = text.char_indices().filter(|(_, c)| c.is_whitespace()).map(|(at, _)| text.split_at(at));
    let mut rest = None;
    let mut is_foreign = words.is_foreign_sum(text, currency);
    for (before, after) in gaps {
        is_foreign |= words.is_foreign_sum(before, currency);
        let Some(amount) = words.sum(before, currency) else { continue };
        if let Some(due) = words.day(after, today) {
            return Ok(Terms { amount, due: Some(due) });
        }
        // The longest sum leaves the shortest rest.
        rest = Some(after.trim());
    }
    Err(match rest {
        _ if is_foreign => TermsFault::Currency,
        Some(rest) if is_meant_as_day(rest) => TermsFault::Day,
        _ => TermsFault::Sum,
    })
}

/// Whether a text is some number, however it is written and whatever it is worth, and no day.
pub fn is_figure(text: &str) -> bool {
    let text = text.trim();
    let amount = text.strip_prefix('-').unwrap_or(text).trim_matches(|c: char| c == ' ' || is_currency_sign(c));
    let is_mark = |c: char| matches!(c, '.' | ',' | '\'' | '/' | 'e' | 'E' | ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}');
    let is_once = |marks: &[char]| amount.matches(marks).count() <= 1;
    let is_day = day(text).is_some() || text.split('.').count() == 3;
    amount.chars().all(|c| c.is_numeric() || is_mark(c))
        && amount.starts_with(char::is_numeric)
        && is_once(&['/'])
        && is_once(&['e', 'E'])
        && !is_day
}

/// Further digits belong to a sum that is grouped in a strange way, unless they are as many as a day has.
fn is_meant_as_day(rest: &str) -> bool {
    let digits = rest.bytes().filter(u8::is_ascii_digit).count();
    rest.chars().any(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '/')) || matches!(digits, 6 | 8)
}

/// A text without this name before or behind it, in whatever case, and without the full stop of a short form.
fn without_name<'t>(text: &'t str, name: &str) -> Option<&'t str> {
    let text = text.trim();
    let length = name.chars().count();
    let behind = text.trim_end_matches('.');
    let cut_behind = behind.char_indices().rev().nth(length.checked_sub(1)?).map(|(at, _)| behind.split_at(at));
    let cut_before = text.char_indices().nth(length).map(|(at, _)| text.split_at(at));
    let is_name = |part: &str| part.to_lowercase() == name;
    match (cut_behind, cut_before) {
        (Some((rest, part)), _) if is_name(part) => Some(rest.trim_end()),
        (_, Some((part, rest))) if is_name(part) => Some(rest.trim_start_matches('.').trim_start()),
        _ => None,
    }
}

fn is_currency_sign(c: char) -> bool {
    c == '$' || matches!(c, '\u{a2}'..='\u{a5}' | '\u{58f}' | '\u{20a0}'..='\u{20cf}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn words() -> Vocabulary {
        let of = |code: &str, names: &[&str]| {
            (Currency::parse(code).unwrap(), names.iter().map(|name| (*name).to_owned()).collect())
        };
        let currencies = vec![of("RUB", &["рублей", "руб", "р"]), of("USD", &["долларов", "долл"])];
        let month = |number: u32, names: &[&str]| (number, names.iter().map(|name| (*name).to_owned()).collect());
        let months = vec![month(5, &["мая", "may"]), month(12, &["декабря", "дек", "dec", "december"])];
        Vocabulary::new(currencies, ["до", "г", "by", "until"].map(str::to_owned).to_vec()).with_months(months)
    }

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2027, 4, 1).unwrap()
    }

    fn read_rub(text: &str) -> Result<(i64, Option<String>), TermsFault> {
        read(text, Currency::RUB, &words(), today())
            .map(|terms| (terms.amount.minor(), terms.due.map(|due| due.to_string())))
    }

    #[test]
    fn the_shops_own_currency_may_stand_beside_the_sum() {
        for typed in [
            "25000",
            "25 000,00 ₽",
            "25 000 руб",
            "25000 руб.",
            "25 000,00 р.",
            "25000р",
            "25000 РУБЛЕЙ",
            "руб. 25000",
            "25000 rub",
            "RUB 25,000.00",
        ] {
            assert_eq!(read_rub(typed), Ok((2_500_000, None)), "{typed}");
        }
    }

    #[test]
    fn a_day_may_follow_in_its_usual_words() {
        for typed in [
            "25000 15.04.2027",
            "25 000 руб. 15.04.2027",
            "25000 2027-04-15",
            "25000 15.04.2027 г.",
            "25000 15.04.2027г.",
            "25000 р. до 15.04.2027",
            "25000 by 2027-04-15",
        ] {
            assert_eq!(read_rub(typed), Ok((2_500_000, Some("2027-04-15".to_owned()))), "{typed}");
        }
    }

    #[test]
    fn a_day_without_its_year_is_the_next_one() {
        for (typed, due) in [
            ("12 500 до 10.12", "2027-12-10"),
            ("12500 1.4.", "2027-04-01"),
            ("12500 до 31.03", "2028-03-31"),
            ("12500 до 29.02", "2028-02-29"),
        ] {
            assert_eq!(read_rub(typed), Ok((1_250_000, Some(due.to_owned()))), "{typed}");
        }
    }

    #[test]
    fn a_month_may_be_named() {
        for (typed, due) in [
            ("12 500,00 until 1 Dec", "2027-12-01"),
            ("12500 by 5 Dec 2026", "2026-12-05"),
            ("12500 5 December, 2026", "2026-12-05"),
            ("12 500 до 5 мая", "2027-05-05"),
            ("12500 до 5 декабря 2026 г.", "2026-12-05"),
            ("12500 5 дек.", "2027-12-05"),
        ] {
            assert_eq!(read_rub(typed), Ok((1_250_000, Some(due.to_owned()))), "{typed}");
        }
        for typed in ["12500 32 Dec", "12500 5 Dember", "12500 5 Dec 26", "12500 +5 Dec 2026", "12500 Dec 5 2026"] {
            assert_eq!(read_rub(typed), Err(TermsFault::Day), "{typed}");
        }
    }

    #[test]
    fn what_was_not_understood_is_named() {
        for (typed, fault) in [
            ("25000 31.02.2027", TermsFault::Day),
            ("25000 руб 31.04", TermsFault::Day),
            ("25000 до 15.04.27", TermsFault::Day),
            ("25 000 15/04/2027", TermsFault::Day),
            ("25000 завтра", TermsFault::Day),
            ("25000 15042027", TermsFault::Day),
            ("25000 15.04.2027 16.04.2027", TermsFault::Day),
            ("25000 USD", TermsFault::Currency),
            ("$100", TermsFault::Currency),
            ("100€", TermsFault::Currency),
            ("100 долл.", TermsFault::Currency),
            ("25000 долларов 15.04.2027", TermsFault::Currency),
            ("25000 € 15.04.2027", TermsFault::Currency),
            ("AUD 100", TermsFault::Currency),
            ("", TermsFault::Sum),
            ("двадцать", TermsFault::Sum),
            ("двадцать 15.04.2027", TermsFault::Sum),
            ("25 00", TermsFault::Sum),
            ("25,000", TermsFault::Sum),
            ("1e3", TermsFault::Sum),
            ("-5", TermsFault::Sum),
            ("25000 by 01/12/2026", TermsFault::Day),
        ] {
            assert_eq!(read_rub(typed), Err(fault), "{typed}");
        }
    }

    #[test]
    fn a_figure_is_one_whatever_it_is_worth() {
        let twenty = "1".repeat(20);
        for typed in
            ["8,000", "8.000", "8000.999", "8000/12", &twenty, "-5", "1e5", "٢٥٠٠٠", "92233720368547758.07", "-5 ₽"]
        {
            assert!(is_figure(typed), "{typed}");
        }
        for typed in ["", "-", "10.12.2026", "01/12/2026", "+79001234567", "8-900-123-45-67", "KEY-1", "5 шт.", "1\n2"]
        {
            assert!(!is_figure(typed), "{typed}");
        }
    }

    #[test]
    fn a_long_text_is_no_sum_and_costs_nothing() {
        let gaps = "1 000".to_owned() + &" 000".repeat(1_000);
        assert_eq!(read(&gaps, Currency::RUB, &words(), today()), Err(TermsFault::Sum));
        let spaced = format!("25000{}15.04.2015", " ".repeat(MOST_CHARS - 15));
        assert!(read(&spaced, Currency::RUB, &words(), today()).is_ok());
        assert_eq!(read(&spaced.replace("25000", "250000"), Currency::RUB, &words(), today()), Err(TermsFault::Sum));
    }

    proptest! {
        #[test]
        fn nothing_typed_breaks_the_reader(text in "\\PC*") {
            let _ = read(&text, Currency::RUB, &words(), today());
        }
    }
}
