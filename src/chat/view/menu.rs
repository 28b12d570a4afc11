//! The command menu and the bot's description, as Telegram shows them outside the chat.

use crate::chat::i18n::Texts;
use crate::config::Shop;

/// The customers' commands, in the order of the menu, each with the key of its description.
pub const CUSTOMER_COMMANDS: [(&str, &str); 10] = [
    ("start", "command-start"),
    ("new", "command-new"),
    ("orders", "command-orders"),
    ("serials", "command-serials"),
    ("products", "command-products"),
    ("prices", "command-prices"),
    ("settings", "command-settings"),
    ("help", "command-help"),
    ("privacy", "command-privacy"),
    ("cancel", "command-cancel"),
];

/// The commands of everybody in the staff chat.
pub const STAFF_COMMANDS: [(&str, &str); 5] = [
    ("queue", "command-queue"),
    ("order", "command-order"),
    ("find", "command-find"),
    ("stock", "command-stock-reading"),
    ("help", "command-help"),
];

/// The admins' commands, wherever they are.
pub const ADMIN_COMMANDS: [(&str, &str); 15] = [
    ("queue", "command-queue"),
    ("order", "command-order"),
    ("find", "command-find"),
    ("invoice", "command-invoice"),
    ("complete", "command-complete"),
    ("cancel_order", "command-cancel-order"),
    ("stock", "command-stock"),
    ("catalog", "command-catalog"),
    ("stats", "command-stats"),
    ("export", "command-export"),
    ("staff", "command-staff"),
    ("block", "command-block"),
    ("unblock", "command-unblock"),
    ("person", "command-person"),
    ("audit", "command-audit"),
];

/// A list of commands as a menu shows it: command and description.
pub type Menu = Vec<(&'static str, String)>;

/// The menu of a private chat.
pub fn customer_commands(texts: &Texts) -> Menu {
    described(&CUSTOMER_COMMANDS, texts)
}

/// The menu of the staff chat.
pub fn staff_commands(texts: &Texts) -> Menu {
    described(&STAFF_COMMANDS, texts)
}

/// What an admin's menu has in the staff chat.
pub fn admin_commands(texts: &Texts) -> Menu {
    [described(&ADMIN_COMMANDS, texts), described(&[("help", "command-help")], texts)].concat()
}

/// The menu of an admin's private chat: they may order as well.
pub fn admin_and_customer_commands(texts: &Texts) -> Menu {
    [described(&ADMIN_COMMANDS, texts), customer_commands(texts)].concat()
}

fn described(commands: &[(&'static str, &str)], texts: &Texts) -> Menu {
    commands.iter().map(|(command, key)| (*command, texts.say(key))).collect()
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
