//! What an admin does as one: whom it is about, and what comes of it.

use super::files::FilePurpose;
use super::{Desk, DeskError};
use crate::chat::answer::{Answer, ReportNotification};
use crate::chat::dialogue::admin::{is_for_admins, step, whom};
use crate::chat::dialogue::{
    AdminBanner, AdminCommand, AdminContext, AdminEffect, AdminState, StaffBanner, StaffCommand, StaffEffect,
    StaffInput, StaffState, StaffStep, Whom,
};
use crate::domain::{OrderNumber, PersonId, Role, Target};
use crate::shop::Appointing;
use crate::store::{DialogueKey, NewOutboxMessage, StoreError, Turn, Tx};

impl Desk {
    /// What comes of an input that only admins have; `None` for any other.
    pub(super) async fn act_as_admin(
        &self,
        tx: &mut Tx,
        key: DialogueKey,
        role: Role,
        place: &StaffState,
        input: &StaffInput,
    ) -> Result<Option<StaffStep>, DeskError> {
        if role != Role::Admin || !is_for_admins(place, input) {
            return Ok(None);
        }
        let catalogue = self.shop.catalogue(tx).await?;
        let target = match whom(input) {
            Some(whom) => self.target(tx, &whom).await?,
            None => None,
        };
        let status = match input {
            StaffInput::Command(StaffCommand::Admin(AdminCommand::Queue(word))) => {
                self.texts_in(self.config().shop.default_language).status_named(word)
            }
            _ => None,
        };
        let context = AdminContext {
            actor: key.person,
            today: self.shop.today(),
            catalogue: &catalogue,
            status,
            target: target.as_ref(),
        };
        let outcome = step(place, input, &context);
        match &outcome.effect {
            Some(StaffEffect::Admin(effect)) => {
                let said = match self.requested(tx, key, effect).await? {
                    Some(Turn::AfterAnother) => {
                        outcome.next.clone().map(|(place, _)| (place, StaffBanner::FileAfterAnother))
                    }
                    Some(Turn::Next) => None,
                    None => {
                        let said = self.do_as_admin(tx, key, effect).await?;
                        said.map(|(place, notice)| (place, StaffBanner::Admin(notice)))
                    }
                };
                let said = said.map(|(place, notice)| (place, Some(notice)));
                Ok(Some(StaffStep { next: said.or(outcome.next.clone()), ..outcome }))
            }
            _ => Ok(Some(outcome)),
        }
    }

    /// Takes note of a file that is to be read; `None` when it is not about one.
    async fn requested(&self, tx: &mut Tx, key: DialogueKey, effect: &AdminEffect) -> Result<Option<Turn>, StoreError> {
        let (file, purpose) = match effect {
            AdminEffect::Import(sku, file) => (file, FilePurpose::Import { sku: sku.clone() }),
            AdminEffect::Compare(file) => (file, FilePurpose::Catalogue),
            _ => return Ok(None),
        };
        self.request_file(tx, key, file, &purpose).await.map(Some)
    }

    /// Does it; where the admin stands then and what they are told, if it is not what the step foresaw.
    async fn do_as_admin(
        &self,
        tx: &mut Tx,
        key: DialogueKey,
        effect: &AdminEffect,
    ) -> Result<Option<(StaffState, AdminBanner)>, DeskError> {
        let actor = key.person;
        match effect {
            AdminEffect::Import(..) | AdminEffect::Compare(_) => {}
            AdminEffect::SendCatalogue => {
                self.send_to_admin(tx, key, ReportNotification::Catalogue { to: actor }).await?
            }
            AdminEffect::SendStats(period) => {
                self.send_to_admin(tx, key, ReportNotification::Stats { to: actor, period: *period }).await?;
            }
            AdminEffect::SendExport(period) => {
                self.send_to_admin(tx, key, ReportNotification::Workbook { to: actor, period: *period }).await?;
                self.send_to_admin(tx, key, ReportNotification::Table { to: actor, period: *period }).await?;
            }
            AdminEffect::Apply(id) => {
                let (place, notice) = self.apply_proposal(tx, *id, actor).await?;
                return Ok(Some((StaffState::Admin(place), notice)));
            }
            AdminEffect::Drop(id) => self.shop.drop_proposal(tx, *id).await?,
            AdminEffect::Appoint(person) => {
                if self.shop.appoint(tx, actor, *person).await? == Appointing::TooMany {
                    return Ok(Some((StaffState::Admin(AdminState::ReadingAdmins), AdminBanner::TooManyAdmins)));
                }
            }
            AdminEffect::Dismiss(person) => {
                self.shop.dismiss(tx, actor, *person).await?;
                let key = DialogueKey { chat: person.private_chat(), person: *person };
                tx.bump_dialogue(key, self.clock().now()).await?;
            }
            AdminEffect::Block(person) => {
                self.shop.block(tx, actor, *person).await?;
            }
            AdminEffect::Unblock(person) => {
                self.shop.unblock(tx, actor, *person).await?;
            }
        }
        Ok(None)
    }

    async fn send_to_admin(&self, tx: &mut Tx, key: DialogueKey, fact: ReportNotification) -> Result<(), StoreError> {
        let notice = NewOutboxMessage { chat: key.chat, order: None, fact: Answer::Desk(fact).store() };
        tx.post_unless_waiting(&notice, self.clock().now()).await
    }

    /// Somebody whom an admin names.
    pub(super) async fn target(&self, tx: &mut Tx, whom: &Whom) -> Result<Option<Target>, DeskError> {
        let id = match whom {
            Whom::Person(id) => Some(*id),
            Whom::Username(name) => tx.person_named(name).await?,
            Whom::PlacerOf(number) => placer(tx, *number).await?,
            Whom::Number(number) => {
                let person = PersonId(number.0);
                let known = tx.customer(person).await?.is_some();
                if known { Some(person) } else { placer(tx, *number).await? }
            }
        };
        let Some(id) = id else { return Ok(None) };
        Ok(Some(self.shop.target(tx, id).await?))
    }
}

async fn placer(tx: &mut Tx, number: OrderNumber) -> Result<Option<PersonId>, StoreError> {
    Ok(tx.order(number).await?.map(|order| order.placed_by))
}

/// Whether what was done changes who has which command menu.
pub(super) fn changes_menus(step: &StaffStep) -> bool {
    matches!(step.effect, Some(StaffEffect::Admin(AdminEffect::Appoint(_) | AdminEffect::Dismiss(_))))
}
