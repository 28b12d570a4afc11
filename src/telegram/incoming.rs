//! From a raw update to what it means: a tolerant reading of its JSON, then a dptree of routes.
//!
//! The reading takes only what the desk needs. teloxide's own types refuse a whole message for one field of a newer
//! Bot API, or lose its text for one unknown entity; a customer's words must not depend on that.

use std::ops::ControlFlow;

use dptree::prelude::*;
use serde::Deserialize;
use serde_json::value::RawValue;

use super::commands;
use crate::action::Action;
use crate::desk::event::{Event, Incoming, Via};
use crate::dialogue::Input;
use crate::domain::typed::clean_line;
use crate::domain::{ChatId, Language, MessageId, Person, PersonId, UpdateId};
use crate::store::Reachability;

#[derive(Debug, Clone, Deserialize)]
struct Update {
    update_id: i64,
    message: Option<Message>,
    callback_query: Option<CallbackQuery>,
    my_chat_member: Option<MembershipChange>,
}

#[derive(Debug, Clone, Deserialize)]
struct Message {
    from: Option<User>,
    chat: Chat,
    text: Option<String>,
    migrate_to_chat_id: Option<i64>,
}

#[derive(Debug, Clone, Deserialize)]
struct CallbackQuery {
    id: String,
    from: User,
    message: Option<PressedMessage>,
    data: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
struct PressedMessage {
    message_id: i64,
    chat: Chat,
}

#[derive(Debug, Clone, Deserialize)]
struct MembershipChange {
    chat: Chat,
    from: User,
    new_chat_member: Membership,
}

#[derive(Debug, Clone, Deserialize)]
struct Membership {
    status: String,
}

#[derive(Debug, Clone, Deserialize)]
struct Chat {
    id: i64,
    #[serde(rename = "type", default)]
    kind: String,
}

#[derive(Debug, Clone, Deserialize)]
struct User {
    id: i64,
    #[serde(default)]
    first_name: String,
    last_name: Option<String>,
    username: Option<String>,
    language_code: Option<String>,
}

impl User {
    fn person(&self) -> Person {
        let full = format!("{} {}", self.first_name, self.last_name.as_deref().unwrap_or_default());
        let cleaned = clean_line(&full, Person::MAX_NAME);
        Person {
            id: PersonId(self.id),
            name: if cleaned.is_empty() { self.id.to_string() } else { cleaned },
            username: self.username.as_deref().map(|name| clean_line(name, 32)).filter(|name| !name.is_empty()),
            telegram_language: self.language_code.as_deref().and_then(Language::parse),
        }
    }
}

impl Chat {
    /// A chat of one person with the bot.
    fn is_private(&self) -> bool {
        self.kind == "private"
    }
}

/// An update whose JSON has not the form of one.
#[derive(Debug, thiserror::Error)]
#[error("the update does not read: {0}")]
pub struct Unreadable(pub String);

type Routes = Handler<'static, Event>;

/// Reads updates of one bot.
pub struct Router {
    routes: Routes,
    username: BotUsername,
}

#[derive(Debug, Clone)]
struct BotUsername(String);

impl Router {
    /// A router for the bot with this username. The tree's wiring is checked here, so that no update can find it broken.
    pub fn new(bot_username: &str) -> Router {
        let routes = routes();
        let username = BotUsername(bot_username.to_owned());
        let sample = Update { update_id: 0, message: None, callback_query: None, my_chat_member: None };
        dptree::type_check(routes.sig(), &dptree::deps![sample, username.clone()], &[]);
        Router { routes, username }
    }

    /// What an update means. One that concerns nothing of ours is [`Event::Nothing`], so that it is confirmed too.
    pub async fn route(&self, raw: &RawValue) -> Result<Incoming, Unreadable> {
        let update: Update = serde_json::from_str(raw.get()).map_err(|error| Unreadable(error.to_string()))?;
        let id = UpdateId(update.update_id);
        let event = match self.routes.dispatch(dptree::deps![update, self.username.clone()]).await {
            ControlFlow::Break(event) => event,
            ControlFlow::Continue(_) => Event::Nothing,
        };
        Ok(Incoming { update: id, event })
    }

    /// The id alone, of an update whose rest cannot be read.
    pub fn update_id(raw: &RawValue) -> Option<UpdateId> {
        #[derive(Deserialize)]
        struct Bare {
            update_id: i64,
        }
        serde_json::from_str(raw.get()).ok().map(|Bare { update_id }| UpdateId(update_id))
    }
}

fn routes() -> Routes {
    dptree::entry()
        .branch(
            dptree::filter_map(private_message)
                .branch(dptree::filter_map(command).endpoint(typed))
                .branch(dptree::filter_map(text).endpoint(typed))
                .endpoint(attached),
        )
        .branch(dptree::filter_map(private_press).endpoint(pressed))
        .branch(dptree::filter_map(private_membership).endpoint(membership_changed))
        .branch(dptree::filter_map(group_joining).endpoint(group_joined))
        .branch(dptree::filter_map(move_of_group).endpoint(group_moved))
}

/// A message that a person wrote to the bot in private.
#[derive(Debug, Clone)]
struct PrivateMessage {
    person: Person,
    text: Option<String>,
}

fn private_message(update: Update) -> Option<PrivateMessage> {
    let message = update.message.filter(|message| message.chat.is_private())?;
    // In a private chat the sender is the chat's person; anything else is not theirs to act with.
    let from = message.from.filter(|from| from.id == message.chat.id)?;
    Some(PrivateMessage { person: from.person(), text: message.text })
}

fn command(message: PrivateMessage, bot: BotUsername) -> Option<Input> {
    commands::customer(message.text.as_deref()?, &bot.0).map(Input::Command)
}

fn text(message: PrivateMessage) -> Option<Input> {
    message.text.map(Input::Text)
}

async fn typed(message: PrivateMessage, input: Input) -> Event {
    Event::Customer { person: message.person, input, via: Via::Message }
}

async fn attached(message: PrivateMessage) -> Event {
    Event::Customer { person: message.person, input: Input::Attachment, via: Via::Message }
}

/// A button that a person pressed in private.
#[derive(Debug, Clone)]
struct PrivatePress {
    person: Person,
    query: String,
    message: MessageId,
    action: Option<Action>,
}

fn private_press(update: Update) -> Option<PrivatePress> {
    let query = update.callback_query?;
    let message = query.message.filter(|message| message.chat.is_private() && message.chat.id == query.from.id)?;
    Some(PrivatePress {
        person: query.from.person(),
        query: query.id,
        message: MessageId(message.message_id),
        action: query.data.as_deref().and_then(Action::parse),
    })
}

async fn pressed(press: PrivatePress) -> Event {
    let via = Via::Press { query: press.query, message: press.message };
    Event::Customer { person: press.person, input: Input::Press(press.action), via }
}

fn private_membership(update: Update) -> Option<(PersonId, Reachability)> {
    let change = update.my_chat_member.filter(|change| change.chat.is_private())?;
    let reachability = match change.new_chat_member.status.as_str() {
        "kicked" | "left" => Reachability::Blocked,
        _ => Reachability::Reachable,
    };
    Some((PersonId(change.from.id), reachability))
}

async fn membership_changed((person, reachability): (PersonId, Reachability)) -> Event {
    Event::Reachability { person, reachability }
}

fn group_joining(update: Update) -> Option<ChatId> {
    let change = update.my_chat_member.filter(|change| !change.chat.is_private())?;
    let may_write = matches!(change.new_chat_member.status.as_str(), "member" | "administrator" | "restricted");
    may_write.then_some(ChatId(change.chat.id))
}

async fn group_joined(chat: ChatId) -> Event {
    Event::GroupJoined(chat)
}

fn move_of_group(update: Update) -> Option<(ChatId, ChatId)> {
    let message = update.message?;
    Some((ChatId(message.chat.id), ChatId(message.migrate_to_chat_id?)))
}

async fn group_moved((from, to): (ChatId, ChatId)) -> Event {
    Event::GroupMoved { from, to }
}
