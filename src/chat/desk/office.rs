//! What an admin does as one: whom it is about, and what comes of it.

use super::accounts::AccountNotification;
use super::fact::{Notification, ReportNotification};
use super::files::FilePurpose;
use super::{Desk, DeskError};
use crate::chat::dialogue::admin::{is_for_admins, step, whom};
use crate::chat::dialogue::{
    AdminBanner, AdminCommand, AdminContext, AdminEffect, AdminState, StaffBanner, StaffCommand, StaffEffect,
    StaffInput, StaffState, StaffStep, Whom,
};
use crate::domain::{Access, OrderNumber, PersonId, Role, Standing, Stored, Target};
use crate::store::{
    AccessChange, AppointmentChange, Decider, DialogueKey, NewOutboxMessage, Seat, StoreError, Turn, Tx,
};

/// Most appointed admins: their list must fit one message, and each has a button.
const MAX_APPOINTED: usize = 20;

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
        let catalogue = self.catalogue(tx).await?;
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
        let today = self.clock().now().with_timezone(&self.config().shop.time_zone).date_naive();
        let context = AdminContext { actor: key.person, today, catalogue: &catalogue, status, target: target.as_ref() };
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
        let (actor, now) = (key.person, self.clock().now());
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
            AdminEffect::Drop(id) => tx.drop_proposal(*id).await?,
            AdminEffect::Appoint(person) => {
                if tx.appointments().await?.len() >= MAX_APPOINTED {
                    return Ok(Some((StaffState::Admin(AdminState::ReadingAdmins), AdminBanner::TooManyAdmins)));
                }
                if tx.appoint(*person, actor, now).await? == AppointmentChange::Done {
                    tracing::info!(person = actor.0, "admin {actor} appointed {person} an admin");
                }
            }
            AdminEffect::Dismiss(person) => {
                if tx.dismiss(*person, actor, now).await? == AppointmentChange::Done {
                    tracing::info!(person = actor.0, "admin {actor} dismissed admin {person}");
                }
                tx.redraw_later(DialogueKey::private(*person, Seat::Vendor));
            }
            AdminEffect::Block(person) => self.decide_about(tx, actor, *person, Access::Blocked).await?,
            AdminEffect::Unblock(person) => self.decide_about(tx, actor, *person, Access::Admitted).await?,
        }
        Ok(None)
    }

    /// Shuts somebody out, or lets them in again.
    async fn decide_about(
        &self,
        tx: &mut Tx,
        actor: PersonId,
        person: PersonId,
        access: Access,
    ) -> Result<(), DeskError> {
        let before = tx.customer(person).await?.map(|customer| customer.access);
        let name = tx.customer(actor).await?.map_or_else(|| actor.to_string(), |customer| customer.person.name);
        let by = Decider { id: actor, name };
        if tx.set_access(person, access, &by, self.clock().now()).await? == AccessChange::Done {
            tracing::info!(person = actor.0, "admin {actor} set the access of {person} to {}", access.code());
            // Whoever asked to be let in was promised an answer.
            if access == Access::Admitted && matches!(before, Some(Access::Waiting | Access::Refused)) {
                self.tell(tx, person, AccountNotification::Admitted(person)).await?;
            }
        }
        Ok(())
    }

    async fn send_to_admin(&self, tx: &mut Tx, key: DialogueKey, fact: ReportNotification) -> Result<(), StoreError> {
        let notice = NewOutboxMessage { chat: key.chat, order: None, body: Notification::Desk(fact).encode()? };
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
        let known = tx.customer(id).await?.map(|customer| customer.person);
        Ok(Some(Target { id, known, standing: self.standing(tx, id).await? }))
    }

    /// What somebody is to the vendor.
    pub(super) async fn standing(&self, tx: &mut Tx, person: PersonId) -> Result<Standing, StoreError> {
        if self.config().telegram.admins.contains(&person) {
            return Ok(Standing::Configured);
        }
        Ok(if tx.is_appointed(person).await? { Standing::Appointed } else { Standing::Other })
    }
}

async fn placer(tx: &mut Tx, number: OrderNumber) -> Result<Option<PersonId>, StoreError> {
    Ok(tx.order(number).await?.map(|order| order.placed_by))
}

/// Whether what was done changes who has which command menu.
pub(super) fn changes_menus(step: &StaffStep) -> bool {
    matches!(step.effect, Some(StaffEffect::Admin(AdminEffect::Appoint(_) | AdminEffect::Dismiss(_))))
}
