//! The documents of invoices: one is sent to a customer only once it has shown to be a PDF.

use super::dialogue::{Prompt, StaffBanner, StaffState};
use super::files::{Fetched, FileOutcome};
use super::{Chat, ChatError};
use crate::domain::orders::invoice::is_pdf;
use crate::domain::{Invoice, OrderAction, Status};
use crate::store::{FileJob, Tx};

impl Chat {
    pub(super) async fn invoice_with_document(
        &self,
        tx: &mut Tx,
        job: &FileJob,
        prompt: Prompt,
        invoice: Invoice,
        fetched: &Fetched,
    ) -> Result<FileOutcome, ChatError> {
        let closed = |banner: StaffBanner| FileOutcome::of(banner, StaffState::Idle);
        let refused = |banner: StaffBanner| FileOutcome::of(banner, StaffState::WaitingForInvoice(prompt));
        let order = tx.locked_order(prompt.order).await?;
        let (Some(order), Some(actor)) = (order, self.actor(tx, job.key).await?) else {
            return Ok(closed(StaffBanner::NoSuchOrder(prompt.order)));
        };
        if let Some(overtaken) = prompt.overtaken(&order) {
            return Ok(closed(StaffBanner::Overtaken(overtaken)));
        }
        match fetched.bytes() {
            Ok(bytes) if is_pdf(bytes) => {}
            Ok(_) => return Ok(refused(StaffBanner::PdfExpected)),
            Err(refusal) => return Ok(refused(StaffBanner::PdfNotFetched(refusal))),
        }
        Ok(closed(match self.shop.perform(tx, &order, OrderAction::Invoiced(invoice), &actor).await? {
            Ok(_) => StaffBanner::Done(prompt.order, Status::Invoiced),
            Err(error) => StaffBanner::refused(&order, error),
        }))
    }
}
