//! What an input of an admin is about, when it is not about an order.

use super::banner::Naming;
use super::state::AdminState;
use crate::chat::action::{Action, AdminAction, PersonAction};
use crate::chat::dialogue::command::{AdminCommand, Command};
use crate::chat::dialogue::input::{Message, Reply, VendorInput};
use crate::chat::dialogue::stage::{Asked, Stage};
use crate::chat::dialogue::whom::Whom;
use crate::domain::{KeptFile, PersonId, SearchText};

/// An input for the admins' machine.
pub enum AdminTurn<S: Stage> {
    /// `/queue`, also of a status.
    Queue(Option<S::Status>),
    /// `/find`; `None` without a text that can be searched.
    Find(Option<SearchText>),
    /// `/stock`, also with a SKU, also below a file.
    Stock(String, Option<KeptFile>),
    /// `/catalog`, also below a file.
    Catalogue(Option<KeptFile>),
    /// `/staff`
    Admins,
    /// A command that names somebody; `None` when nobody can be meant.
    Name(Naming, Option<S::Target>),
    /// Somebody was picked from the contacts, to be an admin; with what they are called there.
    Picked(S::Target, String),
    /// `/stats`
    Stats(String),
    /// `/export`
    Export(String),
    /// `/audit`
    Audit,
    Press(AdminAction),
    /// A button about somebody.
    PressOn(PersonId, S::Target, PersonAction),
    /// An answer where an admin's screen stands.
    Answer(Message),
    /// A message beside an admin's screen.
    Aside(Message),
    /// `/cancel`: leaves the screen.
    Leave,
}

impl<S: Stage> AdminTurn<S> {
    /// What is left of it for somebody who may only look at orders and the stock, as all of the staff may.
    pub fn reading(self) -> Option<AdminTurn<S>> {
        match self {
            AdminTurn::Queue(_) | AdminTurn::Find(_) | AdminTurn::Leave => Some(self),
            // Whoever names a product wants to know how much there is of it.
            AdminTurn::Stock(_, None) => Some(AdminTurn::Stock(String::new(), None)),
            AdminTurn::Press(ref action) => action.is_reading().then_some(self),
            AdminTurn::Stock(_, Some(_))
            | AdminTurn::Catalogue(_)
            | AdminTurn::Admins
            | AdminTurn::Name(..)
            | AdminTurn::Picked(..)
            | AdminTurn::Stats(_)
            | AdminTurn::Export(_)
            | AdminTurn::Audit
            | AdminTurn::PressOn(..)
            | AdminTurn::Answer(_)
            | AdminTurn::Aside(_) => None,
        }
    }
}

/// What has to be loaded for an input; `None` for one that is not the admins' alone.
pub fn needs(state: Option<&AdminState>, input: &VendorInput) -> Option<AdminTurn<Asked>> {
    Some(match input {
        VendorInput::Press(Some(Action::Admin(AdminAction::Person(person, action)))) => {
            AdminTurn::PressOn(*person, Whom::Person(*person), *action)
        }
        VendorInput::Press(Some(Action::Admin(action))) => AdminTurn::Press(action.clone()),
        VendorInput::Command(Command::Admin(command)) => return of_command(command),
        VendorInput::Command(Command::Cancel) if state.is_some() => AdminTurn::Leave,
        VendorInput::Message(message, reply) => match (reply, state) {
            _ if filed_command(message).is_some() => return of_command(&filed_command(message)?),
            (Reply::Prompt, Some(AdminState::PickingAdmin)) => match whom_to_appoint(&message.text) {
                Some(whom) => AdminTurn::Name(Naming::Appoint, Some(whom)),
                None => AdminTurn::Answer(message.clone()),
            },
            (Reply::Prompt, Some(_)) => AdminTurn::Answer(message.clone()),
            (Reply::Nothing | Reply::Perhaps(_), Some(_)) => AdminTurn::Aside(message.clone()),
            _ => return None,
        },
        VendorInput::Picked(picked) => AdminTurn::Picked(Whom::Person(picked.id), picked.name.clone()),
        VendorInput::Press(_)
        | VendorInput::Command(_)
        | VendorInput::SecondHand
        | VendorInput::Edited(..)
        | VendorInput::Corrected(..) => return None,
    })
}

fn of_command(command: &AdminCommand) -> Option<AdminTurn<Asked>> {
    Some(match command {
        AdminCommand::Queue(word) => AdminTurn::Queue(Some(word.clone()).filter(|word| !word.is_empty())),
        AdminCommand::Find(text) => AdminTurn::Find(text.clone()),
        AdminCommand::Stock(sku, file) => AdminTurn::Stock(sku.clone(), file.clone()),
        AdminCommand::Catalogue(file) => AdminTurn::Catalogue(file.clone()),
        AdminCommand::Staff(text) if text.is_empty() => AdminTurn::Admins,
        AdminCommand::Staff(text) => AdminTurn::Name(Naming::Appoint, whom_to_appoint(text)),
        AdminCommand::Block(text) => AdminTurn::Name(Naming::Block, Whom::parse(text)),
        AdminCommand::Unblock(text) => AdminTurn::Name(Naming::Unblock, Whom::parse(text)),
        AdminCommand::Person(text) => AdminTurn::Name(Naming::Show, Whom::parse(text)),
        AdminCommand::Stats(period) => AdminTurn::Stats(period.clone()),
        AdminCommand::Export(period) => AdminTurn::Export(period.clone()),
        AdminCommand::Audit => AdminTurn::Audit,
        // These are about orders.
        AdminCommand::Invoice(..) | AdminCommand::Complete(_) | AdminCommand::CancelOrder(..) => return None,
    })
}

fn whom_to_appoint(text: &str) -> Option<Whom> {
    match Whom::parse(text)? {
        // An admin may be appointed before the bot ever met them; an order's number is none of theirs.
        Whom::Number(number) => Some(Whom::Person(PersonId(number.0))),
        Whom::PlacerOf(_) => None,
        whom => Some(whom),
    }
}

/// The command that stands below a file: `/stock sp-1`, `/catalog`.
pub fn filed_command(message: &Message) -> Option<AdminCommand> {
    let file = message.file()?.clone();
    let (word, rest) = message.text.split_once(char::is_whitespace).unwrap_or((&message.text, ""));
    match word.to_ascii_lowercase().as_str() {
        "/stock" => Some(AdminCommand::Stock(rest.trim().to_owned(), Some(file))),
        "/catalog" => Some(AdminCommand::Catalogue(Some(file))),
        _ => None,
    }
}
