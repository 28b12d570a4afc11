//! Updates, one after the other: who did something, where, and whose turn it is to serve them.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use tracing::Instrument;

use super::action::{AccessAction, Action};
use super::answer::Answer;
use super::dialogue::{Input, Message};
use super::event::{Event, GroupSeen, Incoming, Via};
use super::receipts::Receipt;
use super::session::Session;
use super::view::account;
use super::{Chat, ChatError};
use crate::domain::{
    Access, AccountNotification, ChatId, MessageId, Notification, Person, PersonId, SeenOpenness, StaffStanding,
    UpdateId,
};
use crate::shop::Recipient;
use crate::store::{AccessDecision, Decider, DialogueKey, Reachability, Seat, Tx, Wait};

/// What handling an update leaves to be done outside the transaction.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Handled {
    /// What the pressed button answers.
    pub answer: Option<String>,
    /// Whether the command menus are up to date.
    pub menus: Menus,
    /// How the bot reacts to the message.
    pub receipt: Option<Receipt>,
}

/// Whether the command menus are still those that people should have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Menus {
    /// They are up to date.
    #[default]
    Current,
    /// Somebody became an admin, or is none any more, or chose another language.
    Changed,
}

impl Chat {
    /// Handles updates in one transaction, in order: all of them take effect, or none does.
    pub async fn handle(&self, updates: &[&Incoming]) -> Result<Vec<Handled>, ChatError> {
        self.handle_since(updates, None).await
    }

    /// The same for updates whose people wait since then.
    pub async fn handle_since(
        &self,
        updates: &[&Incoming],
        since: Option<DateTime<Utc>>,
    ) -> Result<Vec<Handled>, ChatError> {
        let mut new: BTreeSet<UpdateId> = updates.iter().map(|incoming| incoming.update).collect();
        let handled = loop {
            match self.handle_new(updates, &new, since).await? {
                Some(handled) => break handled,
                None => {
                    let processed = self.store().read().processed(&new).await?;
                    new.retain(|update| !processed.contains(update));
                }
            }
        };
        self.announce_menus(&handled);
        Ok(handled)
    }

    /// Handles those of the updates that are new; `None`, and nothing happened, when some of these took effect before.
    async fn handle_new(
        &self,
        updates: &[&Incoming],
        new: &BTreeSet<UpdateId>,
        since: Option<DateTime<Utc>>,
    ) -> Result<Option<Vec<Handled>>, ChatError> {
        let people: BTreeSet<PersonId> = updates.iter().filter_map(|incoming| incoming.person()).collect();
        let in_private: Vec<PersonId> = updates.iter().filter_map(|incoming| incoming.private_speaker()).collect();
        self.serving((&people, &in_private), since, async |tx| {
            let mut first = match tx.deduplicate_all(new, self.clock().now()).await? {
                0 => BTreeSet::new(),
                all if all == new.len() => new.clone(),
                _ => return Ok(None),
            };
            let senders: Vec<PersonId> = updates.iter().filter_map(|incoming| incoming.sends_a_draft()).collect();
            self.shop.foresee_orders(tx, &senders).await?;
            let mut handled = Vec::with_capacity(updates.len());
            for incoming in updates {
                handled.push(match first.remove(&incoming.update) {
                    true => self.serve(tx, incoming).instrument(incoming.span()).await?,
                    false => Handled::default(),
                });
            }
            Ok(Some(handled))
        })
        .await
    }

    pub(super) fn announce_menus(&self, handled: &[Handled]) {
        if handled.iter().any(|one| one.menus == Menus::Changed) {
            self.menus_changed.notify_one();
        }
    }

    /// Does what an update asks for, whether or not it was done before.
    pub(super) async fn serve(&self, tx: &mut Tx, incoming: &Incoming) -> Result<Handled, ChatError> {
        let now = self.clock().now();
        tx.answers_in(incoming.group.and_then(|group| Some((group.chat, incoming.person()?, group.topic?))));
        if let Some(GroupSeen { chat, openness, at, .. }) = incoming.group {
            self.openness_seen(tx, chat, SeenOpenness { openness, at: at.unwrap_or(now) }).await?;
        }
        match &incoming.event {
            Event::Said { chat, person, input, via } if *chat == person.id.private_chat() => {
                return self.said_in_private(tx, person, input, via).await;
            }
            Event::Said { chat, person, input, via } => {
                // By far the most is said in private, and would carry what this needs room for.
                return Box::pin(self.said_in_group(tx, *chat, person, input, via)).await;
            }
            Event::AnonymousSender { chat, message } => {
                tx.chat_shows_life(*chat, now).await?;
                if *chat == self.shop.staff_chat(tx).await? {
                    self.post_once(tx, *chat, None, &Answer::AnonymousSender(*message)).await?;
                }
            }
            Event::AnonymousPress { chat, .. } if *chat == self.shop.staff_chat(tx).await? => {
                let answer = Some(self.shop_texts().say("staff-anonymous-sender"));
                return Ok(Handled { answer, ..Handled::default() });
            }
            Event::SaidInTheOpen { chat, .. } if *chat == self.shop.staff_chat(tx).await? => {
                return Ok(self.said_in_the_open());
            }
            Event::MembersChanged { chat, people } if *chat == self.shop.staff_chat(tx).await? => {
                self.members_changed(tx, *chat, people).await?;
            }
            Event::Reachability { person, reachability } => {
                tx.set_reachability(*person, *reachability, now).await?;
                if *reachability == Reachability::Reachable {
                    tx.requeue_messages(person.private_chat(), now).await?;
                    tx.customer_changed(*person);
                }
            }
            Event::GroupJoined(chat) => tx.requeue_messages(*chat, now).await?,
            Event::GroupMoved { from, to } => tx.chat_moved(*from, *to, now).await?,
            Event::AnonymousPress { .. }
            | Event::SaidInTheOpen { .. }
            | Event::MembersChanged { .. }
            | Event::Nothing => {}
        }
        Ok(Handled::default())
    }

    async fn said_in_private(
        &self,
        tx: &mut Tx,
        person: &Person,
        input: &Input,
        via: &Via,
    ) -> Result<Handled, ChatError> {
        let customer = self.shop.meet(tx, person).await?;
        keep_answered(tx, person.id.private_chat(), input).await?;
        if customer.reachability != Reachability::Reachable || customer.wait == Wait::Parked {
            // What was kept for a person who could not be reached is delivered now.
            let now = self.clock().now();
            tx.set_reachability(person.id, Reachability::Reachable, now).await?;
            tx.requeue_messages(person.id.private_chat(), now).await?;
            tx.customer_changed(person.id);
        }
        match self.admin_session(tx, person.id, input).await? {
            Some(session) => Box::pin(self.serve_vendor(tx, session, &person.name, input, via)).await,
            None => self.serve_customer(tx, &customer, input, via).await,
        }
    }

    async fn said_in_group(
        &self,
        tx: &mut Tx,
        chat: ChatId,
        person: &Person,
        input: &Input,
        via: &Via,
    ) -> Result<Handled, ChatError> {
        if chat != self.shop.staff_chat(tx).await? {
            return Ok(Handled::default());
        }
        if tx.is_open_chat(chat).await? {
            // It was said before strangers could listen, and would be answered in front of them.
            return Ok(self.said_in_the_open());
        }
        tx.chat_shows_life(chat, self.clock().now()).await?;
        let role = match self.shop.admit(tx, chat, person).await? {
            Ok(role) => role,
            Err(why) => return self.keep_out(tx, (chat, person.id), why, input, via).await,
        };
        if let (Input::Press(Some(Action::Access(newcomer, action))), Via::Press { message, .. }) = (input, via) {
            return self.decide_access(tx, person, (*newcomer, *action), *message).await;
        }
        keep_answered(tx, chat, input).await?;
        match input {
            Input::Press(Some(Action::Unfold(number))) => return self.unfold(tx, chat, *number).await,
            Input::Message(message) => {
                if let Some(answered) = message.reply_to
                    && tx.is_digest(chat, answered).await?
                {
                    return self.hint_to_unfold(tx, chat, message.id).await;
                }
            }
            _ => {}
        }
        let session = Session::open(tx, DialogueKey { chat, person: person.id, seat: Seat::Vendor }, role).await?;
        self.serve_vendor(tx, session, &person.name, input, via).await
    }

    fn said_in_the_open(&self) -> Handled {
        Handled { answer: Some(self.shop_texts().say("staff-chat-open")), ..Handled::default() }
    }

    async fn members_changed(
        &self,
        tx: &mut Tx,
        chat: ChatId,
        people: &[(Person, Option<StaffStanding>)],
    ) -> Result<(), ChatError> {
        for (person, standing) in people {
            tx.username_seen(person).await?;
            match standing {
                Some(standing) => self.shop.verified(tx, chat, person.id, *standing, self.clock().now()).await?,
                None => tx.forget_staff_standing(chat, person.id).await?,
            }
        }
        Ok(())
    }

    /// A press on the staff chat's question whether to let somebody in. Of two who press at once one is first, and the
    /// other reads who that was. The caller has made sure that `by` is staff.
    async fn decide_access(
        &self,
        tx: &mut Tx,
        by: &Person,
        (person, action): (PersonId, AccessAction),
        message: MessageId,
    ) -> Result<Handled, ChatError> {
        let decided = Notification::Account(AccountNotification::AccessDecided { person, message });
        self.shop.tell_once(tx, Recipient::Staff, None, &decided).await?;
        let access = match action {
            AccessAction::Admit => Access::Admitted,
            AccessAction::Refuse => Access::Refused,
        };
        let decider = Decider { id: by.id, name: by.name.clone() };
        let texts = self.shop_texts();
        let answer = match self.shop.decide_access(tx, &decider, person, access).await? {
            AccessDecision::Done => account::access_word(access, &texts),
            AccessDecision::Lost { access, by } => account::decided_before(access, by, &texts),
            AccessDecision::Unknown => texts.say("access-unknown"),
        };
        Ok(Handled { answer: Some(answer), ..Handled::default() })
    }
}

/// A screen that somebody replied to stays when another takes its place, so that the reply does not quote what is gone.
async fn keep_answered(tx: &mut Tx, chat: ChatId, input: &Input) -> Result<(), ChatError> {
    if let Input::Message(Message { reply_to: Some(answered), .. }) = input {
        tx.keep_answered(chat, *answered).await?;
    }
    Ok(())
}
