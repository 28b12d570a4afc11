//! Serial numbers from a file into the stock, all or none: reading it in pieces, and what an admin hears of it.

use std::collections::BTreeSet;
use std::io::BufRead;

use super::files::Fetched;
use super::staff::watched;
use super::{Desk, DeskError};
use crate::chat::dialogue::{AdminBanner, AdminState, Dialogue, FileRefusal, StaffBanner, StaffState, State};
use crate::domain::{Entry, FileFault, Role, SerialFile, Sku, Stored};
use crate::store::{
    DialogueKey, FileJob, Finished, Import, Imported, NumberedSerial, Repeated, SaveDialogue, ShowIn, StockImport,
    StoreError, Visibility,
};

/// Serial numbers held in memory at a time; more would not be faster.
const BATCH: usize = 5_000;
/// Lines after which whoever waits is told how far it is: some seconds of work, and for a million lines no more edits
/// than a group takes in a minute.
const PROGRESS_EVERY: u64 = 50_000;

/// A file of serial numbers on its way into the stock of one product.
pub struct StockReading<'s, R> {
    file: SerialFile<'s, R>,
    sku: Sku,
    batch: Vec<NumberedSerial>,
    lines: u64,
}

/// How far the reading has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Batch {
    /// So many serial numbers were gathered, and there may be more.
    More {
        /// All of them so far.
        lines: u64,
    },
    /// The whole file was gathered.
    Whole {
        /// The line that was taken for a heading.
        heading: Option<u64>,
    },
}

/// Why a file does not come into the stock.
#[derive(Debug, thiserror::Error)]
pub enum NoImport {
    /// What stands in it.
    #[error(transparent)]
    Fault(#[from] FileFault),
    /// A line is of another product.
    #[error("line {line} is of another product than {sku}; import each product from its own file")]
    OtherProduct {
        /// Where.
        line: u64,
        /// The product that the file was to be of.
        sku: Sku,
    },
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl<'s, R: BufRead> StockReading<'s, R> {
    /// A file for the stock of `sku`, whose second column, if it has one, names these products.
    pub fn new(reader: R, skus: &'s BTreeSet<Sku>, sku: Sku) -> StockReading<'s, R> {
        StockReading { file: SerialFile::new(reader, skus), sku, batch: Vec::with_capacity(BATCH), lines: 0 }
    }

    /// Gathers the next serial numbers.
    pub async fn gather(&mut self, stock: &mut StockImport) -> Result<Batch, NoImport> {
        self.batch.clear();
        while self.batch.len() < BATCH {
            let Some(entry) = self.file.next().transpose()? else { break };
            let Entry { line, sku, serial } = entry;
            if sku.is_some_and(|sku| sku != self.sku) {
                return Err(NoImport::OtherProduct { line, sku: self.sku.clone() });
            }
            self.batch.push(NumberedSerial { line, serial });
        }
        if let Some(Repeated { first, again }) = stock.gather(&self.batch).await? {
            return Err(FileFault::Repeated { first, again }.into());
        }
        self.lines += self.batch.len() as u64;
        match (self.batch.len() == BATCH, self.lines) {
            (true, lines) => Ok(Batch::More { lines }),
            (false, 0) => Err(FileFault::Empty.into()),
            (false, _) => Ok(Batch::Whole { heading: self.file.heading() }),
        }
    }
}

impl Desk {
    /// Brings a fetched file into the stock. Cut off at any moment it is simply done again: what is known stays known.
    pub(super) async fn stock_fetched(&self, job: &FileJob, sku: &Sku, fetched: &Fetched) -> Result<(), DeskError> {
        let notice = match (self.is_still_admin(job.key).await?, fetched) {
            (false, _) => None,
            (true, Fetched::TooLarge) => Some(AdminBanner::ImportRefused(FileRefusal::TooLarge)),
            (true, Fetched::NotThere) => Some(AdminBanner::ImportRefused(FileRefusal::NotThere)),
            (true, Fetched::Whole(bytes)) => Some(self.import(job.key, sku, bytes).await?),
        };
        loop {
            // Whoever does something at this very moment is no reason to read the file again.
            match self.stock_answered(job, sku, notice.as_ref()).await {
                Err(DeskError::Overtaken) => {}
                answered => return answered,
            }
        }
    }

    async fn stock_answered(&self, job: &FileJob, sku: &Sku, notice: Option<&AdminBanner>) -> Result<(), DeskError> {
        let mut tx = self.store().begin().await?;
        if tx.finish_file_job(job.id).await? == Finished::Before {
            return Ok(());
        }
        if let Some(notice) = notice {
            let next = match notice {
                AdminBanner::Imported { .. } => AdminState::ReadingStock { page: 0 },
                _ => AdminState::WaitingForSerials(sku.clone()),
            };
            self.answer_file(&mut tx, job.key, StaffBanner::Admin(notice.clone()), StaffState::Admin(next)).await?;
        }
        Ok(tx.commit().await?)
    }

    async fn import(&self, key: DialogueKey, sku: &Sku, bytes: &[u8]) -> Result<AdminBanner, DeskError> {
        let skus: BTreeSet<Sku> = {
            let catalogue = self.catalogue(&mut self.store().read().await?).await?;
            catalogue.products.iter().map(|product| product.sku.clone()).collect()
        };
        let mut stock = self.store().begin_stock_import().await?;
        let mut reading = StockReading::new(bytes, &skus, sku.clone());
        let heading = loop {
            match reading.gather(&mut stock).await {
                Ok(Batch::Whole { heading }) => break heading,
                Ok(Batch::More { lines }) if lines.is_multiple_of(PROGRESS_EVERY) => {
                    self.tell_progress(key, sku, lines).await?;
                }
                Ok(Batch::More { .. }) => {}
                Err(NoImport::Fault(fault)) => return Ok(AdminBanner::ImportRefused(FileRefusal::Fault(fault))),
                Err(NoImport::OtherProduct { line, .. }) => return Ok(AdminBanner::OtherProductAt(line)),
                Err(NoImport::Store(error)) => return Err(error.into()),
            }
        };
        let person = key.person.0;
        match stock.finish(sku, self.clock().now()).await? {
            Import::Done(Imported { added, known }) => {
                tracing::info!(person, %sku, added, known, "serial numbers came into the stock of {sku}");
                Ok(AdminBanner::Imported { sku: sku.clone(), added, known, heading })
            }
            Import::OtherProduct { count } => Ok(AdminBanner::ImportRefused(FileRefusal::Foreign(sku.clone(), count))),
        }
    }

    /// Shows how far an import is, if its screen is still open.
    async fn tell_progress(&self, key: DialogueKey, of: &Sku, lines: u64) -> Result<(), DeskError> {
        let mut tx = self.store().begin().await?;
        let Some(stored) = tx.dialogue(key).await? else { return Ok(()) };
        if stored.visibility == Visibility::Closed {
            return Ok(());
        }
        let Ok(mut dialogue) = Dialogue::decode(&stored.state) else { return Ok(()) };
        match &mut dialogue.place {
            State::Staff(StaffState::Admin(AdminState::ImportingSerials { sku, lines: shown })) if sku == of => {
                *shown = lines;
            }
            _ => return Ok(()),
        }
        let watches = watched(&dialogue);
        let next = SaveDialogue { state: dialogue.encode()?, show_in: ShowIn::LiveMessage, watches };
        // Whoever does something else at this moment does not wait for the progress of an import.
        let _ = tx.save_dialogue(key, Some(stored.version), &next, self.clock().now()).await?;
        Ok(tx.commit().await?)
    }

    pub(super) async fn is_still_admin(&self, key: DialogueKey) -> Result<bool, DeskError> {
        let mut tx = self.store().read().await?;
        Ok(self.role_in(&mut tx, key.chat, key.person).await? == Some(Role::Admin))
    }
}
