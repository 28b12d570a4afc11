//! The two languages whose screens are reviewed; a third one changes no snapshot.

use keydesk::domain::{Language, LocalName};

pub fn russian() -> Language {
    Language::with_code("ru").unwrap()
}

pub fn english() -> Language {
    Language::with_code("en").unwrap()
}

/// What differs between them, Russian first.
pub fn each_language<T>(make: impl Fn(Language) -> T) -> [T; 2] {
    [russian(), english()].map(make)
}

/// A name that other languages borrow from English.
pub fn named(in_russian: impl Into<String>, otherwise: impl Into<String>) -> LocalName {
    let (in_russian, otherwise) = (in_russian.into(), otherwise.into());
    LocalName::by_language(|language| if language == russian() { in_russian.clone() } else { otherwise.clone() })
}
