//! What an input of one of the staff is about.

use super::prompt::Prompt;
use super::state::StaffState;
use crate::chat::action::{Action, StaffAction};
use crate::chat::dialogue::command::{AdminCommand, Command};
use crate::chat::dialogue::input::{Message, Reply, VendorInput};
use crate::chat::dialogue::stage::{Asked, Stage};
use crate::domain::{MessageBody, OrderNumber, Reason, Role};

/// An input about orders, with the order that it is about.
pub enum StaffTurn<S: Stage> {
    /// A button that does something to an order, or asks for what that takes.
    Press(S::Order, S::Holders, S::Sending, StaffAction),
    /// `/order`
    Show(S::Order),
    /// `/invoice`, with the amount and the due date or without.
    Invoice(S::Order, String),
    /// `/complete`
    Complete(S::Order),
    /// `/cancel_order`, with the reason or without.
    CancelOrder(S::Order, S::Spoken, String),
    /// A command without the order's number.
    NumberExpected,
    /// `/cancel`: drops the prompt.
    Drop,
    /// `/help` and `/start`
    Help,
    /// A command that they do not have.
    UnknownCommand,
    /// A message while a prompt is open.
    Heard(S::Order, S::Spoken, Prompt, Message, Reply),
    /// A reply to a customer's words.
    ToCustomer(S::Order, S::Spoken, Message),
    /// A message while nothing is asked.
    Unasked(Reply),
    /// A reply to the message that shows an order, which may be an invoice, serial numbers or talk.
    Replied(S::Order, S::Spoken, Message),
    /// Words that are perhaps meant for the customer.
    PerhapsMeant(S::Order, S::Spoken, Message),
    /// A message was changed that had been passed on to the customer.
    Corrected(S::Order, S::Spoken, Message),
    /// Words of somebody else.
    SecondHand,
    /// A message was changed that answers this.
    Edited(Reply, S::Spoken, Message),
    /// A button that means nothing here.
    Outdated,
    /// Words that are not meant for the bot.
    Nothing,
}

/// What has to be loaded for an input of somebody in this role.
pub fn needs(state: &StaffState, role: Role, input: &VendorInput) -> StaffTurn<Asked> {
    match input {
        VendorInput::Press(Some(Action::Staff(number, action))) => {
            StaffTurn::Press(*number, (), sent_by(state, *number, *action), *action)
        }
        VendorInput::Press(_) => StaffTurn::Outdated,
        VendorInput::Command(command) => of_command(command, role),
        VendorInput::Message(message, reply) => match (reply, state, state.prompt()) {
            (Reply::Customer(number), ..) => StaffTurn::ToCustomer(*number, (), message.clone()),
            (Reply::Perhaps(number), state, None) if !state.reads_file() => {
                StaffTurn::PerhapsMeant(*number, (), message.clone())
            }
            (Reply::Prompt, StaffState::ReadingOrder(number), _) => StaffTurn::Replied(*number, (), message.clone()),
            (Reply::Order(number), _, prompt) if prompt.is_none_or(|prompt| prompt.order != *number) => {
                StaffTurn::Replied(*number, (), message.clone())
            }
            (_, _, Some(prompt)) => StaffTurn::Heard(prompt.order, (), prompt, message.clone(), *reply),
            (_, _, None) => StaffTurn::Unasked(*reply),
        },
        VendorInput::SecondHand => StaffTurn::SecondHand,
        VendorInput::Edited(reply, message) => StaffTurn::Edited(*reply, (), message.clone()),
        VendorInput::Picked(_) => StaffTurn::Nothing,
        VendorInput::Corrected(number, message) => StaffTurn::Corrected(*number, (), message.clone()),
    }
}

/// The words that a press on a button of this order sends to its customer: it may be long since they were typed, and what
/// they hold is looked up once more.
fn sent_by(state: &StaffState, number: OrderNumber, action: StaffAction) -> Vec<MessageBody> {
    match (action, state) {
        (StaffAction::SendWords(_), StaffState::OfferingToSend(about, words)) if *about == number => words.clone(),
        (StaffAction::ConfirmCancel(_), StaffState::ConfirmingCancel(prompt, Reason::Typed(text)))
            if prompt.order == number =>
        {
            vec![MessageBody { text: text.clone(), ..MessageBody::default() }]
        }
        _ => Vec::new(),
    }
}

fn of_command(command: &Command, role: Role) -> StaffTurn<Asked> {
    let numbered = |number: &Option<_>, turn: fn(_) -> StaffTurn<Asked>| number.map_or(StaffTurn::NumberExpected, turn);
    match (command, role) {
        (Command::Cancel, _) => StaffTurn::Drop,
        (Command::Help | Command::Start, _) => StaffTurn::Help,
        (Command::Order(number), _) => numbered(number, StaffTurn::Show),
        (Command::Admin(AdminCommand::Invoice(Some(number), terms)), Role::Admin) => {
            StaffTurn::Invoice(*number, terms.clone())
        }
        (Command::Admin(AdminCommand::Complete(number)), Role::Admin) => numbered(number, StaffTurn::Complete),
        (Command::Admin(AdminCommand::CancelOrder(Some(number), reason)), Role::Admin) => {
            StaffTurn::CancelOrder(*number, (), reason.clone())
        }
        (Command::Admin(AdminCommand::Invoice(None, _) | AdminCommand::CancelOrder(None, _)), Role::Admin) => {
            StaffTurn::NumberExpected
        }
        // To staff that are no admins the admins' commands are unknown like any other.
        _ => StaffTurn::UnknownCommand,
    }
}
