//! The staff chat: only its members are heard there, and nothing is said or done while anyone can read it.

use chrono::{DateTime, Utc};

use std::collections::BTreeSet;

use super::answer::Answer;
use super::dialogue::Input;
use super::dispatch::Dispatch;
use super::event::{Event, Incoming, Via};
use super::i18n::Texts;
use super::view::{OutgoingMessage, vendor_banner};
use super::{Chat, ChatError, Handled};
use crate::domain::{ChatId, Exclusion, PersonId, SeenOpenness, StaffStanding};
use crate::store::Tx;

impl Chat {
    /// Who of these does something in the staff chat and was last asked about too long ago. Telegram has to be asked before
    /// the updates are handled: no transaction waits for it.
    pub async fn unverified(&self, updates: &[&Incoming]) -> Result<BTreeSet<(ChatId, PersonId)>, ChatError> {
        let acting: BTreeSet<_> = updates.iter().filter_map(|incoming| in_a_group(&incoming.event)).collect();
        let mut unverified = BTreeSet::new();
        if acting.is_empty() {
            return Ok(unverified);
        }
        let mut tx = self.store().read();
        let staff_chat = self.shop.staff_chat(&mut tx).await?;
        for (chat, person) in acting.into_iter().filter(|(chat, _)| *chat == staff_chat) {
            if self.shop.is_to_be_verified(&mut tx, chat, person).await? {
                unverified.insert((chat, person));
            }
        }
        Ok(unverified)
    }

    /// Keeps what Telegram says of people's places in the staff chat.
    pub async fn verified(
        &self,
        answers: &[(ChatId, PersonId, StaffStanding)],
        asked_at: DateTime<Utc>,
    ) -> Result<(), ChatError> {
        if answers.is_empty() {
            return Ok(());
        }
        let mut tx = self.store().begin().await?;
        for (chat, person, standing) in answers {
            self.shop.verified(&mut tx, *chat, *person, *standing, asked_at).await?;
        }
        Ok(tx.commit().await?)
    }

    /// Where the staff are.
    pub async fn staff_chat(&self) -> Result<ChatId, ChatError> {
        Ok(self.shop.staff_chat(&mut self.store().read()).await?)
    }

    /// Takes note of how the staff chat is to be entered.
    pub async fn staff_chat_seen(&self, chat: ChatId, seen: SeenOpenness) -> Result<(), ChatError> {
        let mut tx = self.store().begin().await?;
        self.shop.staff_chat_seen(&mut tx, chat, seen).await?;
        Ok(tx.commit().await?)
    }

    /// Takes note of how a chat is to be entered, if it is the staff's.
    pub async fn openness_seen(&self, tx: &mut Tx, chat: ChatId, seen: SeenOpenness) -> Result<(), ChatError> {
        if chat == self.shop.staff_chat(tx).await? {
            self.shop.staff_chat_seen(tx, chat, seen).await?;
        }
        Ok(())
    }

    /// Whether anybody could read what is said in a chat.
    pub async fn is_open_to_all(&self, chat: ChatId) -> Result<bool, ChatError> {
        Ok(chat.0 < 0 && self.store().read().is_open_chat(chat).await?)
    }

    /// Answers somebody who is not heard, if they turned to the bot.
    pub(super) async fn keep_out(
        &self,
        tx: &mut Tx,
        (chat, person): (ChatId, PersonId),
        why: Exclusion,
        input: &Input,
        via: &Via,
    ) -> Result<Handled, ChatError> {
        if let Via::Press { .. } = via {
            let answer = Some(sentence(why, &self.shop_texts()));
            return Ok(Handled { answer, ..Handled::default() });
        }
        if is_for_the_bot(input) {
            self.post_once(tx, chat, None, &Answer::KeptOut { person, why }).await?;
        }
        Ok(Handled::default())
    }

    pub(super) async fn render_kept_out(
        &self,
        tx: &mut Tx,
        person: PersonId,
        why: Exclusion,
    ) -> Result<Dispatch, ChatError> {
        let (texts, customer) = (self.shop_texts(), tx.customer(person).await?);
        let reader = customer.as_ref().map(|customer| &customer.person);
        let screen = vendor_banner::addressed(reader, &sentence(why, &texts));
        Ok(Dispatch::Send(OutgoingMessage::plain(screen)))
    }
}

/// Every command is, known or not, so that nobody learns which of them exist.
fn is_for_the_bot(input: &Input) -> bool {
    match input {
        Input::Command(_) => true,
        Input::Message(message) => message.reply_to.is_some(),
        Input::Press(_) | Input::Edited(_) | Input::SecondHand(_) | Input::Picked(_) => false,
    }
}

fn sentence(why: Exclusion, texts: &Texts) -> String {
    texts.say(match why {
        Exclusion::Unverified => "staff-not-verified",
        Exclusion::Outside => "staff-outside",
        Exclusion::Anonymous => "staff-anonymous-sender",
        Exclusion::Blocked => "staff-blocked",
    })
}

fn in_a_group(event: &Event) -> Option<(ChatId, PersonId)> {
    match event {
        Event::Said { chat, person, .. } if *chat != person.id.private_chat() => Some((*chat, person.id)),
        _ => None,
    }
}
