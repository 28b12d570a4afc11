//! What people type, read on purpose: whole numbers, amounts, names and notes.

use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;

use crate::domain::money::{Currency, Money};

/// Digits with spaces or no-break spaces as thousands separators, nothing else; at most nine digits.
///
/// `53`, `1 000` and `1 000` are numbers; `+5`, `1e3`, `1_000`, `1.5` and `5 0` are not.
pub fn whole_number(text: &str) -> Option<u32> {
    let digits = ungrouped(text.trim())?;
    // Nine digits always fit a u32; no order comes near.
    (digits.len() <= 9).then(|| digits.parse().ok()).flatten()
}

/// The same, where whatever is more than nine digits is as good as the largest number: nothing is sold in such a quantity.
pub fn whole_number_however_large(text: &str) -> Option<u32> {
    whole_number(text).or_else(|| ungrouped(text.trim()).map(|_| u32::MAX))
}

/// An amount of this currency, as people write it and as the bot shows it: `25000`, `25 000,00 ₽`, `RUB 25,000.00`.
///
/// The last comma or point is the decimal mark, with at most as many digits behind it as the currency has, so that
/// `25,000` is refused rather than taken for twenty-five; before it the other mark or spaces may group thousands.
pub fn amount(text: &str, currency: Currency) -> Option<Money> {
    let text = without_currency(text, currency);
    let digits = usize::try_from(currency.minor_digits()).ok()?;
    let decimal = match text.rfind([',', '.']) {
        None => ungrouped(text)?,
        Some(mark) => {
            let (whole, fraction) = (text.get(..mark)?, text.get(mark + 1..)?);
            let whole = match text.get(mark..=mark)? {
                _ if whole.contains(is_thousands_separator) => ungrouped(whole)?,
                "," => ungrouped(&whole.replace('.', " "))?,
                _ => ungrouped(&whole.replace(',', " "))?,
            };
            let has_digits = fraction.bytes().all(|byte| byte.is_ascii_digit());
            if !has_digits || !(1..=digits).contains(&fraction.len()) {
                return None;
            }
            format!("{whole}.{fraction}")
        }
    };
    // More digits than any amount has would be cut by the decimal's parser.
    let parsed = (decimal.len() <= 20).then(|| decimal.parse::<Decimal>().ok()).flatten()?;
    Money::from_decimal(parsed, currency).ok()
}

fn without_currency(text: &str, currency: Currency) -> &str {
    let text = text.trim();
    let code = currency.code();
    let beside = [code, &code.to_lowercase()].into_iter().chain(currency.sign()).find_map(|name| {
        let behind = text.strip_suffix(name);
        behind.or_else(|| text.strip_prefix(name))
    });
    beside.map_or(text, str::trim)
}

/// A day of this millennium as people write it: `15.04.2015` or `2015-04-15`.
pub fn day(text: &str) -> Option<NaiveDate> {
    let day = ["%d.%m.%Y", "%Y-%m-%d"].iter().find_map(|format| NaiveDate::parse_from_str(text, format).ok());
    // chrono takes `15.04.15` for a year of the first century, and signs before a year.
    day.filter(|day| {
        (2000..3000).contains(&day.year()) && text.bytes().all(|b| b.is_ascii_digit() || b".-".contains(&b))
    })
}

/// A day without its year, `15.04`: the next one from `today` on.
pub fn next_day(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    let (day, month) = text.strip_suffix('.').unwrap_or(text).split_once('.')?;
    let number = |text: &str| Some(text).filter(|text| text.len() <= 2).and_then(whole_number);
    let (day, month) = (number(day)?, number(month)?);
    let in_year = |year: i32| NaiveDate::from_ymd_opt(year, month, day).filter(|day| *day >= today);
    in_year(today.year()).or_else(|| in_year(today.year().checked_add(1)?))
}

fn is_thousands_separator(c: char) -> bool {
    // Space, no-break space, thin space, narrow no-break space: what keyboards and spreadsheets put there.
    matches!(c, ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}')
}

fn ungrouped(text: &str) -> Option<String> {
    let mut groups = text.split(is_thousands_separator);
    let first = groups.next()?;
    let rest: Vec<&str> = groups.collect();
    let all_digits = |group: &str| !group.is_empty() && group.bytes().all(|byte| byte.is_ascii_digit());
    let grouped = rest.is_empty() || first.len() <= 3;
    let fits = grouped && all_digits(first) && rest.iter().all(|group| group.len() == 3 && all_digits(group));
    fits.then(|| format!("{first}{}", rest.concat()))
}

/// How long Telegram takes a text to be: in UTF-16 code units
/// (<https://core.telegram.org/api/entities#entity-length>).
pub fn length(text: &str) -> usize {
    text.encode_utf16().count()
}

/// One line of somebody's text (a name, a title) that cannot disturb what stands around it.
///
/// Control, zero-width and direction-override characters go, white space becomes single spaces, and at most
/// `max_chars` remain.
pub fn clean_line(text: &str, max_chars: usize) -> String {
    let kept: String =
        text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).filter(|c| !is_hidden(*c)).collect();
    cut(&kept.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" "), max_chars)
}

/// Somebody's text of several lines (a note), cleaned like [`clean_line`] line by line, without empty runs.
pub fn clean_text(text: &str, max_chars: usize) -> String {
    let lines = text.lines().map(|line| clean_line(line, max_chars));
    let mut kept: Vec<String> = Vec::new();
    for line in lines {
        if !line.is_empty() || kept.last().is_some_and(|last| !last.is_empty()) {
            kept.push(line);
        }
    }
    cut(kept.join("\n").trim_end(), max_chars)
}

/// What somebody typed or pasted, without the characters that leave no trace: programs put them around values, and people
/// cannot see them to take them away.
pub fn visible(text: &str) -> String {
    text.chars().filter(|c| c.is_whitespace() || !is_hidden(*c)).collect()
}

/// Whether a character leaves no trace of its own on a screen, or turns the text around it.
pub fn is_hidden(c: char) -> bool {
    // Soft hyphen, combining grapheme joiner, Hangul fillers, zero-width and direction marks, line separators,
    // direction overrides and isolates, invisible operators, variation selectors' neighbours, interlinear marks, tags.
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}'
            | '\u{2800}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

fn cut(text: &str, max_chars: usize) -> String {
    if text.chars().count() <= max_chars {
        return text.to_owned();
    }
    let kept: String = text.chars().take(max_chars.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn people_type_numbers_in_many_ways() {
        for (typed, number) in
            [("53", 53), (" 53 ", 53), ("1 000", 1000), ("1\u{a0}000", 1000), ("12 345 678", 12_345_678), ("007", 7)]
        {
            assert_eq!(whole_number(typed), Some(number), "{typed}");
        }
        for typed in
            ["", "+5", "-5", "1.5", "1,5", "1e3", "1_000", "5 0", "1000 000", "10^12", "пятьдесят", "1000000000", "٣"]
        {
            assert_eq!(whole_number(typed), None, "{typed}");
        }
    }

    fn currency(code: &str) -> Currency {
        Currency::parse(code).unwrap()
    }

    #[test]
    fn people_type_amounts_with_comma_or_point() {
        for (typed, minor) in [
            ("11000", 1_100_000),
            ("11 000,00", 1_100_000),
            ("11000.5", 1_100_050),
            ("0,01", 1),
            ("25,000.00", 2_500_000),
            ("25.000,00", 2_500_000),
            ("1,025,000.5", 102_500_050),
            ("25 000,00 ₽", 2_500_000),
            ("RUB 25,000.00", 2_500_000),
        ] {
            assert_eq!(amount(typed, Currency::RUB).map(Money::minor), Some(minor), "{typed}");
        }
        assert_eq!(amount("1.250", currency("KWD")).map(Money::minor), Some(1_250));
        assert_eq!(amount("1000", currency("JPY")).map(Money::minor), Some(1_000));
    }

    #[test]
    fn an_amount_that_could_mean_two_things_or_another_currency_is_refused() {
        for typed in [
            "",
            ",5",
            "5,",
            "1,2,3",
            "25,000",
            "25.000",
            "1,000,000",
            "25,00.00",
            "2 5,000.00",
            "-1",
            "1e3",
            "+5",
            "₽",
            "9999999999999999",
            "25000 USD",
            "$25000",
            "25,00 00",
            "1.5.5",
            "٣",
        ] {
            assert_eq!(amount(typed, Currency::RUB), None, "{typed}");
        }
        assert_eq!(amount("1,5", currency("JPY")), None);
    }

    #[test]
    fn what_leaves_no_trace_is_dropped_from_what_was_typed() {
        for (pasted, typed) in [
            ("7707083893\u{200b}", "7707083893"),
            ("\u{202a}25000\u{202c}", "25000"),
            ("\u{feff}\u{2066}5\u{2069}\u{ad}", "5"),
            ("two\nlines\tand a tab", "two\nlines\tand a tab"),
        ] {
            assert_eq!(visible(pasted), typed);
        }
    }

    #[test]
    fn a_name_cannot_hide_or_reverse_anything() {
        assert_eq!(clean_line("Анна\u{202e}\u{200b} \n\t Иванова ", 40), "Анна Иванова");
        assert_eq!(clean_line(&"я".repeat(100), 10), format!("{}…", "я".repeat(9)));
        assert_eq!(clean_text("PO-77\r\n\n\n\nсрочно\u{7}\n\n", 100), "PO-77\n\nсрочно");
    }

    proptest! {
        #[test]
        fn nothing_typed_breaks_the_readers(text in "\\PC*", max in 1_usize..50) {
            let _ = (whole_number(&text), amount(&text, Currency::RUB));
            prop_assert!(clean_line(&text, max).chars().count() <= max);
            prop_assert!(clean_text(&text, max).chars().count() <= max);
        }

        #[test]
        fn an_amount_is_read_back(minor in 0..=Money::MAX_MINOR, code in prop::sample::select(vec!["RUB", "JPY", "KWD"])) {
            let money = Money::from_minor(minor, currency(code)).unwrap();
            prop_assert_eq!(amount(&money.to_decimal().to_string(), money.currency()), Some(money));
        }

        #[test]
        fn a_plain_number_is_read_back(number in 0..1_000_000_000_u32) {
            prop_assert_eq!(whole_number(&number.to_string()), Some(number));
        }
    }
}
