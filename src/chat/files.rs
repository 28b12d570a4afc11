//! Files that staff sent: worked on once they are fetched, outside the transaction that took note of them. What comes of
//! one is told on the screen that waits for it, else in a message of its own.

use std::collections::BTreeSet;

use super::answer::Answer;
use super::dialogue::{
    AdminBanner, AdminState, FileRefusal, Prompt, StaffBanner, StaffState, VendorBanner, VendorDialogue, VendorState,
};
use super::file_purpose::FilePurpose;
use super::session::{Session, watches};
use super::{Chat, ChatError};
use crate::domain::stock::listing;
use crate::domain::{Actor, Role, Sku, Status, Stored};
use crate::shop::{ImportOutcome, ImportRefusal, ImportStep, NoProposal, SerialSource};
use crate::store::{DialogueKey, FileJob, Finished, Imported, SaveDialogue, ShowIn, Tx};

/// Lines after which whoever waits is told how far it is: some seconds of work, and for a million lines no more edits
/// than a group takes in a minute.
const PROGRESS_EVERY: u64 = 50_000;

/// What came of fetching a file.
#[derive(Clone, PartialEq, Eq)]
pub enum Fetched {
    Whole(Vec<u8>),
    /// It is larger than bots can fetch.
    TooLarge,
    /// Telegram does not have it.
    NotThere,
}

/// What came of a file: the sentence, and where the dialogue that waits for it goes on.
struct FileOutcome {
    banner: VendorBanner,
    next: VendorState,
}

impl Fetched {
    fn bytes(&self) -> Result<&[u8], FileRefusal> {
        match self {
            Fetched::Whole(bytes) => Ok(bytes),
            Fetched::TooLarge => Err(FileRefusal::TooLarge),
            Fetched::NotThere => Err(FileRefusal::NotThere),
        }
    }
}

impl FileOutcome {
    fn of(banner: impl Into<VendorBanner>, next: impl Into<VendorState>) -> FileOutcome {
        FileOutcome { banner: banner.into(), next: next.into() }
    }

    /// Whether the state says by itself what the banner would say.
    fn speaks_for_itself(&self) -> bool {
        matches!(
            (&self.next, &self.banner),
            (
                VendorState::Admin(AdminState::ConfirmingCatalogue(_)),
                VendorBanner::Admin(AdminBanner::CatalogueCompared(_))
            )
        )
    }
}

impl Chat {
    /// Works on a file; whoever sent it reads what came of it.
    pub async fn file_fetched(&self, job: &FileJob, fetched: &Fetched) -> Result<(), ChatError> {
        let imported = match FilePurpose::decode(&job.purpose) {
            Ok(FilePurpose::Import { sku }) => match self.admin_who_sent(job.key).await? {
                Some(admin) => Some(self.import(job.key, admin, &sku, fetched).await?),
                None => None,
            },
            _ => None,
        };
        loop {
            // Whoever does something at this very moment is no reason to read a file again.
            match self.finish_file(job, fetched, imported.as_ref()).await {
                Err(ChatError::Overtaken) => {}
                finished => return finished,
            }
        }
    }

    async fn finish_file(
        &self,
        job: &FileJob,
        fetched: &Fetched,
        imported: Option<&FileOutcome>,
    ) -> Result<(), ChatError> {
        let mut tx = self.store().begin().await?;
        if tx.finish_file_job(job.id).await? == Finished::Before {
            return Ok(());
        }
        let outcome = match FilePurpose::decode(&job.purpose) {
            Ok(FilePurpose::Complete(prompt)) => Some(self.complete_from_file(&mut tx, job, prompt, fetched).await?),
            Ok(FilePurpose::Import { .. }) => None,
            Ok(FilePurpose::Catalogue) => self.compare(&mut tx, job.key, fetched).await?,
            // A job of another release: nobody here knows what to do with it.
            Err(error) => {
                tracing::error!(job = job.id.0, "file job {} cannot be read and is dropped: {error}", job.id.0);
                None
            }
        };
        if let Some(outcome) = outcome.as_ref().or(imported) {
            self.answer_file(&mut tx, job.key, outcome).await?;
        }
        Ok(tx.commit().await?)
    }

    async fn complete_from_file(
        &self,
        tx: &mut Tx,
        job: &FileJob,
        prompt: Prompt,
        fetched: &Fetched,
    ) -> Result<FileOutcome, ChatError> {
        let closed = |banner: StaffBanner| FileOutcome::of(banner, StaffState::Idle);
        let refused = |refusal: FileRefusal| {
            FileOutcome::of(StaffBanner::FileRefused(refusal), StaffState::WaitingForSerials(prompt))
        };
        let order = tx.locked_order(prompt.order).await?;
        let (Some(order), Some(actor)) = (order, self.actor(tx, job.key).await?) else {
            return Ok(closed(StaffBanner::NoSuchOrder(prompt.order)));
        };
        if let Some(overtaken) = prompt.overtaken(&order) {
            return Ok(closed(StaffBanner::Overtaken(overtaken)));
        }
        let bytes = match fetched.bytes() {
            Ok(bytes) => bytes,
            Err(refusal) => return Ok(refused(refusal)),
        };
        let lists = match listing::read_for(&order.lines, bytes, self.shop.skus(tx).await?) {
            Ok(lists) => lists,
            Err(refusal) => return Ok(refused(refusal.into())),
        };
        Ok(match self.shop.complete(tx, &order, &SerialSource::Listed(lists), &actor).await? {
            Ok(_) => closed(StaffBanner::Done(prompt.order, Status::Completed)),
            Err(error) => match StaffBanner::refused(&order, error) {
                banner @ StaffBanner::FileRefused(_) => FileOutcome::of(banner, StaffState::WaitingForSerials(prompt)),
                banner => closed(banner),
            },
        })
    }

    /// Whoever sent a file, if the vendor's business is theirs still.
    async fn actor(&self, tx: &mut Tx, key: DialogueKey) -> Result<Option<Actor>, ChatError> {
        let Some(role) = self.role_in(tx, key.chat, key.person).await? else { return Ok(None) };
        let Some(customer) = tx.customer(key.person).await? else { return Ok(None) };
        Ok(Some(Actor::Person { id: key.person, name: customer.person.name, role }))
    }

    /// Whoever sent a file, if they are an admin still.
    async fn admin_who_sent(&self, key: DialogueKey) -> Result<Option<Actor>, ChatError> {
        let actor = self.actor(&mut self.store().read().await?, key).await?;
        Ok(actor.filter(|actor| actor.capacity() == Role::Admin.into()))
    }

    /// Compares a fetched price list with the one that holds; `None` for who is no admin any more.
    async fn compare(
        &self,
        tx: &mut Tx,
        key: DialogueKey,
        fetched: &Fetched,
    ) -> Result<Option<FileOutcome>, ChatError> {
        if self.role_in(tx, key.chat, key.person).await? != Some(Role::Admin) {
            return Ok(None);
        }
        let refused = |banner: AdminBanner| Some(FileOutcome::of(banner, AdminState::ReadingCatalogue));
        let bytes = match fetched.bytes() {
            Ok(bytes) => bytes,
            Err(refusal) => return Ok(refused(AdminBanner::CatalogueNotFetched(refusal))),
        };
        Ok(match self.shop.propose(tx, key.person, bytes).await? {
            Ok(id) => Some(FileOutcome::of(AdminBanner::CatalogueCompared(id), AdminState::ConfirmingCatalogue(id))),
            Err(NoProposal::NotText) => refused(AdminBanner::CatalogueNotText),
            Err(NoProposal::Faults(faults)) => refused(AdminBanner::faults_of_catalogue(faults)),
            Err(NoProposal::Same) => refused(AdminBanner::CatalogueSame),
        })
    }

    /// Brings a fetched file into the stock, in a transaction of its own. Cut off at any moment it is simply done again:
    /// what is known stays known.
    async fn import(
        &self,
        key: DialogueKey,
        by: Actor,
        sku: &Sku,
        fetched: &Fetched,
    ) -> Result<FileOutcome, ChatError> {
        let refused = |banner: AdminBanner| FileOutcome::of(banner, AdminState::WaitingForSerials(sku.clone()));
        let bytes = match fetched.bytes() {
            Ok(bytes) => bytes,
            Err(refusal) => return Ok(refused(AdminBanner::ImportRefused(refusal))),
        };
        let skus: BTreeSet<Sku> = self.shop.skus(&mut self.store().read().await?).await?;
        let mut importing = self.shop.begin_import(sku, &skus, by, bytes).await?;
        let outcome = loop {
            match importing.advance().await? {
                ImportStep::Done(outcome) => break outcome,
                ImportStep::Further(further, lines) => {
                    if lines.is_multiple_of(PROGRESS_EVERY) {
                        self.show_progress(key, sku, lines).await?;
                    }
                    importing = *further;
                }
            }
        };
        Ok(match outcome {
            ImportOutcome::Imported { counts: Imported { added, known }, heading } => {
                let banner = AdminBanner::Imported { sku: sku.clone(), added, known, heading };
                FileOutcome::of(banner, AdminState::ReadingStock { page: 0 })
            }
            ImportOutcome::Refused(ImportRefusal::Fault(fault)) => {
                refused(AdminBanner::ImportRefused(FileRefusal::Fault(fault)))
            }
            ImportOutcome::Refused(ImportRefusal::OtherProductAt(line)) => refused(AdminBanner::OtherProductAt(line)),
            ImportOutcome::Refused(ImportRefusal::OtherProduct(count)) => {
                refused(AdminBanner::ImportRefused(FileRefusal::Foreign(sku.clone(), count)))
            }
        })
    }

    /// Shows how far an import is, if its screen is still open.
    async fn show_progress(&self, key: DialogueKey, of: &Sku, lines: u64) -> Result<(), ChatError> {
        let mut tx = self.store().begin().await?;
        let Some(stored) = tx.dialogue(key).await? else { return Ok(()) };
        let Ok(mut dialogue) = VendorDialogue::decode(&stored.state) else { return Ok(()) };
        match &mut dialogue.state {
            VendorState::Admin(AdminState::ImportingSerials { sku, lines: shown }) if sku == of => *shown = lines,
            _ => return Ok(()),
        }
        let next =
            SaveDialogue { state: dialogue.encode()?, show_in: ShowIn::LiveMessage, watches: watches(&dialogue.state) };
        // Whoever does something else at this moment does not wait for the progress of an import.
        let _ = tx.save_dialogue(key, Some(stored.version), &next, self.clock().now()).await?;
        Ok(tx.commit().await?)
    }

    /// Tells what came of a file that has just been finished. A person who went on to something else, or whose next file
    /// is waited for, keeps their screen and gets a message of its own.
    async fn answer_file(&self, tx: &mut Tx, key: DialogueKey, outcome: &FileOutcome) -> Result<(), ChatError> {
        let now = self.clock().now();
        // The role matters to a step only.
        let session = Session::open(tx, key, Role::Staff).await?;
        let (dialogue, _) = session.read::<VendorDialogue>(tx, now).await?;
        let waiting = tx.files_waiting(key).await?;
        let is_awaited = dialogue.state.reads_file();
        if is_awaited && waiting == 0 {
            let banner = Some(outcome.banner.clone()).filter(|_| !outcome.speaks_for_itself());
            let next = VendorDialogue { state: outcome.next.clone(), banner, ..dialogue };
            return session.save(tx, &next, ShowIn::NewMessage, watches(&next.state), now).await;
        }
        let answer = Answer::FileAnswered { to: key.person, banner: outcome.banner.clone() };
        self.post(tx, key.chat, &answer).await?;
        if !is_awaited || waiting != 1 {
            return Ok(());
        }
        // It is the turn of the file that the screen is about.
        let next = begun(dialogue);
        session.save(tx, &next, ShowIn::LiveMessage, watches(&next.state), now).await
    }
}

/// A screen whose file is read from now on.
fn begun(dialogue: VendorDialogue) -> VendorDialogue {
    let state = match dialogue.state {
        VendorState::Admin(AdminState::ImportingSerials { sku, .. }) => {
            VendorState::Admin(AdminState::ImportingSerials { sku, lines: 0 })
        }
        state => state,
    };
    VendorDialogue { state, banner: None, ..dialogue }
}
