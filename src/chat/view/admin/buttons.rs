//! What the admins' screens have in common: the buttons that close them and turn their pages.

use super::super::Html;
use super::super::keyboard::Button;
use crate::chat::action::{Action, AdminAction};
use crate::chat::i18n::Texts;

pub(super) fn admin_button(label: String, action: AdminAction) -> Button {
    Button::act(label, Action::Admin(action))
}

pub(super) fn leave_button(texts: &Texts) -> Button {
    admin_button(texts.say("button-close"), AdminAction::Leave)
}

/// The line that says which page this is; nothing when it is the only one.
pub(super) fn page_line(text: Html, page: u32, pages: u32, texts: &Texts) -> Html {
    if pages <= 1 {
        return text;
    }
    let position = [("page", (u64::from(page) + 1).into()), ("pages", u64::from(pages).into())];
    text.line(&texts.say_with("orders-page", &position))
}

/// Buttons to the pages before and after this one.
pub(super) fn turn_buttons(page: u32, pages: u32, turn: impl Fn(u32) -> AdminAction, texts: &Texts) -> Vec<Button> {
    let before = page.checked_sub(1).map(|page| admin_button(texts.say("button-previous-page"), turn(page)));
    let after = page.checked_add(1).filter(|next| *next < pages);
    let after = after.map(|page| admin_button(texts.say("button-next-page"), turn(page)));
    before.into_iter().chain(after).collect()
}
