//! What the shop tells people, as data: it is rendered when it is delivered.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::domain::accounts::staff_chat::Openness;
use crate::domain::ids::{ChatId, MessageId, OrderNumber, PersonId, Sku};
use crate::domain::orders::action::OrderAction;
use crate::domain::reports::period::Period;
use crate::domain::stored::{Stored, Unreadable};

/// Something that somebody is to be told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Notification {
    /// To the staff chat: a customer placed this order.
    OrderPlaced(OrderNumber),
    /// To the staff chat: something became of this order, and its alert is to show it.
    OrderChanged(OrderNumber),
    /// To the action's [`crate::domain::Audience`]: somebody did this to an order.
    OrderActed {
        number: OrderNumber,
        /// `None` for the shop itself.
        by: Option<PersonId>,
        action: OrderAction,
    },
    /// To a customer: something became of this order, and this message, which shows it, is to follow.
    CardChanged { number: OrderNumber, message: MessageId },
    /// To a customer: another invoice took the place of the one that this message brought, counted from 1.
    InvoiceReplaced { number: OrderNumber, message: MessageId, invoice: usize },
    /// To the staff chat: the stock of a product has become low.
    StockLow {
        sku: Sku,
        /// How many serial numbers are left.
        left: u32,
    },
    /// To the staff chat: so many messages and presses could not be handled, and are kept as dead letters.
    UpdatesFailed { count: u64 },
    /// To the staff chat: what these people did fails since these moments, while others are served.
    UpdatesWait { waits: Vec<UpdatesOf> },
    /// To the staff chat: nothing of these people waits any more.
    UpdatesPass {
        /// `None` for updates that are nobody's.
        people: Vec<Option<PersonId>>,
    },
    /// To the staff chat: there is no backup that is young enough, and none can be taken.
    BackupMissing {
        /// When the last good one was taken, if there is any.
        taken_at: Option<DateTime<Utc>>,
    },
    /// To the staff chat, which knew that there was none: there is a backup again.
    BackupTaken { at: DateTime<Utc> },
    /// Something about an account.
    Account(AccountNotification),
    /// To the staff chat, or to the admins if it is the one that refuses: a message to this chat was given up, since Telegram
    /// does not take its text.
    Undelivered { number: Option<OrderNumber>, to: ChatId },
    /// To an admin: the staff chat takes no messages for now.
    StaffChatClosed {
        /// In Telegram's words.
        reason: String,
    },
    /// To an admin: orders get no topics of their own in the staff chat.
    TopicsUnavailable {
        /// In Telegram's words.
        reason: String,
    },
    /// To an admin, in private.
    Admin(AdminNotification),
}

/// Whose updates wait, and since when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UpdatesOf {
    /// `None` when they are nobody's, such as news of a group.
    pub person: Option<PersonId>,
    pub since: DateTime<Utc>,
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
    /// The bot does not act in the staff chat, since anyone can read it.
    StaffChatOpen(Openness),
    /// It acts there again, since it is its members' alone.
    StaffChatPrivate,
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
    const SCHEMA: u32 = 2;

    fn upcast(_: u32, value: Value) -> Result<Value, Unreadable> {
        // Release 0.1.0 had a notification of its own for each action.
        let Value::Object(fields) = value else { return Ok(value) };
        let acted = |fields: &Value, action: Value| json!({ "order_acted": { "number": fields["number"], "by": fields["by"], "action": action } });
        Ok(match fields.iter().next().map(|(name, fields)| (name.as_str(), fields)) {
            Some(("order_invoiced", of)) => acted(of, json!({ "invoiced": of["invoice"] })),
            Some(("order_completed", number)) => acted(&json!({ "number": number }), json!("completed")),
            Some(("order_cancelled", of)) => acted(of, json!({ "cancelled": of["reason"] })),
            Some(("staff_answered", of)) => acted(of, json!({ "answered": of["words"] })),
            Some(("customer_asked", of)) => acted(of, json!({ "asked": [of["request"], of["words"]] })),
            _ => Value::Object(fields),
        })
    }
}
