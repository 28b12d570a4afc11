//! Editing.

use super::super::error::ApiError;
use super::super::keyboard;
use super::super::message::{Body, Message, MessageId, Sender};
use super::super::params::Params;
use super::super::world::World;
use super::format::{self, LONGEST_CAPTION, LONGEST_TEXT};
use super::parts::chat_of;
use serde_json::Value;

pub(super) fn edit_message_text(world: &mut World, params: &Params) -> Result<Value, ApiError> {
    let (text, entities) = format::text(params)?;
    let keyboard = keyboard::parse_inline(params)?;
    let message = editable(world, params)?;
    if message.body != Body::Text {
        return Err(ApiError::bad_request("there is no text in the message to edit"));
    }
    let edited = Message { text, entities, keyboard, ..message.clone() };
    save(world, &message, edited, LONGEST_TEXT, "MESSAGE_TOO_LONG")
}

pub(super) fn edit_message_caption(world: &mut World, params: &Params) -> Result<Value, ApiError> {
    let (text, entities) = format::caption(params)?;
    let keyboard = keyboard::parse_inline(params)?;
    let message = editable(world, params)?;
    if !matches!(message.body, Body::Document(_) | Body::Photo(_)) {
        return Err(ApiError::bad_request("there is no caption in the message to edit"));
    }
    let edited = Message { text, entities, keyboard, ..message.clone() };
    save(world, &message, edited, LONGEST_CAPTION, "MEDIA_CAPTION_TOO_LONG")
}

pub(super) fn edit_message_reply_markup(world: &mut World, params: &Params) -> Result<Value, ApiError> {
    let keyboard = keyboard::parse_inline(params)?;
    let message = editable(world, params)?;
    let edited = Message { keyboard, ..message.clone() };
    save(world, &message, edited, LONGEST_TEXT, "MESSAGE_TOO_LONG")
}

/// The bot's own message that the parameters name.
fn editable(world: &World, params: &Params) -> Result<Message, ApiError> {
    if !params.text("inline_message_id").is_empty() {
        return Err(ApiError::bad_request("MESSAGE_ID_INVALID"));
    }
    let chat = chat_of(params)?;
    world.known_chat(chat)?;
    let id = message_id(params)?;
    let Some(message) = world.message(chat, id) else {
        return Err(ApiError::bad_request("message to edit not found"));
    };
    if message.from != Sender::Bot {
        return Err(ApiError::bad_request("message can't be edited"));
    }
    Ok(message.clone())
}

fn message_id(params: &Params) -> Result<MessageId, ApiError> {
    match params.integer("message_id").and_then(|id| i32::try_from(id).ok()) {
        Some(id) if id > 0 => Ok(MessageId(id)),
        _ => Err(ApiError::bad_request("message identifier is not specified")),
    }
}

fn save(world: &mut World, old: &Message, mut new: Message, longest: usize, too_long: &str) -> Result<Value, ApiError> {
    world.pass_flood(old.chat)?;
    world.may_write(old.chat)?;
    keyboard::check_sent(&new.keyboard)?;
    if format::exceeds(&new.text, longest) {
        return Err(ApiError::bad_request(too_long));
    }
    if *old == new {
        return Err(ApiError::bad_request(
            "message is not modified: specified new message content and reply markup are exactly the same as a \
             current content and reply markup of the message",
        ));
    }
    new.edited = Some(world.now());
    if let Some(stored) = world.message_mut(new.chat, new.id) {
        *stored = new.clone();
    }
    Ok(world.message_json(&new))
}
