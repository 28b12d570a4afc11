//! What an order is invoiced for, read from an answer. Pure and total.

use super::banner::StaffBanner;
use super::prompt::Prompt;
use super::request::StaffRequest;
use super::state::StaffState;
use crate::chat::dialogue::input::Upload;
use crate::chat::dialogue::vendor::{VendorContext, VendorStep};
use crate::domain::{Invoice, Media, Order, OrderAction, Terms, TermsFault, terms};

/// A typed amount, a document alone (the order's total), or a document with the amount as its caption. Whether the document
/// is a PDF is seen when it is read.
pub(super) fn invoice(
    text: &str,
    upload: &Upload,
    order: &Order,
    context: &VendorContext,
) -> Result<Invoice, StaffBanner> {
    let text = text.trim();
    let file = match upload {
        Upload::File(file) => Some(file),
        Upload::Media(_) | Upload::Unusable if !text.is_empty() => return Err(StaffBanner::PdfExpected),
        Upload::Described => return Err(StaffBanner::AmountExpected),
        Upload::Nothing | Upload::Forwarded(_) | Upload::Media(_) | Upload::Unusable => None,
    };
    if file.is_some_and(|file| file.media != Media::Document) {
        return Err(StaffBanner::PdfExpected);
    }
    let total = order.summary.total;
    let typed = match (text, file) {
        ("", Some(_)) => Terms { amount: total, due: None },
        (text, _) => {
            terms::read(text, total.currency(), context.words, context.today).map_err(|fault| match fault {
                TermsFault::Sum => StaffBanner::AmountExpected,
                TermsFault::Currency => StaffBanner::CurrencyNamed(total.currency()),
                TermsFault::Day => StaffBanner::DayExpected,
            })?
        }
    };
    // A bill for nothing is a slip of the finger, unless the order costs nothing.
    if typed.amount.is_zero() && !total.is_zero() {
        return Err(StaffBanner::AmountExpected);
    }
    if typed.due.is_some_and(|due| due < context.today) {
        return Err(StaffBanner::DueInThePast);
    }
    let invoice = Invoice { amount: typed.amount, due: typed.due, document: file.cloned() };
    match order.is_invoiced_so(&invoice) {
        true => Err(StaffBanner::InvoicedSo(order.summary.number)),
        false => Ok(invoice),
    }
}

/// An amount that is far from the order's total is asked about once more.
pub(super) fn invoiced(prompt: Prompt, invoice: Invoice, order: &Order) -> VendorStep {
    if invoice.amount.is_far_from(order.summary.total) {
        return VendorStep::to(StaffState::ConfirmingInvoice(prompt, invoice));
    }
    request_invoice(prompt, invoice, order)
}

/// Invoices an order, whose document is looked at first.
pub(super) fn request_invoice(prompt: Prompt, invoice: Invoice, order: &Order) -> VendorStep {
    match invoice.document.clone() {
        Some(document) => VendorStep::to(StaffState::CheckingInvoice(prompt.order))
            .asking(StaffRequest::InvoiceWithDocument(prompt, invoice, document).into()),
        None => record(order, OrderAction::Invoiced(invoice)),
    }
}

/// Under the order's lock the shop looks at it once more; [`super::step::resume`] says what came of it.
pub(super) fn record(order: &Order, action: OrderAction) -> VendorStep {
    let number = order.summary.number;
    VendorStep::to(StaffState::ReadingOrder(number)).asking(StaffRequest::Perform(number, action).into())
}
