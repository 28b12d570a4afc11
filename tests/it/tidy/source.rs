//! Rust source as the tidy checks see it: a flat list of tokens, each with its line.

use std::{iter::Peekable, str::Chars};

/// A token of Rust, as coarse as the checks can bear.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    Word(String),
    Sign(char),
    /// `::`, which makes a path of two words.
    Path,
    /// A string, byte string or character literal, escapes resolved.
    Text(String),
    Comment(String),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    pub kind: Kind,
    pub line: usize,
}

impl Token {
    pub fn is_word(&self, word: &str) -> bool {
        matches!(&self.kind, Kind::Word(found) if found == word)
    }

    pub fn is_sign(&self, sign: char) -> bool {
        self.kind == Kind::Sign(sign)
    }

    pub fn word(&self) -> Option<&str> {
        match &self.kind {
            Kind::Word(word) => Some(word),
            _ => None,
        }
    }

    pub fn text(&self) -> Option<&str> {
        match &self.kind {
            Kind::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// One Rust file: its path from the root of the repository, and its text.
pub struct Source {
    pub path: String,
    pub text: String,
}

impl Source {
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Self {
        Source {
            path: path.into(),
            text: text.into(),
        }
    }

    /// All tokens, comments among them.
    pub fn tokens(&self) -> Vec<Token> {
        Lexer::new(&self.text).run()
    }

    /// The tokens without comments.
    pub fn code(&self) -> Vec<Token> {
        let mut tokens = self.tokens();
        tokens.retain(|token| !matches!(token.kind, Kind::Comment(_)));
        tokens
    }

    /// The code without the modules behind `#[cfg(test)]`.
    pub fn product_code(&self) -> Vec<Token> {
        without_test_modules(self.code())
    }

    pub fn at(&self, line: usize, remedy: &str) -> String {
        format!("{}:{line}: {remedy}", self.path)
    }
}

fn without_test_modules(code: Vec<Token>) -> Vec<Token> {
    let mut kept = Vec::with_capacity(code.len());
    let mut rest = code.as_slice();
    while let Some((first, others)) = rest.split_first() {
        if let Some(after) = after_test_module(rest) {
            rest = after;
            continue;
        }
        kept.push(first.clone());
        rest = others;
    }
    kept
}

/// What follows `#[cfg(test)] mod name { … }`, when the code begins with one.
fn after_test_module(code: &[Token]) -> Option<&[Token]> {
    let signs = ['#', '[', '\0', '(', '\0', ')', ']'];
    let head = code.get(..signs.len())?;
    let is_cfg_test = head[2].is_word("cfg")
        && head[4].is_word("test")
        && (head.iter().zip(signs)).all(|(token, sign)| sign == '\0' || token.is_sign(sign));
    if !is_cfg_test || !code.get(signs.len())?.is_word("mod") {
        return None;
    }
    let mut depth = 0;
    for (at, token) in code.iter().enumerate().skip(signs.len()) {
        match token.kind {
            Kind::Sign('{') => depth += 1,
            Kind::Sign('}') => depth -= 1,
            Kind::Sign(';') if depth == 0 => return Some(&code[at + 1..]),
            _ => continue,
        }
        if depth == 0 {
            return Some(&code[at + 1..]);
        }
    }
    Some(&[])
}

struct Lexer<'t> {
    chars: Peekable<Chars<'t>>,
    line: usize,
    tokens: Vec<Token>,
}

impl<'t> Lexer<'t> {
    fn new(text: &'t str) -> Self {
        Lexer {
            chars: text.chars().peekable(),
            line: 1,
            tokens: Vec::new(),
        }
    }

    fn run(mut self) -> Vec<Token> {
        while let Some(c) = self.next() {
            let line = self.line;
            let kind = match c {
                c if c.is_whitespace() => continue,
                '/' if self.chars.peek() == Some(&'/') => self.line_comment(),
                '/' if self.chars.peek() == Some(&'*') => self.block_comment(),
                '"' => self.string(),
                '\'' => match self.character() {
                    Some(kind) => kind,
                    None => continue,
                },
                ':' if self.chars.next_if_eq(&':').is_some() => Kind::Path,
                c if c.is_alphanumeric() || c == '_' => self.word(c),
                c => Kind::Sign(c),
            };
            self.tokens.push(Token { kind, line });
        }
        self.tokens
    }

    fn next(&mut self) -> Option<char> {
        let c = self.chars.next()?;
        if c == '\n' {
            self.line += 1;
        }
        Some(c)
    }

    fn line_comment(&mut self) -> Kind {
        let mut text = String::new();
        while let Some(c) = self.chars.next_if(|c| *c != '\n') {
            text.push(c);
        }
        Kind::Comment(text)
    }

    fn block_comment(&mut self) -> Kind {
        let (mut text, mut depth) = (String::new(), 1);
        self.next();
        while let Some(c) = self.next() {
            text.push(c);
            match (c, self.chars.peek()) {
                ('/', Some('*')) => depth += 1,
                ('*', Some('/')) => depth -= 1,
                _ => continue,
            }
            text.extend(self.next());
            if depth == 0 {
                break;
            }
        }
        Kind::Comment(text)
    }

    /// A word, or the string that its first letters announce (`r"…"`, `b"…"`, `br#"…"#`, `r#word`).
    fn word(&mut self, first: char) -> Kind {
        let mut word = String::from(first);
        while let Some(c) = self.chars.next_if(|c| c.is_alphanumeric() || *c == '_') {
            word.push(c);
        }
        match (word.as_str(), self.chars.peek()) {
            ("b" | "c", Some('"')) => {
                self.next();
                self.string()
            }
            ("b", Some('\'')) => {
                self.next();
                self.character().unwrap_or(Kind::Word(word))
            }
            ("r" | "br" | "cr", Some('"' | '#')) => self.raw_string(),
            _ => Kind::Word(word),
        }
    }

    fn string(&mut self) -> Kind {
        let mut text = String::new();
        while let Some(c) = self.next() {
            match c {
                '"' => break,
                '\\' => text.extend(self.escape()),
                c => text.push(c),
            }
        }
        Kind::Text(text)
    }

    fn raw_string(&mut self) -> Kind {
        let mut hashes = 0;
        while self.chars.next_if_eq(&'#').is_some() {
            hashes += 1;
        }
        if self.chars.next_if_eq(&'"').is_none() {
            let first = self.next().unwrap_or('_');
            return self.word(first);
        }
        let end = format!("\"{}", "#".repeat(hashes));
        let mut text = String::new();
        while let Some(c) = self.next() {
            text.push(c);
            if let Some(inner) = text.strip_suffix(&end) {
                text.truncate(inner.len());
                break;
            }
        }
        Kind::Text(text)
    }

    /// A character literal; a lifetime is nothing to the checks.
    fn character(&mut self) -> Option<Kind> {
        let c = self.next()?;
        if c == '\\' {
            let text = self.escape().into_iter().collect();
            self.chars.next_if_eq(&'\'');
            return Some(Kind::Text(text));
        }
        if self.chars.next_if_eq(&'\'').is_some() {
            return Some(Kind::Text(c.to_string()));
        }
        while (self.chars.next_if(|c| c.is_alphanumeric() || *c == '_')).is_some() {}
        None
    }

    fn escape(&mut self) -> Option<char> {
        match self.next()? {
            'n' => Some('\n'),
            't' => Some('\t'),
            'r' => Some('\r'),
            '0' => Some('\0'),
            'x' => {
                let digits: String = [self.next()?, self.next()?].iter().collect();
                char::from_u32(u32::from_str_radix(&digits, 16).ok()?)
            }
            'u' => {
                let mut digits = String::new();
                while let Some(c) = self.next().filter(|c| *c != '}') {
                    digits.extend(c.is_ascii_hexdigit().then_some(c));
                }
                char::from_u32(u32::from_str_radix(&digits, 16).ok()?)
            }
            '\n' => {
                while self.chars.peek().is_some_and(|c| c.is_whitespace()) {
                    self.next();
                }
                None
            }
            c => Some(c),
        }
    }
}

#[test]
fn tokens_keep_their_lines_and_texts_their_letters() {
    let source = Source::new(
        "src/x.rs",
        "let a = \"b\\\"\\u{41f}\\\n   c\"; // d\nr#\"e \"f\" \"#; /* g /* h */ */ 'i' 'j: &'k str b'\\''",
    );
    let texts: Vec<_> = (source.tokens().into_iter())
        .filter_map(|token| match token.kind {
            Kind::Text(text) | Kind::Comment(text) => Some((token.line, text)),
            _ => None,
        })
        .collect();
    let expected = [
        (1, "b\"Пc"),
        (2, "/ d"),
        (3, "e \"f\" "),
        (3, " g /* h */ */"),
        (3, "i"),
        (3, "'"),
    ];
    assert_eq!(texts, expected.map(|(line, text)| (line, text.to_owned())));
}

#[test]
fn test_modules_are_no_product_code() {
    let source = Source::new(
        "src/x.rs",
        "a; #[cfg(test)] mod tests { fn f() { b; } } c; #[cfg(test)] mod t; d;",
    );
    let words: Vec<_> = (source.product_code().iter())
        .filter_map(|token| token.word().map(str::to_owned))
        .collect();
    assert_eq!(words, ["a", "c", "d"]);
}
