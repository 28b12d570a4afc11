//! What an admin asks the shop to do.

use super::withdrawal::Withdrawal;
use crate::domain::{KeptFile, Period, PersonId, ProposalId, Revision, Sku};

/// Something that an admin asks the shop to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AdminRequest {
    /// The serial numbers of a file come into the stock, once it is read.
    Import(Sku, KeptFile),
    /// The serial numbers of a file are compared with the stock, or, once so many are confirmed, taken out of it.
    Withdraw(Withdrawal),
    /// A price list is compared with the one that holds, once it is read.
    Compare(KeptFile),
    /// The price list that holds is sent as a file.
    SendCatalogue,
    /// It is sent as a workbook.
    SendPriceBook,
    /// One price or quantity is proposed.
    Revise(Revision),
    /// A proposed price list becomes the one that holds.
    Apply(ProposalId),
    /// A proposed price list is forgotten.
    Drop(ProposalId),
    /// Somebody becomes an admin.
    Appoint(PersonId),
    /// The contacts are offered to pick somebody from.
    OfferContacts,
    /// They are offered no more; this is who was picked.
    WithdrawContacts(Option<String>),
    Dismiss(PersonId),
    /// Somebody is shut out.
    Block(PersonId),
    /// Somebody is let in again.
    Unblock(PersonId),
    /// What is stored about somebody is sent as files, to whoever asked, in private.
    SendPerson(PersonId),
    /// Somebody is taken out of all that is stored.
    Erase(PersonId),
    /// The figures of a period are sent.
    SendStats(Period),
    /// The orders of a period are sent as files.
    SendExport(Period),
}
