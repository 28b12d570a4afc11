//! What an admin's screen shows at this moment.

use std::collections::BTreeSet;

use super::{Desk, DeskError};
use crate::chat::dialogue::{AdminState, Whom};
use crate::chat::view::AdminSubject;
use crate::domain::{AdminEntry, AdminRight, Findings, PersonId, Roster, SearchText, SerialTrace};
use crate::store::{StoreError, Tx};

/// Orders on one page of a list.
const ORDERS_PER_PAGE: u32 = 8;

impl Desk {
    pub(super) async fn admin_subject(&self, tx: &mut Tx, place: &AdminState) -> Result<AdminSubject, DeskError> {
        Ok(match place {
            AdminState::ReadingQueue { status, page } => {
                AdminSubject::Queue(tx.open_orders(*status, *page, ORDERS_PER_PAGE).await?)
            }
            AdminState::ReadingFindings { text, page } => {
                let orders = tx.find_orders(text, *page, ORDERS_PER_PAGE).await?;
                AdminSubject::Findings(Findings { serial: trace(tx, text).await?, orders })
            }
            AdminState::ReadingStock { .. } => {
                let stock = tx.stock().await?.into_iter();
                AdminSubject::Stock(stock.map(|stock| (stock.sku, stock.available)).collect())
            }
            AdminState::ConfirmingCatalogue(id) => AdminSubject::Differences(self.differences_of(tx, *id).await?),
            AdminState::ReadingAdmins => AdminSubject::Admins(self.admins(tx).await?),
            AdminState::ConfirmingAppointment(person)
            | AdminState::ConfirmingDismissal(person)
            | AdminState::ConfirmingBlock(person)
            | AdminState::ConfirmingUnblock(person) => match self.target(tx, &Whom::Person(*person)).await? {
                Some(target) => AdminSubject::Target(target),
                None => AdminSubject::Nothing,
            },
            AdminState::WaitingForSerials(_)
            | AdminState::ImportingSerials { .. }
            | AdminState::ReadingCatalogue
            | AdminState::CheckingCatalogue => AdminSubject::Nothing,
        })
    }

    /// Who has which command menu.
    pub async fn roster(&self) -> Result<Roster, DeskError> {
        let mut tx = self.store().read().await?;
        let mut admins = self.config().telegram.admins.clone();
        admins.extend(tx.appointments().await?.into_iter().map(|appointment| appointment.person));
        let mut former = tx.dismissed().await?;
        former.retain(|person| !admins.contains(person));
        let mut met = BTreeSet::new();
        for person in admins.iter().chain(&former) {
            if tx.customer(*person).await?.is_some() {
                met.insert(*person);
            }
        }
        Ok(Roster { staff_chat: self.staff_chat(&mut tx).await?, admins, former, met })
    }

    async fn admins(&self, tx: &mut Tx) -> Result<Vec<AdminEntry>, StoreError> {
        let configured = self.config().telegram.admins.clone();
        let mut entries = Vec::with_capacity(configured.len());
        for id in &configured {
            entries.push(AdminEntry { id: *id, name: name_of(tx, *id).await?, right: AdminRight::Configured });
        }
        for appointment in tx.appointments().await? {
            let id = appointment.person;
            if configured.contains(&id) {
                continue;
            }
            let by = name_of(tx, appointment.by).await?.unwrap_or_else(|| appointment.by.to_string());
            let right = AdminRight::Appointed { by, at: appointment.at };
            entries.push(AdminEntry { id, name: name_of(tx, id).await?, right });
        }
        Ok(entries)
    }
}

async fn trace(tx: &mut Tx, text: &SearchText) -> Result<Option<SerialTrace>, StoreError> {
    let Some(serial) = text.serial() else { return Ok(None) };
    let found = tx.find_serial(&serial).await?;
    Ok(found.map(|found| SerialTrace { sku: found.sku, order: found.order }))
}

async fn name_of(tx: &mut Tx, person: PersonId) -> Result<Option<String>, StoreError> {
    Ok(tx.customer(person).await?.map(|customer| customer.person.name))
}
