//! The vendor's key.

use std::fmt::{self, Write as _};

use zeroize::Zeroizing;

/// The key that serial numbers are encrypted with. `{:?}` does not show it.
#[derive(Clone)]
pub struct StockKey(Zeroizing<[u8; StockKey::BYTES]>);

impl StockKey {
    const BYTES: usize = 32;

    /// A key as its file has it: 64 hexadecimal digits, as `openssl rand -hex 32` writes them too.
    pub fn parse(text: &str) -> Option<StockKey> {
        let mut key = Zeroizing::new([0; StockKey::BYTES]);
        let digits = text.trim().as_bytes();
        if digits.len() != 2 * StockKey::BYTES || !digits.iter().all(u8::is_ascii_hexdigit) {
            return None;
        }
        for (byte, pair) in key.iter_mut().zip(digits.chunks_exact(2)) {
            *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
        }
        Some(StockKey(key))
    }

    /// A new one, of the system's random bits.
    pub fn generate() -> Result<StockKey, getrandom::Error> {
        let mut key = Zeroizing::new([0; StockKey::BYTES]);
        getrandom::fill(key.as_mut_slice())?;
        Ok(StockKey(key))
    }

    /// The text that its file has.
    pub fn reveal(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(String::with_capacity(2 * StockKey::BYTES));
        for byte in self.0.iter() {
            // Writing into a string cannot fail.
            let _ = write!(text, "{byte:02x}");
        }
        text
    }

    pub(super) fn bytes(&self) -> &[u8; StockKey::BYTES] {
        &self.0
    }
}

impl fmt::Debug for StockKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("StockKey(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_64_hexadecimal_digits_and_nothing_shows_it() {
        let text = "0123456789abcdef".repeat(4);
        for written in [text.clone(), format!("{text}\n"), text.to_uppercase()] {
            let key = StockKey::parse(&written).unwrap();
            assert_eq!(*key.reveal(), text);
            assert_eq!(format!("{key:?}"), "StockKey(…)");
        }
        for other in ["", "0123", &"0".repeat(63), &"0".repeat(65), &"g".repeat(64), &format!("+{}", "0".repeat(63))] {
            assert!(StockKey::parse(other).is_none(), "{other}");
        }
    }

    #[test]
    fn no_two_new_keys_are_the_same() {
        let new = || StockKey::generate().unwrap().reveal();
        assert_ne!(new(), new());
    }
}
