//! What the dialogue of one of the vendor's people asks for.

use super::answer::{Answer, PersonFormat, ReportNotification};
use super::dialogue::{AdminBanner, AdminRequest, Picking, StaffRequest, VendorOutcome, VendorRequest};
use super::file_purpose::FilePurpose;
use super::price_files::not_revised;
use super::{Chat, ChatError};
use crate::domain::{Actor, OrderAction, OrderNumber};
use crate::shop::{Appointing, Erasing};
use crate::store::{Decider, DialogueKey, Proposed, Seat, Tx};

impl Chat {
    pub(super) async fn ask_shop_for_vendor(
        &self,
        tx: &mut Tx,
        key: DialogueKey,
        actor: &Actor,
        request: &VendorRequest,
    ) -> Result<VendorOutcome, ChatError> {
        match request {
            VendorRequest::Staff(StaffRequest::Perform(number, action)) => {
                self.perform(tx, *number, action.clone(), actor).await
            }
            VendorRequest::Staff(StaffRequest::Release(number)) => {
                self.release(tx, key, *number).await?;
                Ok(VendorOutcome::Done)
            }
            VendorRequest::Staff(StaffRequest::Help) => {
                self.post_once(tx, key.chat, None, &Answer::StaffHelp(key.person)).await?;
                Ok(VendorOutcome::Done)
            }
            VendorRequest::Staff(StaffRequest::HintAtHelp) => {
                self.post_once(tx, key.chat, None, &Answer::NoSuchCommand).await?;
                Ok(VendorOutcome::Done)
            }
            VendorRequest::Staff(StaffRequest::SendFiles(number, files)) => {
                for event in files.iter().copied() {
                    let answer = Answer::FileAgain { number: *number, event };
                    self.post_once(tx, key.chat, Some(*number), &answer).await?;
                }
                Ok(VendorOutcome::Done)
            }
            VendorRequest::Staff(StaffRequest::Answer(number, words)) => {
                let mut outcome = VendorOutcome::Done;
                for body in words {
                    outcome = self.perform(tx, *number, OrderAction::Answered(body.clone()), actor).await?;
                }
                Ok(outcome)
            }
            VendorRequest::Staff(StaffRequest::CompleteFromFile(prompt, file)) => {
                self.request_file(tx, key, file, &FilePurpose::Complete(*prompt)).await
            }
            VendorRequest::Staff(StaffRequest::InvoiceWithDocument(prompt, invoice, file)) => {
                let purpose = FilePurpose::Invoice { prompt: *prompt, invoice: invoice.clone() };
                self.request_file(tx, key, file, &purpose).await
            }
            VendorRequest::Admin(request) => {
                let admin = Decider { id: key.person, name: actor.name().unwrap_or_default().to_owned() };
                self.ask_shop_for_admin(tx, key, &admin, request).await
            }
        }
    }

    async fn perform(
        &self,
        tx: &mut Tx,
        number: OrderNumber,
        action: OrderAction,
        actor: &Actor,
    ) -> Result<VendorOutcome, ChatError> {
        // The step had it from this transaction, which keeps it locked.
        let Some(order) = tx.order(number).await? else { return Ok(VendorOutcome::Done) };
        Ok(match self.shop.perform(tx, &order, action, actor).await? {
            Ok(_) => VendorOutcome::Performed,
            Err(error) => VendorOutcome::Refused(Box::new(order), error),
        })
    }

    async fn ask_shop_for_admin(
        &self,
        tx: &mut Tx,
        key: DialogueKey,
        admin: &Decider,
        request: &AdminRequest,
    ) -> Result<VendorOutcome, ChatError> {
        let to = admin.id;
        match request {
            AdminRequest::Import(sku, file) => {
                return self.request_file(tx, key, file, &FilePurpose::Import { sku: sku.clone() }).await;
            }
            AdminRequest::Withdraw(withdrawal) => {
                let purpose = FilePurpose::Withdraw(withdrawal.clone());
                return self.request_file(tx, key, &withdrawal.file, &purpose).await;
            }
            AdminRequest::Compare(file) => {
                return self.request_file(tx, key, file, &FilePurpose::Catalogue { name: file.name.clone() }).await;
            }
            AdminRequest::SendCatalogue => self.report(tx, key, ReportNotification::Catalogue { to }).await?,
            AdminRequest::SendPriceBook => self.report(tx, key, ReportNotification::PriceBook { to }).await?,
            AdminRequest::Revise(revision) => {
                let proposed = self.shop.propose_revision(tx, to, revision).await?;
                return Ok(
                    proposed.map_or_else(|why| VendorOutcome::NotRevised(not_revised(why)), VendorOutcome::Proposed)
                );
            }
            AdminRequest::SendStats(period) => {
                self.report(tx, key, ReportNotification::Stats { to, period: *period }).await?;
            }
            AdminRequest::SendExport(period) => {
                self.report(tx, key, ReportNotification::Workbook { to, period: *period }).await?;
                self.report(tx, key, ReportNotification::Table { to, period: *period }).await?;
                self.shop.exported(tx, admin, *period).await?;
            }
            AdminRequest::Apply(id) => {
                return Ok(match self.shop.apply_proposal(tx, admin, *id).await? {
                    Proposed::Applied => VendorOutcome::CatalogueApplied,
                    Proposed::Overtaken => VendorOutcome::CatalogueOvertaken,
                    Proposed::Gone => VendorOutcome::ProposalGone,
                });
            }
            AdminRequest::Drop(id) => self.shop.drop_proposal(tx, *id).await?,
            AdminRequest::OfferContacts => {
                self.post(tx, key.chat, None, &Answer::Contacts { to, for_what: Picking::Admin }).await?;
            }
            AdminRequest::WithdrawContacts(picked) => {
                self.post(tx, key.chat, None, &Answer::ContactsClosed { to, picked: picked.clone() }).await?;
            }
            AdminRequest::Appoint(person) => {
                if self.shop.appoint(tx, admin, *person).await? == Appointing::TooMany {
                    return Ok(VendorOutcome::TooManyAdmins);
                }
            }
            AdminRequest::Dismiss(person) => {
                self.shop.dismiss(tx, admin, *person).await?;
                // What stands on their screen is not theirs to see any more.
                tx.redraw_later(DialogueKey::private(*person, Seat::Vendor));
            }
            AdminRequest::Block(person) => drop(self.shop.block(tx, admin, *person).await?),
            AdminRequest::SendPerson(person) => {
                for format in [PersonFormat::Text, PersonFormat::Json] {
                    let report = ReportNotification::Person { to, about: *person, format };
                    self.post_once(tx, to.private_chat(), None, &Answer::Report(report)).await?;
                }
                self.shop.person_exported(tx, *person, Some(admin)).await?;
            }
            AdminRequest::Erase(person) => return Ok(erased(self.shop.erase(tx, *person, Some(admin)).await?)),
            AdminRequest::Unblock(person) => drop(self.shop.unblock(tx, admin, *person).await?),
        }
        Ok(VendorOutcome::Done)
    }

    async fn report(&self, tx: &mut Tx, key: DialogueKey, report: ReportNotification) -> Result<(), ChatError> {
        self.post_once(tx, key.chat, None, &Answer::Report(report)).await
    }
}

fn erased(erasing: Erasing) -> VendorOutcome {
    VendorOutcome::NotErased(match erasing {
        Erasing::Erased { orders, .. } => return VendorOutcome::Erased { orders },
        Erasing::Unknown => AdminBanner::PersonGone,
        Erasing::Admin => AdminBanner::ErasureOfAdmin,
        Erasing::OpenOrders(orders) => AdminBanner::ErasureWaits { orders },
        Erasing::HasColleagues(others) => AdminBanner::ErasureSharesAccount { others },
    })
}
