//! People as the bot knows them.

use crate::domain::ids::PersonId;
use crate::domain::language::Language;

/// A Telegram user as an update describes them; names are already cleaned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
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

    /// Somebody of whom only the id is known.
    pub fn unmet(id: PersonId) -> Person {
        Person { id, name: String::new(), username: None, telegram_language: None }
    }
}
