//! What a customer's dialogue waits for.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::banner::Banner;
use super::serials_state::SerialsState;
use crate::domain::billing::{BillingDetail, CompanyName, Inn, TaxNumber};
use crate::domain::{
    Billing, Draft, InvitationToken, MessageBody, OrderNumber, PersonId, Request, Sku, Status, TypedLine,
};

/// The state of a customer's dialogue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dialogue {
    /// What the screen shows and what it waits for.
    pub state: State,
    /// The open draft, which is stored by itself: it outlives every state.
    #[serde(skip)]
    pub draft: Option<Draft>,
    /// One sentence on top of the screen, until the next step.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub banner: Option<Banner>,
    /// The album that began to go to staff.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub album: Option<OpenAlbum>,
    /// What just went to staff, as long as the customer does not turn to something else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub conversation: Option<OpenConversation>,
    /// Words that went to nobody, until the customer sends them or turns to something else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unsent: Option<Unsent>,
    /// The question for billing details that was left with answers before it, until they are kept or dropped.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub half_billing: Option<BillingState>,
}

/// Words that went to staff: what is written soon after them belongs to them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenConversation {
    pub order: OrderNumber,
    /// When the last of them was sent.
    pub last: DateTime<Utc>,
}

/// Words that nothing waited for, and the orders that they may be about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unsent {
    /// The likeliest.
    pub order: OrderNumber,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub or: Vec<OrderNumber>,
    pub words: Vec<MessageBody>,
}

impl Unsent {
    /// Messages that are kept at most: a state is read and written whole with each step.
    pub const MOST: usize = 10;

    /// Orders that are offered at most: older ones have their cards.
    pub const MOST_ORDERS: u32 = 6;

    /// The orders that the words may be about.
    pub fn orders(&self) -> impl Iterator<Item = OrderNumber> {
        std::iter::once(self.order).chain(self.or.iter().copied())
    }
}

/// An album whose first part was words to staff: the parts that follow belong to them, wherever the dialogue stands then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenAlbum {
    /// `media_group_id` (<https://core.telegram.org/bots/api#message>).
    pub id: String,
    /// The order that it is about.
    pub order: OrderNumber,
}

/// Where a dialogue stands, named by what it waits for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// A choice on the start screen.
    Home,
    /// Whether to go on with the open draft or to begin afresh.
    OfferToResume,
    /// Whether what was typed joins the open draft or takes its place.
    OfferToAdd(Vec<TypedLine>),
    /// A product of the order form.
    ChoosingProduct {
        /// The open group, if the form is split into groups.
        group: Option<Sku>,
        /// Counted from 0.
        page: u32,
    },
    /// A quantity of this product.
    WaitingForQuantity(Sku),
    /// The text of the note.
    WaitingForNote,
    /// «Send order» on the summary.
    Confirming,
    /// A choice in the order list.
    ReadingOrders {
        /// Only orders of this status.
        filter: Option<Status>,
        /// Counted from 0.
        page: u32,
    },
    /// A choice on an order's card.
    ReadingOrder(OrderNumber),
    /// A message to staff about an order.
    Asking(OrderNumber, Request),
    /// A choice beside the serial numbers that were given.
    ReadingSerials,
    /// A choice among them.
    Serials(SerialsState),
    /// A choice in the price list.
    ReadingPrices {
        /// Counted from 0.
        page: u32,
    },
    /// A choice in the list of the products.
    ReadingProducts {
        /// The open group, if the list is split into groups.
        group: Option<Sku>,
        /// Counted from 0.
        page: u32,
    },
    ReadingHelp,
    /// Nothing: what is stored, and how to have it erased.
    ReadingPrivacy,
    /// A language, or another choice of the settings.
    ChoosingLanguage,
    /// Something about the account.
    Account(AccountState),
    /// Something about its billing details.
    Billing(BillingState),
}

/// Where a dialogue about the account stands, named by what it waits for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountState {
    /// A choice among the account's people and invitations.
    ReadingMembers,
    /// Somebody from the contacts, to be invited.
    PickingColleague,
    /// Whether to take this member out.
    ConfirmingRemoval(PersonId),
    /// Whether to leave the account.
    ConfirmingLeave,
    /// Whether to join by this invitation.
    Joining(InvitationToken),
}

/// Where the questions lead back to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AfterBilling {
    /// The details themselves, in the settings.
    Details,
    /// The summary of the order that waits for them.
    Summary,
}

/// What the dialogue waits for, with the answers that it has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BillingState {
    /// A choice below the details.
    Reading,
    #[serde(rename = "waiting_for_firm")]
    WaitingForCompany(AfterBilling),
    /// A Russian tax number.
    WaitingForInn(AfterBilling, CompanyName),
    /// A tax number of another country.
    WaitingForForeignNumber(AfterBilling, CompanyName),
    /// The KPP of an organisation.
    WaitingForKpp(AfterBilling, CompanyName, Inn),
    WaitingForEmail(AfterBilling, CompanyName, TaxNumber),
    /// Whether it is all right.
    Confirming(AfterBilling, Billing),
    /// One detail in place of the one that stands.
    Changing(BillingDetail),
    /// The KPP of this INN, which then takes the place of a tax number that has none.
    CompletingInn(Inn),
}

impl Dialogue {
    /// A dialogue that begins.
    pub fn new() -> Dialogue {
        Dialogue {
            state: State::Home,
            draft: None,
            banner: None,
            album: None,
            conversation: None,
            unsent: None,
            half_billing: None,
        }
    }

    /// The dialogue after its draft became this order.
    pub fn sent(number: OrderNumber) -> Dialogue {
        Dialogue { state: State::ReadingOrder(number), banner: Some(Banner::OrderSent), ..Dialogue::new() }
    }

    /// The dialogue of somebody who turns to something else.
    pub(super) fn going_elsewhere(self) -> Dialogue {
        Dialogue { conversation: None, unsent: None, ..self }
    }

    pub(super) fn at(self, state: State) -> Dialogue {
        Dialogue { state, ..self }
    }

    pub(super) fn saying(self, banner: Banner) -> Dialogue {
        Dialogue { banner: Some(banner), ..self }
    }

    pub(super) fn at_form(self) -> Dialogue {
        self.at(State::ChoosingProduct { group: None, page: 0 })
    }

    /// The dialogue that has left this state, with what was answered there of the billing details.
    pub(super) fn having_left(self, former: &State) -> Dialogue {
        match former {
            State::Billing(state) if state.has_answers() && !self.state.asks_for_billing() => {
                Dialogue { half_billing: Some(state.clone()), ..self }
            }
            _ => self,
        }
    }

    pub(super) fn at_billing(self, state: BillingState) -> Dialogue {
        self.at(State::Billing(state))
    }
}

impl BillingState {
    /// Whether some of the details are given and not kept yet.
    fn has_answers(&self) -> bool {
        match self {
            BillingState::WaitingForInn(..)
            | BillingState::WaitingForForeignNumber(..)
            | BillingState::WaitingForKpp(..)
            | BillingState::WaitingForEmail(..)
            | BillingState::Confirming(..)
            | BillingState::CompletingInn(_) => true,
            BillingState::Reading | BillingState::WaitingForCompany(_) | BillingState::Changing(_) => false,
        }
    }

    /// Where it leads once all are answered; `None` where one is changed.
    pub(super) fn after(&self) -> Option<AfterBilling> {
        match self {
            BillingState::WaitingForCompany(then)
            | BillingState::WaitingForInn(then, _)
            | BillingState::WaitingForForeignNumber(then, _)
            | BillingState::WaitingForKpp(then, ..)
            | BillingState::WaitingForEmail(then, ..)
            | BillingState::Confirming(then, _) => Some(*then),
            BillingState::Reading | BillingState::Changing(_) | BillingState::CompletingInn(_) => None,
        }
    }

    /// The same question, which leads elsewhere once all are answered.
    pub(super) fn leading_to(self, then: AfterBilling) -> BillingState {
        match self {
            BillingState::WaitingForCompany(_) => BillingState::WaitingForCompany(then),
            BillingState::WaitingForInn(_, company) => BillingState::WaitingForInn(then, company),
            BillingState::WaitingForForeignNumber(_, company) => BillingState::WaitingForForeignNumber(then, company),
            BillingState::WaitingForKpp(_, company, inn) => BillingState::WaitingForKpp(then, company, inn),
            BillingState::WaitingForEmail(_, company, tax) => BillingState::WaitingForEmail(then, company, tax),
            BillingState::Confirming(_, billing) => BillingState::Confirming(then, billing),
            state @ (BillingState::Reading | BillingState::Changing(_) | BillingState::CompletingInn(_)) => state,
        }
    }
}

impl State {
    /// Whether a text is expected, which is then no words to staff.
    pub fn waits_for_text(&self) -> bool {
        match self {
            State::WaitingForQuantity(_)
            | State::WaitingForNote
            | State::Asking(..)
            | State::Serials(SerialsState::WaitingForPeriod)
            | State::Account(AccountState::PickingColleague) => true,
            State::Billing(state) => !matches!(state, BillingState::Reading | BillingState::Confirming(..)),
            _ => false,
        }
    }

    /// Whether serial numbers that are sent here are looked up; a period that is typed may look like one.
    pub(super) fn looks_serials_up(&self) -> bool {
        match self {
            State::ReadingSerials => true,
            State::Serials(state) => *state != SerialsState::WaitingForPeriod,
            _ => false,
        }
    }

    fn asks_for_billing(&self) -> bool {
        matches!(self, State::Billing(state) if state.after().is_some())
    }

    /// The order that it shows.
    pub fn order(&self) -> Option<OrderNumber> {
        match self {
            State::ReadingOrder(number) | State::Asking(number, _) => Some(*number),
            _ => None,
        }
    }
}

impl Default for Dialogue {
    fn default() -> Dialogue {
        Dialogue::new()
    }
}
