//! A price list that an admin sent: compared with the one that holds before it takes its place.

use super::files::Fetched;
use super::{Desk, DeskError};
use crate::chat::dialogue::{AdminBanner, AdminState, FileRefusal, StaffBanner, StaffState};
use crate::domain::{PersonId, ProposalId};
use crate::shop::NoProposal;
use crate::store::{FileJob, Finished, Proposed, Tx};

impl Desk {
    /// Compares a fetched price list with the one that holds, and asks whether it is to take its place.
    pub(super) async fn catalogue_fetched(&self, job: &FileJob, fetched: &Fetched) -> Result<(), DeskError> {
        let is_admin = self.is_still_admin(job.key).await?;
        let mut tx = self.store().begin().await?;
        if tx.finish_file_job(job.id).await? == Finished::Before {
            return Ok(());
        }
        if is_admin {
            let (next, notice) = match self.propose(&mut tx, job.key.person, fetched).await? {
                Ok(id) => (AdminState::ConfirmingCatalogue(id), AdminBanner::CatalogueCompared(id)),
                Err(notice) => (AdminState::ReadingCatalogue, notice),
            };
            self.answer_file(&mut tx, job.key, StaffBanner::Admin(notice), StaffState::Admin(next)).await?;
        }
        Ok(tx.commit().await?)
    }

    async fn propose(
        &self,
        tx: &mut Tx,
        by: PersonId,
        fetched: &Fetched,
    ) -> Result<Result<ProposalId, AdminBanner>, DeskError> {
        let bytes = match fetched {
            Fetched::Whole(bytes) => bytes,
            Fetched::TooLarge => return Ok(Err(AdminBanner::CatalogueNotFetched(FileRefusal::TooLarge))),
            Fetched::NotThere => return Ok(Err(AdminBanner::CatalogueNotFetched(FileRefusal::NotThere))),
        };
        Ok(self.shop.propose(tx, by, bytes).await?.map_err(|refusal| match refusal {
            NoProposal::NotText => AdminBanner::CatalogueNotText,
            NoProposal::Faults(faults) => AdminBanner::faults_of_catalogue(faults),
            NoProposal::Same => AdminBanner::CatalogueSame,
        }))
    }

    /// Makes a proposal the price list that holds; where its admin stands then, and what they are told.
    pub(super) async fn apply_proposal(
        &self,
        tx: &mut Tx,
        id: ProposalId,
        by: PersonId,
    ) -> Result<(AdminState, AdminBanner), DeskError> {
        Ok(match self.shop.apply_proposal(tx, by, id).await? {
            Proposed::Applied => (AdminState::ReadingCatalogue, AdminBanner::CatalogueApplied),
            Proposed::Overtaken => (AdminState::ConfirmingCatalogue(id), AdminBanner::CatalogueOvertaken),
            Proposed::Gone => (AdminState::ReadingCatalogue, AdminBanner::ProposalGone),
        })
    }
}
