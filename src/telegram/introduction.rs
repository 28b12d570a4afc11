//! Who turns to a bot that does not run yet: the updates that wait are looked at, and left for the first start.

use serde_json::value::RawValue;
use teloxide::payloads::GetUpdates;

use super::call_error::CallError;
use super::client::Client;
use super::polling::{ALLOWED_UPDATES, MOST_UPDATES};
use super::update;
use crate::domain::{ChatId, Person, UpdateId};

/// Somebody who wrote `/start` with the code that they were shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Introduction {
    pub update: UpdateId,
    pub chat: ChatId,
    /// `None` when a channel or an anonymous admin speaks.
    pub person: Option<Person>,
}

/// The updates that wait.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Waiting {
    /// All of them, with the introductions among them.
    Whole(Vec<Introduction>),
    /// There are more than can be seen without confirming the first of them, and nobody among these introduced themselves.
    Crowded,
}

impl Client {
    /// Who wrote `/start CODE` so far. Nothing is confirmed, so that the first start misses nothing.
    pub async fn introductions(&self, code: &str) -> Result<Waiting, CallError> {
        let mut payload = GetUpdates::new();
        payload.timeout = Some(0);
        payload.limit = Some(MOST_UPDATES);
        payload.allowed_updates = Some(ALLOWED_UPDATES.to_vec());
        let updates: Vec<Box<RawValue>> = self.call(&payload).await?;
        let found: Vec<_> = updates.iter().filter_map(|update| introduction(update.get(), code)).collect();
        if found.is_empty() && updates.len() >= MOST_UPDATES.into() {
            return Ok(Waiting::Crowded);
        }
        Ok(Waiting::Whole(found))
    }
}

fn introduction(json: &str, code: &str) -> Option<Introduction> {
    let update: update::Update = serde_json::from_str(json).ok()?;
    let message = update.message.filter(|message| !message.is_second_hand())?;
    let text = message.typed()?;
    let mut words = text.split_whitespace();
    let command = words.next()?.split('@').next()?;
    if command != "/start" || words.next() != Some(code) {
        return None;
    }
    let person = match &message.sender_chat {
        Some(_) => None,
        None => message.from.as_ref().filter(|user| !user.is_bot).map(update::User::person),
    };
    Some(Introduction { update: UpdateId(update.update_id), chat: ChatId(message.chat.id), person })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str, more: &str) -> Option<Introduction> {
        let from = r#""from":{"id":201,"first_name":"Vera"}"#;
        let json = format!(
            r#"{{"update_id":7,"message":{{"message_id":1,"date":1,"chat":{{"id":-5,"type":"group"}},{from},"text":"{text}"{more}}}}}"#
        );
        introduction(&json, "482913")
    }

    #[test]
    fn only_whoever_knows_the_code_introduces_themselves() {
        for own in ["/start 482913", "/start@keydesk_bot 482913", "/start@keydesk_bot  482913 "] {
            let found = said(own, "").unwrap();
            assert_eq!((found.chat, found.person.map(|person| person.id.0)), (ChatId(-5), Some(201)), "{own}");
        }
        for other in ["/start", "/start 482914", "482913", "/started 482913", "/start@keydesk_bot"] {
            assert_eq!(said(other, ""), None, "{other}");
        }
        assert_eq!(said("/start 482913", r#","forward_date":1"#), None);
    }

    #[test]
    fn an_anonymous_admin_is_nobody() {
        let found = said("/start 482913", r#","sender_chat":{"id":-5,"type":"group"}"#).unwrap();
        assert_eq!(found.person, None);
    }
}
