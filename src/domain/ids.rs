//! A type for every id, so that the compiler keeps an order number apart from a chat.

use std::fmt;

use serde::{Deserialize, Serialize};

macro_rules! integer_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

integer_id! {
    /// A Telegram user, by the numeric id that never changes.
    PersonId
}
integer_id! {
    /// A Telegram chat; a private chat has the id of its person.
    ChatId
}
integer_id! {
    /// A message within its chat.
    MessageId
}
integer_id! {
    /// A topic of a forum, by the message that opened it; General is 0.
    TopicId
}
integer_id! {
    /// One update of the Bot API (`update_id`).
    UpdateId
}
integer_id! {
    /// A customer account: what orders belong to.
    AccountId
}
integer_id! {
    /// The number that people call an order by; rises by one and is never reused.
    OrderNumber
}
integer_id! {
    /// A draft, drawn at random; an order keeps the id of the draft it came from, which makes it unique.
    DraftId
}

integer_id! {
    /// A price list that somebody proposed.
    ProposalId
}

/// Below every id that Telegram gives a person, a group or a channel (<https://core.telegram.org/api/bots/ids>).
const ERASED: i64 = -1_000_000_000_000_000;

impl PersonId {
    /// Who stands in the place of an erased person in their account's books: nobody has this id, and nobody can be written to
    /// by it.
    pub fn erased(account: AccountId) -> PersonId {
        PersonId(ERASED.saturating_sub(account.0))
    }

    /// Whether this is one of those.
    pub fn is_erased(self) -> bool {
        self.0 <= ERASED
    }
}

impl TopicId {
    pub const GENERAL: TopicId = TopicId(0);
}

impl PersonId {
    /// The private chat with this person.
    pub fn private_chat(self) -> ChatId {
        ChatId(self.0)
    }
}

impl OrderNumber {
    /// Reads a number as people and links write it: up to 15 decimal digits, above zero.
    pub fn parse(text: &str) -> Option<OrderNumber> {
        let plain = (1..=15).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
        plain.then(|| text.parse().ok()).flatten().and_then(OrderNumber::new)
    }

    /// A number above zero, of at most 15 digits: they stay below 2^53, so that no spreadsheet or script rounds it.
    pub fn new(number: i64) -> Option<OrderNumber> {
        (1..=999_999_999_999_999).contains(&number).then_some(OrderNumber(number))
    }
}

/// A product's stock keeping unit: 1 to 32 of `a-z 0-9 . _ -`, so that it fits a button beside everything else.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Sku(String);

impl Sku {
    /// The longest SKU, in bytes; a button has 64 for all its data.
    pub const MAX_BYTES: usize = 32;

    /// Accepts a well-formed SKU.
    pub fn parse(text: &str) -> Option<Sku> {
        let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"._-".contains(&byte);
        let fits = (1..=Self::MAX_BYTES).contains(&text.len()) && text.bytes().all(allowed);
        fits.then(|| Sku(text.to_owned()))
    }

    /// The SKU as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Sku {
    type Error = String;

    fn try_from(text: String) -> Result<Sku, String> {
        Sku::parse(&text).ok_or_else(|| format!("`{text}` is not a SKU: 1 to 32 of a-z 0-9 . _ -"))
    }
}

impl From<Sku> for String {
    fn from(sku: Sku) -> String {
        sku.0
    }
}

impl fmt::Display for Sku {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
