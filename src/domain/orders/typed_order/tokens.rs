//! A row of a typed order in words and numbers.

use crate::domain::orders::search::undotted;

/// A word or a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    /// In small letters, without what stands around it.
    pub text: String,
    /// Where it begins and ends in the row, in bytes.
    pub begin: usize,
    pub end: usize,
    /// Whether a comma, a semicolon or a tab stands before it.
    pub is_divided: bool,
}

impl Token {
    pub(super) fn is_digits(&self) -> bool {
        self.text.bytes().all(|byte| byte.is_ascii_digit())
    }
}

/// The words and numbers of a row, without the mark of a list before them.
pub(super) fn tokens(row: &str) -> Vec<Token> {
    let row_begin = begin_behind_list_mark(row);
    let mut found: Vec<Token> = Vec::new();
    let (mut begin, mut is_divided) = (None, false);
    let characters: Vec<(usize, char)> = row.char_indices().filter(|(at, _)| *at >= row_begin).collect();
    for (index, &(at, c)) in characters.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|index| characters.get(index)).map(|(_, c)| *c);
        let after = characters.get(index + 1).map(|(_, c)| *c);
        let word = begin.and_then(|begin| row.get(begin..at)).unwrap_or_default();
        if !is_between(c, before, after, word) {
            begin = begin.or(Some(at));
            continue;
        }
        if let Some(token) = begin.take().and_then(|begin| token(row, begin, at)) {
            found.push(Token { is_divided, ..token });
            is_divided = false;
        }
        is_divided |= matches!(c, ',' | ';' | '|' | '\t');
    }
    let last = begin.and_then(|begin| token(row, begin, row.len()));
    found.extend(last.map(|token| Token { is_divided, ..token }));
    found
}

/// Behind `1.`, `2)`, `-` or a bullet and a space.
fn begin_behind_list_mark(row: &str) -> usize {
    let row_begin = row.len() - row.trim_start().len();
    let Some((mark, rest)) = row.get(row_begin..).and_then(|row| row.split_once(' ')) else { return row_begin };
    let number = mark.strip_suffix(['.', ')']).unwrap_or_default();
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    if is_number || matches!(mark, "-" | "•" | "—" | "–" | "*" | "·") {
        row.len() - rest.len()
    } else {
        row_begin
    }
}

/// Whether a character stands between words.
fn is_between(c: char, before: Option<char>, after: Option<char>, word: &str) -> bool {
    let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let is_inside = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    match c {
        // `1,5` is no number that is understood, and not two numbers either; `sp-1,50` is two columns.
        ',' => !(is_digit(after) && !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit())),
        // Set by keyboards that mean well in the place of a hyphen.
        '—' | '–' => !(is_inside(before) && is_inside(after)),
        ';' | '|' | ':' | '=' | '«' | '»' | '"' | '“' | '”' | '„' | '(' | ')' | '[' | ']' => true,
        c => c.is_whitespace(),
    }
}

/// A word without what stands around it; `None` when nothing of it remains.
fn token(row: &str, begin: usize, end: usize) -> Option<Token> {
    let written = row.get(begin..end).unwrap_or_default();
    let bare = written.trim_end_matches(['.', '!', '?']);
    let hyphen = |c: char| if matches!(c, '–' | '—' | '\u{2010}' | '\u{2011}') { '-' } else { c };
    let text: String = bare.to_lowercase().chars().map(hyphen).map(undotted).collect();
    let is_word = !text.is_empty() && text != "-";
    is_word.then(|| Token { text, begin, end: begin + bare.len(), is_divided: false })
}
