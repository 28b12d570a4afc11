//! What a message in the outbox says when it is delivered, gathered in one read.

use super::answer::{Answer, Outgoing};
use super::dispatch::{Dispatch, Wording};
use super::exporting;
use super::hearing::{theirs, unreached};
use super::serials::SerialsFor;
use super::threads::{Thread, thread};
use super::{Chat, ChatError, copies};
use crate::chat::dialogue::VendorBanner;
use crate::chat::i18n::Texts;
use crate::chat::view::alert::{Background, Place};
use crate::chat::view::{
    OutgoingMessage, Screen, account, admin, alert, backups, contacts, customer_messages, failed_updates, maintenance,
    order_actions, serials, staff, vendor_banner,
};
use crate::domain::{
    AccountNotification, AdminNotification, ChatId, MessageId, Notification, Order, OrderAction, OrderNumber, Person,
    PersonId, Role, Sending, Sku,
};
use crate::store::Tx;

impl Chat {
    /// A message as its reader is to have it; `None` when there is nothing left to say.
    pub async fn render(
        &self,
        chat: ChatId,
        outgoing: &Outgoing,
        sending: Sending,
    ) -> Result<Option<Dispatch>, ChatError> {
        match outgoing {
            // Reports can take long, and read by themselves.
            Outgoing::Chat(Answer::Report(report)) => self.render_report(chat, report).await,
            Outgoing::Chat(answer @ Answer::Serials { .. }) => {
                let _place = exporting::place().await;
                self.render_answer(&mut self.store().read(), chat, answer).await
            }
            Outgoing::Chat(Answer::Desk(number)) => self.desk(&mut self.store().read(), chat, *number, sending).await,
            Outgoing::Chat(answer) => self.render_answer(&mut self.store().read(), chat, answer).await,
            Outgoing::Shop(notification) => {
                self.render_notification(&mut self.store().read(), chat, notification, sending).await
            }
        }
    }

    async fn render_answer(&self, tx: &mut Tx, chat: ChatId, answer: &Answer) -> Result<Option<Dispatch>, ChatError> {
        let what = match answer {
            Answer::AnonymousSender(message) => {
                let sentence = Screen::sentence(&self.shop_texts().say("staff-anonymous-sender"));
                return Ok(Some(Dispatch::Send(OutgoingMessage::plain(sentence).replying_to(*message))));
            }
            Answer::UnfoldFirst(message) => {
                let sentence = Screen::sentence(&self.shop_texts().say("digest-unfold-first"));
                return Ok(Some(Dispatch::Send(OutgoingMessage::plain(sentence).replying_to(*message))));
            }
            Answer::KeptOut { person, why } => return Ok(Some(self.render_kept_out(tx, *person, *why).await?)),
            Answer::FileAnswered { to, banner, answered } => {
                return self.render_file_answer(tx, chat, (*to, *answered), banner).await;
            }
            Answer::DeskMoved { number, message } => {
                let moved = alert::moved(*number, &self.shop_texts());
                return Ok(Some(Dispatch::Mark(*message, moved, Wording::Text)));
            }
            Answer::StaffHelp(to) => {
                let role = self.role_in(tx, chat, *to).await?;
                return Ok(role.map(|role| sent(staff::help(role, &self.shop_texts()))));
            }
            Answer::NoSuchCommand => {
                return Ok(Some(sent(Screen::sentence(&self.shop_texts().say("staff-no-such-command")))));
            }
            // The caller has rendered these.
            Answer::Report(_) | Answer::Desk(_) => return Ok(None),
            Answer::WordsOnTheirWay { number, message } => {
                return Ok(Some(self.render_words_on_their_way(*number, *message)));
            }
            Answer::FileAgain { number, event } => return self.file_again(tx, chat, *number, *event).await,
            Answer::Contacts { to, for_what } => {
                return Ok(Some(Dispatch::Send(contacts::offered(*for_what, &self.texts_at(tx, chat, *to).await?))));
            }
            Answer::ContactsClosed { to, picked } => {
                let texts = self.texts_at(tx, chat, *to).await?;
                return Ok(Some(Dispatch::Send(contacts::closed(picked.as_deref(), &texts))));
            }
            Answer::Maintenance => {
                let Some(customer) = tx.customer(PersonId(chat.0)).await? else { return Ok(None) };
                let found = tx.maintenance().await?;
                return Ok(Some(sent(maintenance::not_done(found.as_ref(), &self.texts_for(&customer)))));
            }
            Answer::InvoiceAgain(number) => return self.invoice_again(tx, PersonId(chat.0), *number).await,
            Answer::Serials { choice, format, part } => {
                let Some(customer) = tx.customer(PersonId(chat.0)).await? else { return Ok(None) };
                return self.render_chosen(tx, &customer, (choice, *format), *part).await;
            }
            Answer::SerialsFound { message, found, unknown } => {
                let Some(customer) = tx.customer(PersonId(chat.0)).await? else { return Ok(None) };
                let (catalogue, texts) = (self.shop.catalogue(tx).await?, self.texts_for(&customer));
                return Ok(Some(Dispatch::Send(serials::found(*message, found, *unknown, &catalogue, &texts))));
            }
            // The delivery has it fetched and rendered.
            Answer::LookUpFile(_) => return Ok(None),
            Answer::SerialsAgain(number) => SerialsFor::Asked(Some(*number), None),
            Answer::AllSerials => SerialsFor::Asked(None, None),
            Answer::SerialsPart { of, part } => SerialsFor::Asked(*of, Some(*part)),
        };
        match tx.customer(PersonId(chat.0)).await? {
            Some(customer) => self.render_serials(tx, &customer, what).await,
            None => Ok(None),
        }
    }

    async fn invoice_again(
        &self,
        tx: &mut Tx,
        person: PersonId,
        number: OrderNumber,
    ) -> Result<Option<Dispatch>, ChatError> {
        let Some(customer) = tx.customer(person).await? else { return Ok(None) };
        let order = theirs(tx, &customer, number).await?;
        let invoice = order.as_ref().and_then(Order::invoice);
        Ok(invoice.map(|invoice| {
            Dispatch::Send(customer_messages::invoice_again(number, invoice, &self.texts_for(&customer)))
        }))
    }

    async fn render_notification(
        &self,
        tx: &mut Tx,
        chat: ChatId,
        notification: &Notification,
        sending: Sending,
    ) -> Result<Option<Dispatch>, ChatError> {
        match notification {
            // Somebody may have acted on the order before its alert was sent, and has that shown at once.
            Notification::OrderPlaced(number) | Notification::OrderChanged(number) => {
                let message = tx.alert_message(*number, chat).await?;
                let sending = match (notification, message) {
                    (Notification::OrderPlaced(_), _) => sending,
                    (_, Some(_)) => Sending::First,
                    (_, None) => copies::alert_sending(tx, chat, *number, sending).await?,
                };
                let screen = self.alert(tx, *number, sending).await?;
                Ok(screen.map(|screen| match message {
                    Some(message) => Dispatch::Edit(message, screen),
                    None => sent(screen),
                }))
            }
            Notification::CardChanged { number, message } => {
                self.card_changed(tx, PersonId(chat.0), *number, *message).await
            }
            Notification::InvoiceReplaced { number, message, invoice } => {
                self.replaced_invoice(tx, PersonId(chat.0), *number, (*message, *invoice)).await
            }
            Notification::OrderActed { number, by, action } => match (action, by) {
                (OrderAction::Asked(request, words), Some(by)) => {
                    let Some(customer) = tx.customer(*by).await? else { return Ok(None) };
                    let (person, texts) = (&customer.person, self.shop_texts());
                    let waits = waits_for_answer(tx, *number, action).await?;
                    let (thread, words) = thread(tx, *number, words, chat).await?;
                    let message = alert::question(*number, (*request, waits), &words, person, sending, &texts);
                    let thread = thread.or(tx.message_showing(*number, chat).await?);
                    Ok(Some(Dispatch::Send(thread.continued_by(message))))
                }
                _ => self.render_for_customer(tx, PersonId(chat.0), *number, action, sending).await,
            },
            Notification::StockLow { sku, left } => Ok(Some(self.stock_low(tx, sku, *left).await?)),
            Notification::UpdatesFailed { count } => {
                Ok(Some(sent(failed_updates::given_up(*count, &self.shop_texts()))))
            }
            Notification::UpdatesWait { waits } => {
                let people = people(tx, waits.iter().map(|waits| waits.person)).await?;
                let waits: Vec<_> = people.into_iter().zip(waits.iter().map(|waits| waits.since)).collect();
                Ok(Some(sent(failed_updates::waiting(&waits, &self.shop_texts()))))
            }
            Notification::UpdatesPass { people: passed } => {
                let passed = people(tx, passed.iter().copied()).await?;
                Ok(Some(sent(failed_updates::passed(&passed, &self.shop_texts()))))
            }
            Notification::BackupMissing { taken_at } => Ok(Some(sent(backups::missing(*taken_at, &self.shop_texts())))),
            Notification::BackupTaken { at } => Ok(Some(sent(backups::taken(*at, &self.shop_texts())))),
            Notification::Undelivered { number, to } => {
                Ok(Some(self.render_undelivered(tx, chat, *number, *to).await?))
            }
            Notification::TopicsUnavailable { reason } => {
                let texts = self.texts_at(tx, chat, PersonId(chat.0)).await?;
                let sentence = texts.say_with("staff-topics-unavailable", &[("reason", reason.as_str().into())]);
                Ok(Some(sent(Screen::sentence(&sentence))))
            }
            Notification::StaffChatClosed { reason } => {
                let texts = self.texts_at(tx, chat, PersonId(chat.0)).await?;
                let sentence = texts.say_with("staff-chat-closed", &[("reason", reason.as_str().into())]);
                Ok(Some(sent(Screen::sentence(&sentence))))
            }
            Notification::Account(notification) => self.render_of_account(tx, notification, sending).await,
            Notification::Admin(notification) => self.render_for_admin(tx, PersonId(chat.0), notification).await,
        }
    }

    async fn render_for_customer(
        &self,
        tx: &mut Tx,
        person: PersonId,
        number: OrderNumber,
        action: &OrderAction,
        sending: Sending,
    ) -> Result<Option<Dispatch>, ChatError> {
        let Some(customer) = tx.customer(person).await? else { return Ok(None) };
        if *action == OrderAction::Completed {
            return self.render_serials(tx, &customer, SerialsFor::Completed(number, sending)).await;
        }
        let Some(order) = theirs(tx, &customer, number).await? else { return Ok(None) };
        let (thread, action) = match action {
            OrderAction::Answered(words) => {
                let (thread, words) = thread(tx, number, words, person.private_chat()).await?;
                (thread, OrderAction::Answered(words))
            }
            action => (Thread::default(), action.clone()),
        };
        let message = order_actions::message(&order, &action, sending, &self.texts_for(&customer));
        Ok(message.map(|message| Dispatch::Send(thread.continued_by(message))))
    }

    async fn stock_low(&self, tx: &mut Tx, sku: &Sku, left: u32) -> Result<Dispatch, ChatError> {
        let (catalogue, texts) = (self.shop.catalogue(tx).await?, self.shop_texts());
        let name = catalogue.product(sku).map(|product| product.name.in_language(texts.language()));
        let variables = [("product", name.unwrap_or(sku.as_str()).into()), ("left", u64::from(left).into())];
        Ok(sent(Screen::sentence(&texts.say_with("stock-low", &variables))))
    }

    /// An order as the staff chat sees it.
    pub(super) async fn alert(
        &self,
        tx: &mut Tx,
        number: OrderNumber,
        sending: Sending,
    ) -> Result<Option<Screen>, ChatError> {
        let Some(order) = tx.order(number).await? else { return Ok(None) };
        Ok(Some(self.staff_card(tx, &order, (Place::Alert, sending), &self.shop_texts()).await?))
    }

    /// An order's card for staff.
    pub(super) async fn staff_card(
        &self,
        tx: &mut Tx,
        order: &Order,
        (place, sending): (Place, Sending),
        texts: &Texts,
    ) -> Result<Screen, ChatError> {
        let customer = tx.customer(order.placed_by).await?.map(|customer| customer.person);
        let customer = customer.unwrap_or_else(|| nobody(order));
        let about = Background {
            customer: &customer,
            billing: tx.billing_of(order.account).await?,
            unreached: unreached(tx, order).await?,
            stock: copies::stock_for(tx, order).await?,
            held: self.holders(tx, order).await?,
            place,
            today: self.shop.today(),
        };
        Ok(alert::order(order, &about, sending, texts))
    }

    /// What came of a file, for whoever sent it and is still one of the staff.
    async fn render_file_answer(
        &self,
        tx: &mut Tx,
        chat: ChatId,
        (to, answered): (PersonId, Option<MessageId>),
        banner: &VendorBanner,
    ) -> Result<Option<Dispatch>, ChatError> {
        let is_entitled = match (self.role_in(tx, chat, to).await?, banner) {
            (Some(Role::Admin), _) => true,
            (role, banner) => role.is_some() && matches!(banner, VendorBanner::Staff(_)),
        };
        let Some(customer) = tx.customer(to).await?.filter(|_| is_entitled) else { return Ok(None) };
        let texts = self.texts_at(tx, chat, to).await?;
        let catalogue = self.shop.catalogue(tx).await?;
        // In a group it would be anybody's.
        let reader = (chat != to.private_chat() && answered.is_none()).then_some(&customer.person);
        let message = OutgoingMessage::plain(vendor_banner::message(banner, reader, &catalogue, &texts));
        Ok(Some(Dispatch::Send(match answered {
            Some(answered) => message.replying_to(answered),
            None => message,
        })))
    }

    async fn render_of_account(
        &self,
        tx: &mut Tx,
        notification: &AccountNotification,
        sending: Sending,
    ) -> Result<Option<Dispatch>, ChatError> {
        let (reader, other) = match notification {
            AccountNotification::AccessAsked(person) => {
                return Ok(self.access_request(tx, *person, sending).await?.map(sent));
            }
            AccountNotification::AccessDecided { person, message } => {
                let screen = self.access_request(tx, *person, Sending::First).await?;
                return Ok(screen.map(|screen| Dispatch::Edit(*message, screen)));
            }
            AccountNotification::Admitted(person) => (*person, *person),
            AccountNotification::Joined { owner, member } | AccountNotification::Left { owner, member } => {
                (*owner, *member)
            }
            AccountNotification::Removed { owner, member } => (*member, *owner),
        };
        let (Some(reader), Some(other)) = (tx.customer(reader).await?, tx.customer(other).await?) else {
            return Ok(None);
        };
        let (texts, name) = (self.texts_for(&reader), &other.person.name);
        Ok(Some(sent(match notification {
            AccountNotification::Joined { .. } => account::joined(name, &texts),
            AccountNotification::Left { .. } => account::left(name, &texts),
            AccountNotification::Removed { .. } => account::removed(name, &texts),
            AccountNotification::Admitted(_)
            | AccountNotification::AccessAsked(_)
            | AccountNotification::AccessDecided { .. } => account::admitted(&self.config().shop.name, &texts),
        })))
    }

    /// What an admin is to know; nothing to who is none any more.
    async fn render_for_admin(
        &self,
        tx: &mut Tx,
        reader: PersonId,
        notification: &AdminNotification,
    ) -> Result<Option<Dispatch>, ChatError> {
        let Some(customer) = tx.customer(reader).await? else { return Ok(None) };
        if !self.shop.is_admin(tx, reader).await? {
            return Ok(None);
        }
        let subject = match notification {
            AdminNotification::Appointed { person, .. } => Some(self.shop.target(tx, *person).await?),
            _ => None,
        };
        Ok(Some(sent(admin::audit::told(notification, subject.as_ref(), &self.texts_for(&customer)))))
    }

    /// The staff chat's question about a newcomer, or what came of it.
    async fn access_request(
        &self,
        tx: &mut Tx,
        person: PersonId,
        sending: Sending,
    ) -> Result<Option<Screen>, ChatError> {
        let Some(asking) = tx.customer(person).await? else { return Ok(None) };
        let decided = tx.access_decided(person).await?;
        let texts = self.shop_texts();
        Ok(Some(account::access_request(&asking.person, (asking.access, decided), sending, &texts)))
    }
}

/// The row of an order's audit trail in which a customer wrote this, if it is counted among what waits for an answer.
async fn waits_for_answer(tx: &mut Tx, number: OrderNumber, action: &OrderAction) -> Result<Option<usize>, ChatError> {
    let Some(order) = tx.order(number).await? else { return Ok(None) };
    let waiting = order.unanswered();
    Ok(waiting.into_iter().rev().find(|(_, event)| event.action == *action).map(|(row, _)| row))
}

fn sent(screen: Screen) -> Dispatch {
    Dispatch::Send(OutgoingMessage::plain(screen))
}

/// These people as far as the bot met them; of whom it did not, the id is known.
async fn people(tx: &mut Tx, ids: impl Iterator<Item = Option<PersonId>>) -> Result<Vec<Option<Person>>, ChatError> {
    let mut people = Vec::new();
    for id in ids {
        people.push(match id {
            Some(id) => Some(tx.customer(id).await?.map_or_else(|| Person::unmet(id), |customer| customer.person)),
            None => None,
        });
    }
    Ok(people)
}

/// Whoever placed an order is known; their name then stands in the first row of the audit trail.
fn nobody(order: &Order) -> Person {
    let placed = order.events.iter().find(|event| event.action == OrderAction::Placed);
    let name =
        placed.map_or_else(|| order.placed_by.to_string(), |event| event.actor.name().unwrap_or_default().to_owned());
    Person { id: order.placed_by, name, username: None, telegram_language: None }
}
