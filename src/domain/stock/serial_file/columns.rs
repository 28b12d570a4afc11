//! The columns of one line.

/// What divides the columns of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Divider {
    /// Any of those in use: semicolon, comma, tab.
    Usual,
    /// This one, as the file's first line says.
    Only(char),
}

/// A column that is not empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Field {
    pub text: String,
    /// It stood in quotes, and may hold what would mean something outside them.
    pub quoted: bool,
    /// It stood in a formula that only keeps it a text: `="0001"`.
    pub forced: bool,
}

impl Divider {
    /// The divider that a spreadsheet's directive names, as in `sep=;`; `None` for any other line.
    pub(super) fn named_by(line: &str) -> Option<Divider> {
        let line = line.trim_matches([' ', '\u{a0}', '"']);
        let dividers = line.get(4..).filter(|_| Divider::begins_a_directive(line))?;
        // A spreadsheet may have filled up the row.
        let is_row = dividers.chars().all(|c| !c.is_alphanumeric());
        let first = dividers.chars().next().filter(|c| matches!(c, ';' | ',' | '\t' | '|' | ':'));
        is_row.then(|| first.map_or(Divider::Usual, Divider::Only))
    }

    pub(super) fn begins_a_directive(line: &str) -> bool {
        line.get(..4).is_some_and(|name| name.eq_ignore_ascii_case("sep="))
    }

    fn is(self, c: char) -> bool {
        match self {
            Divider::Usual => matches!(c, ';' | ',' | '\t'),
            Divider::Only(divider) => c == divider,
        }
    }

    /// The columns of a line that are not empty; `None` if its quotes do not match.
    pub(super) fn columns(self, line: &str) -> Option<Vec<Field>> {
        let mut found = Vec::new();
        let mut rest = line;
        loop {
            let begun = rest.trim_start_matches([' ', '\u{a0}']);
            let forced = begun.starts_with("=\"");
            let field = match begun.strip_prefix('"').or_else(|| begun.strip_prefix("=\"")) {
                Some(opened) => {
                    let (text, after) = unquoted(opened)?;
                    let after = after.trim_start_matches([' ', '\u{a0}']);
                    if !after.is_empty() && !after.starts_with(|c| self.is(c)) {
                        return None;
                    }
                    rest = after;
                    Field { text: text.trim().to_owned(), quoted: true, forced }
                }
                None => {
                    let end = begun.find(|c| self.is(c)).unwrap_or(begun.len());
                    let (text, after) = begun.split_at(end);
                    rest = after;
                    Field { text: text.trim().to_owned(), quoted: false, forced }
                }
            };
            if !field.text.is_empty() {
                found.push(field);
            }
            let mut after = rest.chars();
            if after.next().is_none() {
                return Some(found);
            }
            rest = after.as_str();
        }
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
