//! Serial numbers that people type, alone or among words.

use std::collections::BTreeSet;

use crate::domain::ids::Sku;
use crate::domain::stock::serial_file::is_figure;
use crate::domain::stock::serial_number::SerialNumber;
use crate::domain::typed::visible;

/// Short words are quantities and orders.
const FEWEST_CHARS: usize = 5;

/// Characters of a serial number that stands in several words: fewer are an abbreviation and a quantity.
const FEWEST_JOINED: usize = 8;
/// The same without a letter: fewer are a sum of money.
const FEWEST_DIGITS: usize = 10;
/// Words that a serial number is written in at most.
const MOST_WORDS: usize = 8;
/// Equal groups that makers write serial numbers in.
const GROUPS: [usize; 5] = [4, 5, 6, 7, 8];
/// The groups of an identifier (RFC 9562).
const IDENTIFIER: [usize; 5] = [8, 4, 4, 4, 12];
/// Readings of one text that are looked up, well below a database's limit on parameters; what comes behind them is looked up as it
/// is written only. Who writes more of them at once mostly sends a list, which waits for a press anyway.
const MOST_REGROUPED: usize = 4_000;

/// Signs around a serial number that is copied from a sentence; braces are a part of some.
const AROUND: [char; 18] = ['«', '»', '“', '”', '„', '‘', '’', '"', '\'', '`', '(', ')', '[', ']', '.', ':', '!', '?'];

/// The serial numbers of a text that is a list of them and nothing else but places and SKUs; any other words are for somebody.
pub fn listed(text: &str) -> Option<Vec<SerialNumber>> {
    let copied = |word: &str| serial(&word.trim_matches(AROUND).replace(is_hyphen, "-"));
    let serials: Option<Vec<SerialNumber>> =
        text.lines().flat_map(|line| words(without_sku(without_place(line)))).map(copied).collect();
    serials.filter(|serials| !serials.is_empty())
}

/// The same of a text that may have a heading.
pub fn listed_below_heading(text: &str) -> Option<Vec<SerialNumber>> {
    listed(text).or_else(|| {
        let (heading, list) = text.split_once('\n')?;
        listed(list).filter(|_| !heading.contains(char::is_numeric))
    })
}

/// What word processors write in place of a hyphen.
fn is_hyphen(c: char) -> bool {
    matches!(c, '\u{2010}'..='\u{2015}' | '\u{2043}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}')
}

/// A line of a numbered list without its number.
fn without_place(line: &str) -> &str {
    let line = line.trim();
    let behind = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_numbered = behind.len() < line.len() && behind.starts_with(['.', ')']);
    match behind.split_once(char::is_whitespace) {
        Some((mark, rest)) if is_numbered && mark.len() == 1 => rest,
        _ => line,
    }
}

/// A line without the SKU that a table has beside the serial number.
fn without_sku(line: &str) -> &str {
    match line.split_once('\t') {
        Some((first, sku)) if Sku::parse(sku.trim()).is_some() && serial(sku.trim()).is_none() => first,
        _ => line,
    }
}

/// Whatever may be serial numbers in a text, also in quotation marks, behind a name, grown together with another word, at the
/// end of a sentence, with what nobody sees in it or in place of a hyphen, and with other spaces and hyphens inside.
pub fn among_words(text: &str) -> Vec<SerialNumber> {
    let text = visible(text);
    let unified = text.replace(is_hyphen, "-");
    let regrouped = regrouped(&unified);
    let found = readings(&text).chain(readings(&unified)).filter_map(serial);
    let found = found.chain(regrouped.iter().filter_map(|word| SerialNumber::parse(word).ok()));
    let mut known = BTreeSet::new();
    found.filter(|serial| known.insert(serial.clone())).collect()
}

/// Letters and digits that stand side by side, joined in the ways in which a serial number may be stored. The store compares
/// whole serial numbers, in encrypted form if the shop has a key, so it cannot pass over hyphens by itself.
fn regrouped(text: &str) -> BTreeSet<String> {
    let mut joined = BTreeSet::new();
    for run in runs(text) {
        for begin in 0..run.len() {
            for words in 1..=MOST_WORDS.min(run.len() - begin) {
                let pieces: Vec<&str> = run.iter().skip(begin).take(words).flatten().copied().collect();
                let whole = pieces.concat();
                if joined.len() > MOST_REGROUPED || whole.len() > SerialNumber::MAX_CHARS {
                    break;
                }
                if may_be_code(&whole, pieces.len()) {
                    joined.extend(GROUPS.map(|group| hyphenated(&whole, std::iter::repeat(group))));
                    joined.extend((whole.len() == 32).then(|| hyphenated(&whole, IDENTIFIER)));
                    joined.insert(pieces.join("-"));
                    joined.insert(whole);
                }
            }
        }
    }
    joined
}

/// Words of a text that follow each other and consist of what most serial numbers do, each in its pieces between hyphens.
fn runs(text: &str) -> Vec<Vec<Vec<&str>>> {
    let mut runs = vec![Vec::new()];
    for word in text.split_whitespace() {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let pieces: Vec<&str> = bare.split('-').filter(|piece| !piece.is_empty()).collect();
        if !pieces.iter().all(|piece| piece.bytes().all(|byte| byte.is_ascii_alphanumeric())) {
            runs.push(Vec::new());
        } else if let (false, Some(run)) = (pieces.is_empty(), runs.last_mut()) {
            run.push(pieces);
        }
        if word.ends_with([',', ';']) {
            runs.push(Vec::new());
        }
    }
    runs
}

/// Whether joined pieces may be a serial number, and are no sentence, sum or date.
fn may_be_code(joined: &str, pieces: usize) -> bool {
    let has = |test: fn(&char) -> bool| joined.chars().any(|c| test(&c));
    match (has(char::is_ascii_alphabetic), has(char::is_ascii_digit)) {
        (true, has_digit) => joined.len() >= FEWEST_JOINED && (has_digit || !has(char::is_ascii_lowercase)),
        (false, _) => joined.len() >= FEWEST_DIGITS && pieces > 1,
    }
}

/// A text in groups of so many characters each; whatever is left is the last one.
fn hyphenated(text: &str, groups: impl IntoIterator<Item = usize>) -> String {
    let (mut rest, mut written) = (text, Vec::new());
    for group in groups {
        match rest.split_at_checked(group).filter(|(_, after)| !after.is_empty()) {
            Some((one, after)) => {
                written.push(one);
                rest = after;
            }
            None => break,
        }
    }
    written.push(rest);
    written.join("-")
}

/// Every word, whole and in its pieces: signs that join words are a part of some serial numbers.
fn readings(text: &str) -> impl Iterator<Item = &str> {
    fn bare(word: &str) -> &str {
        word.trim_matches(|c: char| !c.is_alphanumeric())
    }
    let pieces = |word| {
        let joined = str::split(word, |c: char| matches!(c, '/' | '+' | '|' | '&' | ':' | '='));
        let divided = str::split(word, |c: char| !c.is_alphanumeric() && c != '-');
        joined.chain(divided).map(bare).filter(|piece| !is_figure(piece))
    };
    words(text).filter(|word| !is_figure(word)).flat_map(move |word| [word, bare(word)].into_iter().chain(pieces(word)))
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
        assert_eq!(count("«AB12-CD34», \"AB12-CD35\".\n(AB12\u{2011}CD36)"), Some(3));
        assert_eq!(count("1. AB12-CD34\n2) AB12-CD35\nAB12-CD36\tsp-1"), Some(3));
        assert_eq!(listed("AB12\u{2011}CD34"), listed("AB12-CD34"));
        assert_eq!(listed_below_heading("Мои номера:\nAB12-CD34"), listed("AB12-CD34"));
        assert_eq!(listed_below_heading("Заказ 446\nAB12-CD34"), None);
        for words in [
            "",
            "Мои номера:\nAB12-CD34",
            "Спасибо",
            "Где заказ 44912345?",
            "449",
            "50",
            "Hello",
            "AB12-CD34 please",
            "15.04.2015",
        ] {
            assert_eq!(count(words), None, "{words}");
        }
    }

    #[test]
    fn serial_numbers_are_found_among_words() {
        let found = |text: &str| {
            let found: Vec<String> = among_words(text).iter().map(|serial| serial.as_str().to_owned()).collect();
            found
        };
        for text in [
            "Ключ «AB12-CD34».",
            "(AB12-CD34), да?",
            "key=AB12-CD34!",
            "Ключ:AB12-CD34",
            "AB12-CD34",
            "AB12\u{2011}CD34",
            "AB12\u{2212}CD34",
            "AB12\u{200b}-CD34",
            "№1/AB12-CD34",
            "EF56-GH78+AB12-CD34",
            "a|AB12-CD34&b",
            "ключ(AB12-CD34)→",
        ] {
            assert!(found(text).contains(&"AB12-CD34".to_owned()), "{text}");
        }
        for text in [
            "AB12 CD34",
            "AB12CD34",
            "AB 12 - CD 34",
            "AB12\u{a0}CD34, пожалуйста",
            "key AB12 -CD34",
            "ab\n12\ncd34",
            "A-B12C-D34",
        ] {
            let found: Vec<_> = among_words(text).iter().map(|serial| serial.spelling().into_owned()).collect();
            assert!(found.contains(&"AB12-CD34".to_owned()), "{text}: {found:?}");
        }
        assert!(found("3F2504E04F8911D39A0C0305E82C3301").contains(&"3F2504E0-4F89-11D3-9A0C-0305E82C3301".to_owned()));
        assert!(found("KEY0 0000 AB00 000").contains(&"KEY00000-AB00000".to_owned()));
        assert!(found("0001 2345 6789").contains(&"000123456789".to_owned()));
        assert!(among_words(&"A1 ".repeat(2_000)).len() < 2 * MOST_REGROUPED, "a text of any length is looked up");
        assert!(found("AB/12+CD34").contains(&"AB/12+CD34".to_owned()), "a number may have these signs");
        assert!(found("AB12\u{2013}CD34").contains(&"AB12\u{2013}CD34".to_owned()), "as it is written");
        assert!(found("{3F2504E0-4F89}").contains(&"{3F2504E0-4F89}".to_owned()));
        assert_eq!(found("До 15.04.2015, 50 шт. по заказу №449, +79001234567"), [""; 0]);
    }
}
