//! Who tries what at the walls, and how.

use keydesk::chat::action::Action;
use keydesk_emulator::{Call, MessageId, Sender};
use serde_json::json;

use super::{ANNA, GLEB, OTHER_GROUP};
use crate::support::files::pdf;
use crate::support::shop::{STAFF_CHAT, Shop, VERA};
use crate::support::visitor::Visitor;

/// Who does it, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// A customer, in private; also a member of the staff chat, who is a customer like any other there.
    InPrivate(i64),
    /// A member of a group that is not the staff's.
    InAnotherGroup,
    /// Somebody in the staff chat.
    InStaffChat(i64),
    AnonymousAdmin,
    Channel,
    /// One of the staff forwards what a customer wrote.
    Forwarding,
    ViaBot,
    Bot,
    /// The same in private, by a customer or an admin.
    ForwardingInPrivate(i64),
}

/// What they do.
#[derive(Debug, Clone)]
pub enum Does {
    Types(String),
    Presses(Action),
    SendsAnInvoice,
}

impl Who {
    pub fn at<'s>(self, shop: &'s Shop) -> Visitor<'s> {
        let (id, chat) = match self {
            Who::InPrivate(id) | Who::ForwardingInPrivate(id) => (id, id),
            Who::InAnotherGroup => (GLEB, OTHER_GROUP),
            Who::InStaffChat(id) => (id, STAFF_CHAT),
            Who::AnonymousAdmin | Who::Channel | Who::Forwarding | Who::ViaBot | Who::Bot => (VERA, STAFF_CHAT),
        };
        Visitor { shop, id, chat }
    }

    /// Does it, and gives what the bot says to that in the chat: what the button answers, or else its newest message.
    pub async fn tries(self, shop: &Shop, does: &Does) -> String {
        let visitor = self.at(shop);
        let before = visitor.calls();
        let press = match does {
            Does::Types(text) => {
                self.types(shop, text);
                None
            }
            Does::SendsAnInvoice => {
                shop.emulator.send(visitor.chat, visitor.id, pdf("11000"));
                None
            }
            Does::Presses(action) => {
                let message = visitor.screens().last().copied().unwrap_or(MessageId(1));
                Some(shop.emulator.press(visitor.chat, visitor.id, message, &action.encode()))
            }
        };
        shop.settle().await;
        if let Some(press) = press
            && let Some(toast) = visitor.toast(&press).await
        {
            return toast;
        }
        let texts = visitor.texts();
        if visitor.calls() > before { texts.last().cloned().unwrap_or_default() } else { String::new() }
    }

    fn types(self, shop: &Shop, text: &str) {
        let Visitor { id, chat, .. } = self.at(shop);
        match self {
            Who::InPrivate(_) | Who::InAnotherGroup | Who::InStaffChat(_) => drop(shop.emulator.say(chat, id, text)),
            Who::AnonymousAdmin => drop(shop.emulator.say_as_anonymous_admin(chat, text)),
            Who::Channel => drop(shop.emulator.say_as_channel(chat, text)),
            Who::Forwarding | Who::ForwardingInPrivate(_) => drop(shop.emulator.forward(chat, id, ANNA, text)),
            Who::ViaBot => drop(shop.emulator.say_via_bot(chat, id, "other_bot", text)),
            Who::Bot => {
                let bot = json!({ "id": 77, "is_bot": true, "first_name": "Робот", "username": "robot_bot" });
                let chat = json!({ "id": chat, "type": "supergroup", "title": "Сотрудники" });
                let message = json!({ "message_id": 900_000, "date": 0, "from": bot, "chat": chat, "text": text });
                shop.emulator.push_raw_update(json!({ "message": message }));
            }
        }
    }
}

impl Visitor<'_> {
    /// What the bot said that stands in the chat.
    pub fn texts(&self) -> Vec<String> {
        let messages = self.shop.emulator.messages(self.chat);
        let ours = messages.iter().filter(|message| message.from == Sender::Bot);
        ours.map(|message| message.text.replace('\u{a0}', " ")).collect()
    }

    /// How often the bot said something in the chat.
    pub fn calls(&self) -> usize {
        let says = |call: &&Call| call.chat_id == Some(self.chat) && !call.method.starts_with("get");
        self.shop.emulator.look(|world| world.calls().filter(says).count())
    }
}
