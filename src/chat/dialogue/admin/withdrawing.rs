//! The steps of taking unsold serial numbers out of the stock.

use super::banner::AdminBanner;
use super::request::AdminRequest;
use super::state::AdminState;
use super::withdrawal::{Withdrawal, WithdrawalState};
use crate::chat::action::AdminAction;
use crate::chat::dialogue::input::Message;
use crate::chat::dialogue::staff::StaffBanner;
use crate::chat::dialogue::vendor::{StaffToast, VendorStep};
use crate::domain::WithdrawalReason;

/// A button of a withdrawal, or the one that begins it.
pub(super) fn on_press(state: Option<&AdminState>, action: &AdminAction) -> VendorStep {
    let state = state.and_then(|state| match state {
        AdminState::Withdrawing(state) => Some(state),
        _ => None,
    });
    match (action, state) {
        (AdminAction::AskWithdrawal(sku), _) => VendorStep::to(WithdrawalState::WaitingForReason(sku.clone())),
        (AdminAction::WithdrawLost, Some(WithdrawalState::WaitingForReason(sku))) => {
            VendorStep::to(WithdrawalState::WaitingForFile(sku.clone(), WithdrawalReason::Lost))
        }
        (AdminAction::WithdrawSpoiled, Some(WithdrawalState::WaitingForReason(sku))) => {
            VendorStep::to(WithdrawalState::WaitingForFile(sku.clone(), WithdrawalReason::Spoiled))
        }
        (AdminAction::Withdraw { count }, Some(WithdrawalState::Confirming(withdrawal)))
            if withdrawal.count == Some(*count) =>
        {
            read(withdrawal.clone())
        }
        _ => VendorStep::answer(StaffToast::Outdated),
    }
}

/// An answer where a withdrawal stands.
pub(super) fn on_answer(state: &WithdrawalState, message: &Message) -> VendorStep {
    match (state, message.file()) {
        (WithdrawalState::WaitingForReason(sku), None) => match WithdrawalReason::parse(&message.text) {
            Some(reason) => VendorStep::to(WithdrawalState::WaitingForFile(sku.clone(), reason)),
            None => VendorStep::remark(AdminBanner::WithdrawalReasonExpected),
        },
        (WithdrawalState::WaitingForReason(_), Some(_)) => VendorStep::remark(AdminBanner::WithdrawalReasonExpected),
        (WithdrawalState::WaitingForFile(sku, reason), Some(file)) if file.is_list() => {
            read(Withdrawal { sku: sku.clone(), reason: reason.clone(), file: file.clone(), count: None })
        }
        (WithdrawalState::WaitingForFile(..), _) => VendorStep::remark(StaffBanner::FileExpected),
        (WithdrawalState::InWork(_), _) => VendorStep::remark(StaffBanner::FileInWork),
        (WithdrawalState::Confirming(_), _) => VendorStep::remark(AdminBanner::UseButtons),
    }
}

fn read(withdrawal: Withdrawal) -> VendorStep {
    VendorStep::to(WithdrawalState::InWork(withdrawal.sku.clone())).asking(AdminRequest::Withdraw(withdrawal).into())
}
