//! What a column is by itself: a serial number, one in wrappings, or something that is none.

use super::columns::{Divider, Field};
use super::fault::Junk;
use super::figures::are_figures;
use super::words::{is_known, is_remark};
use crate::domain::ids::Sku;
use crate::domain::stock::alphabet::{Alphabet, alphabet};

/// Digits of a whole number that is no price any more.
const MANY_DIGITS: usize = 9;
/// Quotation marks in pairs, as people and word processors set them.
const QUOTES: &[(char, char)] = &[
    ('\'', '\''),
    ('`', '`'),
    ('‘', '’'),
    ('’', '’'),
    ('‚', '‘'),
    ('“', '”'),
    ('”', '”'),
    ('„', '“'),
    ('„', '”'),
    ('«', '»'),
    ('»', '«'),
    ('‹', '›'),
];

/// A column without its wrappings: a formula that only keeps it a text, quotation marks around it, the apostrophe of a
/// spreadsheet before it; `None` when it has none. An apostrophe anywhere else is the serial number's own.
pub(super) fn unwrapped(text: &str) -> Option<&str> {
    if let Some(inner) = text.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"')) {
        return Some(inner.trim()).filter(|inner| !inner.is_empty() && !inner.contains('"'));
    }
    let inside = |(open, close): &(char, char)| {
        let inner = text.strip_prefix(*open)?.strip_suffix(*close)?.trim();
        (!inner.is_empty() && !inner.contains([*open, *close])).then_some(inner)
    };
    QUOTES.iter().find_map(inside).or_else(|| {
        let inner = text.strip_prefix(['\'', '’', '‘'])?;
        (!inner.is_empty() && !inner.contains(['\'', '’', '‘'])).then_some(inner)
    })
}

/// A line that only divides others.
pub(super) fn is_rule(line: &str) -> bool {
    let line = line.trim();
    let is_drawn =
        |c: char| matches!(c, '-' | '=' | '_' | '*' | '~' | '+' | '.' | '·' | '—' | '–' | '\u{2500}'..='\u{257f}');
    line.chars().nth(2).is_some() && line.chars().all(is_drawn)
}

/// What a line says to people that begins with `# `: no serial number has a space, so it is none.
pub(super) fn note(line: &str) -> Option<&str> {
    let note = line.trim_start().strip_prefix('#')?;
    note.starts_with(char::is_whitespace).then(|| note.trim())
}

/// What could be a SKU before a note's first colon.
pub(super) fn name_before_colon(note: &str) -> Option<&str> {
    let (name, _) = note.split_once(':')?;
    Sku::parse(&name.to_ascii_lowercase()).map(|_| name)
}

/// What a column is that is no serial number.
pub(super) fn junk(field: &Field, text: &str) -> Option<Junk> {
    if text.starts_with('=') {
        return Some(Junk::Formula);
    }
    if is_escaped(text) {
        return Some(Junk::Escaped);
    }
    if are_figures(text) {
        return Some(Junk::Figures);
    }
    if is_pair(text) {
        return Some(Junk::Pair);
    }
    let is_junk = !text.chars().any(char::is_alphanumeric)
        || text.starts_with(begins_a_remark)
        || text.starts_with("//")
        || Divider::begins_a_directive(text)
        || is_numbered(text)
        || is_marked(text)
        || text.contains(['<', '>', '[', ']', '(', ')', '\\', '|', '`', '@'])
        || text.contains("://")
        || is_masked(text)
        || (text.contains(['{', '}']) && !is_guid(text))
        || (!field.quoted && text.contains('"'))
        || is_labelled(text);
    match (is_junk, looks_like_others(text)) {
        (true, _) => Some(Junk::Marks),
        (false, true) => Some(Junk::LookAlike),
        (false, false) => is_known(text).then_some(Junk::Unlike),
    }
}

fn begins_a_remark(c: char) -> bool {
    matches!(
        c,
        '#' | '-'
            | '*'
            | ','
            | ';'
            | ':'
            | '.'
            | '!'
            | '~'
            | '^'
            | '%'
            | '&'
            | '•'
            | '·'
            | '‣'
            | '◦'
            | '▪'
            | '●'
            | '–'
            | '—'
            | '−'
    )
}

/// `KEY!`, `KEY-` and `KEY-USED`: somebody ticked it off, or it goes on in the next line.
fn is_marked(text: &str) -> bool {
    let has = |test: fn(char) -> bool| text.chars().any(test);
    // Base64 for addresses may end in a hyphen.
    let is_mixed = has(char::is_lowercase) && has(char::is_uppercase);
    let is_cut = text.ends_with(['-', '/', ':', ',', ';', '.', '_']) && !is_mixed;
    let last = text.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let is_ticked = last.len() < text.len() && has(char::is_numeric) && is_remark(last);
    is_cut || is_ticked || text.ends_with('!')
}

/// What stands for characters in addresses (`%2D`), web pages (`&amp;`, `&#45;`) and mail (`=2D`).
fn is_escaped(text: &str) -> bool {
    let is_code = |after: &str| match after.as_bytes() {
        [first, second, ..] => first.is_ascii_digit() && second.is_ascii_hexdigit(),
        _ => false,
    };
    let stands = |mark: char| text.split(mark).skip(1).any(is_code);
    has_entity(text) || stands('%') || (stands('=') && !is_labelled(text))
}

/// Whether a text has something like `&amp;`. Its semicolon divides columns.
pub(super) fn has_entity(text: &str) -> bool {
    text.split('&').skip(1).any(|after| {
        let name = after.strip_prefix('#').unwrap_or(after);
        let end = name.find(|c: char| !c.is_ascii_alphanumeric());
        end.is_some_and(|end| end > 1 && end < 10 && name.split_at(end).1.starts_with(';'))
    })
}

/// Two serial numbers of one form beside each other. Base64 has slashes and pluses anywhere.
fn is_pair(text: &str) -> bool {
    const LONG: usize = 10;
    let form = |part: &str| -> String { part.chars().map(|c| if c.is_alphanumeric() { 'x' } else { c }).collect() };
    [',', ';', '/', '+', '&', '='].into_iter().any(|between| {
        let Some((first, others)) = text.split_once(between) else { return false };
        let first = first.trim();
        let is_whole =
            first.contains(['-', '_']) || (first.chars().count() >= LONG && !text.chars().any(char::is_lowercase));
        let form_of_first = form(first);
        is_whole && others.split(between).all(|part| form(part.trim()) == form_of_first)
    })
}

/// `1. KEY` and `1) KEY`.
fn is_numbered(text: &str) -> bool {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let begins = rest.strip_prefix(['.', ')']);
    rest.len() < text.len() && begins.is_some_and(|rest| rest.starts_with([' ', '\u{a0}', '\t']))
}

/// A key that is shown in part only: `AB12-****-EF56`, `XXXX-XXXX-EF56`, `AB12-CD34...`.
fn is_masked(text: &str) -> bool {
    let is_hidden = |group: &str| group.len() > 2 && group.chars().all(|c| matches!(c, 'X' | 'x'));
    text.contains(['*', '?', '…']) || text.contains("...") || text.split('-').any(is_hidden)
}

/// As Windows writes an identifier: in braces, which belong to it.
fn is_guid(text: &str) -> bool {
    let inner = text.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
    inner.is_some_and(|inner| inner.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'))
}

/// `Total: 50`, `key=AB-1`; neither the padding of base64 nor the colons of hexadecimal groups.
fn is_labelled(text: &str) -> bool {
    let Some((label, value)) = text.split_once([':', '=']) else { return false };
    let (label, value) = (label.trim(), value.trim());
    let letters = label.chars().filter(|c| c.is_alphabetic()).count();
    let is_word = letters > 0 && label.chars().all(|c| c.is_alphabetic() || matches!(c, '_' | ' ' | '-' | '$'));
    let is_number = value.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | ' ' | '\u{a0}'));
    let is_sum = letters > 2 && is_number && text.contains(':');
    let is_setting = letters > 1 && text.contains('=') && !text.contains(':') && value.contains(char::is_alphanumeric);
    !value.is_empty() && is_word && (is_known(label) || is_sum || is_setting)
}

/// Letters of two alphabets, or a character that stands for another one.
pub(super) fn looks_like_others(text: &str) -> bool {
    let mut seen = None;
    text.chars().filter(|c| !c.is_ascii() || c.is_ascii_alphabetic()).any(|c| match alphabet(c) {
        None => true,
        Some(alphabet) => *seen.get_or_insert(alphabet) != alphabet,
    })
}

/// The alphabet of a serial number's letters, if it has any.
pub(super) fn alphabet_of(text: &str) -> Option<Alphabet> {
    text.chars().find(|c| c.is_alphabetic()).and_then(alphabet)
}

/// Whether a number of the line was rounded by a spreadsheet, which shows it as `1.23457E+15` or `1,23457E+15`, or by a program
/// that took it for a number with decimals and writes `1234567890123450.0`.
pub(super) fn is_rounded(line: &str) -> bool {
    let has_no_decimals = |column: &str| {
        let Some((whole, decimals)) = column.split_once(['.', ',']) else { return false };
        whole.len() >= MANY_DIGITS && whole.chars().all(|c| c.is_ascii_digit()) && decimals.chars().all(|c| c == '0')
    };
    let mut columns = line.split([';', '\t', '"', ' ', '\u{a0}']);
    columns.any(has_no_decimals) || has_exponent(line)
}

fn has_exponent(line: &str) -> bool {
    line.char_indices().any(|(at, c)| {
        let is_exponent = matches!(c, 'E' | 'e');
        is_exponent && line.split_at_checked(at).is_some_and(|(before, after)| is_around_exponent(before, after, c))
    })
}

fn is_around_exponent(before: &str, after: &str, exponent: char) -> bool {
    // Hyphens and slashes are a serial number's own.
    let is_edge =
        |c: Option<char>| c.is_none_or(|c| matches!(c, ';' | ',' | '\t' | '"' | '\'' | '=' | '|' | ' ' | '\u{a0}'));
    let is_digit = |c: char| c.is_ascii_digit();
    let Some(signed) = after.strip_prefix(exponent) else { return false };
    let power = signed.strip_prefix(['+', '-']).unwrap_or(signed);
    let rest = power.trim_start_matches(is_digit);
    let mantissa = before.trim_end_matches(is_digit);
    if rest.len() == power.len() || mantissa.len() == before.len() || !is_edge(rest.chars().next()) {
        return false;
    }
    let mut whole = mantissa.chars().rev();
    match whole.next() {
        // One digit before the decimal mark, as such numbers are written.
        Some('.' | ',') if whole.clone().next().is_some_and(is_digit) => is_edge(whole.nth(1)),
        c => signed.starts_with('+') && is_edge(c),
    }
}
