//! Files that staff sent: worked on once they are fetched, outside the transaction that took note of them.

use serde::{Deserialize, Serialize};

use super::{Desk, DeskError};
use crate::chat::dialogue::{FileRefusal, Prompt, StaffBanner, StaffState};
use crate::domain::stock::listing;
use crate::domain::{Sku, Status};
use crate::shop::SerialSource;
use crate::store::{FileJob, Finished, Tx};

/// What a file is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FilePurpose {
    /// The serial numbers of an order.
    Complete(Prompt),
    /// Serial numbers for the stock of a product.
    Import {
        /// The product.
        sku: Sku,
    },
    /// A new price list.
    Catalogue,
}

/// What came of fetching a file.
#[derive(Clone, PartialEq, Eq)]
pub enum Fetched {
    /// All of it.
    Whole(Vec<u8>),
    /// It is larger than bots can fetch.
    TooLarge,
    /// Telegram does not have it.
    NotThere,
}

impl FilePurpose {
    /// The form in which the store keeps it.
    pub fn store(&self) -> String {
        // Serialising plain data into a string cannot fail; an empty string would be refused by `read`.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Reads what [`FilePurpose::store`] wrote.
    pub fn read(stored: &str) -> Result<FilePurpose, serde_json::Error> {
        serde_json::from_str(stored)
    }
}

impl Desk {
    /// Works on a file; whoever sent it reads what came of it.
    pub async fn file_fetched(&self, job: &FileJob, fetched: &Fetched) -> Result<(), DeskError> {
        match FilePurpose::read(&job.purpose) {
            Ok(FilePurpose::Complete(question)) => self.serials_fetched(job, question, fetched).await,
            Ok(FilePurpose::Import { sku }) => self.stock_fetched(job, &sku, fetched).await,
            Ok(FilePurpose::Catalogue) => self.catalogue_fetched(job, fetched).await,
            // A job of another release: nobody here knows what to do with it.
            Err(error) => {
                tracing::error!("file job {} cannot be read and is dropped: {error}", job.id.0);
                let mut tx = self.store().begin().await?;
                tx.finish_file_job(job.id).await?;
                Ok(tx.commit().await?)
            }
        }
    }

    async fn serials_fetched(&self, job: &FileJob, question: Prompt, fetched: &Fetched) -> Result<(), DeskError> {
        let mut tx = self.store().begin().await?;
        if tx.finish_file_job(job.id).await? == Finished::Before {
            return Ok(());
        }
        let (said, next) = match self.complete_from_file(&mut tx, job, question, fetched).await? {
            Ok(()) => (StaffBanner::Done(question.order, Status::Completed), StaffState::Idle),
            Err(refusal @ StaffBanner::FileRefused(_)) => (refusal, StaffState::WaitingForSerials(question)),
            Err(refusal) => (refusal, StaffState::Idle),
        };
        self.answer_file(&mut tx, job.key, said, next).await?;
        Ok(tx.commit().await?)
    }

    async fn complete_from_file(
        &self,
        tx: &mut Tx,
        job: &FileJob,
        question: Prompt,
        fetched: &Fetched,
    ) -> Result<Result<(), StaffBanner>, DeskError> {
        let order = tx.locked_order(question.order).await?;
        let (Some(order), Some(actor)) = (order, self.actor(tx, job.key).await?) else {
            return Ok(Err(StaffBanner::NoSuchOrder(question.order)));
        };
        if let Some(overtaken) = question.overtaken(&order) {
            return Ok(Err(StaffBanner::Overtaken(overtaken)));
        }
        let bytes = match fetched {
            Fetched::Whole(bytes) => bytes,
            Fetched::TooLarge => return Ok(Err(StaffBanner::FileRefused(FileRefusal::TooLarge))),
            Fetched::NotThere => return Ok(Err(StaffBanner::FileRefused(FileRefusal::NotThere))),
        };
        let lists = match listing::read_for(&order.lines, bytes, self.shop.skus(tx).await?) {
            Ok(lists) => lists,
            Err(refusal) => return Ok(Err(StaffBanner::FileRefused(refusal.into()))),
        };
        let completed = self.complete(tx, &order, &SerialSource::Listed(lists), &actor, job.key).await?;
        Ok(completed.map(drop).map_err(|error| StaffBanner::hindered(&order, error)))
    }
}
