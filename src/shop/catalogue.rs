//! The price list that holds: applied from a file or a proposal, and read once for each version.

use std::sync::Arc;

use super::{Shop, ShopError};
use crate::domain::catalogue::diff::{Difference, differences};
use crate::domain::catalogue::file as catalogue_file;
use crate::domain::catalogue::revision::{Revision, revised};
use crate::domain::{
    Actor, AuditAction, Catalogue, CatalogueFault, CataloguePlace, CatalogueProblem, PersonId, ProposalId,
};
use crate::shop::audit::admin;
use crate::store::{Applied, Decider, Proposal, Proposed, Tx};

/// By what hand a price list came that was read at the start.
const CATALOGUE_FILE: &str = "catalogue file";
/// By what hand one came that somebody applied by a command.
const COMMAND: &str = "command";
/// People, notes and companies that one transaction makes searchable: another one of theirs does not wait for long.
const INDEXED_AT_ONCE: u32 = 1_000;
/// Marks that make the parser keep something. The densest price list of a thousand products that fits has fewer; a megabyte of
/// nothing else would take two hundred times its size.
const MOST_MARKS: usize = 200_000;
/// A mark that some editors put before UTF-8 text.
const UTF8_MARK: char = '\u{feff}';

/// Why a file is no proposal of a price list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoProposal {
    /// It is not UTF-8 text.
    NotText,
    /// What is wrong in it.
    Faults(Vec<CatalogueFault>),
    /// It says what the price list says.
    Same,
}

/// Why one price or quantity is not changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotRevised {
    /// The price list has no such price any more.
    Gone,
    /// It says so already.
    Same,
    /// The price list would not be sound.
    Fault(CatalogueProblem),
}

/// Where a price list comes from that is applied by a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// The file that the configuration names.
    CatalogueFile,
    OtherFile,
}

/// A price list that somebody would like to hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProposedPrices {
    source: String,
    catalogue: Catalogue,
}

impl ProposedPrices {
    /// A price list that did not come as a catalogue file.
    pub fn of(catalogue: Catalogue) -> ProposedPrices {
        ProposedPrices { source: catalogue.to_toml(), catalogue }
    }
}

impl Shop {
    fn read_prices(&self, source: &str) -> Result<Catalogue, Vec<CatalogueFault>> {
        let shop = &self.config.shop;
        catalogue_file::parse(source, shop.currency, shop.default_language)
    }

    /// Whether two catalogue files differ in nothing, or in what nobody is shown: a remark in the file must not make an
    /// open proposal outdated.
    fn has_same_prices(&self, applied: &str, source: &str) -> bool {
        applied == source || self.read_prices(applied).is_ok_and(|applied| self.read_prices(source) == Ok(applied))
    }

    /// The price list as of this transaction.
    pub async fn catalogue(&self, tx: &mut Tx) -> Result<Arc<Catalogue>, ShopError> {
        if let Some(catalogue) = self.prices.of(tx.current_price_list_id().await?) {
            return Ok(catalogue);
        }
        let list = tx.current_price_list().await?.ok_or_else(|| ShopError::NoPrices("none was applied".to_owned()))?;
        let catalogue = self
            .read_prices(&list.source)
            .map_err(|faults| ShopError::NoPrices(faults.first().map(ToString::to_string).unwrap_or_default()))?;
        let catalogue = Arc::new(catalogue);
        self.prices.keep(list.id, &catalogue);
        Ok(catalogue)
    }

    /// Makes the shop ready to serve: order numbers begin where the configuration says, the staff chat hears what it
    /// has not heard yet, and a catalogue file that changed since it was last applied becomes the price list. One that
    /// did not change does not undo what came after it.
    pub async fn open(&self, source: &str) -> Result<(), ShopError> {
        self.make_searchable().await?;
        let now = self.clock.now();
        let mut tx = self.store.begin().await?;
        tx.start_order_numbers_at(self.config.shop.first_order_number.0).await?;
        let staff_chat = self.staff_chat(&mut tx).await?;
        tx.gather_staff_messages(staff_chat, now).await?;
        if let Some(changes) = self.changes_at_start(&mut tx, source).await? {
            tx.apply_price_list(source, CATALOGUE_FILE, now).await?;
            self.note(&mut tx, &Actor::System, &AuditAction::PriceListApplied).await?;
            let (file, changes) = (self.config.shop.catalog.clone(), changes.len());
            tx.say_when_committed(move || {
                tracing::info!(file = %file.display(), changes, "applied a new price list");
            });
        }
        self.catalogue(&mut tx).await?;
        Ok(tx.commit().await?)
    }

    /// What a start with this catalogue file changes in the price list that holds; `None` where it applies nothing, since the
    /// file is as it was when it was last applied.
    pub async fn changes_at_start(&self, tx: &mut Tx, source: &str) -> Result<Option<Vec<Difference>>, ShopError> {
        let applied = tx.last_applied_by(CATALOGUE_FILE).await?;
        if applied.is_some_and(|applied| self.has_same_prices(&applied, source)) {
            return Ok(None);
        }
        let current = tx.current_price_list().await?.and_then(|list| self.read_prices(&list.source).ok());
        let next = self.read_prices(source).ok();
        Ok(Some(current.zip(next).map_or_else(Vec::new, |(current, next)| differences(&current, &next))))
    }

    /// Lets people, notes and companies be found that an older release stored.
    async fn make_searchable(&self) -> Result<(), ShopError> {
        loop {
            let mut tx = self.store.begin().await?;
            let indexed = tx.index_unsearchable(INDEXED_AT_ONCE).await?;
            tx.commit().await?;
            if indexed == 0 {
                return Ok(());
            }
            tracing::info!("made {indexed} people, notes and companies searchable");
        }
    }

    /// Makes the catalogue file the price list of a shop that has none yet, as the bot's first start would.
    pub async fn begin_prices(&self, tx: &mut Tx, source: &str) -> Result<(), ShopError> {
        if tx.current_price_list_id().await?.is_none() {
            tx.apply_price_list(source, CATALOGUE_FILE, self.clock.now()).await?;
            self.note(tx, &Actor::System, &AuditAction::PriceListApplied).await?;
        }
        Ok(())
    }

    /// What a price list has otherwise than the one that holds.
    pub async fn compare(&self, tx: &mut Tx, proposed: &ProposedPrices) -> Result<Vec<Difference>, ShopError> {
        Ok(differences(&*self.catalogue(tx).await?, &proposed.catalogue))
    }

    /// Makes a price list the one that holds, for whoever works on the machine itself. The `origin` says whether it is the
    /// catalogue file, which the next start would apply otherwise, over whatever came after it.
    pub async fn apply(&self, tx: &mut Tx, proposed: &ProposedPrices, origin: Origin) -> Result<(), ShopError> {
        let hand = match origin {
            Origin::CatalogueFile => CATALOGUE_FILE,
            Origin::OtherFile => COMMAND,
        };
        if let Applied::New(_) = tx.apply_price_list(&proposed.source, hand, self.clock.now()).await? {
            self.note(tx, &Actor::System, &AuditAction::PriceListApplied).await?;
        }
        Ok(())
    }

    /// Reads a price list that an admin sent.
    pub fn read_proposal(&self, file: &[u8]) -> Result<ProposedPrices, NoProposal> {
        let Ok(text) = std::str::from_utf8(file) else { return Err(NoProposal::NotText) };
        let source = text.strip_prefix(UTF8_MARK).unwrap_or(text);
        // PostgreSQL keeps no such character, and no editor writes one.
        if source.contains('\0') {
            return Err(NoProposal::NotText);
        }
        if source.bytes().filter(|byte| matches!(byte, b'=' | b'[' | b'{' | b'.' | b'\n')).count() > MOST_MARKS {
            let place = CataloguePlace::File { key: "product".to_owned(), line: None };
            return Err(NoProposal::Faults(vec![CatalogueFault { place, problem: CatalogueProblem::TooManyProducts }]));
        }
        let catalogue = self.read_prices(source).map_err(NoProposal::Faults)?;
        Ok(ProposedPrices { source: source.to_owned(), catalogue })
    }

    /// Proposes one price or quantity that an admin typed.
    pub async fn propose_revision(
        &self,
        tx: &mut Tx,
        by: PersonId,
        revision: &Revision,
    ) -> Result<Result<ProposalId, NotRevised>, ShopError> {
        let current = tx.current_price_list().await?;
        let Some((current, source)) = current.and_then(|list| revised(&list.source, revision).map(|text| (list, text)))
        else {
            return Ok(Err(NotRevised::Gone));
        };
        let catalogue = match self.read_prices(&source) {
            Ok(catalogue) => catalogue,
            Err(faults) => {
                return Ok(Err(faults
                    .into_iter()
                    .next()
                    .map_or(NotRevised::Gone, |fault| NotRevised::Fault(fault.problem))));
            }
        };
        if differences(&*self.catalogue(tx).await?, &catalogue).is_empty() {
            return Ok(Err(NotRevised::Same));
        }
        let proposal = Proposal { source, against: current.id, revision: Some(revision.clone()) };
        Ok(Ok(tx.propose_price_list(&proposal, by, self.clock.now()).await?))
    }

    /// Keeps a price list as a proposal, if it differs from the one that holds.
    pub async fn propose(
        &self,
        tx: &mut Tx,
        by: PersonId,
        proposed: &ProposedPrices,
    ) -> Result<Result<ProposalId, NoProposal>, ShopError> {
        if differences(&*self.catalogue(tx).await?, &proposed.catalogue).is_empty() {
            return Ok(Err(NoProposal::Same));
        }
        let against = tx.current_price_list_id().await?.unwrap_or_default();
        let proposal = Proposal { source: proposed.source.clone(), against, revision: None };
        Ok(Ok(tx.propose_price_list(&proposal, by, self.clock.now()).await?))
    }

    /// What a proposal has otherwise than the price list that holds; `None` when it is gone.
    pub async fn differences_of(&self, tx: &mut Tx, id: ProposalId) -> Result<Option<Vec<Difference>>, ShopError> {
        let Some(proposal) = tx.proposal(id).await? else { return Ok(None) };
        let Ok(proposed) = self.read_prices(&proposal.source) else {
            return Ok(None);
        };
        Ok(Some(differences(&*self.catalogue(tx).await?, &proposed)))
    }

    /// Makes a proposal the price list that holds. One change of a list that is another one meanwhile is made of that one
    /// and asked about once more; nothing else of it is undone.
    pub async fn apply_proposal(&self, tx: &mut Tx, by: &Decider, id: ProposalId) -> Result<Proposed, ShopError> {
        let revision = tx.proposal(id).await?.and_then(|proposal| proposal.revision);
        let outcome = tx.apply_proposal(id, &format!("admin {}", by.id), self.clock.now()).await?;
        match (outcome, revision) {
            (Proposed::Applied, revision) => {
                let action = revision.map_or(AuditAction::PriceListApplied, AuditAction::PriceListRevised);
                self.note(tx, &admin(by), &action).await?;
                let by = by.id;
                tx.say_when_committed(move || tracing::info!("admin {by} applied a new price list"));
            }
            (Proposed::Overtaken, Some(revision)) => {
                let current = tx.current_price_list().await?;
                let source = current.and_then(|current| revised(&current.source, &revision));
                let Some(source) = source.filter(|source| self.read_prices(source).is_ok()) else {
                    tx.drop_proposal(id).await?;
                    return Ok(Proposed::Gone);
                };
                tx.rewrite_proposal(id, &source).await?;
            }
            (Proposed::Overtaken | Proposed::Gone, _) => {}
        }
        Ok(outcome)
    }

    pub async fn drop_proposal(&self, tx: &mut Tx, id: ProposalId) -> Result<(), ShopError> {
        Ok(tx.drop_proposal(id).await?)
    }
}
