//! What the shop tells people, as data: it is worded when it is delivered.

use serde::{Deserialize, Serialize};

use crate::domain::accounts::staff_chat::Openness;
use crate::domain::ids::{MessageId, OrderNumber, PersonId, Sku};
use crate::domain::orders::action::Request;
use crate::domain::orders::invoice::Invoice;
use crate::domain::orders::message::MessageBody;
use crate::domain::orders::reason::Reason;
use crate::domain::reports::period::Period;
use crate::domain::stored::Stored;

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
        number: OrderNumber,
        by: PersonId,
        request: Request,
        /// In these words.
        words: MessageBody,
    },
    /// To the staff chat: the stock of a product has become low.
    StockLow {
        sku: Sku,
        /// How many serial numbers are left.
        left: u32,
    },
    /// To a customer: the order was invoiced, or invoiced anew.
    OrderInvoiced {
        number: OrderNumber,
        /// What is to be paid.
        invoice: Invoice,
    },
    /// To a customer: the order was completed, and here are its serial numbers.
    OrderCompleted(OrderNumber),
    /// To a customer: the order was cancelled.
    OrderCancelled { number: OrderNumber, reason: Reason },
    /// To a customer: what staff say about an order.
    StaffAnswered { number: OrderNumber, words: MessageBody },
    /// Something about an account.
    Account(AccountNotification),
    /// To an admin, in private.
    Admin(AdminNotification),
}

/// Something that the admins are to know of each other, or of the shop.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AdminNotification {
    /// Another admin appointed somebody.
    Appointed {
        /// The name of who did.
        by: String,
        person: PersonId,
    },
    /// Another admin asked for the orders as files.
    Exported {
        /// The name of who did.
        by: String,
        period: Period,
    },
    /// The bot does not act in the staff chat, since anybody could read along.
    StaffChatOpen(Openness),
    /// It acts there again.
    StaffChatClosed,
}

/// Something about an account that somebody is to be told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountNotification {
    /// To the staff chat: this person asks to be let in.
    AccessAsked(PersonId),
    /// To the staff chat: it was decided about this person, and the message that asked is to show it.
    AccessDecided {
        /// Who asked to be let in.
        person: PersonId,
        message: MessageId,
    },
    /// To the person: they were let in.
    Admitted(PersonId),
    /// To an account's owner: somebody joined.
    Joined { owner: PersonId, member: PersonId },
    /// To an account's owner: somebody left.
    Left { owner: PersonId, member: PersonId },
    /// To a former member: the owner took them out.
    Removed {
        /// Whose account it is.
        owner: PersonId,
        member: PersonId,
    },
}

impl Stored for Notification {
    const SCHEMA: u32 = 1;
}
