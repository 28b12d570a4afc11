//! People as the bot knows them.

use serde::{Deserialize, Serialize};

use crate::domain::ids::PersonId;

/// The languages that the bot speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Russian.
    Ru,
    /// English.
    En,
}

impl Language {
    /// Every language, in the order in which a choice is offered.
    pub const ALL: [Language; 2] = [Language::Ru, Language::En];

    /// The ISO 639-1 code.
    pub fn code(self) -> &'static str {
        match self {
            Language::Ru => "ru",
            Language::En => "en",
        }
    }

    /// Reads an ISO 639-1 code or an IETF tag that begins with one (`en-GB`), as Telegram sends it.
    pub fn parse(tag: &str) -> Option<Language> {
        let code = tag.split(['-', '_']).next()?.to_ascii_lowercase();
        Language::ALL.into_iter().find(|language| language.code() == code)
    }
}

/// A name in each language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LocalName {
    /// In Russian.
    pub ru: String,
    /// In English.
    pub en: String,
}

impl LocalName {
    /// The name for a reader of `language`.
    pub fn in_language(&self, language: Language) -> &str {
        match language {
            Language::Ru => &self.ru,
            Language::En => &self.en,
        }
    }
}

/// A Telegram user as an update describes them; names are already cleaned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The numeric id.
    pub id: PersonId,
    /// First and last name.
    pub name: String,
    /// Without the `@`.
    pub username: Option<String>,
    /// The language of their Telegram, when the bot speaks it.
    pub telegram_language: Option<Language>,
}

impl Person {
    /// The longest name that is kept, in characters; Telegram allows 64 for each half.
    pub const MAX_NAME: usize = 128;
}
