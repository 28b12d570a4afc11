//! Deleting.

use super::super::error::ApiError;
use super::super::message::{Message, MessageId, PrivacyMode, Sender};
use super::super::params::Params;
use super::super::world::World;
use super::parts::{chat_of, done};
use serde_json::Value;
use std::time::Duration;

const DELETABLE: Duration = Duration::from_secs(48 * 60 * 60);
/// At most so many at once.
const MOST_AT_ONCE: usize = 100;

pub(super) fn delete_message(world: &mut World, params: &Params) -> Result<Value, ApiError> {
    let chat = chat_of(params)?;
    world.known_chat(chat)?;
    let id = params.integer("message_id").and_then(|id| i32::try_from(id).ok());
    let Some(id) = id.filter(|id| *id > 0).map(MessageId) else {
        return Err(ApiError::bad_request("message identifier is not specified"));
    };
    let Some(message) = world.message(chat, id) else {
        return Err(ApiError::bad_request("message to delete not found"));
    };
    if !is_deletable(world, message) {
        return Err(ApiError::bad_request("message can't be deleted"));
    }
    world.remove_message(chat, id);
    Ok(done())
}

pub(super) fn delete_messages(world: &mut World, params: &Params) -> Result<Value, ApiError> {
    let chat = chat_of(params)?;
    world.known_chat(chat)?;
    let Some(value) = params.json("message_ids", "can't parse message identifiers JSON object")? else {
        return Err(ApiError::bad_request("message identifiers are not specified"));
    };
    let Value::Array(ids) = value else {
        return Err(ApiError::bad_request("expected an Array of message identifiers"));
    };
    if ids.is_empty() {
        return Err(ApiError::bad_request("message identifiers are not specified"));
    }
    if ids.len() > MOST_AT_ONCE {
        return Err(ApiError::bad_request("too many message identifiers specified"));
    }
    for id in ids.iter().filter_map(Value::as_i64) {
        let id = MessageId(i32::try_from(id).unwrap_or_default());
        if world.message(chat, id).is_some_and(|message| is_deletable(world, message)) {
            world.remove_message(chat, id);
        }
    }
    Ok(done())
}

/// Within two days the bot deletes its own messages, what people write to it, and all in a group that it runs.
fn is_deletable(world: &World, message: &Message) -> bool {
    let age = world.now().duration_since(message.date).unwrap_or_default();
    let may = match world.groups.get(&message.chat) {
        None => true,
        Some(state) => message.from == Sender::Bot || state.group.privacy == PrivacyMode::SeesAll,
    };
    may && age < DELETABLE
}
