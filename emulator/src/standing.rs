//! How people and groups stand to the bot and to each other: blocking, restricting, joining, leaving, throwing out, migrating,
//! becoming public.

use super::Emulator;
use super::members::MemberStatus;
use super::membership::{
    announce, announce_change, announce_membership, chat_member_json, in_group_json, kicked_json, member_json,
    move_bot, unblock,
};
use super::message::{Body, CallbackId, Group, GroupKind, MessageId, PrivacyMode, Sender, Service};
use super::people::press;
use super::rights::{Right, Rights};
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

    /// A group becomes a supergroup: service messages in both, and nobody writes under the old id from then on.
    pub fn migrate_to_supergroup(&self, group: i64) -> i64 {
        self.change(|world| {
            let new_id = -1_002_000_000_000 - i64::try_from(world.ticket()).unwrap_or_default();
            let Some(state) = world.groups.get_mut(&group) else {
                return new_id;
            };
            let group_anew = Group { id: new_id, kind: GroupKind::Supergroup, ..state.group.clone() };
            let successor = GroupState {
                rights: state.rights.clone(),
                is_bot_last: state.is_bot_last,
                ..GroupState::new(group_anew, state.members.clone())
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
        self.change(|world| move_bot(world, group, by, Membership::Kicked));
    }

    /// Somebody takes the bot into a group again.
    pub fn return_bot(&self, group: i64, by: i64) {
        self.change(|world| move_bot(world, group, by, Membership::Member));
    }

    /// Its owner deletes a basic group for everybody.
    pub fn delete_group(&self, group: i64, by: i64) {
        self.change(|world| move_bot(world, group, by, Membership::Deleted));
    }

    /// An administrator takes rights from all members, and the bot is told nothing; as an administrator it keeps its own.
    pub fn restrict_members(&self, group: i64, rights: &[Right]) {
        self.change(|world| {
            if let Some(state) = world.groups.get_mut(&group) {
                state.rights.restrict_members(rights);
            }
        });
    }

    /// An administrator makes the bot an ordinary member, and takes these rights from it.
    pub fn restrict_bot(&self, group: i64, by: i64, rights: &[Right]) {
        self.change(|world| {
            change_standing(world, group, by, PrivacyMode::Restricted, |own| own.restrict_bot(rights));
        });
    }

    /// An administrator makes the bot one as well, who may do these beyond the usual.
    pub fn promote_bot(&self, group: i64, by: i64, rights: &[Right]) {
        self.change(|world| change_standing(world, group, by, PrivacyMode::SeesAll, |own| own.promote_bot(rights)));
    }
}

/// Changes how the bot stands in a group, and tells it.
fn change_standing(world: &mut World, group: i64, by: i64, standing: PrivacyMode, change: impl FnOnce(&mut Rights)) {
    let old = in_group_json(world, group);
    if let Some(state) = world.groups.get_mut(&group) {
        change(&mut state.rights);
        state.group.privacy = standing;
    }
    let new = in_group_json(world, group);
    if old != new {
        announce_membership(world, group, by, old, new);
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
            serve(world, group, person, Service::Joined(person));
        });
    }

    /// A person leaves a group, which stands there as a service message.
    pub fn leave(&self, group: i64, person: i64) {
        self.change(|world| {
            set_member(world, group, person, MemberStatus::Left);
            serve(world, group, person, Service::Left(person));
        });
    }

    /// The owner of a group chooses the emoji with which one may react in it, `None` for all.
    pub fn allow_reactions(&self, group: i64, emoji: Option<&[&str]>) {
        self.change(|world| {
            if let Some(state) = world.groups.get_mut(&group) {
                state.reactions = emoji.map(|emoji| emoji.iter().map(|one| (*one).to_owned()).collect());
            }
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

fn serve(world: &mut World, group: i64, person: i64, service: Service) {
    let mut message = world.draft(group, Sender::Person(person));
    message.body = Body::Service(service);
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
