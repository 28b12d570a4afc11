//! What the bot may do in a group, as far as it differs from the usual.

use super::message::PrivacyMode;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// Something that members or administrators of a group may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each is the Bot API's right of the same name")]
pub enum Right {
    SendMessages,
    SendDocuments,
    SendPhotos,
    SendVideos,
    SendAudios,
    SendVoiceNotes,
    SendVideoNotes,
    /// Stickers and animations.
    SendOtherMessages,
    PinMessages,
    ManageTopics,
}

/// The rights of the bot in one group, as far as they differ from the usual ones.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Rights {
    /// What no member may, unless an administrator.
    denied_to_members: BTreeSet<Right>,
    /// What the bot may not.
    denied_to_bot: BTreeSet<Right>,
    /// What the bot may as an administrator beyond the usual.
    granted_to_bot: BTreeSet<Right>,
}

impl Right {
    /// Its name in the Bot API.
    fn field(self) -> &'static str {
        match self {
            Self::SendMessages => "can_send_messages",
            Self::SendDocuments => "can_send_documents",
            Self::SendPhotos => "can_send_photos",
            Self::SendVideos => "can_send_videos",
            Self::SendAudios => "can_send_audios",
            Self::SendVoiceNotes => "can_send_voice_notes",
            Self::SendVideoNotes => "can_send_video_notes",
            Self::SendOtherMessages => "can_send_other_messages",
            Self::PinMessages => "can_pin_messages",
            Self::ManageTopics => "can_manage_topics",
        }
    }
}

/// What ordinary members may, unless somebody forbade it.
const USUAL: [(&str, bool); 16] = [
    ("can_send_messages", true),
    ("can_send_audios", true),
    ("can_send_documents", true),
    ("can_send_photos", true),
    ("can_send_videos", true),
    ("can_send_video_notes", true),
    ("can_send_voice_notes", true),
    ("can_send_polls", true),
    ("can_send_other_messages", true),
    ("can_add_web_page_previews", true),
    ("can_react_to_messages", true),
    ("can_edit_tag", false),
    ("can_change_info", false),
    ("can_invite_users", true),
    ("can_pin_messages", false),
    ("can_manage_topics", false),
];

fn permissions<'a>(denied: impl Iterator<Item = &'a Right>) -> Map<String, Value> {
    let denied: Vec<&str> = denied.map(|right| right.field()).collect();
    // Who may not write may send nothing else either.
    let is_mute = denied.contains(&Right::SendMessages.field());
    let may = |name: &str, usual: bool| usual && !denied.contains(&name) && !(is_mute && name.starts_with("can_send"));
    USUAL.iter().map(|(name, usual)| ((*name).to_owned(), json!(may(name, *usual)))).collect()
}

impl Rights {
    /// Takes rights from all members.
    pub(super) fn restrict_members(&mut self, rights: &[Right]) {
        self.denied_to_members = rights.iter().copied().collect();
    }

    /// Takes rights from the bot, who is an ordinary member from then on.
    pub(super) fn restrict_bot(&mut self, rights: &[Right]) {
        self.denied_to_bot = rights.iter().copied().collect();
        self.granted_to_bot.clear();
    }

    /// Gives rights to the bot, who is an administrator from then on.
    pub(super) fn promote_bot(&mut self, rights: &[Right]) {
        self.denied_to_bot.clear();
        self.granted_to_bot = rights.iter().copied().collect();
    }

    /// Whether the bot may do this: an administrator, or else a member like all.
    pub(super) fn bot_may(&self, right: Right, standing: PrivacyMode) -> bool {
        match (standing, right) {
            (PrivacyMode::SeesAll, Right::ManageTopics) => self.granted_to_bot.contains(&right),
            (PrivacyMode::SeesAll, _) => true,
            (PrivacyMode::Restricted, _) => {
                let denied = self.denied_to_members.union(&self.denied_to_bot);
                permissions(denied).get(right.field()) == Some(&Value::Bool(true))
            }
        }
    }

    /// What the group lets its members do, as `ChatPermissions`.
    pub(super) fn permissions_json(&self) -> Value {
        Value::Object(permissions(self.denied_to_members.iter()))
    }

    /// The bot as a member without an office: restricted, if somebody restricted it.
    pub(super) fn bot_as_member_json(&self, bot: Value) -> Value {
        if self.denied_to_bot.is_empty() {
            return json!({ "user": bot, "status": "member" });
        }
        let mut member = permissions(self.denied_to_members.union(&self.denied_to_bot));
        member.insert("user".to_owned(), bot);
        member.insert("status".to_owned(), json!("restricted"));
        member.insert("is_member".to_owned(), json!(true));
        member.insert("until_date".to_owned(), json!(0));
        Value::Object(member)
    }
}
