//! The documents of invoices: one is sent to a customer only once it has shown to be a PDF.

use super::dialogue::{Prompt, StaffBanner, StaffState};
use super::fetched::{Fetched, FileOutcome};
use super::{Chat, ChatError};
use crate::domain::orders::invoice::is_pdf;
use crate::domain::{ActionKind, Invoice, OrderAction};
use crate::store::{DialogueKey, Tx};

/// Whether a fetched file is what an invoice may carry.
pub(super) fn read_document(fetched: &Fetched) -> Result<(), StaffBanner> {
    match fetched.bytes() {
        Ok(bytes) if is_pdf(bytes) => Ok(()),
        Ok(_) => Err(StaffBanner::PdfExpected),
        Err(refusal) => Err(StaffBanner::PdfNotFetched(refusal)),
    }
}

impl Chat {
    pub(super) async fn invoice_with_document(
        &self,
        tx: &mut Tx,
        key: DialogueKey,
        prompt: Prompt,
        invoice: &Invoice,
        document: &Result<(), StaffBanner>,
    ) -> Result<FileOutcome, ChatError> {
        let closed = |banner: StaffBanner| FileOutcome::of(banner, StaffState::ReadingOrder(prompt.order));
        let (order, actor) = match self.prompted(tx, key, prompt).await? {
            Ok(both) => both,
            Err(banner) => return Ok(closed(banner)),
        };
        if let Err(banner) = document {
            return Ok(FileOutcome::of(banner.clone(), StaffState::WaitingForInvoice(prompt)));
        }
        Ok(closed(match self.shop.perform(tx, &order, OrderAction::Invoiced(invoice.clone()), &actor).await? {
            Ok(_) => StaffBanner::Done(prompt.order, ActionKind::Invoice),
            Err(error) => StaffBanner::refused(&order, error),
        }))
    }
}
