//! Serial numbers to their customers: in one letter, or in several when Telegram would not take them in one.

use super::letters::{Dispatch, theirs};
use super::serials_file::{self, SerialList};
use super::{Desk, DeskError};
use crate::chat::answer::{Answer, Outgoing, Part};
use crate::chat::view::letters;
use crate::domain::{Access, LARGEST_DOCUMENT, Notification, OrderNumber, Sending, Status};
use crate::store::{Customer, Tx};

impl Desk {
    /// A letter with serial numbers, and the facts of those that follow it; `None` for any other fact, and when they are
    /// not this customer's.
    pub(super) async fn render_serials(
        &self,
        tx: &mut Tx,
        customer: &Customer,
        fact: &Outgoing,
        sending: Sending,
    ) -> Result<Option<Dispatch>, DeskError> {
        let (of, part) = match fact {
            Outgoing::Shop(Notification::OrderCompleted(number)) | Outgoing::Chat(Answer::SerialsAgain(number)) => {
                (Some(*number), None)
            }
            Outgoing::Chat(Answer::AllSerials) => (None, None),
            Outgoing::Chat(Answer::SerialsPart { of, part }) => (*of, Some(*part)),
            _ => return Ok(None),
        };
        let list = match of {
            Some(number) => list_of_order(tx, customer, number).await?,
            None => list_of_account(tx, customer).await?,
        };
        let Some(list) = list else { return Ok(None) };
        let texts = self.texts_for(customer);
        let cut = part.or_else(|| list.first_part(LARGEST_DOCUMENT));
        let file = list.file(cut);
        let letter = match (fact, of) {
            (Outgoing::Shop(Notification::OrderCompleted(number)), _) => {
                letters::completed(*number, file, sending, &texts)
            }
            (_, Some(number)) => letters::serials_again(number, file, &texts),
            (_, None) => letters::all_serials(file, &texts),
        };
        let further = match part {
            None => cut.into_iter().flat_map(Part::further).map(|part| Answer::SerialsPart { of, part }).collect(),
            Some(_) => Vec::new(),
        };
        Ok(Some(Dispatch::SendFirst(letter, further)))
    }
}

async fn list_of_order(tx: &mut Tx, customer: &Customer, number: OrderNumber) -> Result<Option<SerialList>, DeskError> {
    let order = theirs(tx, customer, number).await?;
    if order.is_none_or(|order| order.summary.status != Status::Completed) {
        return Ok(None);
    }
    Ok(Some(serials_file::of_order(number, &tx.serials_of(number).await?)))
}

async fn list_of_account(tx: &mut Tx, customer: &Customer) -> Result<Option<SerialList>, DeskError> {
    let given = tx.serials_of_account(customer.account).await?;
    // The button stands only below some; without any it was forged.
    let is_theirs = !given.is_empty() && customer.access == Access::Admitted;
    Ok(is_theirs.then(|| serials_file::of_account(&given)))
}
