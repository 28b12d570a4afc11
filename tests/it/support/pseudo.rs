//! A language that nobody speaks: English with every letter accented and a third more of them. What stays plain on its
//! screens was written in Rust, and what does not fit would not fit in a language of long words.

use std::sync::LazyLock;

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement, Resource};
use fluent_syntax::{parser, serializer};
use keydesk::chat::i18n::{Locale, Texts};

use super::languages::english;

const PLAIN: &str = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
const ACCENTED: &str = "ȧƀƈḓḗƒɠħīĵķŀḿƞǿƥɋřşŧŭṽẇẋẏẑȦƁƇḒḖƑƓĦĪĴĶĿḾȠǾƤɊŘŞŦŬṼẆẊẎẐ";
/// One letter in three is doubled: German and Russian are about a third longer than English.
const DOUBLED: usize = 3;

/// Its texts, for a shop in Moscow.
pub fn texts() -> Texts {
    static LOCALE: LazyLock<Locale> = LazyLock::new(|| {
        let files: Vec<String> = files().iter().map(|text| transformed(text)).collect();
        Locale::new(english(), &files.iter().map(String::as_str).collect::<Vec<_>>())
    });
    Texts::of(&LOCALE, chrono_tz::Europe::Moscow)
}

/// English, file by file.
fn files() -> Vec<String> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("locales/en");
    let paths = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    paths.map(|path| std::fs::read_to_string(path).unwrap()).collect()
}

fn transformed(text: &str) -> String {
    let mut resource: Resource<String> = parser::parse(text.to_owned()).unwrap();
    for entry in &mut resource.body {
        match entry {
            Entry::Message(message) => {
                message.value.iter_mut().for_each(disguise);
                message.attributes.iter_mut().for_each(|attribute| disguise(&mut attribute.value));
            }
            Entry::Term(term) => disguise(&mut term.value),
            _ => {}
        }
    }
    serializer::serialize(&resource)
}

/// Words change; variables, references, what is chosen by and quoted letters stay.
fn disguise(pattern: &mut Pattern<String>) {
    for element in &mut pattern.elements {
        match element {
            PatternElement::TextElement { value } => *value = accented(value),
            PatternElement::Placeable { expression } => disguise_variants(expression),
        }
    }
}

fn disguise_variants(expression: &mut Expression<String>) {
    match expression {
        Expression::Select { variants, .. } => variants.iter_mut().for_each(|variant| disguise(&mut variant.value)),
        Expression::Inline(InlineExpression::Placeable { expression }) => disguise_variants(expression),
        Expression::Inline(_) => {}
    }
}

/// Commands stay what they are: people press them.
fn accented(text: &str) -> String {
    let mut letters = 0;
    let mut before = ' ';
    let mut in_command = false;
    let mut accented = String::new();
    for c in text.chars() {
        in_command = (in_command && (c.is_ascii_alphanumeric() || c == '_')) || (c == '/' && before.is_whitespace());
        before = c;
        let accent = PLAIN.chars().zip(ACCENTED.chars()).find(|(plain, _)| *plain == c && !in_command);
        let Some((_, accent)) = accent else {
            accented.push(c);
            continue;
        };
        letters += 1;
        accented.push(accent);
        if letters % DOUBLED == 0 {
            accented.extend(accent.to_lowercase());
        }
    }
    accented
}

/// Words of a text that are nobody's: neither disguised, nor a command or an address, nor one of the phrases in `data`.
pub fn plain_words(text: &str, data: &[&str]) -> Vec<String> {
    let unknown = data.iter().fold(text.to_owned(), |text, phrase| without(phrase, &text));
    let is_address = |token: &&str| token.contains("://") || token.contains('@');
    let tokens = unknown.split_whitespace().filter(|token| !is_address(token) && !token.starts_with('/'));
    tokens.flat_map(words).map(str::to_owned).collect()
}

/// The text without a phrase, where that is no part of a longer word.
fn without(phrase: &str, text: &str) -> String {
    let mut left = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(phrase) {
        let is_inside = before.ends_with(char::is_alphabetic) || after.starts_with(char::is_alphabetic);
        left.extend([before, if is_inside { phrase } else { " " }]);
        rest = after;
    }
    left + rest
}

/// Two letters make a word; one may be a unit or a mark.
fn words(token: &str) -> impl Iterator<Item = &str> {
    let is_plain = |word: &&str| word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_alphabetic());
    token.split(|c: char| !c.is_alphabetic()).filter(is_plain)
}

#[test]
fn words_are_disguised_and_nothing_else() {
    let english = "a = See { $name } in /orders\nb =\n    { $n ->\n        [one] { a } key\n       *[other] { \"\\u00A0\" }keys\n    }\n";
    let disguised = "a = Şḗḗḗ { $name } īƞ /orders\nb =\n    { $n ->\n        [one] { a } ķḗẏẏ\n       *[other] { \"\\u00A0\" }ķḗẏẏş\n    }\n";
    assert_eq!(transformed(english), disguised);
}

#[test]
fn a_word_that_no_locale_has_is_found() {
    let text = "Ǿřḓḓḗř sp-1 for *Anna*: see /orders, https://example.com/terms or a@example.com";
    assert_eq!(plain_words(text, &["sp-1", "Anna"]), ["for", "see", "or"]);
}
