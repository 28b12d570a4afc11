//! The bot as a member of chats, and the updates that tell it of that and of messages.

use super::json::Fields;
use super::members::MemberStatus;
use super::message::{GroupKind, Message, PrivacyMode};
use super::render::unix_time;
use super::rights::{Right, Rights};
use super::updates::lane;
use super::world::{Membership, Reach, World};
use serde_json::{Value, json};

/// Makes an update of a message that the bot may see.
pub(super) fn announce(world: &mut World, kind: &str, message: &Message) {
    if !world.bot_sees(message) {
        return;
    }
    let is_in_channel = world.groups.get(&message.chat).is_some_and(|state| state.group.kind == GroupKind::Channel);
    let kind = match kind {
        "message" if is_in_channel => "channel_post",
        "edited_message" if is_in_channel => "edited_channel_post",
        kind => kind,
    };
    let json: Value = world.message_json(message);
    let now = world.now();
    world.updates.push(kind, json, message.chat, now);
}

/// Makes the update that tells the bot of its own membership.
pub(super) fn announce_membership(world: &mut World, chat: i64, by: i64, old: Value, new: Value) {
    announce_change(world, "my_chat_member", chat, by, old, new);
}

/// Makes the update of a change of somebody's standing.
pub(super) fn announce_change(world: &mut World, kind: &str, chat: i64, by: i64, old: Value, new: Value) {
    let now = world.now();
    let lane = match new.pointer("/user/id").and_then(Value::as_i64) {
        Some(person) if kind == "chat_member" => lane(6, person),
        _ => lane(5, chat),
    };
    let change = json!({
        "chat": world.chat_json(chat),
        "from": world.user_json(by),
        "date": unix_time(now),
        "old_chat_member": old,
        "new_chat_member": new,
    });
    world.updates.push(kind, change, lane, now);
}

/// Lets the bot write to a person again.
pub(super) fn unblock(world: &mut World, person: i64) {
    world.acquaintance(person).reach = Reach::Open;
    let (member, kicked) = (member_json(world), kicked_json(world));
    announce_membership(world, person, person, kicked, member);
}

/// Takes the bot into a group or out of it.
pub(super) fn move_bot(world: &mut World, group: i64, by: i64, to: Membership) {
    let old = in_group_json(world, group);
    if let Some(state) = world.groups.get_mut(&group) {
        state.bot = to;
    }
    let new = in_group_json(world, group);
    announce_membership(world, group, by, old, new);
}

/// The bot as it stands in a group.
pub(super) fn in_group_json(world: &World, group: i64) -> Value {
    let Some(state) = world.groups.get(&group) else {
        return left_json(world);
    };
    match (state.bot, state.group.privacy) {
        (Membership::Member, PrivacyMode::SeesAll) => administrator_json(world.bot_json(), &state.rights),
        (Membership::Member, PrivacyMode::Restricted) => state.rights.bot_as_member_json(world.bot_json()),
        (Membership::Kicked, _) => kicked_json(world),
        _ => left_json(world),
    }
}

/// A user as an administrator with the usual rights.
fn administrator_json(user: Value, rights: &Rights) -> Value {
    let runs_topics = rights.bot_may(Right::ManageTopics, PrivacyMode::SeesAll);
    json!({
        "user": user, "status": "administrator", "can_be_edited": false, "is_anonymous": false, "can_manage_chat": true,
        "can_change_info": false, "can_delete_messages": true, "can_invite_users": true,
        "can_restrict_members": false, "can_pin_messages": true, "can_promote_members": false,
        "can_manage_video_chats": false, "can_manage_topics": runs_topics, "can_post_stories": false,
        "can_edit_stories": false, "can_delete_stories": false,
    })
}

pub(super) fn member_json(world: &World) -> Value {
    json!({ "user": world.bot_json(), "status": "member" })
}

pub(super) fn kicked_json(world: &World) -> Value {
    json!({ "user": world.bot_json(), "status": "kicked", "until_date": 0 })
}

pub(super) fn left_json(world: &World) -> Value {
    json!({ "user": world.bot_json(), "status": "left" })
}

/// A person as a `ChatMember` of a group.
pub(super) fn chat_member_json(world: &World, group: i64, person: i64) -> Value {
    let user = world.user_json(person);
    let status = world.groups.get(&group).map_or(MemberStatus::Left, |state| state.status_of(person));
    let mut json = match status {
        MemberStatus::Creator => json!({ "status": "creator", "is_anonymous": false }),
        MemberStatus::Administrator | MemberStatus::AnonymousAdministrator => json!({
            "status": "administrator", "can_be_edited": false, "can_manage_chat": true, "can_change_info": true,
            "is_anonymous": status == MemberStatus::AnonymousAdministrator, "can_delete_messages": true,
            "can_manage_video_chats": true, "can_restrict_members": true, "can_promote_members": false,
            "can_invite_users": true, "can_post_stories": false, "can_edit_stories": false, "can_delete_stories": false,
        }),
        MemberStatus::Member => json!({ "status": "member" }),
        MemberStatus::RestrictedMember | MemberStatus::RestrictedOutside => json!({
            "status": "restricted", "is_member": status.is_in_group(), "can_send_messages": false,
            "can_send_audios": false, "can_send_documents": false, "can_send_photos": false, "can_send_videos": false,
            "can_send_video_notes": false, "can_send_voice_notes": false, "can_send_polls": false,
            "can_send_other_messages": false, "can_add_web_page_previews": false, "can_change_info": false,
            "can_invite_users": false, "can_pin_messages": false, "can_manage_topics": false, "until_date": 0,
        }),
        MemberStatus::Left => json!({ "status": "left" }),
        MemberStatus::Kicked => json!({ "status": "kicked", "until_date": 0 }),
    };
    json.set("user", user);
    json
}
