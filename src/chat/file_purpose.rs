//! What a file is for that somebody sent.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::dialogue::{Prompt, Withdrawal};
use crate::domain::{Catalogue, Invoice, LARGEST_UPLOAD, Sku, Stored, Unreadable};

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
    /// Serial numbers to be taken out of the stock.
    Withdraw(Withdrawal),
    /// A new price list, by the name of its file.
    Catalogue { name: String },
}

impl FilePurpose {
    /// How many bytes of a file are fetched at most.
    pub fn largest(&self) -> usize {
        match self {
            FilePurpose::Complete(_)
            | FilePurpose::Invoice { .. }
            | FilePurpose::Import { .. }
            | FilePurpose::Withdraw(_) => LARGEST_UPLOAD,
            FilePurpose::Catalogue { .. } => Catalogue::MAX_BYTES,
        }
    }
}

impl Stored for FilePurpose {
    const SCHEMA: u32 = 2;

    fn upcast(_: u32, value: Value) -> Result<Value, Unreadable> {
        // The name of a price list's file was not kept.
        Ok(if value == json!("catalogue") { json!({ "catalogue": { "name": "" } }) } else { value })
    }
}
