//! The bot, chats and their members.

use super::super::error::ApiError;
use super::super::json::Fields;
use super::super::members::MemberStatus;
use super::super::membership::{chat_member_json, in_group_json, leave};
use super::super::params::Params;
use super::super::world::World;
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
    world.known_chat(chat)?;
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
    if world.groups.contains_key(&chat) {
        full.set("permissions", json!({
            "can_send_messages": true, "can_send_audios": true, "can_send_documents": true, "can_send_photos": true,
            "can_send_videos": true, "can_send_video_notes": true, "can_send_voice_notes": true, "can_send_polls": true,
            "can_send_other_messages": true, "can_add_web_page_previews": true, "can_change_info": false,
            "can_invite_users": true, "can_pin_messages": false, "can_manage_topics": false,
        }));
    }
    Ok(full)
}

pub(super) fn get_chat_member(world: &World, params: &Params) -> Result<Value, ApiError> {
    let chat = chat_of(params)?;
    world.known_chat(chat)?;
    let Some(user) = params.integer("user_id").filter(|user| *user > 0) else {
        return Err(ApiError::bad_request("invalid user_id specified"));
    };
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
    world.known_chat(chat)?;
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
    world.known_chat(chat)?;
    let people = world
        .groups
        .get(&chat)
        .map_or(1, |state| state.members.iter().filter(|(_, status)| status.is_in_group()).count());
    Ok(json!(people + 1))
}

pub(super) fn leave_chat(world: &mut World, params: &Params) -> Result<Value, ApiError> {
    let chat = chat_of(params)?;
    world.known_chat(chat)?;
    if !world.groups.contains_key(&chat) {
        return Err(ApiError::bad_request("chat member status can't be changed in private chats"));
    }
    let bot = world.bot.id;
    leave(world, chat, bot);
    Ok(done())
}

fn member_json(world: &World, chat: i64, user: i64) -> Value {
    if chat == user {
        return json!({ "user": world.user_json(user), "status": "member" });
    }
    chat_member_json(world, chat, user)
}
