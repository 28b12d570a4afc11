//! Price lists that admins sent, as catalogue files or as workbooks.

use super::dialogue::{AdminBanner, PriceBookRefusal};
use super::fetched::Fetched;
use super::reading::{Unread, read_aside};
use super::report::is_packed;
use super::report::price_book::{self, BookFault};
use super::{Chat, ChatError};
use crate::shop::{NoProposal, NotRevised, ProposedPrices};

impl Chat {
    /// Reads a price list; what a file is, it says by its content.
    pub(super) async fn read_prices(
        &self,
        name: &str,
        fetched: &Fetched,
    ) -> Result<Result<ProposedPrices, AdminBanner>, ChatError> {
        let bytes = match fetched.bytes() {
            Ok(bytes) => bytes,
            Err(refusal) => return Ok(Err(AdminBanner::CatalogueNotFetched(refusal))),
        };
        if !is_packed(bytes) {
            return Ok(self.shop.read_proposal(bytes).map_err(|why| no_proposal(name, why)));
        }
        let current = self.shop.catalogue(&mut self.store().read()).await?;
        let own_language = self.config().shop.default_language;
        let bytes = bytes.to_vec();
        let read = read_aside(move |patience| price_book::read_while(patience, &bytes, &current, own_language)).await;
        let read = read.unwrap_or_else(|unread| {
            Err(match unread {
                Unread::TooLong => BookFault::TooLarge,
                Unread::Broken => BookFault::NotAWorkbook,
            })
        });
        Ok(read.map(ProposedPrices::of).map_err(|fault| no_price_book(name, fault)))
    }
}

/// Why one price was not changed.
pub(super) fn not_revised(why: NotRevised) -> AdminBanner {
    match why {
        NotRevised::Gone => AdminBanner::OfferGone,
        NotRevised::Same => AdminBanner::OfferSame,
        NotRevised::Fault(problem) => AdminBanner::NotRevised(problem),
    }
}

/// Why a file is no proposal of a price list.
pub(super) fn no_proposal(name: &str, why: NoProposal) -> AdminBanner {
    match why {
        NoProposal::NotText => AdminBanner::CatalogueNotText,
        NoProposal::Faults(faults) => AdminBanner::faults_of_catalogue(name, faults),
        NoProposal::Same => AdminBanner::CatalogueSame,
    }
}

fn no_price_book(name: &str, fault: BookFault) -> AdminBanner {
    AdminBanner::PriceBookRefused(match fault {
        BookFault::Faults(faults) => return AdminBanner::faults_of_catalogue(name, faults),
        BookFault::NotAWorkbook => PriceBookRefusal::NotAWorkbook,
        BookFault::Former => PriceBookRefusal::Former,
        BookFault::TooLarge => PriceBookRefusal::TooLarge,
        BookFault::NoTable => PriceBookRefusal::NoTable,
        BookFault::SeveralTables(sheets) => PriceBookRefusal::SeveralTables(sheets),
    })
}
