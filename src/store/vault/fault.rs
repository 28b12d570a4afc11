//! Why a database cannot be used with a key, or without one.

/// Why the key that keydesk was given, or that it was given none, does not suit the database, in one sentence with the remedy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyFault {
    #[error(
        "the serial numbers in the database are encrypted, and keydesk was given no key: name the file of their key as \
         `key_file` in section [stock] of the configuration, or set KEYDESK_STOCK_KEY"
    )]
    Missing,
    #[error(
        "the serial numbers in the database are encrypted with another key: give keydesk the key file that they were \
         encrypted with last; a backup needs that of its time"
    )]
    Wrong,
    #[error(
        "keydesk was given a key, and the serial numbers in the database are not encrypted: stop it and run `keydesk stock \
         encrypt`, or take `key_file` out of section [stock] of the configuration, or KEYDESK_STOCK_KEY out of the environment"
    )]
    Needless,
    /// What was read is not what was written.
    #[error(
        "what is encrypted in the database cannot be read with the key, or was changed by hand: `keydesk doctor` counts such \
         serial numbers and dialogues, and a backup has them as they were"
    )]
    Changed,
    #[error("the system gives no random bits: nothing can be encrypted; restart the machine, or ask its administrator")]
    NoRandomness,
}
