//! The languages that the bot speaks, and names in them. Which ones there are is found when the bot is built: every folder
//! of `locales/` is one.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// One of the languages that the bot speaks, by its ISO 639-1 code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Language(&'static str);

include!(concat!(env!("OUT_DIR"), "/languages.rs"));

impl Language {
    /// The one that is offered first, and that a shop has when it names none.
    pub const FIRST: Language = ALL[0];

    /// Every language, in the order in which a choice is offered.
    pub fn all() -> &'static [Language] {
        &ALL
    }

    /// The ISO 639-1 code.
    pub fn code(self) -> &'static str {
        self.0
    }

    /// All codes in a line, for whoever may choose one.
    pub fn codes() -> String {
        ALL.iter().map(|language| language.code()).collect::<Vec<_>>().join(", ")
    }

    /// Reads an ISO 639-1 code or an IETF tag that begins with one (`en-GB`), as Telegram sends it.
    pub fn parse(tag: &str) -> Option<Language> {
        let code = tag.split(['-', '_']).next()?.to_ascii_lowercase();
        Language::with_code(&code)
    }

    /// The language with exactly this code.
    pub fn with_code(code: &str) -> Option<Language> {
        ALL.iter().copied().find(|language| language.0 == code)
    }
}

/// A name in each language, by code. One that was stored may lack a language that the bot has learned since, and have one
/// that it no longer speaks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LocalName(BTreeMap<String, String>);

impl LocalName {
    /// A name that may differ from language to language.
    pub fn by_language(name: impl Fn(Language) -> String) -> LocalName {
        LocalName(ALL.iter().map(|language| (language.code().to_owned(), name(*language))).collect())
    }

    /// Whether nobody who has read the other one reads anything new here. A language that only one of the two has is no
    /// difference: a release that learns one renames nothing.
    pub fn agrees_with(&self, other: &LocalName) -> bool {
        self.0.iter().all(|(code, name)| other.0.get(code).is_none_or(|theirs| theirs == name))
    }

    /// The name for a reader of `language`; without one, that of the first language that has one.
    pub fn in_language(&self, language: Language) -> &str {
        let offered = || ALL.iter().find_map(|language| self.0.get(language.code()));
        self.0.get(language.code()).or_else(offered).or_else(|| self.0.values().next()).map_or("", String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stored(json: &str) -> LocalName {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn a_name_that_lacks_the_readers_language_falls_back_to_one_that_it_has() {
        let [first, second, ..] = Language::all() else { panic!("two languages") };
        let both = LocalName::by_language(|language| language.code().to_uppercase());
        assert_eq!(both.in_language(*second), second.code().to_uppercase());
        let one = stored(&format!("{{\"xx\":\"X\",\"{}\":\"A\"}}", first.code()));
        assert_eq!(one.in_language(*second), "A");
        assert_eq!(stored("{\"xx\":\"X\"}").in_language(*second), "X");
        assert_eq!(stored("{}").in_language(*second), "");
    }

    #[test]
    fn a_language_that_one_name_lacks_is_no_difference() {
        let of_two = stored("{\"en\":\"Key\",\"ru\":\"Ключ\"}");
        let of_three = stored("{\"de\":\"Key\",\"en\":\"Key\",\"ru\":\"Ключ\"}");
        assert!(of_two.agrees_with(&of_three) && of_three.agrees_with(&of_two));
        assert!(!of_two.agrees_with(&stored("{\"de\":\"Key\",\"en\":\"Keys\",\"ru\":\"Ключ\"}")));
    }

    #[test]
    fn a_stored_name_keeps_languages_that_the_bot_no_longer_speaks() {
        let text = "{\"en\":\"Key\",\"xx\":\"X\"}";
        assert_eq!(serde_json::to_string(&stored(text)).unwrap(), text);
    }
}
