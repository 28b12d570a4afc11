//! What staff do to an order, ready made.

use keydesk::domain::{Currency, Invoice, Money, OrderAction, PresetReason, Reason};

/// An invoice for 25 000,00 without a document.
pub fn invoiced() -> OrderAction {
    let amount = Money::from_minor(2_500_000, Currency::RUB).unwrap();
    OrderAction::Invoiced(Invoice { amount, due: None, document: None })
}

/// A cancellation because nobody paid.
pub fn cancelled() -> OrderAction {
    OrderAction::Cancelled(Reason::Ready(PresetReason::NotPaid))
}
