//! An input on its way to a step: first it names what it is about, then it has it.

use crate::domain::{
    ActionKind, Billing, DraftId, InvitationToken, Invited, MessageBody, Order, OrderNumber, PersonId, Status, Target,
};

use super::whom::Whom;

/// What stands in an input for the things that it is about. A machine's `needs` gives the input with their names, whoever
/// serves it loads them, and its `step` takes the input with the things themselves: an action without its data cannot be
/// written.
pub trait Stage {
    /// An order that the person may see.
    type Order;
    /// Who is asked something on the order's alert.
    type Holders;
    /// What somebody's words hold.
    type Spoken;
    /// The words that a press sends to a customer, or what each of them holds by now.
    type Sending;
    /// The order that a former draft became.
    type SentAs;
    /// The orders that words without an address may be about, the likeliest first.
    type LikelyOrders;
    /// What an invitation is worth.
    type Invited;
    /// The billing details of the person's account.
    type Billing;
    /// Whether an order has to wait for billing details.
    type BillingNeed;
    /// Whether the person's account was ever given a serial number.
    type Issued;
    /// Somebody whom an admin names.
    type Target;
    /// A status by the word that somebody typed for it.
    type Status;
}

/// It names them only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Loaded {}

impl Stage for Asked {
    type Order = OrderNumber;
    type Holders = ();
    type Spoken = ();
    type Sending = Vec<MessageBody>;
    type SentAs = DraftId;
    /// The one that the person looks at.
    type LikelyOrders = Option<OrderNumber>;
    type Invited = InvitationToken;
    type Billing = ();
    type BillingNeed = ();
    type Issued = ();
    type Target = Whom;
    type Status = String;
}

impl Stage for Loaded {
    /// The number alone when there is no such order, or it is somebody else's.
    type Order = Result<Order, OrderNumber>;
    type Holders = Vec<Holder>;
    type Spoken = Spoken;
    type Sending = Vec<Spoken>;
    type SentAs = Option<OrderNumber>;
    type LikelyOrders = Vec<OrderNumber>;
    type Invited = (InvitationToken, Invited);
    type Billing = Option<Billing>;
    type BillingNeed = BillingNeed;
    type Issued = Issued;
    type Target = Option<Target>;
    type Status = Option<Status>;
}

/// Somebody whom the alert of an order asks something, which no other is asked meanwhile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    pub person: PersonId,
    pub name: String,
    /// What their answer does to the order.
    pub kind: ActionKind,
}

/// What somebody's words hold that may stand in no stored state and in no message to the staff.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spoken {
    /// Words alone.
    Words,
    /// Nothing but what look like serial numbers.
    Serials,
    /// Among the words, a serial number that the shop knows.
    NamesSerial,
}

/// Whether an account was ever given a serial number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Issued {
    Nothing,
    Some,
}

/// Whether an order has to wait for billing details.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BillingNeed {
    /// They are there, or the shop does without.
    None,
    First,
}
