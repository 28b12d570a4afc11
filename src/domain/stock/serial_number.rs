//! Serial numbers of licence keys: what the customer pays for.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::domain::typed::is_hidden;

/// A serial number, exactly as its maker wrote it. `{:?}` does not show it, since it belongs in no log.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SerialNumber(String);

/// Why a text is no serial number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NotASerial {
    /// There is nothing in it.
    Empty,
    /// It has more than [`SerialNumber::MAX_CHARS`] characters.
    TooLong,
    /// It has a space inside.
    Space,
    /// It has a control character, or one that nobody sees.
    Invisible,
}

impl SerialNumber {
    /// The longest serial number, in characters.
    pub const MAX_CHARS: usize = 100;

    /// Accepts a text of visible characters without spaces; those around it are cut off, and the case is kept.
    pub fn parse(text: &str) -> Result<SerialNumber, NotASerial> {
        let text = text.trim();
        if text.is_empty() {
            return Err(NotASerial::Empty);
        }
        if text.chars().nth(Self::MAX_CHARS).is_some() {
            return Err(NotASerial::TooLong);
        }
        if text.chars().any(is_invisible) {
            return Err(NotASerial::Invisible);
        }
        if text.chars().any(char::is_whitespace) {
            return Err(NotASerial::Space);
        }
        Ok(SerialNumber(text.to_owned()))
    }

    /// One and the same for all ways in which programs write a serial number: capitals where all letters are small, and
    /// no braces around an identifier. Where letters of both cases stand, their maker tells them apart.
    pub fn spelling(&self) -> Cow<'_, str> {
        let bare = self.0.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')).unwrap_or(&self.0);
        let has_small = bare.chars().any(char::is_lowercase);
        match has_small && !bare.chars().any(char::is_uppercase) {
            true => Cow::Owned(bare.to_uppercase()),
            false => Cow::Borrowed(bare),
        }
    }

    /// The serial number as text, for its customer.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Whether a character can make two serial numbers differ that look the same. A name may hold variation selectors (an
/// emoji does), a serial number may not.
fn is_invisible(c: char) -> bool {
    is_hidden(c) || matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{fffc}' | '\u{fffd}' | '\u{e0100}'..='\u{e01ef}')
}

impl fmt::Debug for SerialNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SerialNumber(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_serial_number_is_kept_as_it_is_written() {
        for text in ["A", "ab-CD_12/34.5:6+7=8", "\u{416}\u{416}-1", &"9".repeat(100)] {
            assert_eq!(SerialNumber::parse(&format!("\u{a0} {text}\t")).unwrap().as_str(), text);
        }
    }

    #[test]
    fn what_nobody_could_type_is_refused() {
        let refusal = |text: &str| SerialNumber::parse(text).unwrap_err();
        assert_eq!(refusal(" \u{a0} "), NotASerial::Empty);
        assert_eq!(refusal(&"9".repeat(101)), NotASerial::TooLong);
        assert_eq!(refusal("A B"), NotASerial::Space);
        assert_eq!(refusal("A\u{a0}B"), NotASerial::Space);
        for unseen in ['\0', '\t', '\n', '\u{7f}', '\u{200b}', '\u{202e}', '\u{feff}', '\u{fffd}'] {
            assert_eq!(refusal(&format!("A{unseen}B")), NotASerial::Invisible, "{unseen:?}");
        }
    }

    #[test]
    fn a_serial_number_has_one_spelling() {
        let spelling = |text: &str| SerialNumber::parse(text).unwrap().spelling().into_owned();
        for text in ["{3F2504E0-4F89}", "3F2504E0-4F89", "{3f2504e0-4f89}", "3f2504e0-4f89"] {
            assert_eq!(spelling(text), "3F2504E0-4F89");
        }
        assert_eq!(spelling("aB1"), "aB1", "its case is its own");
        assert_eq!(spelling("0001-{2}"), "0001-{2}");
    }

    #[test]
    fn no_debug_output_shows_a_serial_number() {
        assert_eq!(format!("{:?}", SerialNumber::parse("SECRET-1")), "Ok(SerialNumber(…))");
    }
}
