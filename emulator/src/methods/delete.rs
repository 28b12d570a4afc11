//! Deleting.

use super::super::access::Access;
use super::super::error::ApiError;
use super::super::message::{Body, GroupKind, Message, MessageId, PrivacyMode, Sender, Service};
use super::super::params::Params;
use super::super::world::World;
use super::parts::{chat_of, done, message_id, message_ids};
use serde_json::Value;
use std::time::Duration;

const DELETABLE: Duration = Duration::from_secs(48 * 60 * 60);

pub(super) fn delete_message(world: &mut World, params: &Params) -> Result<Value, ApiError> {
    if params.text("chat_id").is_empty() {
        return Err(ApiError::bad_request("chat identifier is not specified"));
    }
    if params.integer("message_id").unwrap_or_default() == 0 {
        return Err(ApiError::bad_request("message identifier is not specified"));
    }
    let chat = chat_of(params)?;
    world.check_access(chat, Access::Write)?;
    let message = message_id(params).and_then(|id| world.message(chat, id));
    let message = message.ok_or_else(|| ApiError::bad_request("message to delete not found"))?;
    check(world, message)?;
    let id = message.id;
    world.remove_message(chat, id);
    Ok(done())
}

/// Deletes all of them that are still there, or none when one of these may not be deleted.
pub(super) fn delete_messages(world: &mut World, params: &Params) -> Result<Value, ApiError> {
    let ids = message_ids(params)?;
    if ids.is_empty() {
        return Err(ApiError::bad_request("message identifiers are not specified"));
    }
    let chat = chat_of(params)?;
    world.check_access(chat, Access::Write)?;
    let standing: Vec<&Message> = ids.into_iter().filter_map(|id| world.message(chat, id)).collect();
    for message in &standing {
        check(world, message)?;
    }
    let standing: Vec<MessageId> = standing.into_iter().map(|message| message.id).collect();
    for id in standing {
        world.remove_message(chat, id);
    }
    Ok(done())
}

/// Within two days the bot deletes its own messages, what people write to it, and all in a group that it runs.
fn check(world: &World, message: &Message) -> Result<(), ApiError> {
    let is_old = world.now().duration_since(message.date).unwrap_or_default() >= DELETABLE;
    let Some(state) = world.groups.get(&message.chat) else {
        return refused_if(is_old, "message can't be deleted for everyone");
    };
    let is_own = message.from == Sender::Bot && !message.is_service();
    let may = is_own || state.group.privacy == PrivacyMode::SeesAll;
    let stays = matches!(message.body, Body::MigratedFrom(_) | Body::Service(Service::TopicCreated { .. }));
    match state.group.kind {
        GroupKind::Group => refused_if(is_old || !may, "message can't be deleted for everyone"),
        GroupKind::Supergroup | GroupKind::Channel => refused_if(is_old || !may || stays, "message can't be deleted"),
    }
}

fn refused_if(refused: bool, why: &str) -> Result<(), ApiError> {
    if refused { Err(ApiError::bad_request(why)) } else { Ok(()) }
}
