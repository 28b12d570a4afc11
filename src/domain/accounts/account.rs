//! A customer account that several colleagues share: its people and the invitations to it.

use std::fmt;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::domain::ids::{AccountId, PersonId};

/// People in one account: their list fits one screen, and a larger company orders through somebody.
pub const MAX_MEMBERS: usize = 20;
/// Invitations that stand open at once; each is for one colleague.
pub const MAX_INVITATIONS: usize = 5;
/// How long an invitation can be used: a link that was forgotten in a chat is no door for ever.
pub const INVITATION_LIFE: TimeDelta = TimeDelta::hours(48);

/// What makes an invitation valid: 128 random bits, so that nobody can guess it.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct InvitationToken(u128);

impl InvitationToken {
    /// The token of these random bits.
    pub fn from_random(bits: [u8; 16]) -> InvitationToken {
        InvitationToken(u128::from_be_bytes(bits))
    }

    /// Reads 32 hexadecimal digits as [`InvitationToken`] writes them.
    pub fn parse(text: &str) -> Option<InvitationToken> {
        let digit = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'a'..=b'f');
        let fits = text.len() == 32 && text.bytes().all(digit);
        fits.then(|| u128::from_str_radix(text, 16).ok()).flatten().map(InvitationToken)
    }
}

impl fmt::Display for InvitationToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

impl fmt::Debug for InvitationToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("InvitationToken(…)")
    }
}

impl TryFrom<String> for InvitationToken {
    type Error = &'static str;

    fn try_from(text: String) -> Result<InvitationToken, &'static str> {
        InvitationToken::parse(&text).ok_or("not an invitation")
    }
}

impl From<InvitationToken> for String {
    fn from(token: InvitationToken) -> String {
        token.to_string()
    }
}

/// An invitation that can be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// What the link carries.
    pub token: InvitationToken,
    pub expires_at: DateTime<Utc>,
    /// What the owner calls the person whom it is for; `None` when whoever has it may use it.
    pub invited: Option<String>,
}

/// One of an account's people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    pub id: PersonId,
    pub name: String,
    /// Without the `@`.
    pub username: Option<String>,
}

/// An account and its people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    pub id: AccountId,
    pub owner: PersonId,
    /// The owner first, then in the order in which they joined.
    pub members: Vec<Member>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inviter {
    /// The name of the account's owner.
    pub owner_name: String,
    /// The company, if the account has billing details.
    pub company: Option<String>,
}

/// What an invitation is worth to a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Invited {
    /// They can join this account.
    To(AccountId),
    /// It was used, withdrawn, forged or has expired.
    NotValid,
    /// Others have joined their own account, which they would leave ownerless.
    HasMembers,
    /// They are in a colleague's account already.
    IsMember,
    /// They are in the account that it leads to.
    IsThere,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_token_is_read_back_and_fits_a_link(bits in any::<[u8; 16]>()) {
            let token = InvitationToken::from_random(bits);
            prop_assert_eq!(InvitationToken::parse(&token.to_string()), Some(token));
            // https://core.telegram.org/bots/features#deep-linking
            let payload = format!("join_{token}");
            prop_assert!(payload.len() <= 64);
        }

        #[test]
        fn nothing_else_is_a_token(text in "\\PC{0,40}") {
            if let Some(token) = InvitationToken::parse(&text) {
                prop_assert_eq!(token.to_string(), text);
            }
        }
    }

    #[test]
    fn a_token_is_in_no_debug_output() {
        assert!(!format!("{:?}", InvitationToken::from_random([7; 16])).contains('7'));
    }
}
