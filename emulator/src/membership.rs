//! The bot as a member of chats, and the updates that tell it of that and of messages.

use super::message::{Message, PrivacyMode};
use super::render::unix_time;
use super::rights::{Right, Rights};
use super::world::{Membership, Reach, World};
use serde_json::{Value, json};

/// Makes an update of a message that the bot may see.
pub(super) fn announce(world: &mut World, kind: &str, message: &Message) {
    if !world.bot_sees(message) {
        return;
    }
    let json: Value = world.message_json(message);
    let now = world.now();
    world.updates.push(kind, json, message.chat, now);
}

/// Makes the update that tells the bot of its own membership.
pub(super) fn announce_membership(world: &mut World, chat: i64, by: i64, old: Value, new: Value) {
    let now = world.now();
    let change = json!({
        "chat": world.chat_json(chat),
        "from": world.user_json(by),
        "date": unix_time(now),
        "old_chat_member": old,
        "new_chat_member": new,
    });
    world.updates.push("my_chat_member", change, chat, now);
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
