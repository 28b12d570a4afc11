//! Taking serial numbers out of the stock: the reason, the file, and the button that says how many.

use super::super::keyboard::{Keyboard, Style};
use super::super::serial_files::product;
use super::super::{Html, Screen};
use super::buttons::admin_button;
use super::facts::AdminFacts;
use crate::chat::action::AdminAction;
use crate::chat::dialogue::WithdrawalState;
use crate::chat::i18n::Texts;
use crate::domain::WithdrawalReason;
use crate::domain::typed::clean_line;

/// Characters of a typed reason: a page of the audit, and the question before it, must fit one message.
const REASON: usize = 64;

pub(super) fn screen(state: &WithdrawalState, facts: &AdminFacts, texts: &Texts) -> Screen {
    let back = || admin_button(texts.say("button-back"), AdminAction::Stock { page: 0 });
    let name = ("name", facts.name.into());
    match state {
        WithdrawalState::WaitingForReason(sku) => {
            let title = texts.say_with("withdrawal-ask-reason", &[name, product(sku, facts.catalogue, texts)]);
            let text = Html::new().bold(&title).end_line().line(&texts.say("withdrawal-ask-reason-how"));
            let keyboard = Keyboard::new()
                .row([
                    admin_button(texts.say("button-withdraw-lost"), AdminAction::WithdrawLost),
                    admin_button(texts.say("button-withdraw-spoiled"), AdminAction::WithdrawSpoiled),
                ])
                .row([back()]);
            Screen { text, keyboard }
        }
        WithdrawalState::WaitingForFile(sku, _) => {
            let title = texts.say_with("withdrawal-ask-file", &[name, product(sku, facts.catalogue, texts)]);
            let text = Html::new().bold(&title).end_line().line(&texts.say("withdrawal-ask-file-how"));
            Screen { text, keyboard: Keyboard::new().row([back()]) }
        }
        WithdrawalState::InWork(sku) => {
            let text = Html::new().text(&texts.say_with("withdrawal-in-work", &[product(sku, facts.catalogue, texts)]));
            Screen { text, keyboard: Keyboard::new() }
        }
        WithdrawalState::Confirming(withdrawal) => {
            let count = withdrawal.count.unwrap_or_default();
            let reason = ("reason", reason(&withdrawal.reason, texts).into());
            let variables = [name, product(&withdrawal.sku, facts.catalogue, texts), ("count", count.into()), reason];
            let text = Html::new()
                .bold(&texts.say_with("withdrawal-confirm", &variables))
                .end_line()
                .line(&texts.say("withdrawal-confirm-how"));
            let yes = texts.say_with("button-withdraw-confirm", &[("count", count.into())]);
            let keyboard = Keyboard::new()
                .row([admin_button(yes, AdminAction::Withdraw { count }).styled(Style::Danger)])
                .row([admin_button(texts.say("button-dismiss"), AdminAction::Leave)]);
            Screen { text, keyboard }
        }
    }
}

pub(super) fn reason(reason: &WithdrawalReason, texts: &Texts) -> String {
    match reason {
        WithdrawalReason::Lost => texts.say("withdrawal-lost"),
        WithdrawalReason::Spoiled => texts.say("withdrawal-spoiled"),
        WithdrawalReason::Other(text) => clean_line(text, REASON),
    }
}
