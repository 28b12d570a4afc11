//! Commands, by their meaning. Where a number is missing, none could be read.

use crate::domain::{InvitationToken, KeptFile, OrderNumber, SearchText};

/// A command that somebody typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// `/start`, also with a deep link that means nothing to us.
    Start,
    /// `/new`, also with products and quantities.
    New(String),
    /// `/orders`
    Orders,
    /// `/order 449`, `/order_449` and the deep link `?start=order_449`.
    Order(Option<OrderNumber>),
    /// The deep link `?start=join_…`; `None` when it carries no invitation that reads.
    Join(Option<InvitationToken>),
    /// `/serials`
    Serials,
    /// `/prices`
    Prices,
    /// `/products`
    Products,
    /// `/help`
    Help,
    /// `/settings`
    Settings,
    /// `/privacy`
    Privacy,
    /// `/cancel`: leaves the form, drops the prompt.
    Cancel,
    /// A command that only admins have; to anybody else it is unknown.
    Admin(AdminCommand),
    /// Anything else that begins with a slash.
    Unknown,
}

impl AdminCommand {
    /// The same about this person, if it is one about people and names nobody.
    pub fn about(mut self, person: &str) -> AdminCommand {
        if let AdminCommand::Staff(whom)
        | AdminCommand::Block(whom)
        | AdminCommand::Unblock(whom)
        | AdminCommand::Person(whom) = &mut self
            && whom.is_empty()
        {
            whom.push_str(person);
        }
        self
    }
}

/// A command that only admins have, with what was typed behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AdminCommand {
    /// `/invoice 449`, also with the amount and the day that it is due.
    Invoice(Option<OrderNumber>, String),
    /// `/complete 449`
    Complete(Option<OrderNumber>),
    /// `/cancel_order 449 reason`
    CancelOrder(Option<OrderNumber>, String),
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
    /// `/person` and somebody.
    Person(String),
    /// `/stats`, also with a period.
    Stats(String),
    /// `/export`, also with a period.
    Export(String),
    /// `/audit`
    Audit,
}
