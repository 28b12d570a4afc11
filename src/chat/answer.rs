//! What the chat sends because somebody asked for it there, and all that an outbox may hold.

use serde::{Deserialize, Serialize};

use crate::chat::dialogue::StaffBanner;
use crate::domain::{MessageId, Notification, OrderNumber, Period, PersonId};

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
    #[serde(alias = "faceless")]
    AnonymousSender(MessageId),
    /// To a customer who asked for it: the order's invoice.
    InvoiceAgain(OrderNumber),
    /// To a customer who asked for them: the order's serial numbers.
    SerialsAgain(OrderNumber),
    /// To a customer who asked for them: every serial number that the account was given.
    AllSerials,
    /// To a customer: serial numbers that Telegram does not take in one file, a further part of them.
    SerialsPart {
        /// The order; `None` for all of the account.
        of: Option<OrderNumber>,
        /// Which part.
        part: Part,
    },
    /// To one of the staff, in the chat where they sent a file: what came of it.
    FileAnswered {
        /// Who sent it.
        to: PersonId,
        /// What came of it.
        notice: StaffBanner,
    },
    /// To an admin who asked for it.
    Desk(ReportNotification),
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

/// What an admin asked for, in the chat where they did. Whether they are an admin is asked again when it is delivered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReportNotification {
    /// The price list as a file.
    Catalogue {
        /// Who asked.
        to: PersonId,
    },
    /// The figures of a period.
    Stats {
        /// Who asked.
        to: PersonId,
        /// The period.
        period: Period,
    },
    /// The orders of a period as a workbook.
    Workbook {
        /// Who asked.
        to: PersonId,
        /// The period.
        period: Period,
    },
    /// The orders of a period as CSV.
    Table {
        /// Who asked.
        to: PersonId,
        /// The period.
        period: Period,
    },
}

impl Part {
    /// The parts after this one.
    pub fn further(self) -> impl Iterator<Item = Part> {
        (self.number + 1..=self.of).map(move |number| Part { number, ..self })
    }
}

impl Answer {
    /// The form in which the outbox keeps it.
    pub fn store(&self) -> String {
        // Serialising plain data into a string cannot fail; an empty string would be refused by `read`.
        serde_json::to_string(self).unwrap_or_default()
    }
}

impl Outgoing {
    /// Reads what [`Notification::store`] or [`Answer::store`] wrote, in this release or an earlier one.
    pub fn read(stored: &str) -> Result<Outgoing, serde_json::Error> {
        if let Ok(notification) = Notification::read(stored) {
            return Ok(Outgoing::Shop(notification));
        }
        serde_json::from_str(stored).map(Outgoing::Chat)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_release_0_1_0_left_waiting_is_read() {
        let read = |stored| Outgoing::read(stored).unwrap();
        assert_eq!(read(r#"{"order_placed":7}"#), Notification::OrderPlaced(OrderNumber(7)).into());
        assert_eq!(read(r#"{"faceless":5}"#), Answer::AnonymousSender(MessageId(5)).into());
        assert_eq!(read(r#""all_serials""#), Answer::AllSerials.into());
        let catalogue = ReportNotification::Catalogue { to: PersonId(9) };
        assert_eq!(read(r#"{"desk":{"catalogue":{"to":9}}}"#), Answer::Desk(catalogue).into());
        assert!(Outgoing::read(r#"{"order_vanished":7}"#).is_err());
    }

    #[test]
    fn what_is_stored_is_read_back() {
        let stored = [
            Outgoing::from(Notification::OrderCompleted(OrderNumber(7))),
            Answer::SerialsAgain(OrderNumber(7)).into(),
            Answer::AnonymousSender(MessageId(5)).into(),
        ];
        for outgoing in stored {
            let text = match &outgoing {
                Outgoing::Shop(notification) => notification.store(),
                Outgoing::Chat(answer) => answer.store(),
            };
            assert_eq!(Outgoing::read(&text).unwrap(), outgoing);
        }
    }
}
