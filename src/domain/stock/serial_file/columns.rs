//! The columns of one line.

/// One-word headings; those of several words and those without Latin letters are known by their form.
const HEADINGS: &[&str] = &[
    "serial",
    "serials",
    "serial_number",
    "serialnumber",
    "sn",
    "number",
    "key",
    "keys",
    "licence",
    "license",
    "sku",
    "product",
];

/// The columns of a line that are not empty; `None` if its quotes do not match.
pub(super) fn columns(line: &str) -> Option<Vec<String>> {
    let is_divider = |c: char| matches!(c, ';' | ',' | '\t');
    let mut found = Vec::new();
    let mut rest = line;
    loop {
        let begun = rest.trim_start_matches([' ', '\u{a0}']);
        let field = match begun.strip_prefix('"') {
            Some(quoted) => {
                let (field, after) = unquoted(quoted)?;
                let after = after.trim_start_matches([' ', '\u{a0}']);
                if !after.is_empty() && !after.starts_with(is_divider) {
                    return None;
                }
                rest = after;
                field
            }
            None => {
                let end = begun.find(is_divider).unwrap_or(begun.len());
                let (field, after) = begun.split_at(end);
                rest = after;
                field.to_owned()
            }
        };
        let field = field.trim();
        if !field.is_empty() {
            found.push(field.to_owned());
        }
        let mut after = rest.chars();
        if after.next().is_none() {
            return Some(found);
        }
        rest = after.as_str();
    }
}

/// A quoted column, of which `""` is a quotation mark, and what follows it.
fn unquoted(text: &str) -> Option<(String, &str)> {
    let mut field = String::new();
    let mut rest = text;
    loop {
        let (before, after) = rest.split_once('"')?;
        field.push_str(before);
        let Some(further) = after.strip_prefix('"') else { return Some((field, after)) };
        field.push('"');
        rest = further;
    }
}

/// Whether a column of the first line can only be a word for people: no digit, and a known word, or several words, or
/// letters none of which is Latin, whatever their encoding.
pub(super) fn is_heading(field: &str) -> bool {
    if field.chars().any(|c| c.is_ascii_digit() || c.is_control()) {
        return false;
    }
    let known = HEADINGS.contains(&field.to_ascii_lowercase().as_str());
    let several = field.contains(' ') && field.chars().any(char::is_alphabetic);
    let foreign = !field.is_ascii() && !field.chars().any(|c| c.is_ascii_alphabetic());
    known || several || foreign
}
