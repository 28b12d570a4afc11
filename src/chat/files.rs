//! Files that staff sent: worked on once they are fetched, outside the transaction that took note of them. What comes of
//! one is told on the screen that waits for it, else in a message of its own.

use super::answer::Answer;
use super::dialogue::{
    AdminBanner, AdminState, FileRefusal, Prompt, Shown, StaffBanner, StaffState, VendorDialogue, VendorState,
};
use super::fetched::{Fetched, FileOutcome};
use super::file_purpose::FilePurpose;
use super::invoice_files::read_document;
use super::price_files::no_proposal;
use super::report::serial_book::Reading;
use super::session::{Session, watches};
use super::{Chat, ChatError};
use crate::domain::{Actor, Invoice, LARGEST_UPLOAD, Order, Remarks, Role, Sku, Stored, TransitionError};
use crate::shop::{ImportOutcome, ImportRefusal, ImportStep, ProposedPrices, SerialSource};
use crate::store::{DialogueKey, FileJob, Finished, Imported, SaveDialogue, ShowIn, Tx};

/// Lines after which whoever waits is told how far it is: some seconds of work, and for a million lines no more edits
/// than a group takes in a minute.
const PROGRESS_EVERY: u64 = 50_000;

/// What a file came to before the transaction that ends its job: nobody waits while it is read.
enum Worked {
    /// Serial numbers for the order of this prompt.
    List(Prompt, Result<(SerialSource, Remarks), ListFailure>),
    /// The document of this invoice, as far as it is one.
    Document(Prompt, Invoice, Result<(), StaffBanner>),
    /// Serial numbers went into the stock or out of it, in a transaction of their own.
    Stocked(FileOutcome),
    Prices(Result<ProposedPrices, AdminBanner>),
    /// Whoever sent it may not do this any more, or nobody knows what it is for.
    Nothing,
}

impl Worked {
    /// How many serial numbers of a list were in stock when it was looked at.
    fn found_in_stock(&self) -> Option<usize> {
        match self {
            Worked::List(_, Ok((SerialSource::Held { in_stock }, _))) => Some(in_stock.len()),
            _ => None,
        }
    }
}

/// How the work on a file ended.
#[derive(PartialEq, Eq)]
enum Ended {
    Told,
    /// Nothing was done: serial numbers of the list moved meanwhile.
    Moved,
}

/// What becomes of a list whose serial numbers moved while it was worked on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum IfMoved {
    LookAgain,
    Tell,
}

/// Why a list completes no order.
enum ListFailure {
    Refused(FileRefusal),
    Prevented(TransitionError),
    /// The order is not what it was; ending the job tells what it is now.
    Overtaken,
}

impl Chat {
    /// The largest file that is fetched for a job, in bytes.
    pub fn largest_file(&self, job: &FileJob) -> usize {
        FilePurpose::decode(&job.purpose).map_or(LARGEST_UPLOAD, |purpose| purpose.largest())
    }

    /// Works on a file; whoever sent it reads what came of it.
    pub async fn file_fetched(&self, job: &FileJob, fetched: &Fetched) -> Result<(), ChatError> {
        let mut found_before = None;
        loop {
            let worked = self.work_on(job, fetched).await?;
            // A list whose serial numbers moved is looked at anew as often as it takes: what was imported meanwhile is found in
            // stock then, and what was given or withdrawn refuses it. When nothing more is found, nothing moved.
            let found = worked.found_in_stock();
            let if_moved = if found == found_before { IfMoved::Tell } else { IfMoved::LookAgain };
            let ended = loop {
                // Whoever does something at this very moment is no reason to read a file again.
                match self.finish_file(job, &worked, if_moved).await {
                    Err(ChatError::Overtaken) => {}
                    finished => break finished?,
                }
            };
            if ended == Ended::Told {
                return Ok(());
            }
            found_before = found;
        }
    }

    /// Does what takes its time, outside any transaction that others would wait for.
    async fn work_on(&self, job: &FileJob, fetched: &Fetched) -> Result<Worked, ChatError> {
        let worked = match FilePurpose::decode(&job.purpose) {
            Ok(FilePurpose::Complete(prompt)) => Worked::List(prompt, self.read_list(job.key, prompt, fetched).await?),
            Ok(FilePurpose::Invoice { prompt, invoice }) => Worked::Document(prompt, invoice, read_document(fetched)),
            Ok(FilePurpose::Import { sku }) => match self.admin_who_sent(job.key).await? {
                Some(admin) => {
                    let outcome = self.import(job.key, admin, &sku, fetched).await?;
                    outcome.map_or(Worked::Nothing, Worked::Stocked)
                }
                None => Worked::Nothing,
            },
            Ok(FilePurpose::Withdraw(withdrawal)) => match self.admin_who_sent(job.key).await? {
                Some(admin) => {
                    let outcome = self.withdraw(&admin, withdrawal, fetched).await?;
                    outcome.map_or(Worked::Nothing, Worked::Stocked)
                }
                None => Worked::Nothing,
            },
            Ok(FilePurpose::Catalogue { name }) => Worked::Prices(self.read_prices(&name, fetched).await?),
            // A job of another release: nobody here knows what to do with it.
            Err(error) => {
                tracing::error!(job = job.id.0, "file job {} cannot be read and is dropped: {error}", job.id.0);
                Worked::Nothing
            }
        };
        if let Worked::List(prompt, Err(_)) = &worked {
            // While the job is there, so that whoever comes after a crash does it.
            self.shop.let_go(prompt.order).await?;
        }
        Ok(worked)
    }

    async fn finish_file(&self, job: &FileJob, worked: &Worked, if_moved: IfMoved) -> Result<Ended, ChatError> {
        let mut tx = self.store().begin().await?;
        if tx.finish_file_job(job.id).await? == Finished::Before {
            return Ok(Ended::Told);
        }
        match worked {
            Worked::List(prompt, list) => {
                let outcome = self.complete_from_file(&mut tx, job.key, *prompt, list).await?;
                if if_moved == IfMoved::LookAgain && outcome.is_of_moved_serials() {
                    return Ok(Ended::Moved);
                }
                // Who was overtaken at the last moment leaves nothing behind; an order that is Completed keeps its own.
                tx.let_go(prompt.order, u32::MAX).await?;
                self.answer_file(&mut tx, job.key, &outcome).await?;
            }
            Worked::Document(prompt, invoice, document) => {
                let outcome = self.invoice_with_document(&mut tx, job.key, *prompt, invoice, document).await?;
                self.answer_file(&mut tx, job.key, &outcome).await?;
            }
            Worked::Stocked(outcome) => self.answer_file(&mut tx, job.key, outcome).await?,
            Worked::Prices(prices) => {
                if let Some(outcome) = self.compare(&mut tx, job.key, prices).await? {
                    self.answer_file(&mut tx, job.key, &outcome).await?;
                }
            }
            Worked::Nothing => {}
        }
        tx.commit().await?;
        Ok(Ended::Told)
    }

    /// Reads a list for an order, as far as the order and whoever sent the list are still what they were.
    async fn read_list(
        &self,
        key: DialogueKey,
        prompt: Prompt,
        fetched: &Fetched,
    ) -> Result<Result<(SerialSource, Remarks), ListFailure>, ChatError> {
        // Before any transaction: there are few, and others wait for one.
        let list = fetched.list(Reading::Strict).await;
        let mut tx = self.store().read();
        let order = tx.order(prompt.order).await?.filter(|order| prompt.overtaken(order).is_none());
        let (Some(order), Some(_)) = (order, self.actor(&mut tx, key).await?) else {
            return Ok(Err(ListFailure::Overtaken));
        };
        let bytes = match list {
            Ok(bytes) => bytes,
            Err(refusal) => return Ok(Err(ListFailure::Refused(refusal))),
        };
        let products = self.shop.listed_products(&mut tx, order.lines.iter().map(|line| &line.sku)).await?;
        drop(tx);
        let mut listed = match self.shop.read_list(&order, &products, bytes.as_ref()).await? {
            Ok(listed) => listed,
            Err(refusal) => return Ok(Err(ListFailure::Refused(refusal.into()))),
        };
        let source = self.shop.prepare(&order, &mut listed).await?;
        Ok(source.map(|source| (source, listed.remarks)).map_err(ListFailure::Prevented))
    }

    async fn complete_from_file(
        &self,
        tx: &mut Tx,
        key: DialogueKey,
        prompt: Prompt,
        list: &Result<(SerialSource, Remarks), ListFailure>,
    ) -> Result<FileOutcome, ChatError> {
        let closed = |banner: StaffBanner| FileOutcome::of(banner, StaffState::ReadingOrder(prompt.order));
        let (order, actor) = match self.prompted(tx, key, prompt).await? {
            Ok(both) => both,
            Err(banner) => return Ok(closed(banner)),
        };
        let banner = match list {
            Ok((source, remarks)) => match self.shop.complete(tx, &order, source, &actor).await? {
                Ok(_) => StaffBanner::completed_from_file(prompt.order, *remarks),
                Err(error) => StaffBanner::refused(&order, error),
            },
            Err(ListFailure::Refused(refusal)) => StaffBanner::FileRefused(refusal.clone()),
            Err(ListFailure::Prevented(error)) => StaffBanner::refused(&order, error.clone()),
            // It is what it was once more, which a status never is.
            Err(ListFailure::Overtaken) => StaffBanner::NotNow(prompt.order, order.summary.status),
        };
        Ok(match banner {
            banner @ StaffBanner::FileRefused(_) => FileOutcome::of(banner, StaffState::WaitingForSerials(prompt)),
            banner => closed(banner),
        })
    }

    /// The order of a prompt, locked, and whoever answers it with a file; or why it is not answered any more.
    pub(super) async fn prompted(
        &self,
        tx: &mut Tx,
        key: DialogueKey,
        prompt: Prompt,
    ) -> Result<Result<(Order, Actor), StaffBanner>, ChatError> {
        let order = tx.locked_order(prompt.order).await?;
        let (Some(order), Some(actor)) = (order, self.actor(tx, key).await?) else {
            return Ok(Err(StaffBanner::NoSuchOrder(prompt.order)));
        };
        Ok(match prompt.overtaken(&order) {
            Some(overtaken) => Err(StaffBanner::Overtaken(overtaken)),
            None => Ok((order, actor)),
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
        let actor = self.actor(&mut self.store().read(), key).await?;
        Ok(actor.filter(|actor| actor.capacity() == Role::Admin.into()))
    }

    /// Compares a price list with the one that holds; `None` for who is no admin any more.
    async fn compare(
        &self,
        tx: &mut Tx,
        key: DialogueKey,
        prices: &Result<ProposedPrices, AdminBanner>,
    ) -> Result<Option<FileOutcome>, ChatError> {
        if self.role_in(tx, key.chat, key.person).await? != Some(Role::Admin) {
            return Ok(None);
        }
        let refused = |banner: AdminBanner| Some(FileOutcome::of(banner, AdminState::ReadingCatalogue { page: 0 }));
        let prices = match prices {
            Ok(prices) => prices,
            Err(banner) => return Ok(refused(banner.clone())),
        };
        Ok(match self.shop.propose(tx, key.person, prices).await? {
            Ok(id) => Some(FileOutcome::of(AdminBanner::CatalogueCompared(id), AdminState::ConfirmingCatalogue(id))),
            Err(why) => refused(no_proposal("", why)),
        })
    }

    /// Brings a fetched file into the stock, in a transaction of its own. Cut off at any moment it is simply done again:
    /// what is known stays known. `None` for who was dismissed meanwhile.
    async fn import(
        &self,
        key: DialogueKey,
        by: Actor,
        sku: &Sku,
        fetched: &Fetched,
    ) -> Result<Option<FileOutcome>, ChatError> {
        let refused = |banner: AdminBanner| FileOutcome::of(banner, AdminState::WaitingForSerials(sku.clone()));
        let bytes = match fetched.list(Reading::Strict).await {
            Ok(bytes) => bytes,
            Err(refusal) => return Ok(Some(refused(AdminBanner::ImportRefused(refusal)))),
        };
        let products = self.shop.listed_products(&mut self.store().read(), [sku]).await?;
        let mut importing = self.shop.begin_import(sku, &products, by, bytes.as_ref()).await?;
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
        Ok(Some(match outcome {
            ImportOutcome::NotEntitled => return Ok(None),
            ImportOutcome::Imported { counts: Imported { added, known, given }, remarks } => {
                let banner = AdminBanner::Imported { sku: sku.clone(), added, known, given, remarks };
                FileOutcome::of(banner, AdminState::ReadingStock { page: 0 })
            }
            ImportOutcome::Refused(ImportRefusal::Faults(faults)) => refused(AdminBanner::faults_of_import(*faults)),
            ImportOutcome::Refused(ImportRefusal::Serials(why)) => {
                refused(AdminBanner::ImportRefused(FileRefusal::of_serials(sku.clone(), why)))
            }
        }))
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
        // In private an order's messages are a customer's.
        let about = outcome.next.order().filter(|_| !key.is_private());
        if dialogue.shown == Shown::Alert {
            let answered = dialogue.answer.filter(|_| is_awaited && waiting == 0);
            if is_awaited && waiting == 0 {
                let state = dialogue.state.order().map_or(StaffState::Idle, StaffState::ReadingOrder).into();
                let next = VendorDialogue { state, banner: None, ..dialogue };
                session.save(tx, &next, ShowIn::Elsewhere, watches(&next.state), now).await?;
            }
            if outcome.banner.is_on_alert() {
                return Ok(());
            }
            let answer = Answer::FileAnswered { to: key.person, banner: outcome.banner.clone(), answered };
            return self.post(tx, key.chat, about, &answer).await;
        }
        if is_awaited && waiting == 0 {
            let banner = Some(outcome.banner.clone()).filter(|_| !outcome.speaks_for_itself());
            let next = VendorDialogue { state: outcome.next.clone(), banner, ..dialogue };
            return session.save(tx, &next, ShowIn::NewMessage, watches(&next.state), now).await;
        }
        let answer = Answer::FileAnswered { to: key.person, banner: outcome.banner.clone(), answered: None };
        self.post(tx, key.chat, about, &answer).await?;
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
