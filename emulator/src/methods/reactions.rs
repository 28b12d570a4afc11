//! Reactions of the bot.

use super::super::access::Access;
use super::super::error::ApiError;
use super::super::json;
use super::super::params::Params;
use super::super::world::World;
use super::parts::{chat_of, done, message_id};
use serde_json::Value;

/// The emoji with which one may react.
#[rustfmt::skip]
const EMOJI: [&str; 73] = [
    "❤", "👍", "👎", "🔥", "🥰", "👏", "😁", "🤔", "🤯", "😱", "🤬", "😢", "🎉", "🤩", "🤮", "💩", "🙏", "👌", "🕊",
    "🤡", "🥱", "🥴", "😍", "🐳", "❤‍🔥", "🌚", "🌭", "💯", "🤣", "⚡", "🍌", "🏆", "💔", "🤨", "😐", "🍓", "🍾",
    "💋", "🖕", "😈", "😴", "😭", "🤓", "👻", "👨‍💻", "👀", "🎃", "🙈", "😇", "😨", "🤝", "✍", "🤗", "🫡", "🎅",
    "🎄", "☃", "💅", "🤪", "🗿", "🆒", "💘", "🙉", "🦄", "😘", "💊", "🙊", "😎", "👾", "🤷‍♂", "🤷", "🤷‍♀", "😡",
];
/// A bot reacts to a message with no more than this.
const MOST: usize = 1;

pub(super) fn set_message_reaction(world: &mut World, params: &Params) -> Result<Value, ApiError> {
    let reactions = reactions(params)?;
    let chat = chat_of(params)?;
    world.check_access(chat, Access::Read)?;
    let message = message_id(params).and_then(|id| world.message(chat, id)).cloned();
    let mut message = message.ok_or_else(|| ApiError::bad_request("message to react not found"))?;
    if reactions.len() > MOST {
        return Err(ApiError::bad_request("REACTIONS_TOO_MANY"));
    }
    let reaction = reactions.into_iter().next();
    let allowed = world.groups.get(&chat).and_then(|state| state.reactions.as_ref());
    let is_allowed =
        |emoji: &str| EMOJI.contains(&emoji) && allowed.is_none_or(|allowed| allowed.iter().any(|one| one == emoji));
    if reaction.as_deref().is_some_and(|emoji| message.is_service() || !is_allowed(emoji)) {
        return Err(ApiError::bad_request("REACTION_INVALID"));
    }
    world.may_write(chat)?;
    // An album has its reactions on its first message.
    if let Some(album) = &message.media_group {
        let first = world.messages(chat).find(|other| other.media_group.as_ref() == Some(album)).cloned();
        message = first.unwrap_or(message);
    }
    message.extras.reaction = reaction;
    world.keep_as(&message);
    Ok(done())
}

fn reactions(params: &Params) -> Result<Vec<String>, ApiError> {
    match params.json("reaction", "can't parse reaction types JSON object")? {
        None => Ok(Vec::new()),
        Some(Value::Array(list)) => list.iter().map(reaction).collect(),
        Some(_) => Err(ApiError::bad_request("expected an Array of ReactionType")),
    }
}

/// The emoji of a reaction, or the number of a custom one.
fn reaction(value: &Value) -> Result<String, ApiError> {
    let read = match value {
        Value::Object(fields) => json::text(fields, "type").and_then(|kind| match kind.as_str() {
            "emoji" => json::text(fields, "emoji"),
            "custom_emoji" => json::number(fields, "custom_emoji_id").map(|id| id.to_string()),
            _ => Err("invalid reaction type specified".to_owned()),
        }),
        _ => Err("expected an Object".to_owned()),
    };
    read.map_err(|why| ApiError::bad_request(format!("can't parse ReactionType: {why}")))
}
