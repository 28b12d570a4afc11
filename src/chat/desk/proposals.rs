//! A price list that an admin sent: compared with the one that holds before it takes its place.

use super::files::Fetched;
use super::{Desk, DeskError};
use crate::chat::dialogue::{AdminBanner, AdminState, FileRefusal, StaffBanner, StaffState};
use crate::domain::catalogue::diff::{Difference, differences};
use crate::domain::catalogue::file as catalogue_file;
use crate::domain::{PersonId, ProposalId};
use crate::store::{FileJob, Finished, Proposed, Tx};

/// A mark that some editors put before UTF-8 text.
const UTF8_MARK: char = '\u{feff}';

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
        let Ok(text) = std::str::from_utf8(bytes) else { return Ok(Err(AdminBanner::CatalogueNotText)) };
        let source = text.strip_prefix(UTF8_MARK).unwrap_or(text);
        // PostgreSQL keeps no such character, and no editor writes one.
        if source.contains('\0') {
            return Ok(Err(AdminBanner::CatalogueNotText));
        }
        let shop = &self.config().shop;
        let proposed = match catalogue_file::parse(source, shop.currency, shop.default_language) {
            Ok(proposed) => proposed,
            Err(faults) => return Ok(Err(AdminBanner::faults_of_catalogue(faults))),
        };
        let current = self.catalogue(tx).await?;
        if differences(&current, &proposed).is_empty() {
            return Ok(Err(AdminBanner::CatalogueSame));
        }
        let against = tx.current_price_list_id().await?.unwrap_or_default();
        Ok(Ok(tx.propose_price_list(source, against, by, self.clock().now()).await?))
    }

    /// What a proposal has otherwise than the price list that holds; `None` when it is gone.
    pub(super) async fn differences_of(
        &self,
        tx: &mut Tx,
        id: ProposalId,
    ) -> Result<Option<Vec<Difference>>, DeskError> {
        let Some(proposal) = tx.proposal(id).await? else { return Ok(None) };
        let shop = &self.config().shop;
        let Ok(proposed) = catalogue_file::parse(&proposal.source, shop.currency, shop.default_language) else {
            return Ok(None);
        };
        Ok(Some(differences(&*self.catalogue(tx).await?, &proposed)))
    }

    /// Makes a proposal the price list that holds; where its admin stands then, and what they are told.
    pub(super) async fn apply_proposal(
        &self,
        tx: &mut Tx,
        id: ProposalId,
        by: PersonId,
    ) -> Result<(AdminState, AdminBanner), DeskError> {
        Ok(match tx.apply_proposal(id, &format!("admin {by}"), self.clock().now()).await? {
            Proposed::Applied => {
                tracing::info!(person = by.0, "admin {by} applied a new price list");
                (AdminState::ReadingCatalogue, AdminBanner::CatalogueApplied)
            }
            Proposed::Overtaken => (AdminState::ConfirmingCatalogue(id), AdminBanner::CatalogueOvertaken),
            Proposed::Gone => (AdminState::ReadingCatalogue, AdminBanner::ProposalGone),
        })
    }
}
