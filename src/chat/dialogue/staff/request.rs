//! What one of the staff asks the shop to do.

use super::prompt::Prompt;
use crate::domain::{Invoice, KeptFile, OrderAction, OrderNumber};

/// Something about an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StaffRequest {
    /// Acts on it; completing takes the serial numbers from the stock.
    Perform(OrderNumber, OrderAction),
    /// Completes it with the serial numbers of a file, once it is read.
    CompleteFromFile(Prompt, KeptFile),
    /// Tells them what the bot does in the staff chat.
    Help,
    /// Drops what others are asked on its alert.
    Release(OrderNumber),
    /// Invoices it once the document has shown to be a PDF.
    InvoiceWithDocument(Prompt, Invoice, KeptFile),
}
