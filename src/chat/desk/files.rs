//! Files that staff sent: worked on once they are fetched, outside the transaction that took note of them.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::deeds::{Refused, Source};
use super::{Desk, DeskError};
use crate::chat::dialogue::{FileRefusal, Prompt, Shortage, StaffBanner, StaffState};
use crate::domain::stock::serial_file;
use crate::domain::{Entry, Order, SerialNumber, Sku, Status, Stored};
use crate::store::{Allocation, FileJob, Finished, Tx};

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

impl Stored for FilePurpose {
    const SCHEMA: u32 = 1;
}

impl Desk {
    /// Works on a file; whoever sent it reads what came of it.
    pub async fn file_fetched(&self, job: &FileJob, fetched: &Fetched) -> Result<(), DeskError> {
        match FilePurpose::decode(&job.purpose) {
            Ok(FilePurpose::Complete(question)) => self.serials_fetched(job, question, fetched).await,
            Ok(FilePurpose::Import { sku }) => self.stock_fetched(job, &sku, fetched).await,
            Ok(FilePurpose::Catalogue) => self.catalogue_fetched(job, fetched).await,
            // A job of another release: nobody here knows what to do with it.
            Err(error) => {
                tracing::error!(job = job.id.0, "file job {} cannot be read and is dropped: {error}", job.id.0);
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
        let outcome = self.complete_from_file(&mut tx, job, question, fetched).await?;
        let Err(refusal) = outcome else {
            let done = StaffBanner::Done(question.order, Status::Completed);
            self.answer_file(&mut tx, job.key, done, StaffState::Idle).await?;
            return Ok(tx.commit().await?);
        };
        // Some lines may have had their serial numbers already: all of that is undone, and only the refusal is kept.
        drop(tx);
        let mut tx = self.store().begin().await?;
        if tx.finish_file_job(job.id).await? == Finished::Before {
            return Ok(());
        }
        let again = match refusal {
            StaffBanner::FileRefused(_) => StaffState::WaitingForSerials(question),
            _ => StaffState::Idle,
        };
        self.answer_file(&mut tx, job.key, refusal, again).await?;
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
        let catalogue = self.catalogue(tx).await?;
        let skus = catalogue.products.iter().map(|product| &product.sku);
        let skus = skus.chain(order.lines.iter().map(|line| &line.sku)).cloned().collect();
        let lists = match listed(fetched, &order, &skus) {
            Ok(lists) => lists,
            Err(refusal) => return Ok(Err(StaffBanner::FileRefused(refusal))),
        };
        Ok(self.complete(tx, &order, &Source::Listed(lists), &actor).await?.map_err(|refused| match refused {
            Refused::Order(notice) => notice,
            Refused::Serials(sku, Allocation::AlreadyGiven { count }) => {
                StaffBanner::FileRefused(FileRefusal::Given(sku, count))
            }
            Refused::Serials(sku, Allocation::OtherProduct { count }) => {
                StaffBanner::FileRefused(FileRefusal::Foreign(sku, count))
            }
            Refused::Serials(..) => StaffBanner::FileExpected,
        }))
    }
}

/// The serial numbers of a file, by the order's lines in turn, exactly as many as each needs.
fn listed(fetched: &Fetched, order: &Order, skus: &BTreeSet<Sku>) -> Result<Vec<Vec<SerialNumber>>, FileRefusal> {
    let bytes = match fetched {
        Fetched::Whole(bytes) => bytes,
        Fetched::TooLarge => return Err(FileRefusal::TooLarge),
        Fetched::NotThere => return Err(FileRefusal::NotThere),
    };
    let entries = serial_file::read_all(bytes, skus).map_err(FileRefusal::Fault)?;
    let mut lists: Vec<Vec<SerialNumber>> = order.lines.iter().map(|_| Vec::new()).collect();
    for Entry { sku, serial, .. } in entries {
        let index = match &sku {
            Some(sku) => order.lines.iter().position(|line| line.sku == *sku),
            None if order.lines.len() == 1 => Some(0),
            None => return Err(FileRefusal::SkusExpected),
        };
        match (index.and_then(|index| lists.get_mut(index)), sku) {
            (Some(list), _) => list.push(serial),
            (None, Some(sku)) => return Err(FileRefusal::OtherProduct(sku)),
            (None, None) => return Err(FileRefusal::SkusExpected),
        }
    }
    let counts = order.lines.iter().zip(&lists).filter(|(line, list)| list.len() != line.quantity as usize);
    let wrong: Vec<Shortage> = counts
        .map(|(line, list)| Shortage { sku: line.sku.clone(), needed: line.quantity, available: list.len() as u64 })
        .collect();
    if wrong.is_empty() { Ok(lists) } else { Err(FileRefusal::Counts(wrong)) }
}
