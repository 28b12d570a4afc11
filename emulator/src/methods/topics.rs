//! Topics of forum supergroups.

use super::super::access::Access;
use super::super::error::ApiError;
use super::super::forum::{GENERAL_TOPIC, TopicChange, USUAL_COLOR};
use super::super::message::{MessageId, PrivacyMode, Sender};
use super::super::params::Params;
use super::super::rights::Right;
use super::super::text;
use super::super::world::World;
use super::parts::{chat_of, done};
use serde_json::{Value, json};

/// The colours that a bot may choose (<https://core.telegram.org/bots/api#createforumtopic>).
const COLORS: [i64; 6] = [USUAL_COLOR, 0xff_d67e, 0xcb_86db, 0x8e_ee98, 0xff_93b2, 0xfb_6f5f];
/// The longest name, in characters; the rest is cut off.
const LONGEST_NAME: usize = 128;

pub(super) fn create_forum_topic(world: &mut World, params: &Params) -> Result<Value, ApiError> {
    let chat = forum_of(world, params)?;
    if !world.bot_may(chat, Right::ManageTopics) {
        return Err(ApiError::bad_request("not enough rights to create a topic"));
    }
    let name = name(params)?.ok_or_else(no_name)?;
    let color = match params.integer("icon_color").unwrap_or_default() {
        0 => USUAL_COLOR,
        color if COLORS.contains(&color) => color,
        _ => return Err(ApiError::bad_request("invalid icon color specified")),
    };
    world.pass_flood(chat)?;
    let topic = world.create_topic(chat, Sender::Bot, &name, color);
    Ok(json!({ "message_thread_id": topic.0, "name": name, "icon_color": color }))
}

pub(super) fn edit_forum_topic(world: &mut World, params: &Params) -> Result<Value, ApiError> {
    let chat = forum_of(world, params)?;
    let topic = topic_of(params)?;
    rename(world, params, chat, topic)
}

pub(super) fn edit_general_forum_topic(world: &mut World, params: &Params) -> Result<Value, ApiError> {
    let chat = forum_of(world, params)?;
    rename(world, params, chat, GENERAL_TOPIC)
}

fn rename(world: &mut World, params: &Params, chat: i64, topic: MessageId) -> Result<Value, ApiError> {
    if !world.bot_runs_topic(chat, topic) {
        return Err(ApiError::bad_request("not enough rights to edit the topic"));
    }
    match name(params)? {
        None => Ok(done()),
        Some(name) => changed(world, chat, topic, TopicChange::Rename(name)),
    }
}

/// Closes a topic or opens it again.
pub(super) fn change_forum_topic(world: &mut World, method: &str, params: &Params) -> Result<Value, ApiError> {
    let chat = forum_of(world, params)?;
    let topic = topic_of(params)?;
    may_close(world, chat, topic)?;
    let change = if method.starts_with("close") { TopicChange::Close } else { TopicChange::Reopen };
    changed(world, chat, topic, change)
}

/// Closes General, opens it again, hides or shows it.
pub(super) fn change_general_forum_topic(world: &mut World, method: &str, params: &Params) -> Result<Value, ApiError> {
    let chat = forum_of(world, params)?;
    may_close(world, chat, GENERAL_TOPIC)?;
    let change = match method {
        "closegeneralforumtopic" => TopicChange::Close,
        "reopengeneralforumtopic" => TopicChange::Reopen,
        "hidegeneralforumtopic" => TopicChange::Hide,
        _ => TopicChange::Unhide,
    };
    changed(world, chat, GENERAL_TOPIC, change)
}

pub(super) fn delete_forum_topic(world: &mut World, params: &Params) -> Result<Value, ApiError> {
    let chat = forum_of(world, params)?;
    let topic = topic_of(params)?;
    let is_admin = world.groups.get(&chat).is_some_and(|state| state.group.privacy == PrivacyMode::SeesAll);
    if !is_admin && !world.bot_runs_topic(chat, topic) {
        return Err(ApiError::bad_request("not enough rights to delete the topic"));
    }
    world.delete_topic(chat, topic).map_err(ApiError::bad_request)?;
    Ok(done())
}

fn changed(world: &mut World, chat: i64, topic: MessageId, change: TopicChange) -> Result<Value, ApiError> {
    world.pass_flood(chat)?;
    world.change_topic(chat, Sender::Bot, topic, change).map_err(ApiError::bad_request)?;
    Ok(done())
}

fn forum_of(world: &World, params: &Params) -> Result<i64, ApiError> {
    let chat = chat_of(params)?;
    world.check_access(chat, Access::Write)?;
    match world.forum(chat) {
        Some(_) => Ok(chat),
        None => Err(ApiError::bad_request("the chat is not a forum")),
    }
}

fn topic_of(params: &Params) -> Result<MessageId, ApiError> {
    let thread = params.integer("message_thread_id").and_then(|id| i32::try_from(id).ok());
    let thread = thread.filter(|id| *id > 0).map(MessageId);
    thread.ok_or_else(|| ApiError::bad_request("invalid forum topic identifier specified"))
}

fn may_close(world: &World, chat: i64, topic: MessageId) -> Result<(), ApiError> {
    match world.bot_runs_topic(chat, topic) {
        true => Ok(()),
        false => Err(ApiError::bad_request("not enough rights to close or open the topic")),
    }
}

/// The parameter `name`, if it was given.
fn name(params: &Params) -> Result<Option<String>, ApiError> {
    let given = params.text("name");
    let typed = text::typed(given);
    let words: Vec<&str> = typed.split([' ', '\n', '\u{a0}']).filter(|word| !word.is_empty()).collect();
    let name: String = words.join(" ").chars().take(LONGEST_NAME).collect();
    match (given.is_empty(), text::is_empty(&name)) {
        (true, _) => Ok(None),
        (false, true) => Err(no_name()),
        (false, false) => Ok(Some(name)),
    }
}

fn no_name() -> ApiError {
    ApiError::bad_request("name must be non-empty")
}
