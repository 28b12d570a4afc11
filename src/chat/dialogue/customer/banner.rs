//! The sentences that answer a customer.

use serde::{Deserialize, Serialize};

use crate::domain::{BillingFault, LimitReached, OrderNumber, Request, TypedFault};

/// One sentence that a step has to say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Banner {
    /// What was typed or sent is no quantity.
    NotAQuantity,
    /// The product is not sold in this quantity, the largest number for all that are larger.
    QuantityNotSold(u32),
    /// The draft has all the lines that fit.
    TooManyLines,
    /// The total would be out of bounds.
    TooExpensive,
    /// What was typed as an order is none; nothing of it was taken.
    OrderNotUnderstood(TypedFault),
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
    /// What was passed on is somebody else's.
    SecondHand,
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
    /// Words about this order, in reply to something, are on their way to staff.
    WordsSent(OrderNumber),
    /// They go on with those that went before.
    WordsAdded(OrderNumber),
    /// They take the place of those that went before.
    WordsCorrected(OrderNumber),
    /// As much as is kept went to nobody already, and this is not kept.
    TooManyUnsent,
    /// A message was changed that was an answer to the bot.
    EditIgnored,
    /// What was sent is no text, photo or file. Release 0.1.0 refused long words as well.
    #[serde(alias = "words_too_long")]
    WordsExpected,
    /// Staff have not answered the last questions yet.
    TooManyQuestions,
    /// The account has reached a limit: the order was not sent, or the words were not passed on.
    OverLimit(LimitReached),
    /// The order's status does not allow it any more.
    NotAnyMore,
    /// A file that was asked for follows.
    FileFollows,
    /// What somebody wants to know follows in a message of its own.
    AnswerFollows,
    /// What was typed is no period.
    PeriodExpected,
    /// Files that were asked for follow.
    FilesFollow,
    /// The language was changed.
    LanguageChosen,
    /// Something about the account.
    Account(AccountBanner),
    /// What was typed is no such billing detail.
    Billing(BillingFault),
    /// The stored dialogue could not be read; this is a fresh one.
    StartedAfresh,
}

/// One sentence about the account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountBanner {
    Joined,
    /// The invitation was used, withdrawn or forged, or has expired.
    InvitationNotValid,
    /// The person's own account has members.
    HasMembers,
    /// The person is in a colleague's account already.
    IsMember,
    /// The invitation leads to where the person is, and is for a colleague.
    IsThere,
    /// An invitation was opened.
    Invited,
    /// One was opened for somebody who was picked.
    InvitedPicked,
    /// Too many invitations stand open.
    TooManyInvitations,
    /// The account has room for nobody else.
    AccountFull,
    /// An invitation was withdrawn.
    Withdrawn,
    /// A member was taken out.
    Removed,
    Left,
    /// The order waits for billing details.
    BillingNeeded,
    /// The billing details were kept.
    BillingKept,
    /// They were kept without the KPP, which a sole trader has none of.
    KppDropped,
    /// They were kept with a tax number of another country in place of the Russian ones.
    ForeignNumberKept,
    /// They were kept with an INN in place of a tax number of another country.
    InnKept,
    /// The new INN is an organisation's and waits for its KPP.
    KppNeeded,
    /// A KPP was typed, and somebody had changed the INN to one that has none.
    KppNotTaken,
}
