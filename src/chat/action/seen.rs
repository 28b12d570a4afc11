//! What somebody saw when they pressed a button.

use std::fmt;

use serde::Serialize;

use crate::domain::Order;

/// What a button's label spoke of when it was drawn: how often the order's status had been set, or the fingerprint of what is
/// confirmed. Whoever serves the press compares it with what it would do now. Buttons of releases that did not say it have
/// [`Seen::UNKNOWN`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen(u32);

impl Seen {
    pub const UNKNOWN: Seen = Seen(0);

    pub fn of_order(order: &Order) -> Seen {
        Seen::after(order.changes())
    }

    /// An order whose status had been set so often.
    pub fn after(changes: usize) -> Seen {
        Seen(u32::try_from(changes).unwrap_or(u32::MAX))
    }

    /// Something that is asked about, such as an unusual sum or a reason.
    pub fn fingerprint(of: &(impl Serialize + ?Sized)) -> Seen {
        // FNV-1a: it tells one person's two answers apart, and nobody gains by a collision.
        let bytes = serde_json::to_vec(of).unwrap_or_default();
        let hash = bytes.iter().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193));
        Seen(hash.max(1))
    }

    /// [`Order::changes`] of the order that was seen; `None` where the button did not say.
    pub fn changes(self) -> Option<usize> {
        (self != Seen::UNKNOWN).then(|| usize::try_from(self.0).unwrap_or(usize::MAX))
    }

    /// Whether it is this, or nobody can say.
    pub fn may_be(self, of: &impl Serialize) -> bool {
        self == Seen::UNKNOWN || self == Seen::fingerprint(of)
    }

    pub(super) fn parse(text: &str) -> Option<Seen> {
        u32::from_str_radix(text, 16).ok().filter(|seen| *seen != 0).map(Seen)
    }
}

impl fmt::Display for Seen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:x}", self.0)
    }
}
