//! What the customer is to pay for an order.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::domain::money::Money;
use crate::domain::orders::message::KeptFile;

/// What the customer is to pay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invoice {
    pub amount: Money,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<NaiveDate>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<KeptFile>,
}

/// Readers look for the signature of a PDF within so many bytes (ISO 32000-1, Annex H, implementation note 13).
const SIGNATURE_WITHIN: usize = 1024;

/// Whether a file that begins with these bytes is a PDF, whatever it is called.
pub fn is_pdf(bytes: &[u8]) -> bool {
    let beginning = bytes.get(..SIGNATURE_WITHIN).unwrap_or(bytes);
    beginning.windows(5).any(|part| part == b"%PDF-")
}

/// An invoice and when it was set: two of an order may be for the same amount.
pub type Issued<'o> = (&'o Invoice, DateTime<Utc>);

/// How an invoice of an order stands now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InvoiceStanding<'o> {
    /// It is to be paid, in place of a former one if there was one.
    Current { replaces: Option<Issued<'o>> },
    /// Another one took its place.
    ReplacedBy(Issued<'o>),
    /// The order was cancelled.
    Cancelled,
}

impl Invoice {
    /// An invoice for this amount, without a document.
    pub fn of(amount: Money) -> Invoice {
        Invoice { amount, due: None, document: None }
    }

    /// Whether it says nothing that this one does not.
    pub fn adds_nothing_to(&self, former: &Invoice) -> bool {
        let same_file = |file: &KeptFile| former.document.as_ref().is_some_and(|kept| kept.is(file));
        self.amount == former.amount
            && self.due.is_none_or(|due| former.due == Some(due))
            && self.document.as_ref().is_none_or(same_file)
    }
}

#[cfg(test)]
mod tests {
    use super::is_pdf;

    #[test]
    fn a_pdf_is_one_by_its_content() {
        let after = |bytes: usize| [vec![b' '; bytes], b"%PDF-1.7".to_vec()].concat();
        assert!(is_pdf(b"%PDF-1.4 an invoice") && is_pdf(&after(1019)));
        assert!(!is_pdf(b"") && !is_pdf(b"%PDF") && !is_pdf(b"PK\x03\x04 not a PDF") && !is_pdf(&after(1020)));
    }
}
