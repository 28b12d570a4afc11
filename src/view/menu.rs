//! The command menu and the bot's description, as Telegram shows them outside the chat.

use crate::config::Shop;
use crate::i18n::Texts;

/// The customers' commands, in the order of the menu, each with the key of its description.
pub const CUSTOMER_COMMANDS: [(&str, &str); 9] = [
    ("start", "command-start"),
    ("new", "command-new"),
    ("orders", "command-orders"),
    ("serials", "command-serials"),
    ("prices", "command-prices"),
    ("settings", "command-settings"),
    ("help", "command-help"),
    ("privacy", "command-privacy"),
    ("cancel", "command-cancel"),
];

/// The menu of a private chat: command and description.
pub fn customer_commands(texts: &Texts) -> Vec<(&'static str, String)> {
    CUSTOMER_COMMANDS.iter().map(|(command, key)| (*command, texts.say(key))).collect()
}

/// What an empty chat with the bot says, 0–512 characters
/// (<https://core.telegram.org/bots/api#setmydescription>).
pub fn description(shop: &Shop, texts: &Texts) -> String {
    texts.say_with("bot-description", &[("shop", shop.name.as_str().into())])
}

/// What the bot's profile says, 0–120 characters
/// (<https://core.telegram.org/bots/api#setmyshortdescription>).
pub fn short_description(shop: &Shop, texts: &Texts) -> String {
    texts.say_with("bot-short-description", &[("shop", shop.name.as_str().into())])
}
