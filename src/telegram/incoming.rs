//! From a raw update to what it means: a tolerant reading of its JSON, then a dptree of routes.
//!
//! The reading takes only what the chat needs. teloxide's own types refuse a whole message for one field of a newer
//! Bot API, or lose its text for one unknown entity; a customer's words must not depend on that.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::Arc;

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::value::RawValue;

use super::routes::{BotUsername, Routes, routes};
use super::update::{Message, Update, is_service};
use crate::chat::dialogue::Upload;
use crate::chat::event::{Event, Incoming};
use crate::domain::UpdateId;
use crate::domain::stored::{fault_of, place_of};
use crate::domain::typed::clean_line;

/// Letters of an update's kind; Telegram's longest has about thirty.
const LONGEST_KIND: usize = 40;

/// An update whose JSON has not the form of one.
#[derive(Debug, thiserror::Error)]
#[error("the update does not read: {0}")]
pub struct Unreadable(pub String);

impl Unreadable {
    /// Without what stands in the update, which serde would quote.
    fn of(error: &serde_json::Error) -> Unreadable {
        Unreadable(format!("{}, {}", fault_of(error), place_of(error)))
    }
}

/// Reads updates of one bot.
pub struct Router {
    routes: Routes,
    username: BotUsername,
}

impl Router {
    /// A router for the bot with this username. The tree's wiring is checked here, so that no update can find it broken.
    pub fn new(bot_username: &str) -> Router {
        let routes = routes();
        let username = BotUsername(bot_username.to_owned());
        let sample = Update {
            update_id: 0,
            message: None,
            edited_message: None,
            callback_query: None,
            my_chat_member: None,
            chat_member: None,
        };
        dptree::type_check(routes.sig(), &dptree::deps![Arc::new(sample), username.clone()], &[]);
        Router { routes, username }
    }

    /// What an update means. One that concerns nothing of ours is [`Event::Nothing`], so that it is confirmed too.
    pub async fn route(&self, raw: &RawValue) -> Result<Incoming, Unreadable> {
        let update: Update = serde_json::from_str(raw.get()).map_err(|error| Unreadable::of(&error))?;
        let id = UpdateId(update.update_id);
        let says_nothing = |message: &Message| {
            message.chat.is_private() && message.upload() == Upload::Unusable && message.picked().is_none()
        };
        // A place changes by itself, as long as somebody shares where they are.
        let moves = update.edited_message.as_ref().is_some_and(|message| message.location.is_some());
        if moves || update.message.as_deref().is_some_and(says_nothing) && is_service(raw.get()) {
            return Ok(Incoming { update: id, event: Event::Nothing, group: None });
        }
        let group = update.group_seen();
        let event = match self.routes.dispatch(dptree::deps![Arc::new(update), self.username.clone()]).await {
            ControlFlow::Break(event) => event,
            ControlFlow::Continue(_) => Event::Nothing,
        };
        Ok(Incoming { update: id, event, group })
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

/// What Telegram calls an update, such as `callback_query`: the name of the one field beside its id.
pub fn kind_of(raw: &str) -> String {
    let fields = serde_json::from_str::<BTreeMap<String, IgnoredAny>>(raw).unwrap_or_default();
    // Only names that Telegram could give: what does not read may hold anything.
    let is_name = |name: &String| name != "update_id" && name.chars().all(|c| c.is_ascii_lowercase() || c == '_');
    fields.into_keys().find(is_name).map_or_else(|| "unknown".to_owned(), |name| clean_line(&name, LONGEST_KIND))
}
