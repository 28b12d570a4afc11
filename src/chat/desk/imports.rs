//! Serial numbers from a file into the stock: what an admin hears of it.

use super::files::Fetched;
use super::{Desk, DeskError};
use crate::chat::dialogue::{AdminBanner, AdminState, Dialogue, FileRefusal, StaffBanner, StaffState, State};
use crate::domain::{Role, Sku};
use crate::shop::{ImportOutcome, ImportRefusal, ImportStep};
use crate::store::{DialogueKey, FileJob, Finished, Imported, SaveDialogue, ShowIn};

/// Lines after which whoever waits is told how far it is: some seconds of work, and for a million lines no more edits
/// than a group takes in a minute.
const PROGRESS_EVERY: u64 = 50_000;

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
        let skus = self.shop.skus(&mut self.store().read().await?).await?;
        let mut importing = Box::new(self.shop.begin_import(sku, &skus, bytes).await?);
        let outcome = loop {
            match importing.next().await? {
                ImportStep::Done(outcome) => break outcome,
                ImportStep::Further(further, lines) => {
                    if lines.is_multiple_of(PROGRESS_EVERY) {
                        self.tell_progress(key, sku, lines).await?;
                    }
                    importing = further;
                }
            }
        };
        Ok(match outcome {
            ImportOutcome::Imported { counts: Imported { added, known }, heading } => {
                AdminBanner::Imported { sku: sku.clone(), added, known, heading }
            }
            ImportOutcome::Refused(ImportRefusal::Fault(fault)) => {
                AdminBanner::ImportRefused(FileRefusal::Fault(fault))
            }
            ImportOutcome::Refused(ImportRefusal::OtherProductAt(line)) => AdminBanner::OtherProductAt(line),
            ImportOutcome::Refused(ImportRefusal::OtherProduct(count)) => {
                AdminBanner::ImportRefused(FileRefusal::Foreign(sku.clone(), count))
            }
        })
    }

    /// Shows how far an import is, if its screen is still open.
    async fn tell_progress(&self, key: DialogueKey, of: &Sku, lines: u64) -> Result<(), DeskError> {
        let mut tx = self.store().begin().await?;
        let Some(stored) = tx.dialogue(key).await? else { return Ok(()) };
        let Ok(mut dialogue) = Dialogue::read(&stored.state) else { return Ok(()) };
        match &mut dialogue.place {
            State::Staff(StaffState::Admin(AdminState::ImportingSerials { sku, lines: shown })) if sku == of => {
                *shown = lines;
            }
            _ => return Ok(()),
        }
        let next = SaveDialogue { state: dialogue.store(), show_in: ShowIn::LiveMessage };
        // Whoever does something else at this moment does not wait for the progress of an import.
        let _ = tx.save_dialogue(key, Some(stored.version), &next, self.clock().now()).await?;
        Ok(tx.commit().await?)
    }

    pub(super) async fn is_still_admin(&self, key: DialogueKey) -> Result<bool, DeskError> {
        let mut tx = self.store().read().await?;
        Ok(self.role_in(&mut tx, key.chat, key.person).await? == Some(Role::Admin))
    }
}
