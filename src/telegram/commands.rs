//! Command parsing: what people type after a slash, read by teloxide.

use teloxide::utils::command::BotCommands;

use crate::chat::dialogue::{AdminCommand, Command};
use crate::domain::{InvitationToken, OrderNumber, SearchText};

#[derive(BotCommands, Debug, Clone)]
#[command(rename_rule = "lowercase")]
enum CustomerCommand {
    Start(String),
    New(String),
    Orders,
    Order(String),
    Serials,
    Prices,
    Products,
    Help,
    Settings,
    Privacy,
    Cancel,
}

#[derive(BotCommands, Debug, Clone)]
#[command(rename_rule = "snake_case")]
enum StaffWord {
    Help,
    Start,
    Order(String),
    Invoice(String),
    Complete(String),
    CancelOrder(String),
    Cancel,
    Queue(String),
    Find(String),
    Stock(String),
    Catalog,
    Staff(String),
    Block(String),
    Unblock(String),
    Person(String),
    Stats(String),
    Export(String),
    Audit,
}

/// The beginning of a deep link's payload and of a command that names an order: `order_449`.
const ORDER_LINK: &str = "order_";
/// The beginning of a deep link's payload that is an invitation.
const INVITATION_LINK: &str = "join_";

/// Reads a command of a private chat; `None` when the text is none.
pub fn customer(text: &str, bot_username: &str) -> Option<Command> {
    let Some((word, arguments)) = split(text, bot_username)? else { return Some(Command::Unknown) };
    if let Some(number) = word.strip_prefix(ORDER_LINK) {
        return Some(Command::Order(OrderNumber::parse(number)));
    }
    // teloxide refuses arguments where a command has none; people are not so neat.
    let takes_arguments = matches!(word.as_str(), "start" | "order" | "new");
    let neat = if takes_arguments { format!("/{word} {arguments}") } else { format!("/{word}") };
    Some(match CustomerCommand::parse(&neat, bot_username) {
        Ok(CustomerCommand::Start(payload)) => linked(&payload),
        Ok(CustomerCommand::New(order)) => Command::New(order),
        Ok(CustomerCommand::Orders) => Command::Orders,
        Ok(CustomerCommand::Order(number)) => Command::Order(order_number(&number)),
        Ok(CustomerCommand::Serials) => Command::Serials,
        Ok(CustomerCommand::Prices) => Command::Prices,
        Ok(CustomerCommand::Products) => Command::Products,
        Ok(CustomerCommand::Help) => Command::Help,
        Ok(CustomerCommand::Settings) => Command::Settings,
        Ok(CustomerCommand::Privacy) => Command::Privacy,
        Ok(CustomerCommand::Cancel) => Command::Cancel,
        Err(_) => staff(text, bot_username).unwrap_or(Command::Unknown),
    })
}

/// What the payload of a deep link asks for.
fn linked(payload: &str) -> Command {
    if let Some(token) = payload.strip_prefix(INVITATION_LINK) {
        return Command::Join(InvitationToken::parse(token));
    }
    payload.strip_prefix(ORDER_LINK).map_or(Command::Start, |number| Command::Order(OrderNumber::parse(number)))
}

/// Reads a command of the vendor's people; `None` when the text is none, or one for another bot.
pub fn staff(text: &str, bot_username: &str) -> Option<Command> {
    let (word, arguments) = split(text, bot_username)??;
    is_command(&word).then(|| staff_word(&word, &arguments, bot_username).unwrap_or(Command::Unknown))
}

/// As Telegram marks them in a text (<https://core.telegram.org/bots/features#commands>); `/` alone and a path are talk.
fn is_command(word: &str) -> bool {
    (1..=32).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

fn staff_word(word: &str, arguments: &str, bot_username: &str) -> Option<Command> {
    if let Some(number) = word.strip_prefix(ORDER_LINK) {
        return Some(Command::Order(OrderNumber::parse(number)));
    }
    let takes_none = matches!(word, "help" | "start" | "cancel" | "catalog" | "audit");
    let neat = if takes_none { format!("/{word}") } else { format!("/{word} {arguments}") };
    Some(match StaffWord::parse(&neat, bot_username).ok()? {
        StaffWord::Help | StaffWord::Start => Command::Help,
        StaffWord::Order(number) => Command::Order(order_number(&number)),
        StaffWord::Invoice(arguments) => {
            let (number, terms) = numbered(&arguments);
            Command::Admin(AdminCommand::Invoice(number, terms))
        }
        StaffWord::Complete(number) => Command::Admin(AdminCommand::Complete(order_number(&number))),
        StaffWord::CancelOrder(arguments) => {
            let (number, reason) = numbered(&arguments);
            Command::Admin(AdminCommand::CancelOrder(number, reason))
        }
        StaffWord::Cancel => Command::Cancel,
        StaffWord::Queue(status) => Command::Admin(AdminCommand::Queue(status)),
        StaffWord::Find(text) => Command::Admin(AdminCommand::Find(SearchText::parse(&text))),
        StaffWord::Stock(sku) => Command::Admin(AdminCommand::Stock(sku, None)),
        StaffWord::Catalog => Command::Admin(AdminCommand::Catalogue(None)),
        StaffWord::Staff(whom) => Command::Admin(AdminCommand::Staff(whom)),
        StaffWord::Block(whom) => Command::Admin(AdminCommand::Block(whom)),
        StaffWord::Unblock(whom) => Command::Admin(AdminCommand::Unblock(whom)),
        StaffWord::Person(whom) => Command::Admin(AdminCommand::Person(whom)),
        StaffWord::Stats(period) => Command::Admin(AdminCommand::Stats(period)),
        StaffWord::Export(period) => Command::Admin(AdminCommand::Export(period)),
        StaffWord::Audit => Command::Admin(AdminCommand::Audit),
    })
}

/// A caption whose command names this bot, without the name.
pub fn unaddressed(caption: &str, bot_username: &str) -> String {
    let begins_with_name = caption.split_whitespace().next().is_some_and(|word| word.contains('@'));
    match split(caption, bot_username) {
        Some(Some((word, arguments))) if begins_with_name => format!("/{word} {arguments}"),
        _ => caption.to_owned(),
    }
}

/// An order's number and what follows it.
fn numbered(arguments: &str) -> (Option<OrderNumber>, String) {
    let arguments = arguments.trim_start_matches(is_before_number);
    let (first, rest) = arguments.split_once(char::is_whitespace).unwrap_or((arguments, ""));
    (order_number(first), rest.trim().to_owned())
}

/// A command's word in lower case and what follows it; `Some(None)` for a command to another bot.
fn split(text: &str, bot_username: &str) -> Option<Option<(String, String)>> {
    let rest = text.strip_prefix('/')?;
    let (word, arguments) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
    let (word, mention) = word.split_once('@').unwrap_or((word, bot_username));
    let ours = mention.eq_ignore_ascii_case(bot_username);
    Some(ours.then(|| (word.to_lowercase(), arguments.trim().to_owned())))
}

fn order_number(text: &str) -> Option<OrderNumber> {
    OrderNumber::parse(text.trim_start_matches(is_before_number))
}

fn is_before_number(c: char) -> bool {
    matches!(c, '№' | '#') || c.is_whitespace()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_type_commands_in_many_ways() {
        let order = |number| Command::Order(Some(OrderNumber(number)));
        let admin = Command::Admin;
        for (typed, command) in [
            ("/start", Command::Start),
            ("/START", Command::Start),
            ("/start@KeydeskBot", Command::Start),
            ("/start anything", Command::Start),
            ("/start order_449", order(449)),
            ("/start order_99999999999999999999", Command::Order(None)),
            (
                "/start join_0123456789abcdef0123456789abcdef",
                Command::Join(InvitationToken::parse("0123456789abcdef0123456789abcdef")),
            ),
            ("/start join_0123", Command::Join(None)),
            ("/order 449", order(449)),
            ("/order   449  ", order(449)),
            ("/order №449", order(449)),
            ("/order_449", order(449)),
            ("/order", Command::Order(None)),
            ("/order x", Command::Order(None)),
            ("/order 99999999999999999999", Command::Order(None)),
            ("/order_", Command::Order(None)),
            ("/new", Command::New(String::new())),
            ("/new sp-1 50, sp-3 100", Command::New("sp-1 50, sp-3 100".to_owned())),
            ("/new\nsp-1\t50\n\nsp-3\t100\n", Command::New("sp-1\t50\n\nsp-3\t100".to_owned())),
            ("/orders", Command::Orders),
            ("/queue", admin(AdminCommand::Queue(String::new()))),
            ("/QUEUE  placed ", admin(AdminCommand::Queue("placed".to_owned()))),
            ("/find  SP 1", admin(AdminCommand::Find(SearchText::parse("SP 1")))),
            ("/find", admin(AdminCommand::Find(None))),
            ("/catalog now", admin(AdminCommand::Catalogue(None))),
            ("/staff", admin(AdminCommand::Staff(String::new()))),
            ("/export 2015 2016", admin(AdminCommand::Export("2015 2016".to_owned()))),
            ("/queues", Command::Unknown),
            ("/", Command::Unknown),
            ("/new@other_bot", Command::Unknown),
        ] {
            assert_eq!(customer(typed, "keydeskbot"), Some(command), "{typed}");
        }
        assert_eq!(customer("50", "keydeskbot"), None);
    }

    #[test]
    fn staff_talk_among_themselves_and_to_other_bots() {
        for typed in ["50", "/", "/ 449", "/заказ", "/srv/keydesk", "/new@other_bot", "see /help"] {
            assert_eq!(staff(typed, "keydeskbot"), None, "{typed}");
        }
        for typed in ["/new", "/queues", "/nonsense@KeydeskBot"] {
            assert_eq!(staff(typed, "keydeskbot"), Some(Command::Unknown), "{typed}");
        }
    }

    #[test]
    fn a_caption_loses_our_name_only() {
        for (caption, read) in [
            ("/stock@KeydeskBot sp-1", "/stock sp-1"),
            ("/stock@other_bot sp-1", "/stock@other_bot sp-1"),
            ("/stock  sp-1", "/stock  sp-1"),
            ("25000", "25000"),
            ("mail a@keydeskbot", "mail a@keydeskbot"),
        ] {
            assert_eq!(unaddressed(caption, "keydeskbot"), read, "{caption}");
        }
    }
}
