//! What the chat sends because somebody asked for it there, and all that an outbox may hold.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::dialogue::{FoundSerials, Picking, VendorBanner};
use super::{Chat, ChatError};
use crate::domain::{
    ChatId, Exclusion, Invoice, KeptFile, Lane, MessageId, Notification, Order, OrderAction, OrderNumber, Period,
    PersonId, SerialsChoice, SerialsFormat, Source, Stored, Unreadable, Unwritable,
};
use crate::store::{MessageKind, NewOutboxMessage, Tx};

/// What waits in the outbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outgoing {
    /// What the shop tells.
    Shop(Notification),
    /// What was asked for in the chat.
    Chat(Answer),
}

/// What somebody is sent who asked for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// To the staff chat: whoever wrote this message cannot be recorded, so nothing was done.
    AnonymousSender(MessageId),
    /// To the staff chat: this message answers one that is about several orders.
    UnfoldFirst(MessageId),
    /// To the staff chat: this person turned to the bot there and is not heard.
    KeptOut { person: PersonId, why: Exclusion },
    /// To a customer who asked for it: the order's invoice.
    InvoiceAgain(OrderNumber),
    /// To the staff chat: this message of one of the staff is on its way to the order's customer.
    WordsOnTheirWay { number: OrderNumber, message: MessageId },
    /// To whoever asked for it: a file that stands in this row of the order's audit trail, counted from 0.
    FileAgain { number: OrderNumber, event: usize },
    /// To a customer who asked for them: the order's serial numbers.
    SerialsAgain(OrderNumber),
    /// To a customer who asked for them: every serial number that the account was given.
    AllSerials,
    /// To a customer: serial numbers that Telegram does not take in one file, a further part of them.
    SerialsPart {
        /// The order; `None` for all of the account.
        of: Option<OrderNumber>,
        part: Part,
    },
    /// To a customer who asked for them: chosen serial numbers as a file, or a part of them.
    Serials { choice: SerialsChoice, format: SerialsFormat, part: Option<Part> },
    /// To a customer: what the serial numbers are that they typed in this message.
    SerialsFound {
        message: MessageId,
        found: Vec<FoundSerials>,
        /// How many they were not given, whether or not those exist.
        unknown: u64,
    },
    /// To a customer: what the serial numbers of this file are; it is fetched when that is told.
    LookUpFile(KeptFile),
    /// To one of the staff: what came of a file that they sent there, or of something else that they wrote.
    FileAnswered {
        to: PersonId,
        /// What came of it.
        banner: VendorBanner,
        /// Their message, which this answers.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        answered: Option<MessageId>,
    },
    /// To the staff chat, where somebody asked for it: an order's alert, from now on here.
    Desk(OrderNumber),
    /// To the staff chat: this message was the order's alert until another one came below.
    DeskMoved { number: OrderNumber, message: MessageId },
    /// To one of the staff who asked for it in their chat: what the bot does there.
    StaffHelp(PersonId),
    /// To the staff chat, where somebody typed a command that they do not have.
    NoSuchCommand,
    /// To an admin who asked for it.
    Report(ReportNotification),
    /// To a person in private who is to pick somebody from their contacts.
    Contacts { to: PersonId, for_what: Picking },
    /// To them, when that is over; with whom they picked.
    ContactsClosed { to: PersonId, picked: Option<String> },
    /// To a customer whose message was not handled: the shop is under maintenance, or was.
    Maintenance,
}

/// What an admin asked for, in the chat where they did. Whether they are an admin is asked again when it is delivered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReportNotification {
    /// The price list as a file.
    Catalogue { to: PersonId },
    /// The price list as a workbook.
    PriceBook { to: PersonId },
    /// The figures of a period.
    Stats { to: PersonId, period: Period },
    /// The orders of a period as a workbook.
    Workbook { to: PersonId, period: Period },
    /// The orders of a period as CSV.
    Table { to: PersonId, period: Period },
    /// The orders of a period that is a part of one whose file would be too large.
    OrdersPart { to: PersonId, period: Period, format: OrdersFormat },
    /// What is stored about somebody.
    Person { to: PersonId, about: PersonId, format: PersonFormat },
}

/// What a file with a person's data is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PersonFormat {
    /// To be read.
    Text,
    Json,
}

/// What a file of orders is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrdersFormat {
    Workbook,
    Table,
}

/// One file of several that hold a list together. Serial numbers are only ever added to a list, so that none falls
/// between two parts that are made one after the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Which one, counted from 1.
    pub number: u64,
    /// How many there are.
    pub of: u64,
    /// Lines of each but the last, which has the rest.
    pub each: u64,
}

impl Part {
    /// The parts after this one.
    pub fn further(self) -> impl Iterator<Item = Part> {
        (self.number + 1..=self.of).map(move |number| Part { number, ..self })
    }
}

impl ReportNotification {
    /// Who asked for it.
    pub fn reader(&self) -> PersonId {
        match self {
            ReportNotification::Catalogue { to }
            | ReportNotification::PriceBook { to }
            | ReportNotification::Stats { to, .. }
            | ReportNotification::Workbook { to, .. }
            | ReportNotification::Table { to, .. }
            | ReportNotification::OrdersPart { to, .. }
            | ReportNotification::Person { to, .. } => *to,
        }
    }
}

impl Answer {
    /// The answer on its way to a chat.
    pub fn addressed(&self, chat: ChatId, order: Option<OrderNumber>) -> Result<NewOutboxMessage, Unwritable> {
        // Somebody who gets twenty files goes on meanwhile.
        let lane = match self {
            Answer::SerialsPart { .. }
            | Answer::Serials { part: Some(_), .. }
            | Answer::Report(ReportNotification::OrdersPart { .. })
            | Answer::DeskMoved { .. } => Lane::Bulk,
            _ => Lane::Tap,
        };
        Ok(NewOutboxMessage { chat, order, body: self.encode()?, lane })
    }
}

impl Stored for Answer {
    const SCHEMA: u32 = 3;

    fn upcast(from: u32, value: Value) -> Result<Value, Unreadable> {
        if from == 2 {
            return Ok(value);
        }
        // Release 0.1.0 told staff and admins in one enum, and had other words for two of these.
        let Value::Object(fields) = value else { return Ok(value) };
        let renamed = fields.into_iter().map(|(name, value)| match (name.as_str(), value) {
            ("faceless", message) => ("anonymous_sender".to_owned(), message),
            ("desk", report) => ("report".to_owned(), report),
            ("file_answered", Value::Object(mut answered)) => {
                if let Some(notice) = answered.remove("notice") {
                    answered.insert("banner".to_owned(), VendorBanner::upcast_from_first(notice));
                }
                (name, Value::Object(answered))
            }
            (_, value) => (name, value),
        });
        Ok(Value::Object(renamed.collect()))
    }
}

/// Which invoice of an order a message brings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Invoiced<'a> {
    This(&'a Invoice),
    /// The one that is to be paid.
    Current,
}

impl Invoiced<'_> {
    /// Its place among the order's invoices, counted from 1; `None` for one that was replaced before it was brought.
    pub fn ordinal(self, order: &Order) -> Option<usize> {
        let last = order.invoices().count();
        let ordinal = match self {
            Invoiced::This(invoice) => order.ordinal_of(invoice)?,
            Invoiced::Current => last,
        };
        (ordinal == last).then_some(ordinal)
    }
}

impl Outgoing {
    /// What its message is to whoever answers it.
    pub fn kind(&self) -> MessageKind {
        match self {
            Outgoing::Shop(Notification::OrderPlaced(_) | Notification::OrderChanged(_))
            | Outgoing::Chat(Answer::Desk(_)) => MessageKind::Alert,
            Outgoing::Shop(Notification::OrderActed { action: OrderAction::Asked(..), .. })
            | Outgoing::Chat(Answer::FileAgain { .. }) => MessageKind::Question,
            Outgoing::Shop(_) | Outgoing::Chat(_) => MessageKind::Notification,
        }
    }

    /// Whether its message is kept as one about the order. A mark on a message that is kept already is not.
    pub fn is_kept(&self) -> bool {
        !matches!(
            self,
            Outgoing::Chat(Answer::DeskMoved { .. })
                | Outgoing::Shop(Notification::CardChanged { .. } | Notification::InvoiceReplaced { .. })
        )
    }

    /// Whether its message brings an invoice.
    pub fn invoice(&self) -> Option<Invoiced<'_>> {
        match self {
            Outgoing::Shop(Notification::OrderActed { action: OrderAction::Invoiced(invoice), .. }) => {
                Some(Invoiced::This(invoice))
            }
            Outgoing::Chat(Answer::InvoiceAgain(_)) => Some(Invoiced::Current),
            Outgoing::Shop(_) | Outgoing::Chat(_) => None,
        }
    }

    /// Whose words it brings.
    pub fn source(&self) -> Option<Source> {
        match self {
            Outgoing::Shop(Notification::OrderActed { action, .. }) => action.words().and_then(|words| words.source),
            Outgoing::Shop(_) | Outgoing::Chat(_) => None,
        }
    }

    /// Reads what waits in the outbox, whichever release stored it.
    pub fn read(stored: &str) -> Result<Outgoing, Unreadable> {
        if let Ok(notification) = Notification::decode(stored) {
            return Ok(Outgoing::Shop(notification));
        }
        Answer::decode(stored).map(Outgoing::Chat)
    }
}

impl Chat {
    /// Puts an answer into the outbox.
    pub(super) async fn post(
        &self,
        tx: &mut Tx,
        chat: ChatId,
        order: Option<OrderNumber>,
        answer: &Answer,
    ) -> Result<(), ChatError> {
        let message = answer.addressed(chat, order)?;
        Ok(tx.post(&message, self.clock().now()).await?)
    }

    /// Puts an answer into the outbox; one that waits there already is enough.
    pub(super) async fn post_once(
        &self,
        tx: &mut Tx,
        chat: ChatId,
        order: Option<OrderNumber>,
        answer: &Answer,
    ) -> Result<(), ChatError> {
        let message = answer.addressed(chat, order)?;
        Ok(tx.post_unless_waiting(&message, self.clock().now()).await?)
    }
}

impl From<Notification> for Outgoing {
    fn from(notification: Notification) -> Outgoing {
        Outgoing::Shop(notification)
    }
}

impl From<Answer> for Outgoing {
    fn from(answer: Answer) -> Outgoing {
        Outgoing::Chat(answer)
    }
}
