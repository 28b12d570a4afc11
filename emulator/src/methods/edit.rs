//! Editing.

use super::super::access::Access;
use super::super::error::ApiError;
use super::super::keyboard::{self, Markup, check_sent};
use super::super::message::{Body, Button, Message, Sender};
use super::super::params::Params;
use super::super::world::World;
use super::content;
use super::format::{self, LONGEST_CAPTION, LONGEST_TEXT};
use super::media;
use super::parts::{chat_of, message_id};
use serde_json::Value;

pub(super) fn edit_message_text(world: &mut World, params: &Params) -> Result<Value, ApiError> {
    let source = format::text(params)?;
    let markup = keyboard::parse(params)?;
    let message = editable(world, params)?;
    if message.body != Body::Text {
        return Err(ApiError::bad_request("there is no text in the message to edit"));
    }
    let keyboard = inline(markup)?;
    let (text, entities) = source.visible()?;
    save(world, &message, Message { text, entities, keyboard, ..message.clone() })
}

pub(super) fn edit_message_caption(world: &mut World, params: &Params) -> Result<Value, ApiError> {
    let markup = keyboard::parse(params)?;
    let source = format::caption(params)?;
    let message = editable(world, params)?;
    if message.file().is_none() {
        return Err(ApiError::bad_request("there is no caption in the message to edit"));
    }
    let (text, entities) = source.maybe_empty()?;
    let keyboard = inline(markup)?;
    save(world, &message, Message { text, entities, keyboard, ..message.clone() })
}

pub(super) fn edit_message_media(world: &mut World, params: &Params) -> Result<Value, ApiError> {
    let markup = keyboard::parse(params)?;
    let media = media::one(params)?;
    let message = editable(world, params)?;
    if message.body != Body::Text && message.file().is_none() {
        return Err(ApiError::bad_request("message media can't be edited"));
    }
    content::check(world, &media.file, media.kind)?;
    let (text, entities) = media.caption.maybe_empty()?;
    let keyboard = inline(markup)?;
    let body = content::body(world, &media.file, media.kind)?;
    save(world, &message, Message { body, text, entities, keyboard, ..message.clone() })
}

pub(super) fn edit_message_reply_markup(world: &mut World, params: &Params) -> Result<Value, ApiError> {
    let markup = keyboard::parse(params)?;
    let message = editable(world, params)?;
    let keyboard = inline(markup)?;
    save(world, &message, Message { keyboard, ..message.clone() })
}

fn inline(markup: Option<Markup>) -> Result<Vec<Vec<Button>>, ApiError> {
    markup.map_or_else(|| Ok(Vec::new()), Markup::inline)
}

/// The bot's own message that the parameters name, if it may be edited.
fn editable(world: &World, params: &Params) -> Result<Message, ApiError> {
    if params.text("chat_id").is_empty() && params.integer("message_id").unwrap_or_default() == 0 {
        return Err(ApiError::bad_request(match params.text("inline_message_id") {
            "" => "message identifier is not specified",
            _ => "MESSAGE_ID_INVALID",
        }));
    }
    let chat = chat_of(params)?;
    world.check_access(chat, Access::Edit)?;
    let message = message_id(params).and_then(|id| world.message(chat, id));
    let message = message.ok_or_else(|| ApiError::bad_request("message to edit not found"))?;
    let is_own = message.from == Sender::Bot && !message.is_service() && message.forwarded_from.is_none();
    match is_own && message.extras.reply_keyboard.is_none() {
        true => Ok(message.clone()),
        false => Err(ApiError::bad_request("message can't be edited")),
    }
}

fn save(world: &mut World, old: &Message, mut new: Message) -> Result<Value, ApiError> {
    world.pass_flood(old.chat)?;
    world.may_write(old.chat)?;
    check_sent(&new.keyboard, world.place(old.chat))?;
    let (longest, too_long) = match new.body {
        Body::Text => (LONGEST_TEXT, "MESSAGE_TOO_LONG"),
        _ => (LONGEST_CAPTION, "MEDIA_CAPTION_TOO_LONG"),
    };
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
    world.keep_as(&new);
    Ok(world.message_json(&new))
}
