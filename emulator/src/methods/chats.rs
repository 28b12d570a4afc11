//! The bot, chats and their members.

use super::super::access::Access;
use super::super::error::ApiError;
use super::super::json::Fields;
use super::super::members::MemberStatus;
use super::super::membership::{chat_member_json, in_group_json, move_bot};
use super::super::params::Params;
use super::super::world::{Membership, World};
use super::parts::{chat_of, done};
use serde_json::{Value, json};

pub(super) fn get_me(world: &World) -> Value {
    let mut me = world.bot_json();
    let abilities = [
        ("can_join_groups", true),
        ("can_read_all_group_messages", false),
        ("supports_guest_queries", false),
        ("supports_inline_queries", false),
        ("can_connect_to_business", false),
        ("has_main_web_app", false),
        ("has_topics_enabled", false),
        ("allows_users_to_create_topics", false),
        ("can_manage_bots", false),
        ("supports_join_request_queries", false),
    ];
    for (ability, value) in abilities {
        me.set(ability, json!(value));
    }
    me
}

pub(super) fn get_chat(world: &World, params: &Params) -> Result<Value, ApiError> {
    let chat = chat_of(params)?;
    world.check_access(chat, Access::Read)?;
    let mut full = world.chat_json(chat);
    full.set("accent_color_id", json!(chat.unsigned_abs() % 7));
    full.set("max_reaction_count", json!(11));
    full.set(
        "accepted_gift_types",
        json!({
            "unlimited_gifts": false, "limited_gifts": false, "unique_gifts": false, "premium_subscription": false,
            "gifts_from_channels": false,
        }),
    );
    if let Some(state) = world.groups.get(&chat) {
        if let Some(reactions) = &state.reactions {
            let allowed: Vec<Value> =
                reactions.iter().map(|emoji| json!({ "type": "emoji", "emoji": emoji })).collect();
            full.set("available_reactions", json!(allowed));
        }
        full.set("permissions", state.rights.permissions_json());
    }
    if let Some(pinned) = world.messages(chat).rfind(|message| message.extras.pinned) {
        full.set("pinned_message", world.message_json(pinned));
    }
    Ok(full)
}

pub(super) fn get_chat_member(world: &World, params: &Params) -> Result<Value, ApiError> {
    let chat = chat_of(params)?;
    let Some(user) = params.integer("user_id").filter(|user| *user > 0) else {
        return Err(ApiError::bad_request("invalid user_id specified"));
    };
    let access = if user == world.bot.id { Access::Read } else { Access::ReadMembers };
    world.check_access(chat, access)?;
    if user == world.bot.id {
        return Ok(in_group_json(world, chat));
    }
    if !world.people.contains_key(&user) {
        return Err(ApiError::bad_request("PARTICIPANT_ID_INVALID"));
    }
    Ok(member_json(world, chat, user))
}

pub(super) fn get_chat_administrators(world: &World, params: &Params) -> Result<Value, ApiError> {
    let chat = chat_of(params)?;
    world.check_access(chat, Access::ReadMembers)?;
    let Some(state) = world.groups.get(&chat) else {
        return Err(ApiError::bad_request("there are no administrators in the private chat"));
    };
    let mut administrators: Vec<Value> = Vec::new();
    // Those who are anonymous are not named.
    let named = state
        .members
        .iter()
        .filter(|(_, status)| status.is_administrator() && *status != MemberStatus::AnonymousAdministrator);
    administrators.extend(named.map(|(person, _)| chat_member_json(world, chat, *person)));
    let bot = in_group_json(world, chat);
    if bot.get("status").is_some_and(|status| status == "administrator") {
        administrators.push(bot);
    }
    Ok(json!(administrators))
}

pub(super) fn get_chat_member_count(world: &World, params: &Params) -> Result<Value, ApiError> {
    let chat = chat_of(params)?;
    world.check_access(chat, Access::ReadMembers)?;
    let people = world
        .groups
        .get(&chat)
        .map_or(1, |state| state.members.iter().filter(|(_, status)| status.is_in_group()).count());
    Ok(json!(people + 1))
}

pub(super) fn leave_chat(world: &mut World, params: &Params) -> Result<Value, ApiError> {
    let chat = chat_of(params)?;
    world.check_access(chat, Access::Read)?;
    if !world.groups.contains_key(&chat) {
        return Err(ApiError::bad_request("chat member status can't be changed in private chats"));
    }
    let bot = world.bot.id;
    move_bot(world, chat, bot, Membership::Left);
    Ok(done())
}

fn member_json(world: &World, chat: i64, user: i64) -> Value {
    if chat == user {
        return json!({ "user": world.user_json(user), "status": "member" });
    }
    chat_member_json(world, chat, user)
}
