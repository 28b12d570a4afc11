//! What the steps of staff and of admins have in common: a stored dialogue, what a step decides, what it asks of the shop.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::admin::{AdminBanner, AdminRequest, AdminState, WithdrawalState};
use super::staff::{StaffBanner, StaffRequest, StaffState};
use crate::domain::{
    ActionKind, Catalogue, ChatId, MessageId, Order, OrderNumber, PersonId, ProposalId, Role, TransitionError,
    Vocabulary,
};

/// The state of a dialogue with one of the vendor's people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VendorDialogue {
    /// What the screen shows and what it waits for.
    pub state: VendorState,
    /// One sentence on top of the screen, until the next step.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub banner: Option<VendorBanner>,
    /// The last message that was taken for an answer: nobody would hear that an edit of it is in vain.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<MessageId>,
    /// Which message shows it.
    #[serde(default, skip_serializing_if = "Shown::is_own")]
    pub shown: Shown,
}

/// Which message shows a dialogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shown {
    /// Its own screen.
    #[default]
    Own,
    /// The alert of the order that it is about.
    Alert,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VendorState {
    /// At what all of the staff do.
    Staff(StaffState),
    /// At what only admins do.
    Admin(AdminState),
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VendorBanner {
    /// Something that all of the staff may be told.
    Staff(StaffBanner),
    /// Something that only admins are told.
    Admin(AdminBanner),
}

/// What a step may look at beside the state and the input.
#[derive(Debug, Clone, Copy)]
pub struct VendorContext<'a> {
    pub person: PersonId,
    /// In which capacity.
    pub role: Role,
    /// The day in the shop's time zone.
    pub today: NaiveDate,
    /// The price list at this moment.
    pub catalogue: &'a Catalogue,
    /// What people call currencies and days.
    pub words: &'a Vocabulary,
    /// Where it happens.
    pub chat: ChatId,
    pub receipts: Receipts,
}

/// How one of the staff sees that their words are on their way to the customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Receipts {
    /// The bot reacts to them, which costs the chat no message.
    Reaction,
    /// The chat lets nobody react: the bot says so.
    Words,
}

/// What a reaction of the bot says of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reaction {
    /// It is on its way to the customer.
    Sent,
    /// It is on its way as it reads now.
    Corrected,
}

impl VendorContext<'_> {
    /// Whether nobody else reads along, so that a screen burdens nobody.
    pub fn is_alone(&self) -> bool {
        self.chat == self.person.private_chat()
    }
}

/// What comes of an input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VendorStep {
    /// The dialogue from now on.
    pub next: Next,
    /// What to do in the same transaction.
    pub request: Option<VendorRequest>,
    /// What the pressed button answers.
    pub toast: Option<StaffToast>,
    /// How the bot reacts to the message once the request is done.
    pub reaction: Option<Reaction>,
}

/// Where a step leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Next {
    /// Everything stays as it was, and nothing is drawn.
    Unchanged,
    /// The state stays, whatever it is, and is drawn anew.
    Stay(Option<VendorBanner>),
    To(VendorState, Option<VendorBanner>),
}

/// Something that the shop is asked to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VendorRequest {
    Staff(StaffRequest),
    Admin(AdminRequest),
}

/// What became of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VendorOutcome {
    /// It was done, as the step foresaw.
    Done,
    /// It was done to the order.
    Performed,
    /// The order was left as it is.
    Refused(Box<Order>, TransitionError),
    /// The file is fetched after another one of the same person.
    AfterAnotherFile,
    /// The proposed price list was applied before another one came into force.
    CatalogueApplied,
    /// The price list changed since the difference was shown.
    CatalogueOvertaken,
    /// The proposed price list is gone.
    ProposalGone,
    /// There is a proposal to look at.
    Proposed(ProposalId),
    /// One price or quantity cannot be changed so.
    NotRevised(AdminBanner),
    /// There are as many appointed admins as there may be.
    TooManyAdmins,
    /// Somebody was erased; so many orders stay without them.
    Erased { orders: u64 },
    /// Nobody was erased.
    NotErased(AdminBanner),
}

/// A short answer to a press.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StaffToast {
    /// This was done to the order.
    Done(OrderNumber, ActionKind),
    /// Files that were asked for follow.
    FilesFollow,
    /// Why nothing was done.
    Refused(StaffBanner),
    /// The button belongs to a prompt that is not open.
    Outdated,
    /// How to answer with another sum, with such a day for an example.
    HowToInvoice(NaiveDate),
    /// How to answer with serial numbers.
    HowToComplete,
    /// The order's alert comes once more, below.
    Below(OrderNumber),
    /// What somebody else was asked on the alert is dropped.
    Released,
}

impl VendorDialogue {
    /// A dialogue that begins.
    pub fn new() -> VendorDialogue {
        VendorDialogue { state: StaffState::Idle.into(), banner: None, answer: None, shown: Shown::Own }
    }
}

impl Default for VendorDialogue {
    fn default() -> VendorDialogue {
        VendorDialogue::new()
    }
}

impl Shown {
    fn is_own(&self) -> bool {
        *self == Shown::Own
    }
}

impl VendorState {
    /// The order that it is about.
    pub fn order(&self) -> Option<OrderNumber> {
        match self {
            VendorState::Staff(state) => state.order(),
            VendorState::Admin(_) => None,
        }
    }

    /// Whether a text is expected, so that one in private is meant for the vendor's business.
    pub fn waits(&self) -> bool {
        match self {
            VendorState::Staff(state) => state.prompt().is_some(),
            VendorState::Admin(_) => true,
        }
    }

    /// Whether it only waits for a file that was sent to be read.
    pub fn reads_file(&self) -> bool {
        match self {
            VendorState::Staff(state) => state.reads_file(),
            VendorState::Admin(state) => {
                matches!(state, AdminState::ImportingSerials { .. } | AdminState::CheckingCatalogue)
                    || matches!(state, AdminState::Withdrawing(state) if state.reads_file())
            }
        }
    }
}

impl VendorBanner {
    /// Whether saying it again, with nothing else between, would only fill the chat.
    pub fn is_said_once(&self) -> bool {
        matches!(self, VendorBanner::Staff(banner) if banner.is_said_once())
    }

    /// Whether an order's alert shows by itself what it says.
    pub fn is_on_alert(&self) -> bool {
        matches!(self, VendorBanner::Staff(StaffBanner::Done(_, kind)) if kind.leads_to().is_some())
    }
}

impl From<StaffState> for VendorState {
    fn from(state: StaffState) -> VendorState {
        VendorState::Staff(state)
    }
}

impl From<WithdrawalState> for VendorState {
    fn from(state: WithdrawalState) -> VendorState {
        VendorState::Admin(AdminState::Withdrawing(state))
    }
}

impl From<AdminState> for VendorState {
    fn from(state: AdminState) -> VendorState {
        VendorState::Admin(state)
    }
}

impl From<StaffBanner> for VendorBanner {
    fn from(banner: StaffBanner) -> VendorBanner {
        VendorBanner::Staff(banner)
    }
}

impl From<AdminBanner> for VendorBanner {
    fn from(banner: AdminBanner) -> VendorBanner {
        VendorBanner::Admin(banner)
    }
}

impl From<StaffRequest> for VendorRequest {
    fn from(request: StaffRequest) -> VendorRequest {
        VendorRequest::Staff(request)
    }
}

impl From<AdminRequest> for VendorRequest {
    fn from(request: AdminRequest) -> VendorRequest {
        VendorRequest::Admin(request)
    }
}

impl VendorStep {
    pub(super) fn nothing() -> VendorStep {
        VendorStep { next: Next::Unchanged, request: None, toast: None, reaction: None }
    }

    pub(super) fn answer(toast: StaffToast) -> VendorStep {
        VendorStep { toast: Some(toast), ..VendorStep::nothing() }
    }

    pub(super) fn to(state: impl Into<VendorState>) -> VendorStep {
        VendorStep { next: Next::To(state.into(), None), ..VendorStep::nothing() }
    }

    pub(super) fn say(state: impl Into<VendorState>, banner: impl Into<VendorBanner>) -> VendorStep {
        VendorStep { next: Next::To(state.into(), Some(banner.into())), ..VendorStep::nothing() }
    }

    /// Says something where the dialogue stands.
    pub(super) fn remark(banner: impl Into<VendorBanner>) -> VendorStep {
        VendorStep { next: Next::Stay(Some(banner.into())), ..VendorStep::nothing() }
    }

    pub(super) fn asking(self, request: VendorRequest) -> VendorStep {
        VendorStep { request: Some(request), ..self }
    }

    /// The same step with another sentence.
    pub(super) fn saying(self, banner: impl Into<VendorBanner>) -> VendorStep {
        let banner = Some(banner.into());
        let next = match self.next {
            Next::Unchanged | Next::Stay(_) => Next::Stay(banner),
            Next::To(state, _) => Next::To(state, banner),
        };
        VendorStep { next, ..self }
    }
}
