//! What a bot gets to see of what is written in groups.

use super::message::{Message, PrivacyMode, Sender};
use super::world::{Membership, World};

impl World {
    /// Whether the bot gets to see this message.
    pub fn bot_sees(&self, message: &Message) -> bool {
        let Some(state) = self.groups.get(&message.chat) else {
            return true;
        };
        // Bots never see what other bots write.
        if state.bot != Membership::Member || matches!(message.from, Sender::OtherBot(_)) {
            return false;
        }
        state.group.privacy == PrivacyMode::SeesAll
            || message.is_service()
            || message.answers_bot
            || self.is_command_for_bot(message)
    }

    /// A command is for the bot that it names, or else for the bot that wrote last.
    fn is_command_for_bot(&self, message: &Message) -> bool {
        let first = message.text.split_whitespace().next().unwrap_or_default();
        match first.split_once('@') {
            Some((_, bot)) => first.starts_with('/') && bot.eq_ignore_ascii_case(&self.bot.username),
            None => first.starts_with('/') && first.len() > 1 && message.extras.after_this_bot,
        }
    }
}
