//! What admins are told in one sentence.

use serde::{Deserialize, Serialize};

use crate::chat::dialogue::staff::FileRefusal;
use crate::domain::{
    CatalogueFault, CatalogueProblem, FileFaults, LineFault, OrderNumber, Period, PersonId, ProposalId, Remarks, Sku,
    SomeLines, Target,
};

/// One sentence to an admin.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AdminBanner {
    /// What was typed means nothing here; the buttons do.
    UseButtons,
    /// `/queue` came with something that is no status of an open order.
    StatusExpected,
    /// `/find` came without a text, or with too long a one.
    TextExpected,
    /// A file of serial numbers came without a product of the price list.
    SkuExpected,
    /// The price list is to be a .toml or .xlsx file.
    CatalogueExpected,
    /// A price is to be typed.
    PriceExpected,
    /// A quantity is to be typed.
    NewQuantityExpected,
    /// The price list has no such price any more.
    OfferGone,
    /// The price list says so already.
    OfferSame,
    /// The price list would not be sound.
    NotRevised(CatalogueProblem),
    /// A command came without anybody's id or name.
    PersonExpected(Naming),
    /// Nobody who is known has this id, name or order.
    NobodyFound,
    /// They are an admin already.
    AlreadyAdmin,
    /// They are no admin any more.
    NotAdmin,
    /// An admin of the configuration is dismissed there.
    ConfiguredStays,
    /// Nobody does this to themselves.
    NotYourself,
    /// Admins are not shut out.
    AdminsStay,
    /// There are as many appointed admins as there may be.
    TooManyAdmins,
    /// Somebody is an admin from now on.
    Appointed(Named),
    /// Somebody is no admin any more.
    Dismissed(Named),
    /// Somebody is shut out from now on.
    Blocked(Named),
    /// Somebody is let in again.
    Unblocked(Named),
    /// Somebody is not shut out at all.
    NotBlocked(Named),
    /// Somebody is shut out already.
    AlreadyBlocked(Named),
    /// Nothing is stored about somebody, or not any more.
    PersonGone,
    /// What is stored about somebody follows as files.
    PersonDataFollows,
    /// It follows, in the private chat of whoever asked.
    PersonDataFollowsInPrivate,
    /// Somebody was erased; so many orders stay without them.
    Erased { orders: u64 },
    /// Admins are not erased.
    ErasureOfAdmin,
    /// These orders of theirs are to be completed or cancelled first.
    ErasureWaits { orders: Vec<OrderNumber> },
    /// So many others are in their account.
    ErasureSharesAccount { others: u64 },
    /// Serial numbers came into the stock.
    Imported {
        sku: Sku,
        /// New in the stock.
        added: u64,
        known: u64,
        /// Those of the known that orders have; release 0.1.0 did not count them.
        #[serde(default)]
        given: u64,
        #[serde(flatten)]
        remarks: Remarks,
    },
    /// No serial number came into the stock.
    ImportRefused(FileRefusal),
    /// No serial number came into the stock, since this line is of another product.
    OtherProductAt(u64),
    /// No serial number came into the stock, since several lines are not as they must be.
    ImportFaults(Box<FileFaults>),
    /// What was typed is no reason why serial numbers are taken out.
    WithdrawalReasonExpected,
    /// All serial numbers of a file are in stock, and can be taken out.
    WithdrawalMatched { sku: Sku, count: u64 },
    /// So many serial numbers were taken out of the stock.
    Withdrawn { sku: Sku, count: u64 },
    /// Some serial numbers of a file were sold, or are not in stock; nothing was taken out.
    WithdrawalMismatch { sku: Sku, sold: Option<SomeLines>, absent: Option<SomeLines> },
    /// Nothing was taken out of the stock, since the file cannot be read.
    WithdrawalRefused(FileRefusal),
    /// Nothing was taken out of the stock, since some lines are not as they must be.
    WithdrawalFaults(Box<FileFaults>),
    /// The price list cannot be had from Telegram, or is too large.
    CatalogueNotFetched(FileRefusal),
    /// The price list is no UTF-8 text.
    CatalogueNotText,
    /// The workbook is no price list.
    PriceBookRefused(PriceBookRefusal),
    /// What is wrong in the price list, by key.
    CatalogueFaults {
        /// What its file is called.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        file: String,
        /// The first of them.
        first: Vec<CatalogueFault>,
        /// How many there are beside those.
        more: u64,
    },
    /// The price list has something new, and can be looked at.
    CatalogueCompared(ProposalId),
    /// The price list has nothing new.
    CatalogueSame,
    /// The price list holds.
    CatalogueApplied,
    /// The price list changed since the difference was shown.
    CatalogueOvertaken,
    /// The proposed price list is gone.
    ProposalGone,
    /// The proposed price list was forgotten.
    ProposalDropped,
    /// What was typed is no period.
    PeriodExpected,
    /// The first day of the period comes after the last; this is how it would read.
    PeriodReversed(String),
    /// The figures of a period follow as files.
    ExportFollows(Period),
    /// A file that was asked for follows.
    FileFollows,
}

impl AdminBanner {
    /// Faults of a price list that one message shows; the rest is counted.
    pub const FAULTS_SHOWN: usize = 10;

    /// What is wrong in a file that was to come into the stock.
    pub fn faults_of_import(faults: FileFaults) -> AdminBanner {
        match faults {
            FileFaults { first: LineFault::Of(fault), next, .. } if next.is_empty() => {
                AdminBanner::ImportRefused(FileRefusal::Fault(fault))
            }
            FileFaults { first: LineFault::OtherProduct { line, .. }, next, .. } if next.is_empty() => {
                AdminBanner::OtherProductAt(line)
            }
            faults => AdminBanner::ImportFaults(Box::new(faults)),
        }
    }

    /// What is wrong in a price list.
    pub fn faults_of_catalogue(file: &str, faults: Vec<CatalogueFault>) -> AdminBanner {
        let more = faults.len().saturating_sub(Self::FAULTS_SHOWN) as u64;
        let first = faults.into_iter().take(Self::FAULTS_SHOWN).collect();
        AdminBanner::CatalogueFaults { file: file.to_owned(), first, more }
    }
}

/// Why a workbook is no price list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PriceBookRefusal {
    /// It is no workbook.
    NotAWorkbook,
    /// It is one of Excel's former form, or locked by a password.
    Former,
    TooLarge,
    /// No sheet has the columns of a price list.
    NoTable,
    /// These sheets have them.
    SeveralTables(Vec<String>),
}

/// The command that lacks somebody's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Naming {
    /// `/staff`
    Appoint,
    /// `/block`
    Block,
    /// `/unblock`
    Unblock,
    /// `/person`
    Show,
}

/// Somebody as a sentence names them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "StoredNamed")]
pub struct Named {
    pub id: PersonId,
    /// Their name; `None` for somebody who never wrote to the bot.
    pub name: Option<String>,
}

impl Named {
    /// Somebody by what is known of them.
    pub(super) fn of(id: PersonId, target: Option<&Target>) -> Named {
        let known = target.and_then(|target| target.known.as_ref());
        let name = known.map(|person| person.name.clone()).filter(|name| !name.is_empty());
        Named { id, name }
    }
}

/// As it is stored; former releases stored the id alone.
#[derive(Deserialize)]
#[serde(untagged)]
enum StoredNamed {
    Id(PersonId),
    Named { id: PersonId, name: Option<String> },
}

impl From<StoredNamed> for Named {
    fn from(stored: StoredNamed) -> Named {
        match stored {
            StoredNamed::Id(id) => Named { id, name: None },
            StoredNamed::Named { id, name } => Named { id, name },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notice_of_a_former_release_reads() {
        let anna = |name: Option<&str>| Named { id: PersonId(101), name: name.map(str::to_owned) };
        let read = |stored: &str| serde_json::from_str::<AdminBanner>(stored).unwrap();
        assert_eq!(read(r#"{"blocked":101}"#), AdminBanner::Blocked(anna(None)));
        let blocked = AdminBanner::Blocked(anna(Some("Anna")));
        assert_eq!(read(&serde_json::to_string(&blocked).unwrap()), blocked);
    }
}
