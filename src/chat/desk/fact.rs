//! What the outbox keeps: facts, worded only when they are delivered.

use serde::{Deserialize, Serialize};

use super::accounts::AccountNotification;
use super::serials_file::Part;
use crate::chat::dialogue::StaffBanner;
use crate::domain::{Invoice, MessageBody, MessageId, OrderNumber, Period, PersonId, Reason, Request, Sku, Stored};
use crate::store::MessageKind;

/// Something that somebody is to be told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Notification {
    /// To the staff chat: a customer placed this order.
    OrderPlaced(OrderNumber),
    /// To the staff chat: something became of this order, and its alert is to show it.
    OrderChanged(OrderNumber),
    /// To the staff chat: a customer turns to staff about an order.
    CustomerAsked {
        /// The order.
        number: OrderNumber,
        /// Who asks.
        by: PersonId,
        /// For what.
        request: Request,
        /// In these words.
        words: MessageBody,
    },
    /// To the staff chat: the stock of a product has become low.
    StockLow {
        /// The product.
        sku: Sku,
        /// How many serial numbers are left.
        left: u32,
    },
    /// To the staff chat: whoever wrote this message cannot be recorded, so nothing was done.
    AnonymousSender(MessageId),
    /// To a customer: the order was invoiced, or invoiced anew.
    OrderInvoiced {
        /// The order.
        number: OrderNumber,
        /// What is to be paid.
        invoice: Invoice,
    },
    /// To a customer: the order was completed, and here are its serial numbers.
    OrderCompleted(OrderNumber),
    /// To a customer: the order was cancelled.
    OrderCancelled {
        /// The order.
        number: OrderNumber,
        /// Why.
        reason: Reason,
    },
    /// To a customer: what staff say about an order.
    StaffAnswered {
        /// The order.
        number: OrderNumber,
        /// Their words.
        words: MessageBody,
    },
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
    /// Something about an account.
    Account(AccountNotification),
    /// To an admin who asked for it.
    Desk(ReportNotification),
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

impl Stored for Notification {
    const SCHEMA: u32 = 1;
}

impl Notification {
    /// What its message is to whoever answers it.
    pub fn kind(&self) -> MessageKind {
        match self {
            Notification::OrderPlaced(_) | Notification::OrderChanged(_) => MessageKind::Alert,
            Notification::CustomerAsked { .. } => MessageKind::Question,
            _ => MessageKind::Notification,
        }
    }
}
