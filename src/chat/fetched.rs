//! Files that were fetched, and what whoever sent one is told of it.

use std::borrow::Cow;

use super::dialogue::{AdminBanner, AdminState, FileRefusal, StaffBanner, VendorBanner, VendorState, WithdrawalState};
use super::reading::{Unread, read_aside};
use super::report::is_packed;
use super::report::serial_book::{self, Reading, SerialBookFault};

/// What came of fetching a file.
#[derive(Clone, PartialEq, Eq)]
pub enum Fetched {
    Whole(Vec<u8>),
    /// It is larger than [`crate::chat::Chat::largest_file`].
    TooLarge,
    /// Telegram does not have it.
    NotThere,
    /// The Bot API server keeps it where the bot cannot read it.
    OutOfReach,
    /// Whoever worked on it died of that, or came to no end, as often as it may be tried.
    GivenUp,
}

/// What came of a file: the sentence, and where the dialogue that waits for it goes on.
pub(super) struct FileOutcome {
    pub(super) banner: VendorBanner,
    pub(super) next: VendorState,
}

impl Fetched {
    pub(super) fn bytes(&self) -> Result<&[u8], FileRefusal> {
        match self {
            Fetched::Whole(bytes) => Ok(bytes),
            Fetched::TooLarge => Err(FileRefusal::TooLarge),
            Fetched::NotThere => Err(FileRefusal::NotThere),
            Fetched::OutOfReach => Err(FileRefusal::OutOfReach),
            Fetched::GivenUp => Err(FileRefusal::GivenUp),
        }
    }
}

impl Fetched {
    /// A list of serial numbers, a line each; what a file is, it says by its content. Whoever asks for it holds no
    /// transaction meanwhile: a workbook may wait for others.
    pub(super) async fn list(&self, reading: Reading) -> Result<Cow<'_, [u8]>, FileRefusal> {
        let bytes = self.bytes()?;
        if !is_packed(bytes) {
            return Ok(Cow::Borrowed(bytes));
        }
        let bytes = bytes.to_vec();
        let unpacked = read_aside(move |patience| serial_book::lines_while(patience, &bytes, reading)).await;
        // To read it once more would take as long.
        let unpacked = unpacked.unwrap_or_else(|unread| {
            Err(match unread {
                Unread::TooLong => SerialBookFault::TooLarge,
                Unread::Broken => SerialBookFault::NotAWorkbook,
            })
        });
        unpacked.map(Cow::Owned).map_err(|fault| match fault {
            SerialBookFault::NotAWorkbook => FileRefusal::NotAWorkbook,
            SerialBookFault::Former => FileRefusal::FormerWorkbook,
            SerialBookFault::TooLarge => FileRefusal::WorkbookTooLarge,
            SerialBookFault::SeveralSheets(sheets) => FileRefusal::SeveralSheets(sheets),
            SerialBookFault::Fault(fault) => FileRefusal::Fault(fault),
        })
    }
}

impl FileOutcome {
    pub(super) fn of(banner: impl Into<VendorBanner>, next: impl Into<VendorState>) -> FileOutcome {
        FileOutcome { banner: banner.into(), next: next.into() }
    }

    /// Whether serial numbers of a list moved while it was worked on.
    pub(super) fn is_of_moved_serials(&self) -> bool {
        matches!(self.banner, VendorBanner::Staff(StaffBanner::FileRefused(FileRefusal::Moved(_))))
    }

    /// Whether the state says by itself what the banner would say.
    pub(super) fn speaks_for_itself(&self) -> bool {
        matches!(
            (&self.next, &self.banner),
            (
                VendorState::Admin(AdminState::ConfirmingCatalogue(_)),
                VendorBanner::Admin(AdminBanner::CatalogueCompared(_))
            ) | (
                VendorState::Admin(AdminState::Withdrawing(WithdrawalState::Confirming(_))),
                VendorBanner::Admin(AdminBanner::WithdrawalMatched { .. })
            )
        )
    }
}
