//! Files of serial numbers that are to be taken out of the stock.

use super::dialogue::{AdminBanner, AdminState, Withdrawal, WithdrawalState};
use super::fetched::{Fetched, FileOutcome};
use super::report::serial_book::Reading;
use super::{Chat, ChatError};
use crate::domain::Actor;
use crate::shop::Withdrawing;

impl Chat {
    /// Compares a fetched file with the stock, or takes out what was confirmed, in a transaction of its own. Cut off at
    /// any moment it is done again, and sees what it did. `None` for who is no admin any more.
    pub(super) async fn withdraw(
        &self,
        by: &Actor,
        withdrawal: Withdrawal,
        fetched: &Fetched,
    ) -> Result<Option<FileOutcome>, ChatError> {
        let Withdrawal { sku, reason, count, .. } = &withdrawal;
        let anew = || AdminState::Withdrawing(WithdrawalState::WaitingForFile(sku.clone(), reason.clone()));
        let bytes = match fetched.list(Reading::Strict).await {
            Ok(bytes) => bytes,
            Err(refusal) => return Ok(Some(FileOutcome::of(AdminBanner::WithdrawalRefused(refusal), anew()))),
        };
        let products = self.shop.listed_products(&mut self.store().read(), [sku]).await?;
        Ok(Some(match self.shop.withdraw_serials(sku, &products, bytes.as_ref(), *count, (by, reason)).await? {
            Withdrawing::NotEntitled => return Ok(None),
            Withdrawing::Faults(faults) => FileOutcome::of(AdminBanner::WithdrawalFaults(faults), anew()),
            Withdrawing::Matched(count) => {
                let banner = AdminBanner::WithdrawalMatched { sku: sku.clone(), count };
                let asked = Withdrawal { count: Some(count), ..withdrawal.clone() };
                FileOutcome::of(banner, AdminState::Withdrawing(WithdrawalState::Confirming(asked)))
            }
            Withdrawing::Mismatch { sold, absent } => {
                FileOutcome::of(AdminBanner::WithdrawalMismatch { sku: sku.clone(), sold, absent }, anew())
            }
            Withdrawing::Done(count) => {
                let banner = AdminBanner::Withdrawn { sku: sku.clone(), count };
                FileOutcome::of(banner, AdminState::ReadingStock { page: 0 })
            }
        }))
    }
}
