//! What one of the staff asks the shop to do.

use super::prompt::Prompt;
use crate::domain::{Invoice, KeptFile, MessageBody, OrderAction, OrderNumber};

/// Something about an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StaffRequest {
    /// Acts on it; completing takes the serial numbers from the stock.
    Perform(OrderNumber, OrderAction),
    /// Answers its customer in several messages.
    Answer(OrderNumber, Vec<MessageBody>),
    /// Sends these files of it again, by the places of their rows in its audit trail.
    SendFiles(OrderNumber, Vec<usize>),
    /// Completes it with the serial numbers of a file, once it is read.
    CompleteFromFile(Prompt, KeptFile),
    /// Tells them what the bot does in the staff chat.
    Help,
    /// Tells them that there is no such command, and that /help says what the bot does.
    HintAtHelp,
    /// Drops what others are asked on its alert.
    Release(OrderNumber),
    /// Invoices it once the document has shown to be a PDF.
    InvoiceWithDocument(Prompt, Invoice, KeptFile),
}
