//! What a file is for that somebody sent.

use serde::{Deserialize, Serialize};

use super::dialogue::Prompt;
use crate::domain::{Invoice, Sku, Stored};

/// What a file is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FilePurpose {
    /// The serial numbers of an order.
    Complete(Prompt),
    /// The document of an invoice, if it is a PDF.
    Invoice { prompt: Prompt, invoice: Invoice },
    /// Serial numbers for the stock of a product.
    Import { sku: Sku },
    /// A new price list.
    Catalogue,
}

impl Stored for FilePurpose {
    const SCHEMA: u32 = 1;
}
