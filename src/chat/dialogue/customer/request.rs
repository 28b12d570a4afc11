//! What a customer's step decides, what it asks of the shop, and what the shop answers.

use chrono::{DateTime, Utc};

use super::serials_state::LookUp;
use super::state::Dialogue;
use crate::chat::dialogue::input::Picked;
use crate::domain::{
    Billing, Catalogue, ChatId, Draft, DraftId, InvitationToken, Invited, Language, LimitReached, MessageBody,
    OrderNumber, OrderWords, PersonId, Request, SerialsChoice, SerialsFormat,
};

/// What a step may look at beside the dialogue and the input.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The price list at this moment.
    pub catalogue: &'a Catalogue,
    /// What people write beside quantities.
    pub words: &'a OrderWords,
    /// The id of a draft that begins now.
    pub fresh_draft: DraftId,
    /// The person's chat with the bot.
    pub chat: ChatId,
    pub now: DateTime<Utc>,
}

/// What comes of an input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The dialogue from now on; [`super::step::resume`] has the last word when there is a request.
    pub dialogue: Dialogue,
    /// What to do in the same transaction.
    pub request: Option<CustomerRequest>,
    /// What the pressed button answers, beside the screen.
    pub toast: Option<Toast>,
}

/// Something that the shop is asked to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CustomerRequest {
    /// The draft becomes an order.
    PlaceOrder(Draft),
    /// Staff are turned to about an order, in one message or several.
    AskStaff(OrderNumber, Request, Vec<MessageBody>),
    /// The invoice document of an order is sent again.
    SendInvoice(OrderNumber),
    /// These files of an order are sent again, by the places of their rows in its audit trail.
    SendFiles(OrderNumber, Vec<usize>),
    /// The serial numbers of an order are sent again.
    SendSerials(OrderNumber),
    /// Every serial number that the customer was given is sent as one file.
    SendAllSerials,
    /// Some of them are sent as a file.
    SendChosenSerials(SerialsChoice, SerialsFormat),
    /// It is answered what serial numbers are.
    LookUp(LookUp),
    /// The person chose a language; `None` follows their Telegram.
    Speak(Option<Language>),
    /// Something about the account.
    Account(AccountRequest),
}

impl CustomerRequest {
    /// Whether it takes looking through all serial numbers of the account.
    pub fn is_for_serials(&self) -> bool {
        matches!(
            self,
            CustomerRequest::SendAllSerials | CustomerRequest::SendChosenSerials(..) | CustomerRequest::LookUp(_)
        )
    }
}

/// Something that is to be done to the account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AccountRequest {
    Invite,
    /// Opens an invitation for somebody whom the person picked.
    InvitePicked(Picked),
    /// The contacts are offered to pick somebody from.
    OfferContacts,
    /// They are offered no more.
    WithdrawContacts,
    Withdraw(InvitationToken),
    /// Takes a member out.
    Remove(PersonId),
    /// Leaves the account of a colleague.
    Leave,
    /// Joins the account that this invitation leads to.
    Join(InvitationToken),
    KeepBilling(Billing),
}

/// What became of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CustomerOutcome {
    /// It was done, as the step foresaw.
    Done,
    /// The order exists from now on.
    Placed(OrderNumber),
    /// The draft was sent before, as this order.
    AlreadyPlaced(OrderNumber),
    /// The draft cannot become an order as it is.
    NotReady,
    /// The account has reached a limit, and nothing was done; of words to staff, nothing from the one of this index on.
    OverLimit { sent: usize, reached: LimitReached },
    /// Of the words to staff the first so many were sent, and the others are not taken now.
    SentInPart(usize),
    /// There are as many open invitations as there may be.
    TooManyInvitations,
    /// The account has as many members as there may be.
    AccountFull,
    /// What the account was asked for does not apply to it any more.
    NothingToDo,
    /// The invitation leads nowhere for this person.
    NotJoined(Invited),
}

/// A short answer to a press.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Toast {
    /// The button belongs to a screen that is not current.
    Outdated,
    /// The draft of this button is an order already.
    AlreadySent(OrderNumber),
}

impl Step {
    pub(super) fn to(dialogue: Dialogue) -> Step {
        Step { dialogue, request: None, toast: None }
    }

    pub(super) fn asking(dialogue: Dialogue, request: CustomerRequest) -> Step {
        Step { dialogue, request: Some(request), toast: None }
    }

    pub(super) fn answer(dialogue: Dialogue, toast: Toast) -> Step {
        Step { dialogue, request: None, toast: Some(toast) }
    }

    pub(super) fn outdated(dialogue: Dialogue) -> Step {
        Step::answer(dialogue, Toast::Outdated)
    }
}
