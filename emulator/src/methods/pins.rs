//! Pinning.

use super::super::access::Access;
use super::super::error::ApiError;
use super::super::message::{MessageId, Sender, Service};
use super::super::params::Params;
use super::super::rights::Right;
use super::super::world::World;
use super::parts::{chat_of, done, message_id};
use serde_json::Value;

pub(super) fn pin_chat_message(world: &mut World, params: &Params) -> Result<Value, ApiError> {
    let chat = chat_of(params)?;
    world.check_access(chat, Access::Write)?;
    let message = message_id(params).and_then(|id| world.message(chat, id)).cloned();
    let mut message = message.ok_or_else(|| ApiError::bad_request("message to pin not found"))?;
    may_pin(world, chat)?;
    if message.is_service() {
        return Err(ApiError::bad_request("a service message can't be pinned"));
    }
    if message.extras.pinned {
        return Err(ApiError::bad_request("CHAT_NOT_MODIFIED"));
    }
    message.extras.pinned = true;
    world.keep_as(&message);
    let topic = message.extras.thread.filter(|_| message.extras.in_topic);
    world.say_service(chat, Sender::Bot, topic, Service::Pinned(message.id));
    Ok(done())
}

/// Unpins the message that is named, or else the one that was sent last.
pub(super) fn unpin_chat_message(world: &mut World, params: &Params) -> Result<Value, ApiError> {
    let chat = chat_of(params)?;
    world.check_access(chat, Access::Write)?;
    let message = match message_id(params) {
        Some(id) => world.message(chat, id),
        None => world.messages(chat).rfind(|message| message.extras.pinned),
    };
    let id = message.ok_or_else(|| ApiError::bad_request("message to unpin not found"))?.id;
    may_pin(world, chat)?;
    unpin(world, chat, &[id]);
    Ok(done())
}

pub(super) fn unpin_all_chat_messages(world: &mut World, params: &Params) -> Result<Value, ApiError> {
    let chat = chat_of(params)?;
    world.check_access(chat, Access::Write)?;
    may_pin(world, chat)?;
    let pinned: Vec<MessageId> = world.messages(chat).map(|message| message.id).collect();
    unpin(world, chat, &pinned);
    Ok(done())
}

fn unpin(world: &mut World, chat: i64, ids: &[MessageId]) {
    for id in ids {
        if let Some(message) = world.message_mut(chat, *id) {
            message.extras.pinned = false;
        }
    }
}

fn may_pin(world: &World, chat: i64) -> Result<(), ApiError> {
    match world.bot_may(chat, Right::PinMessages) {
        true => Ok(()),
        false => Err(ApiError::bad_request("not enough rights to manage pinned messages in the chat")),
    }
}
