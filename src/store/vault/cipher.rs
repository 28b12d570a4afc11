//! Texts sealed by a key, and opened again.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use chacha20poly1305::aead::{Aead, KeyInit as _, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac as _};
use sha2::Sha256;
use zeroize::Zeroizing;

use super::fault::KeyFault;
use super::key::StockKey;
use crate::domain::{PersonId, UpdateId};

type Hash = Hmac<Sha256>;

/// What sealed texts begin with. It has a space, which no serial number has, and no JSON begins with it: a text that is not
/// sealed is never taken for one that is, nor the other way round.
const MARK: &str = "v1 ";
/// What sealed texts are like, as SQL says it.
pub(in crate::store) const SEALED: &str = "v1 %";
const NONCE: usize = 24;
/// Bytes of a name: no two of a billion billion serial numbers share one.
const NAME: usize = 24;

/// What a text is sealed for. One that is opened for anything else, be it of the same kind, cannot be read: nobody who may only
/// write to the database can put one in the place of another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::store) enum Purpose<'a> {
    /// A serial number, by the name of its spelling.
    Serial(&'a str),
    /// An update as Telegram sent it, by its id.
    Update(UpdateId),
    /// The state of somebody's dialogue in the vendor's seat; the chat may get another id.
    Dialogue(PersonId),
}

impl fmt::Display for Purpose<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Purpose::Serial(name) => write!(f, "serial number {name}"),
            Purpose::Update(update) => write!(f, "update {}", update.0),
            Purpose::Dialogue(person) => write!(f, "dialogue {}", person.0),
        }
    }
}

/// A key ready for use.
#[derive(Clone)]
pub(super) struct Vault {
    cipher: XChaCha20Poly1305,
    naming: Hash,
    fingerprint: i64,
}

impl Vault {
    pub(super) fn new(key: &StockKey) -> Vault {
        let fingerprint = derived(key, "fingerprint").first_chunk().map_or(0, |bytes| i64::from_le_bytes(*bytes));
        Vault {
            cipher: XChaCha20Poly1305::new((&*derived(key, "sealing")).into()),
            naming: keyed(&derived(key, "naming")),
            fingerprint: (fingerprint & i64::MAX).max(1),
        }
    }

    /// What tells the key from others, and says nothing else of it; never 0, which stands for none.
    pub(super) fn fingerprint(&self) -> i64 {
        self.fingerprint
    }

    /// What stands in the place of a serial number where it is looked for.
    pub(super) fn name(&self, text: &str) -> String {
        let hash = self.naming.clone().chain_update(text).finalize().into_bytes();
        BASE64.encode(hash.get(..NAME).unwrap_or_default())
    }

    pub(super) fn seal(&self, text: &str, purpose: Purpose<'_>) -> Result<String, KeyFault> {
        let mut nonce = [0; NONCE];
        getrandom::fill(&mut nonce).map_err(|_| KeyFault::NoRandomness)?;
        let aad = purpose.to_string();
        let payload = Payload { msg: text.as_bytes(), aad: aad.as_bytes() };
        // A text of 256 gigabytes could not be sealed.
        let sealed = self.cipher.encrypt(&XNonce::from(nonce), payload).map_err(|_| KeyFault::Changed)?;
        let mut stored = MARK.to_owned();
        BASE64.encode_string([&nonce[..], &sealed].concat(), &mut stored);
        Ok(stored)
    }

    pub(super) fn open(&self, stored: &str, purpose: Purpose<'_>) -> Result<String, KeyFault> {
        let opened = || {
            let bytes = BASE64.decode(stored.strip_prefix(MARK)?).ok()?;
            let (nonce, sealed) = bytes.split_first_chunk::<NONCE>()?;
            let aad = purpose.to_string();
            let payload = Payload { msg: sealed, aad: aad.as_bytes() };
            String::from_utf8(self.cipher.decrypt(&XNonce::from(*nonce), payload).ok()?).ok()
        };
        opened().ok_or(KeyFault::Changed)
    }
}

impl fmt::Debug for Vault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Vault(…)")
    }
}

/// Whether a stored text is a sealed one.
pub(super) fn is_sealed(stored: &str) -> bool {
    stored.starts_with(MARK)
}

/// A key for one use only.
fn derived(key: &StockKey, what_for: &str) -> Zeroizing<[u8; 32]> {
    let hash = keyed(key.bytes()).chain_update("keydesk stock v1 ").chain_update(what_for);
    Zeroizing::new(hash.finalize().into_bytes().into())
}

fn keyed(key: &[u8; 32]) -> Hash {
    // As HMAC itself does with a key that is shorter than a block.
    let mut block = Zeroizing::new([0; 64]);
    block.iter_mut().zip(key).for_each(|(padded, byte)| *padded = *byte);
    Hash::new((&*block).into())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn vault(digit: &str) -> Vault {
        Vault::new(&StockKey::parse(&digit.repeat(64)).unwrap())
    }

    #[test]
    fn a_key_is_told_from_others_by_a_number_and_shown_by_nothing() {
        let (one, other) = (vault("1"), vault("2"));
        assert_ne!(one.fingerprint(), other.fingerprint());
        assert_ne!(one.name("A"), other.name("A"));
        assert_eq!(one.name("A"), vault("1").name("A"));
        assert_eq!(one.name("A").len(), 32);
        assert_eq!(format!("{one:?}"), "Vault(…)");
    }

    #[test]
    fn hmac_is_the_one_of_the_standard() {
        // RFC 4231, test case 2, has a key of 4 bytes; zeros behind it change nothing.
        let mut key = [0; 32];
        key[..4].copy_from_slice(b"Jefe");
        let hash = keyed(&key).chain_update("what do ya want for nothing?").finalize().into_bytes();
        assert_eq!(hash[..4], [0x5b, 0xdc, 0xc1, 0x46]);
    }

    proptest! {
        #[test]
        fn what_is_sealed_is_opened_with_its_key_for_its_purpose_only(text in ".{0,120}", other in any::<i64>()) {
            let own = vault("1");
            let purpose = Purpose::Serial("name");
            let sealed = own.seal(&text, purpose).unwrap();
            prop_assert!(is_sealed(&sealed));
            prop_assert!(text.len() < 5 || !sealed.contains(&text));
            prop_assert_eq!(own.open(&sealed, purpose), Ok(text.clone()));
            prop_assert_ne!(&own.seal(&text, purpose).unwrap(), &sealed, "no nonce comes twice");
            prop_assert_eq!(vault("2").open(&sealed, purpose), Err(KeyFault::Changed));
            for elsewhere in [
                Purpose::Serial("eman"),
                Purpose::Update(UpdateId(other)),
                Purpose::Dialogue(PersonId(other)),
            ] {
                prop_assert_eq!(own.open(&sealed, elsewhere), Err(KeyFault::Changed));
            }
        }

        #[test]
        fn whatever_is_changed_is_noticed(text in ".{0,40}", place in any::<prop::sample::Index>(), bit in 0..8_u32) {
            let (vault, purpose) = (vault("1"), Purpose::Update(UpdateId(7)));
            let sealed = vault.seal(&text, purpose).unwrap();
            let mut bytes = BASE64.decode(&sealed[MARK.len()..]).unwrap();
            let place = place.index(bytes.len());
            bytes[place] ^= 1 << bit;
            let changed = format!("{MARK}{}", BASE64.encode(&bytes));
            prop_assert_eq!(vault.open(&changed, purpose), Err(KeyFault::Changed));
            let cut = format!("{MARK}{}", BASE64.encode(&bytes[..place]));
            prop_assert_eq!(vault.open(&cut, purpose), Err(KeyFault::Changed));
        }

        #[test]
        fn no_text_at_all_makes_it_fail_but_by_refusing(text in ".{0,200}") {
            let vault = vault("1");
            prop_assert_eq!(vault.open(&text, Purpose::Serial("x")), Err(KeyFault::Changed));
            prop_assert_eq!(vault.open(&format!("{MARK}{text}"), Purpose::Serial("x")), Err(KeyFault::Changed));
        }
    }
}
