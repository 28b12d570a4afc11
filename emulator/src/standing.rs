//! How people and groups stand to the bot and to each other: blocking, joining, leaving, migrating, becoming public.

use super::Emulator;
use super::members::MemberStatus;
use super::membership::{
    announce, announce_change, announce_membership, chat_member_json, in_group_json, kicked_json, leave, left_json,
    member_json, unblock,
};
use super::message::{Body, CallbackId, Group, GroupKind, MessageId, PrivacyMode, Sender};
use super::people::press;
use super::world::{GroupState, Membership, Reach, World};

impl Emulator {
    /// A person blocks the bot.
    pub fn block(&self, person: i64) {
        self.change(|world| {
            world.acquaintance(person).reach = Reach::Blocked;
            let (member, kicked) = (member_json(world), kicked_json(world));
            announce_membership(world, person, person, member, kicked);
        });
    }

    /// A person lets the bot write again.
    pub fn unblock(&self, person: i64) {
        self.change(|world| unblock(world, person));
    }

    /// A person deletes the account.
    pub fn deactivate(&self, person: i64) {
        self.change(|world| world.acquaintance(person).reach = Reach::Deactivated);
    }

    /// A group becomes a supergroup: service messages in both, and the old id is refused from then on.
    pub fn migrate_to_supergroup(&self, group: i64) -> i64 {
        self.change(|world| {
            let new_id = -1_002_000_000_000 - i64::try_from(world.ticket()).unwrap_or_default();
            let Some(state) = world.groups.get_mut(&group) else {
                return new_id;
            };
            let successor = GroupState {
                group: Group { id: new_id, kind: GroupKind::Supergroup, ..state.group.clone() },
                members: state.members.clone(),
                username: None,
                bot: Membership::Member,
                last_message: 0,
            };
            let owner = state.members.first().map(|(member, _)| *member);
            world.groups.insert(new_id, successor);
            let mut farewell = world.draft(group, owner.map_or(Sender::AnonymousAdmin, Sender::Person));
            farewell.body = Body::MigratedTo(new_id);
            let farewell = world.store(farewell);
            announce(world, "message", &farewell);
            let mut welcome = world.draft(new_id, Sender::AnonymousAdmin);
            welcome.body = Body::MigratedFrom(group);
            let welcome = world.store(welcome);
            announce(world, "message", &welcome);
            if let Some(state) = world.groups.get_mut(&group) {
                state.bot = Membership::Migrated { to: new_id };
            }
            new_id
        })
    }

    /// Somebody throws the bot out of a group.
    pub fn remove_bot(&self, group: i64, by: i64) {
        self.change(|world| leave(world, group, by));
    }

    /// Somebody takes the bot into a group again.
    pub fn return_bot(&self, group: i64, by: i64) {
        self.change(|world| {
            if let Some(state) = world.groups.get_mut(&group) {
                state.bot = Membership::Member;
            }
            let (old, new) = (left_json(world), in_group_json(world, group));
            announce_membership(world, group, by, old, new);
        });
    }
}

impl Emulator {
    /// A person's standing in a group changes, and a bot that is an administrator there and asked for `chat_member` is told.
    pub fn set_member(&self, group: i64, person: i64, status: MemberStatus) {
        self.change(|world| set_member(world, group, person, status));
    }

    /// A person comes into a group by themselves, which stands in the group as a service message.
    pub fn join(&self, group: i64, person: i64) {
        self.change(|world| {
            set_member(world, group, person, MemberStatus::Member);
            serve(world, group, person, Body::Joined(person));
        });
    }

    /// A person leaves a group, which stands there as a service message.
    pub fn leave(&self, group: i64, person: i64) {
        self.change(|world| {
            set_member(world, group, person, MemberStatus::Left);
            serve(world, group, person, Body::Left(person));
        });
    }

    /// A group gets a username, and anybody can enter and read it; or it loses it.
    pub fn set_username(&self, group: i64, username: Option<&str>) {
        self.change(|world| {
            if let Some(state) = world.groups.get_mut(&group) {
                state.username = username.map(str::to_owned);
            }
        });
    }

    /// The account that stands for all anonymous administrators presses a button.
    pub fn press_as_anonymous_bot(&self, chat: i64, id: MessageId, data: &str) -> CallbackId {
        self.change(|world| press(world, chat, &Sender::AnonymousAdmin, id, data))
    }
}

fn serve(world: &mut World, group: i64, person: i64, body: Body) {
    let mut message = world.draft(group, Sender::Person(person));
    message.body = body;
    let message = world.store(message);
    announce(world, "message", &message);
}

fn set_member(world: &mut World, group: i64, person: i64, status: MemberStatus) {
    world.acquaintance(person);
    let old = chat_member_json(world, group, person);
    let Some(state) = world.groups.get_mut(&group) else {
        return;
    };
    match state.members.iter_mut().find(|(member, _)| *member == person) {
        Some((_, known)) => *known = status,
        None => state.members.push((person, status)),
    }
    let is_told = state.bot == Membership::Member && state.group.privacy == PrivacyMode::SeesAll;
    if is_told {
        let new = chat_member_json(world, group, person);
        announce_change(world, "chat_member", group, person, old, new);
    }
}
