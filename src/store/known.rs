//! What a transaction knows already, so that it need not ask again, and what it passes on to the redraw.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{DateTime, Utc};

use crate::domain::{AccountId, ChatId, DraftId, Order, OrderNumber, PersonId};
use crate::store::accounts::customer::Customer;
use crate::store::dialogues::stored::StoredDraft;

/// What was read and cannot have changed since.
#[derive(Debug, Clone, Default)]
pub(in crate::store) struct Facts {
    pub(in crate::store) people: BTreeMap<PersonId, Option<Arc<Customer>>>,
    pub(in crate::store) price_list: Option<Option<i64>>,
    /// Whether customers are held off.
    pub(in crate::store) is_maintained: Option<bool>,
    /// Where chats are that were asked for.
    pub(in crate::store) moved: BTreeMap<ChatId, ChatId>,
    /// The last order that each person placed in this transaction, as long as nothing else was done to it.
    pub(in crate::store) placed: BTreeMap<PersonId, Order>,
    /// A draft that became no order until now.
    pub(in crate::store) unsent: Option<DraftId>,
    /// What accounts have taken up of their limits that are about to send a draft, as long as nothing is done to any order but
    /// theirs to place.
    pub(in crate::store) taken_up: BTreeMap<(AccountId, DraftId), TakenUp>,
    /// Accounts that nobody else counts what they take up of before this transaction ends.
    pub(in crate::store) locked: BTreeSet<AccountId>,
    /// Only in a transaction that reads or recalls.
    pub(in crate::store) orders: BTreeMap<OrderNumber, Order>,
}

/// What an account has taken up that is about to send a draft.
#[derive(Debug, Clone, Copy)]
pub(in crate::store) struct TakenUp {
    /// Its open orders, counted up to as many as it may have.
    pub(in crate::store) open: u64,
    /// When it placed the first of its last ones.
    pub(in crate::store) first: Option<DateTime<Utc>>,
    /// Whether the draft became an order.
    pub(in crate::store) is_sent: bool,
}

/// What the transaction knew of a dialogue's person that left it to be drawn.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Known {
    pub(in crate::store) customer: Option<Option<Arc<Customer>>>,
    pub(in crate::store) draft: Option<Option<Arc<StoredDraft>>>,
    pub(in crate::store) price_list: Option<Option<i64>>,
    /// The order that they placed.
    pub(in crate::store) order: Option<Order>,
}
