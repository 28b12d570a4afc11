//! The sentences that answer one of the staff.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::domain::{
    ActionKind, Currency, FileFault, ListRefusal, Order, OrderEvent, OrderNumber, Refusal, Remarks, SerialRefusal,
    Shortage, Sku, Status, TransitionError,
};

/// One sentence for a staff member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StaffBanner {
    /// This was done to the order.
    Done(OrderNumber, ActionKind),
    /// It was completed from a file, of which there is something to say.
    CompletedFromFile(OrderNumber, Remarks),
    /// There is no order with this number.
    NoSuchOrder(OrderNumber),
    /// A command came without an order's number.
    OrderNumberExpected,
    /// What was typed or sent is no amount.
    AmountExpected,
    /// The sum was understood, and what follows it is no day.
    DayExpected,
    /// The day until which is to be paid has passed.
    DueInThePast,
    /// The order's invoice says so already.
    InvoicedSo(OrderNumber),
    /// The invoice is another kind of file.
    PdfExpected,
    /// The invoice cannot be had from Telegram, so nobody knows what it is.
    PdfNotFetched(FileRefusal),
    /// What was typed or sent is no reason, or a long one.
    ReasonExpected,
    /// What was typed or sent is no file of serial numbers.
    FileExpected,
    /// The answer to a customer is no text, photo or file. Release 0.1.0 refused long ones as well.
    #[serde(alias = "answer_too_long")]
    AnswerExpected,
    /// The stock is short of these.
    Short(Vec<Shortage>),
    /// The file does not give what the order needs.
    FileRefused(FileRefusal),
    /// As much as is kept is offered to be sent already, and this is not kept.
    TooManyOffered,
    /// What was answered asks nothing, and the customer hears nothing of it.
    NotAsked,
    /// What may hold serial numbers is offered to be sent, and delivers none.
    PerhapsSerials,
    /// What look like serial numbers were typed where words are kept.
    SerialsTyped,
    /// A serial number of the shop stands among words that would be kept.
    SerialNamed,
    /// Somebody else was asked.
    NotYours,
    /// What was answered is a former question.
    AskedAnew,
    /// What was asked for came, but not as an answer.
    NoAnswer,
    /// What was passed on is somebody else's.
    SecondHand,
    /// Several files came at once where one is wanted.
    OneFileExpected,
    /// An answer was changed after it was sent.
    EditIgnored,
    /// The sum stands beside a currency's name; it is always in this one.
    CurrencyNamed(Currency),
    Overtaken(Overtaken),
    /// Not in the order's present status.
    NotNow(OrderNumber, Status),
    /// A placed order that costs something is to be invoiced first.
    InvoiceFirst(OrderNumber),
    /// A file of theirs is being read, and what came of it will be told.
    FileInWork,
    /// Another file of theirs is being read; this one comes after it.
    FileAfterAnother,
    /// Somebody is asked on the alert what would do this.
    Held {
        by: String,
        kind: ActionKind,
    },
}

/// Why a file of serial numbers is refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileRefusal {
    /// It cannot be had from Telegram.
    NotThere,
    /// The Bot API server keeps it where the bot cannot read it.
    OutOfReach,
    /// It is larger than what bots can fetch.
    TooLarge,
    /// Work on it broke off as often as it may be tried.
    GivenUp,
    /// It is packed like a workbook, and is none.
    NotAWorkbook,
    /// It is a workbook of Excel's former form, or locked by a password.
    FormerWorkbook,
    WorkbookTooLarge,
    /// These sheets of the workbook have something in them.
    SeveralSheets(Vec<String>),
    /// What stands in it.
    Fault(FileFault),
    /// Products without enough serial numbers in it, or with too many: needed, found.
    Counts(Vec<Shortage>),
    /// The same, of a file of which there is something to say.
    CountsBeside(Vec<Shortage>, Remarks),
    /// It has serial numbers of a product that the order has not.
    OtherProduct(Sku),
    /// The order has several products and the file does not say which serial number is whose.
    SkusExpected,
    /// So many serial numbers of this product were given before.
    Given(Sku, u64),
    /// So many serial numbers of this product are being given to this order.
    HeldFor(OrderNumber, Sku, u64),
    /// Serial numbers of this product came into the stock, or were given from it, while the file was worked on.
    Moved(Sku),
    /// So many serial numbers of this product are known in another spelling.
    Respelled(Sku, u64),
    /// So many serial numbers of this product were taken out of the stock.
    Withdrawn(Sku, u64),
    /// So many serial numbers of this product stand under another one.
    Foreign(Sku, u64),
}

/// Who was first, with what, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overtaken {
    pub order: OrderNumber,
    pub status: Status,
    /// Who it was; empty for the shop itself.
    pub by: String,
    pub at: DateTime<Utc>,
    pub how: How,
}

/// What somebody was first with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// They took the order in hand.
    Took,
    /// They changed its status.
    Changed,
    /// They answered the customer.
    Answered,
    /// They saw that the customer needs no answer.
    Settled,
}

impl StaffBanner {
    /// Whether saying it again, with nothing else between, would only fill the chat.
    pub fn is_said_once(&self) -> bool {
        matches!(self, StaffBanner::NotAsked | StaffBanner::NotYours | StaffBanner::EditIgnored)
    }

    /// An order was completed with the serial numbers of a file.
    pub fn completed_from_file(order: OrderNumber, remarks: Remarks) -> StaffBanner {
        match remarks == Remarks::default() {
            true => StaffBanner::Done(order, ActionKind::Complete),
            false => StaffBanner::CompletedFromFile(order, remarks),
        }
    }

    /// Why something cannot be done to an order.
    pub fn refused(order: &Order, error: TransitionError) -> StaffBanner {
        let number = order.summary.number;
        match error {
            TransitionError::Overtaken(event) => StaffBanner::Overtaken(Overtaken::by(number, &event)),
            TransitionError::Refused(Refusal::NotFree) => StaffBanner::InvoiceFirst(number),
            // A limit is a customer's.
            TransitionError::Refused(_) | TransitionError::OverLimit(_) => {
                StaffBanner::NotNow(number, order.summary.status)
            }
            TransitionError::OutOfStock(short) => StaffBanner::Short(short),
            TransitionError::SerialsRefused { sku, why } => StaffBanner::FileRefused(FileRefusal::of_serials(sku, why)),
        }
    }
}

impl FileRefusal {
    /// Why serial numbers of a product are not taken.
    pub fn of_serials(sku: Sku, why: SerialRefusal) -> FileRefusal {
        match why {
            SerialRefusal::AlreadyIssued { count } => FileRefusal::Given(sku, count),
            SerialRefusal::HeldFor { other, count } => FileRefusal::HeldFor(other, sku, count),
            SerialRefusal::Moved => FileRefusal::Moved(sku),
            SerialRefusal::Respelled { count } => FileRefusal::Respelled(sku, count),
            SerialRefusal::Withdrawn { count } => FileRefusal::Withdrawn(sku, count),
            SerialRefusal::OtherProduct { count } => FileRefusal::Foreign(sku, count),
        }
    }
}

impl From<ListRefusal> for FileRefusal {
    fn from(refusal: ListRefusal) -> FileRefusal {
        match refusal {
            ListRefusal::Fault(fault) => FileRefusal::Fault(fault),
            ListRefusal::Counts(lines, remarks) if remarks == Remarks::default() => FileRefusal::Counts(lines),
            ListRefusal::Counts(lines, remarks) => FileRefusal::CountsBeside(lines, remarks),
            ListRefusal::OtherProduct(sku) => FileRefusal::OtherProduct(sku),
            ListRefusal::SkusExpected => FileRefusal::SkusExpected,
        }
    }
}

impl Overtaken {
    /// As an event of the audit trail tells it.
    pub fn by(order: OrderNumber, event: &OrderEvent) -> Overtaken {
        let how = match event.action.kind() {
            ActionKind::Take => How::Took,
            ActionKind::Answer => How::Answered,
            ActionKind::Settle => How::Settled,
            _ => How::Changed,
        };
        let by = event.actor.name().unwrap_or_default().to_owned();
        Overtaken { order, status: event.to, by, at: event.at, how }
    }
}
