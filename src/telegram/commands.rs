//! Command parsing: what people type after a slash, read by teloxide.

use teloxide::utils::command::BotCommands;

use crate::dialogue::Command;
use crate::domain::{InvitationToken, OrderNumber};

#[derive(BotCommands, Debug, Clone)]
#[command(rename_rule = "lowercase")]
enum CustomerCommand {
    Start(String),
    New,
    Orders,
    Order(String),
    Prices,
    Help,
    Settings,
    Privacy,
    Cancel,
}

/// The beginning of a deep link's payload and of a command that names an order: `order_449`.
const ORDER_LINK: &str = "order_";
/// The beginning of a deep link's payload that is an invitation.
const INVITATION_LINK: &str = "join_";

/// Reads a command of a private chat; `None` when the text is none.
pub fn customer(text: &str, bot_username: &str) -> Option<Command> {
    let rest = text.strip_prefix('/')?;
    let (word, arguments) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
    let (word, mention) = word.split_once('@').unwrap_or((word, bot_username));
    if !mention.eq_ignore_ascii_case(bot_username) {
        return Some(Command::Unknown);
    }
    let word = word.to_lowercase();
    if let Some(number) = word.strip_prefix(ORDER_LINK) {
        return Some(Command::Order(OrderNumber::parse(number)));
    }
    // teloxide takes arguments after a single space and refuses them where a command has none; people are not so neat.
    let takes_arguments = matches!(word.as_str(), "start" | "order");
    let neat = if takes_arguments { format!("/{word} {}", arguments.trim()) } else { format!("/{word}") };
    Some(match CustomerCommand::parse(&neat, bot_username) {
        Ok(CustomerCommand::Start(payload)) => linked(&payload),
        Ok(CustomerCommand::New) => Command::New,
        Ok(CustomerCommand::Orders) => Command::Orders,
        Ok(CustomerCommand::Order(number)) => {
            Command::Order(OrderNumber::parse(number.trim_start_matches(['№', '#', ' '])))
        }
        Ok(CustomerCommand::Prices) => Command::Prices,
        Ok(CustomerCommand::Help) => Command::Help,
        Ok(CustomerCommand::Settings) => Command::Settings,
        Ok(CustomerCommand::Privacy) => Command::Privacy,
        Ok(CustomerCommand::Cancel) => Command::Cancel,
        Err(_) => Command::Unknown,
    })
}

/// What the payload of a deep link asks for.
fn linked(payload: &str) -> Command {
    if let Some(token) = payload.strip_prefix(INVITATION_LINK) {
        return Command::Join(InvitationToken::parse(token));
    }
    match payload.strip_prefix(ORDER_LINK).and_then(OrderNumber::parse) {
        Some(number) => Command::Order(Some(number)),
        None => Command::Start,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_type_commands_in_many_ways() {
        let order = |number| Command::Order(Some(OrderNumber(number)));
        for (typed, command) in [
            ("/start", Command::Start),
            ("/START", Command::Start),
            ("/start@KeydeskBot", Command::Start),
            ("/start anything", Command::Start),
            ("/start order_449", order(449)),
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
            ("/new please", Command::New),
            ("/orders", Command::Orders),
            ("/queue", Command::Unknown),
            ("/", Command::Unknown),
            ("/new@other_bot", Command::Unknown),
        ] {
            assert_eq!(customer(typed, "keydeskbot"), Some(command), "{typed}");
        }
        assert_eq!(customer("50", "keydeskbot"), None);
    }
}
