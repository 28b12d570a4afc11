//! Serial numbers to their customers: in one message, or in several when Telegram would not take them in one.

use super::answer::{Answer, Part};
use super::dispatch::Dispatch;
use super::hearing::theirs;
use super::serials_file::{self, SerialList};
use super::{Chat, ChatError};
use crate::chat::i18n::Texts;
use crate::chat::view::customer_messages;
use crate::domain::{Access, LARGEST_DOCUMENT, OrderNumber, Sending, Status};
use crate::store::{Customer, Tx};

/// Which serial numbers a customer is to have, and why.
#[derive(Debug, Clone, Copy)]
pub(super) enum SerialsFor {
    /// Those of an order that was just completed.
    Completed(OrderNumber, Sending),
    /// Those of an order, or of all of them, once more; or a part of what does not fit one message.
    Asked(Option<OrderNumber>, Option<Part>),
}

impl Chat {
    /// A message with serial numbers, and the answers that follow it; `None` when they are not this customer's.
    pub(super) async fn render_serials(
        &self,
        tx: &mut Tx,
        customer: &Customer,
        what: SerialsFor,
    ) -> Result<Option<Dispatch>, ChatError> {
        let (of, part) = match what {
            SerialsFor::Completed(number, _) => (Some(number), None),
            SerialsFor::Asked(of, part) => (of, part),
        };
        let (shop, texts) = (&self.config().shop, self.texts_for(customer));
        let list = match of {
            Some(number) => list_of_order(tx, customer, number, &texts).await?,
            None => list_of_account(tx, customer).await?,
        };
        let Some(list) = list else { return Ok(None) };
        let cut = part.or_else(|| list.first_part(LARGEST_DOCUMENT));
        let file = list.file(cut);
        let message = match (what, of) {
            (SerialsFor::Completed(number, sending), _) => {
                customer_messages::completed(number, file, sending, shop.docs_url.as_ref(), &texts)
            }
            (_, Some(number)) => customer_messages::serials_again(number, file, &texts),
            (_, None) => customer_messages::all_serials(file, &texts),
        };
        let further = match part {
            None => cut.into_iter().flat_map(Part::further).map(|part| Answer::SerialsPart { of, part }).collect(),
            Some(_) => Vec::new(),
        };
        let message = message.shared(shop.serials_sharing);
        Ok(Some(Dispatch::SendFirst(message, further)))
    }
}

async fn list_of_order(
    tx: &mut Tx,
    customer: &Customer,
    number: OrderNumber,
    texts: &Texts,
) -> Result<Option<SerialList>, ChatError> {
    match theirs(tx, customer, number).await?.filter(|order| order.summary.status == Status::Completed) {
        Some(order) => Ok(Some(serials_file::of_order(tx, &order, texts).await?)),
        None => Ok(None),
    }
}

async fn list_of_account(tx: &mut Tx, customer: &Customer) -> Result<Option<SerialList>, ChatError> {
    // Who was shut out since they asked is not even looked up.
    if customer.access != Access::Admitted {
        return Ok(None);
    }
    Ok(Some(serials_file::of_account(tx, customer.account).await?).filter(|list| !list.is_empty()))
}
