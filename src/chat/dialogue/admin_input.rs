//! What admins type: their commands, and whom those are about.

use super::staff_input::{StaffCommand, StaffInput};
use crate::chat::action::{Action, AdminAction};
use crate::domain::{KeptFile, OrderNumber, PersonId, SearchText};

/// A command that only admins have, with what was typed behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AdminCommand {
    /// `/queue`, also with a status.
    Queue(String),
    /// `/find` and what to search; hidden, since it may be a serial number.
    Find(Option<SearchText>),
    /// `/stock`, also with a SKU, also below a file.
    Stock(String, Option<KeptFile>),
    /// `/catalog`, also below a file.
    Catalogue(Option<KeptFile>),
    /// `/staff`, also with an id.
    Staff(String),
    /// `/block` and somebody.
    Block(String),
    /// `/unblock` and somebody.
    Unblock(String),
    /// `/stats`, also with a period.
    Stats(String),
    /// `/export`, also with a period.
    Export(String),
}

/// Whom an admin names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whom {
    /// By the id, which a button carries.
    Person(PersonId),
    /// By a number that may be a person's or an order's.
    Number(OrderNumber),
    /// By the username, without its `@`.
    Username(String),
    /// Whoever placed this order.
    PlacerOf(OrderNumber),
}

impl Whom {
    /// Reads `123456789`, `@anna`, `№449` or `#449`.
    pub fn parse(text: &str) -> Option<Whom> {
        if let Some(name) = text.strip_prefix('@') {
            let plain = (1..=32).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
            return plain.then(|| Whom::Username(name.to_owned()));
        }
        match text.strip_prefix(['№', '#']) {
            Some(number) => OrderNumber::parse(number.trim_start()).map(Whom::PlacerOf),
            None => OrderNumber::parse(text).map(Whom::Number),
        }
    }
}

/// Whom an input names.
pub fn whom(input: &StaffInput) -> Option<Whom> {
    match input {
        StaffInput::Press(Some(Action::Desk(
            AdminAction::Appoint(person)
            | AdminAction::AskDismiss(person)
            | AdminAction::Dismiss(person)
            | AdminAction::Block(person)
            | AdminAction::Unblock(person),
        ))) => Some(Whom::Person(*person)),
        StaffInput::Command(StaffCommand::Admin(AdminCommand::Staff(text))) => match Whom::parse(text)? {
            // An admin may be appointed before the bot ever met them; an order's number is none of theirs.
            Whom::Number(number) => Some(Whom::Person(PersonId(number.0))),
            Whom::PlacerOf(_) => None,
            whom => Some(whom),
        },
        StaffInput::Command(StaffCommand::Admin(AdminCommand::Block(text) | AdminCommand::Unblock(text))) => {
            Whom::parse(text)
        }
        _ => None,
    }
}
