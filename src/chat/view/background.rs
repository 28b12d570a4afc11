//! What staff see of an order beside itself.

use chrono::NaiveDate;

use crate::chat::dialogue::{Holder, StaffState};
use crate::domain::{Billing, Person, PersonId};

/// Whom a notice about an order could not reach, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreached {
    pub name: String,
    pub why: WhyUnreached,
}

/// Why somebody cannot be reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhyUnreached {
    /// They blocked the bot.
    Blocked,
    /// Their Telegram account is gone.
    Deactivated,
    /// Telegram refused the message for good; the log says why.
    Refused,
    /// Telegram does not take it, nobody knows why; it is tried again.
    Waits,
}

/// What staff see of an order beside itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Background<'a> {
    pub customer: &'a Person,
    /// To whom it is invoiced.
    pub billing: Option<Billing>,
    /// Who has not heard of it yet.
    pub unreached: Vec<Unreached>,
    /// What the stock has of each line's product, counted no further than the line needs; of use while it can be completed.
    pub stock: Vec<u32>,
    /// Who is asked something on its alert.
    pub held: Vec<Held>,
    pub place: Place,
    /// The day in the shop's time zone.
    pub today: NaiveDate,
}

/// Where staff see an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// In their chat, where they are also asked about it.
    Alert,
    /// On a screen of one of them.
    Card,
}

/// Somebody whom the alert asks something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    pub person: PersonId,
    pub name: String,
    /// What they are asked.
    pub state: StaffState,
}

impl Held {
    /// The same as far as it keeps others from a step.
    pub fn holder(&self) -> Option<Holder> {
        let kind = self.state.asks_for()?;
        Some(Holder { person: self.person, name: self.name.clone(), kind })
    }
}
