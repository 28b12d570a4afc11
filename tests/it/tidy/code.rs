//! What no source file may hold: too many lines, unfinished work, silenced checks, words for people.

use super::source::{Kind, Source, Token};

/// The hard end; 250 is the aim. A longer file holds two subjects.
const MOST_LINES: usize = 400;

/// Notes of unfinished work, looked for in comments and in the README.
const NOTES: &[&str] = &["TODO", "FIXME", "XXX"];

pub fn too_long(sources: &[Source]) -> Vec<String> {
    (sources.iter())
        .filter_map(|source| {
            let lines = source.text.lines().count();
            let remedy = format!("{lines} lines, {MOST_LINES} are the end: split it by subject");
            (lines > MOST_LINES).then(|| source.at(MOST_LINES + 1, &remedy))
        })
        .collect()
}

pub fn unfinished(sources: &[Source]) -> Vec<String> {
    sources.iter().flat_map(unfinished_in).collect()
}

fn unfinished_in(source: &Source) -> Vec<String> {
    let mut found = Vec::new();
    for token in source.tokens() {
        if let Kind::Comment(text) = &token.kind
            && let Some(note) = note_in(text)
        {
            found.push(source.at(token.line, &format!("{note}: do it, or leave the note out")));
        }
    }
    let code = source.code();
    for (at, token) in code.iter().enumerate() {
        let rest = &code[at + 1..];
        if let Some(word @ ("todo" | "unimplemented")) = token.word()
            && rest.first().is_some_and(|next| next.is_sign('!'))
        {
            found.push(source.at(token.line, &format!("{word}!: write it, or leave it out")));
        }
        if !token.is_sign('#') {
            continue;
        }
        match attribute(rest) {
            Some("allow") => {
                found.push(source.at(token.line, "allow: mend the cause, or use #[expect(…, reason = \"…\")]"))
            }
            Some("ignore") => found.push(source.at(token.line, "an ignored test: mend it, or delete it")),
            _ => {}
        }
    }
    found
}

/// The name of the attribute whose `#` stands before these tokens.
fn attribute(rest: &[Token]) -> Option<&str> {
    let rest = match rest {
        [first, rest @ ..] if first.is_sign('!') => rest,
        rest => rest,
    };
    match rest {
        [bracket, name, ..] if bracket.is_sign('[') => name.word(),
        _ => None,
    }
}

fn note_in(text: &str) -> Option<&'static str> {
    let words: Vec<_> = text.split(|c: char| !c.is_alphanumeric()).collect();
    NOTES.iter().copied().find(|note| words.contains(note))
}

pub fn cyrillic(sources: &[Source]) -> Vec<String> {
    (sources.iter())
        .flat_map(|source| {
            (source.product_code().into_iter())
                .filter(|token| (token.text().or(token.word())).is_some_and(has_cyrillic))
                .map(|token| source.at(token.line, "words for people in Rust: give them a key in locales/"))
        })
        .collect()
}

fn has_cyrillic(text: &str) -> bool {
    text.chars().any(|c| ('\u{400}'..='\u{52f}').contains(&c))
}

#[test]
fn no_file_is_too_long() {
    super::report(too_long(&super::rust_files(super::RUST)));
}

#[test]
fn nothing_is_unfinished_or_silenced() {
    let mut found = unfinished(&super::rust_files(super::RUST));
    for path in super::files(&["docs"], "md").iter().map(String::as_str).chain([
        "README.md",
        "ARCHITECTURE.md",
        "emulator/README.md",
    ]) {
        let text = std::fs::read_to_string(super::root().join(path)).unwrap_or_default();
        for (line, text) in (1..).zip(text.lines()) {
            let note = (NOTES.iter().chain(&["todo!", "unimplemented!"])).find(|note| text.contains(**note));
            found.extend(note.map(|note| format!("{path}:{line}: {note}: do it, or leave the note out")));
        }
    }
    super::report(found);
}

// Words of other alphabets are found on the screens themselves, in `screens/pseudo.rs`.
#[test]
fn no_cyrillic_stands_in_rust() {
    super::report(cyrillic(&super::rust_files(&["src"])));
}

#[test]
fn unfinished_and_silenced_code_is_found() {
    let lines = |text: &str| unfinished(&[Source::new("src/x.rs", text)]).len();
    assert_eq!(lines("todo!()"), 1);
    assert_eq!(lines("\"todo!()\"; // that is a todo! in words"), 0);
    assert_eq!(lines("// TODO: more"), 1);
    assert_eq!(lines("#[allow(dead_code)] #![allow(a)] #[expect(b)]"), 2);
    assert_eq!(lines("#[test]\n#[ignore = \"slow\"]"), 1);
    assert_eq!(too_long(&[Source::new("src/x.rs", "\n".repeat(400))]).len(), 0);
    assert_eq!(
        too_long(&[Source::new("src/x.rs", "\n".repeat(401))]),
        ["src/x.rs:401: 401 lines, 400 are the end: split it by subject"]
    );
}

#[test]
fn words_for_people_are_found_outside_comments_and_tests() {
    let count = |path: &str, text: &str| cyrillic(&[Source::new(path, text)]).len();
    assert_eq!(count("src/view/card.rs", "let a = \"Заказ\";"), 1);
    assert_eq!(count("src/view/card.rs", "let a = \"\\u{417}\";"), 1);
    assert_eq!(count("src/view/card.rs", "// Заказ\n#[cfg(test)] mod tests { \"Заказ\" }"), 0);
}
