//! What a bot sets about itself: commands, texts, menu buttons.

use serde_json::Value;
use std::collections::BTreeMap;

/// Where a list of commands is shown.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum CommandScope {
    /// Wherever nothing narrower is set.
    Default,
    AllPrivateChats,
    AllGroupChats,
    /// Administrators of all groups.
    AllChatAdministrators,
    Chat(i64),
    /// Administrators of one group.
    ChatAdministrators(i64),
    /// One person in one group.
    ChatMember {
        chat: i64,
        user: i64,
    },
}

/// A command and its description.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BotCommand {
    /// Without the slash.
    pub command: String,
    pub description: String,
}

/// Commands, texts and menu buttons; texts are kept by language, an empty one being for everybody else.
#[derive(Debug, Clone, Default)]
pub struct Profile {
    /// Lists of commands by scope and language.
    pub commands: BTreeMap<(CommandScope, String), Vec<BotCommand>>,
    pub names: BTreeMap<String, String>,
    pub descriptions: BTreeMap<String, String>,
    /// Short descriptions by language.
    pub short_descriptions: BTreeMap<String, String>,
    /// Menu buttons by chat; `None` is the usual one.
    pub menu_buttons: BTreeMap<Option<i64>, Value>,
}

impl Profile {
    /// The profile of a bot with this name.
    pub fn new(name: &str) -> Self {
        Self { names: BTreeMap::from([(String::new(), name.to_owned())]), ..Self::default() }
    }
}

/// The text for a language, or else the one for everybody.
pub fn text_for<'a>(texts: &'a BTreeMap<String, String>, language: &str) -> &'a str {
    texts.get(language).or_else(|| texts.get("")).map_or("", String::as_str)
}
