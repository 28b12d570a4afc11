//! What staff do to an order, ready made.

use keydesk::domain::{Currency, Deed, Invoice, Money, ReadyReason, Reason};

/// An invoice for 25 000,00 without a document.
pub fn invoiced() -> Deed {
    let amount = Money::from_minor(2_500_000, Currency::RUB).unwrap();
    Deed::Invoiced(Invoice { amount, due: None, document: None })
}

/// A cancellation because nobody paid.
pub fn cancelled() -> Deed {
    Deed::Cancelled(Reason::Ready(ReadyReason::NotPaid))
}
