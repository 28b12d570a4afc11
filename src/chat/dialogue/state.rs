//! What the dialogue waits for, and how that is stored.

use serde::{Deserialize, Serialize};

use super::account::{AccountBanner, AccountState};
use super::billing::BillingState;
use super::staff::StaffState;
use super::staff_notice::StaffBanner;
use crate::domain::{BillingFault, Draft, MessageId, OrderNumber, Request, Sku, Status, Stored};

/// The state of one person's dialogue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dialogue {
    /// What the screen shows and what it waits for.
    pub place: State,
    /// The open draft; it outlives every place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub draft: Option<Draft>,
    /// One sentence on top of the screen, until the next step.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notice: Option<Banner>,
    /// The album that began to go to staff.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub album: Option<OpenAlbum>,
    /// The last message that was taken for an answer in the staff chat: nobody would hear that an edit of it is in vain.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<MessageId>,
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
    /// MessageBody to staff about an order.
    Asking(OrderNumber, Request),
    /// A choice beside the serial numbers that were given.
    ReadingSerials,
    /// What one of the staff was asked for; customers never come here.
    Staff(StaffState),
    /// A choice in the price list.
    ReadingPrices {
        /// Counted from 0.
        page: u32,
    },
    /// Nothing: the help.
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

/// One sentence that a step has to say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Banner {
    /// What was typed is no quantity that this product is sold in.
    NotAQuantity,
    /// The draft has all the lines that fit.
    TooManyLines,
    /// The total would be out of bounds.
    TooExpensive,
    /// The product is not sold any more.
    ProductGone,
    /// Prices changed since the lines were chosen.
    PricesChanged,
    /// Products were renamed since the lines were chosen.
    NamesChanged,
    /// Some lines are not sold any more and were taken out.
    LinesGone,
    /// There is nothing to check out.
    NothingChosen,
    /// What was typed means nothing here; the buttons do.
    UseButtons,
    /// There is no such command.
    UnknownCommand,
    /// `/order` came without a number.
    OrderNumberExpected,
    /// The note is not text, or nothing of it remains.
    NoteExpected,
    /// The note is longer than [`Draft::MAX_NOTE`].
    NoteTooLong,
    /// The draft was left and waits.
    DraftKept,
    /// There was nothing to leave.
    NothingToCancel,
    /// The order was just sent.
    OrderSent,
    /// Lines of a repeated order were taken over; those not sold any more are missing.
    RepeatedInPart,
    /// Lines of a repeated order joined those of a draft that was open.
    RepeatedIntoDraft,
    /// The order to repeat does not exist for this person.
    NothingToRepeat,
    /// The words to staff are on their way.
    Asked(Request),
    /// What was sent is no text, photo or file.
    WordsExpected,
    /// The words to staff are longer than [`MessageBody::MAX_TEXT`](crate::domain::MessageBody::MAX_TEXT).
    WordsTooLong,
    /// Staff have not answered the last questions yet.
    TooManyQuestions,
    /// The order's status does not allow it any more.
    NotAnyMore,
    /// A file that was asked for follows.
    FileFollows,
    /// What one of the staff is told.
    Staff(StaffBanner),
    /// The language was changed.
    LanguageChosen,
    /// Something about the account.
    Account(AccountBanner),
    /// What was typed is no such billing detail.
    Billing(BillingFault),
    /// The stored dialogue could not be read; this is a fresh one.
    StartedAfresh,
}

impl Stored for Dialogue {
    const SCHEMA: u32 = 1;
}

impl Dialogue {
    /// A dialogue that begins.
    pub fn new() -> Dialogue {
        Dialogue { place: State::Home, draft: None, notice: None, album: None, answer: None }
    }
}

impl Default for Dialogue {
    fn default() -> Dialogue {
        Dialogue::new()
    }
}
