//! Which chats the bot reaches, for what, and in whose words it is told that it does not.

use super::error::ApiError;
use super::keyboard::Place;
use super::limits::Audience;
use super::message::GroupKind;
use super::rights::Right;
use super::world::{Membership, Reach, World};

/// What a call does with a chat: Telegram answers more about a chat than it lets a bot do there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Access {
    Read,
    ReadMembers,
    Edit,
    Write,
}

impl World {
    /// Whether the chat exists for the bot, and lets it do this much.
    pub(super) fn check_access(&self, chat: i64, access: Access) -> Result<(), ApiError> {
        if let Some(acquaintance) = self.people.get(&chat) {
            return match acquaintance.reach {
                Reach::Deactivated if access >= Access::Edit => Err(ApiError::forbidden("user is deactivated")),
                _ => Ok(()),
            };
        }
        let Some(state) = self.groups.get(&chat) else {
            return Err(ApiError::bad_request("chat not found"));
        };
        match (state.group.kind, state.bot) {
            (_, Membership::Member) => Ok(()),
            // A basic group tells everybody who ever was in it what it is, but not who is in it.
            (GroupKind::Group, _) if access == Access::Read => Ok(()),
            (_, Membership::Migrated { .. } | Membership::Deleted) if access == Access::Edit => {
                Err(ApiError::bad_request("have no write access to the chat"))
            }
            (_, Membership::Migrated { to }) => Err(ApiError::migrated(to)),
            (_, Membership::Deleted) => Err(ApiError::forbidden("the group chat was deleted")),
            (kind, Membership::Kicked) => {
                Err(ApiError::forbidden(&format!("bot was kicked from the {} chat", kind.name())))
            }
            (kind, Membership::Left) => {
                Err(ApiError::forbidden(&format!("bot is not a member of the {} chat", kind.name())))
            }
        }
    }

    /// Whether the servers let the bot write to this person.
    pub(super) fn may_write(&self, chat: i64) -> Result<(), ApiError> {
        match self.people.get(&chat).map(|acquaintance| acquaintance.reach) {
            None | Some(Reach::Open) => Ok(()),
            Some(Reach::NeverWrote) => Err(ApiError::forbidden("bot can't initiate conversation with a user")),
            Some(Reach::Blocked) => Err(ApiError::forbidden("bot was blocked by the user")),
            Some(Reach::Deactivated) => Err(ApiError::forbidden("user is deactivated")),
        }
    }

    /// Whether the bot may do this in the group; in private it may all that there is.
    pub(super) fn bot_may(&self, chat: i64, right: Right) -> bool {
        self.groups.get(&chat).is_none_or(|state| state.rights.bot_may(right, state.group.privacy))
    }

    /// Whether the bot may send this to the chat.
    pub(super) fn may_send(&self, chat: i64, right: Right) -> Result<(), ApiError> {
        let what = match right {
            Right::SendDocuments => "documents",
            Right::SendPhotos => "photos",
            Right::SendVideos => "videos",
            Right::SendAudios => "music",
            Right::SendVoiceNotes => "voice notes",
            Right::SendVideoNotes => "video notes",
            Right::SendOtherMessages => "stickers",
            _ => "text messages",
        };
        match self.bot_may(chat, right) {
            true => Ok(()),
            false => Err(ApiError::bad_request(format!("not enough rights to send {what} to the chat"))),
        }
    }

    /// What kind of chat it is, as far as buttons care.
    pub(super) fn place(&self, chat: i64) -> Place {
        if self.groups.contains_key(&chat) { Place::Group } else { Place::Private }
    }

    /// Somebody said or pressed something; in private, they wait for an answer from then on.
    pub(super) fn hear(&mut self, chat: i64, person: i64) {
        let now = self.now();
        if let Some(gate) = self.gate.as_mut().filter(|_| chat == person) {
            gate.hear(chat, now);
        }
    }

    /// Counts a send, an edit or a change of a topic against the flood limits.
    pub(super) fn pass_flood(&mut self, chat: i64) -> Result<(), ApiError> {
        let now = self.now();
        let audience = match self.place(chat) {
            Place::Group => Audience::Group,
            Place::Private => Audience::Private,
        };
        match &mut self.gate {
            Some(gate) => gate.pass(chat, audience, now).map_err(ApiError::too_many_requests),
            None => Ok(()),
        }
    }
}
