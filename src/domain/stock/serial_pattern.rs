//! The form that a price list may give the serial numbers of a product.

use std::fmt;

use regex::{Regex, RegexBuilder};

/// A regular expression that a whole serial number has to match, as the price list has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SerialPattern(String);

/// Why a text is no pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotAPattern {
    /// It cannot be read; the words are the parser's.
    Syntax(String),
    /// It is longer than [`SerialPattern::MAX_CHARS`], or its machine would take more memory than is sensible.
    TooLarge,
}

/// A [`SerialPattern`] ready to be used.
pub struct SerialMatcher(Option<Regex>);

impl SerialPattern {
    /// The longest pattern, in characters: the form of a serial number takes a tenth.
    pub const MAX_CHARS: usize = 200;
    /// Bytes of a compiled pattern: room for a hundred characters of any alphabet, and little beside a file.
    const MAX_SIZE: usize = 1 << 20;

    pub fn parse(text: &str) -> Result<SerialPattern, NotAPattern> {
        if text.chars().nth(Self::MAX_CHARS).is_some() {
            return Err(NotAPattern::TooLarge);
        }
        // By itself first, so that a bracket too many is seen and does not end the anchors' group.
        compile(text).and_then(|_| compile(&anchored(text)))?;
        Ok(SerialPattern(text.to_owned()))
    }

    /// The pattern as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn matcher(&self) -> SerialMatcher {
        SerialMatcher(compile(&anchored(&self.0)).ok())
    }
}

impl SerialMatcher {
    /// Whether all of a text has the form.
    pub fn fits(&self, text: &str) -> bool {
        self.0.as_ref().is_some_and(|regex| regex.is_match(text))
    }
}

impl fmt::Debug for SerialMatcher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SerialMatcher")
    }
}

fn anchored(pattern: &str) -> String {
    format!(r"\A(?:{pattern})\z")
}

fn compile(pattern: &str) -> Result<Regex, NotAPattern> {
    let built = RegexBuilder::new(pattern).size_limit(SerialPattern::MAX_SIZE).build();
    built.map_err(|error| match error {
        regex::Error::CompiledTooBig(_) => NotAPattern::TooLarge,
        // The last line says what is wrong; those before it draw the place.
        other => {
            let words = other.to_string();
            let last = words.lines().next_back().unwrap_or_default();
            NotAPattern::Syntax(last.trim_start_matches("error: ").to_owned())
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_is_of_the_whole_serial_number() {
        let fits = |pattern: &str, text: &str| SerialPattern::parse(pattern).unwrap().matcher().fits(text);
        assert!(fits("[A-Z]{2}-[0-9]{4}", "AB-0001"));
        assert!(fits("A|AB", "AB"), "either way to the end");
        for other in ["xAB-0001", "AB-0001x", "AB-00011", "ab-0001", "AB-0001\n", ""] {
            assert!(!fits("[A-Z]{2}-[0-9]{4}", other), "{other:?}");
        }
    }

    #[test]
    fn what_is_no_pattern_is_refused_with_the_parsers_words() {
        let refusal = |text: &str| SerialPattern::parse(text).unwrap_err();
        assert_eq!(refusal("[A-Z"), NotAPattern::Syntax("unclosed character class".to_owned()));
        for stray in ["A)|(?:B", "(?x)A # remark", "*", "(?=A)"] {
            assert!(matches!(refusal(stray), NotAPattern::Syntax(_)), "{stray}");
        }
        assert_eq!(refusal(&"A".repeat(201)), NotAPattern::TooLarge);
        assert_eq!(refusal(r"(\w{100}){100}"), NotAPattern::TooLarge);
    }
}
