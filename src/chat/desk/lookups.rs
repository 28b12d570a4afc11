//! What an admin's screen shows at this moment.

use super::{Desk, DeskError};
use crate::chat::dialogue::{AdminState, Whom};
use crate::chat::view::AdminSubject;
use crate::domain::{Findings, Roster, SearchText, SerialTrace};
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
            AdminState::ConfirmingCatalogue(id) => AdminSubject::Differences(self.shop.differences_of(tx, *id).await?),
            AdminState::ReadingAdmins => AdminSubject::Admins(self.shop.admins(tx).await?),
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
        Ok(self.shop.roster(&mut self.store().read().await?).await?)
    }
}

async fn trace(tx: &mut Tx, text: &SearchText) -> Result<Option<SerialTrace>, StoreError> {
    let Some(serial) = text.serial() else { return Ok(None) };
    let found = tx.find_serial(&serial).await?;
    Ok(found.map(|found| SerialTrace { sku: found.sku, order: found.order }))
}
