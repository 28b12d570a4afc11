//! Forwarding and copying by the bot.

use super::super::access::Access;
use super::super::error::ApiError;
use super::super::message::{Body, Message, MessageId};
use super::super::params::Params;
use super::super::rights::Right;
use super::super::world::World;
use super::content;
use super::format;
use super::parts::{message_id, message_ids, required};
use super::send::{Envelope, Letter};
use serde_json::{Value, json};

pub(super) fn forward_message(world: &mut World, params: &Params) -> Result<Value, ApiError> {
    let original = named(world, params, "message to forward")?;
    let envelope = Envelope::read(params)?.addressed(world)?;
    let letter = forwarded(world, envelope.chat, &original)
        .ok_or_else(|| ApiError::bad_request("the message can't be forwarded"))?;
    let message = envelope.sent(world, letter)?;
    Ok(world.message_json(&message))
}

pub(super) fn forward_messages(world: &mut World, params: &Params) -> Result<Value, ApiError> {
    several(world, params, "there are no messages to forward", forwarded)
}

pub(super) fn copy_message(world: &mut World, params: &Params) -> Result<Value, ApiError> {
    let caption = match params.text("caption") {
        "" => None,
        _ => Some(format::caption(params)?),
    };
    let original = named(world, params, "message to copy")?;
    let envelope = Envelope::read(params)?.addressed(world)?;
    let mut letter =
        copied(world, envelope.chat, &original).ok_or_else(|| ApiError::bad_request("the message can't be copied"))?;
    if let (Some(caption), true) = (caption, original.file().is_some()) {
        letter.text = caption.maybe_empty()?;
    }
    let message = envelope.sent(world, letter)?;
    Ok(json!({ "message_id": message.id.0 }))
}

pub(super) fn copy_messages(world: &mut World, params: &Params) -> Result<Value, ApiError> {
    several(world, params, "there are no messages to forward", copied)
}

fn named(world: &World, params: &Params, what: &str) -> Result<Message, ApiError> {
    let from = source_chat(world, params)?;
    let message = message_id(params).and_then(|id| world.message(from, id)).cloned();
    message.ok_or_else(|| ApiError::bad_request(format!("{what} not found")))
}

fn source_chat(world: &World, params: &Params) -> Result<i64, ApiError> {
    let chat = required(params, "from_chat_id")?.parse().map_err(|_| ApiError::bad_request("chat not found"))?;
    world.check_access(chat, Access::Read)?;
    Ok(chat)
}

/// Sends on all of the messages that can be: those that are gone or may not be are passed over.
fn several(
    world: &mut World,
    params: &Params,
    none: &str,
    letter: impl Fn(&World, i64, &Message) -> Option<Letter>,
) -> Result<Value, ApiError> {
    let ids = message_ids(params)?;
    let from = source_chat(world, params)?;
    let envelope = Envelope::without_markup(params)?.addressed(world)?;
    let originals: Vec<Message> = ids.iter().filter_map(|id| world.message(from, *id)).cloned().collect();
    if originals.is_empty() {
        return Err(ApiError::bad_request(none));
    }
    if !originals.is_sorted_by(|one, other| one.id < other.id) {
        return Err(ApiError::bad_request("message identifiers must be in a strictly increasing order"));
    }
    let letters = originals.iter().filter_map(|original| letter(world, envelope.chat, original)).collect();
    let messages = envelope.sent_together(world, letters)?;
    let ids: Vec<Value> =
        messages.iter().map(|Message { id: MessageId(id), .. }| json!({ "message_id": id })).collect();
    Ok(json!(ids))
}

fn forwarded(world: &World, to: i64, original: &Message) -> Option<Letter> {
    if original.protect_content {
        return None;
    }
    let author = original.forwarded_from.unwrap_or_else(|| world.author_of(original));
    Some(Letter { forwarded_from: Some(author), ..copied(world, to, original)? })
}

fn copied(world: &World, to: i64, original: &Message) -> Option<Letter> {
    let right = match original.body {
        Body::Document(_) => Right::SendDocuments,
        Body::Photo(_) => Right::SendPhotos,
        Body::Media(kind, _) => content::right_to_send(kind),
        _ => Right::SendMessages,
    };
    let text = (original.text.clone(), original.entities.clone());
    let can_go = !original.is_service() && world.bot_may(to, right);
    can_go.then(|| Letter { text, body: original.body.clone(), forwarded_from: None })
}
