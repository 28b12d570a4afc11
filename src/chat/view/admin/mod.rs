//! The admins' screens: one pure function each.

pub mod banners;
pub mod catalogue;
pub mod faults;
pub mod orders;
pub mod people;
pub mod stock;

use chrono::{DateTime, Utc};

use super::keyboard::{Button, Keyboard};
use super::{Html, Screen};
use crate::chat::action::{Action, AdminAction};
use crate::chat::dialogue::{AdminBanner, AdminState, VendorBanner};
use crate::chat::i18n::Texts;
use crate::domain::catalogue::diff::Difference;
use crate::domain::{AdminEntry, AdminPage, Catalogue, Findings, Sku, Target};

/// What an admin's screen is made from, beside its state.
#[derive(Debug, Clone, Copy)]
pub struct AdminFacts<'a> {
    /// Who reads it.
    pub name: &'a str,
    /// The price list.
    pub catalogue: &'a Catalogue,
    /// When it is drawn.
    pub now: DateTime<Utc>,
    /// What its state shows from the store.
    pub subject: &'a AdminSubject,
}

/// What an admin's state shows from the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AdminSubject {
    /// Nothing.
    Nothing,
    /// A page of the orders that wait.
    Queue(AdminPage),
    /// What a search came to.
    Findings(Findings),
    /// Serial numbers in stock, by product; one without stock is not among them.
    Stock(Vec<(Sku, u64)>),
    /// What a proposed price list has otherwise; `None` when it is gone.
    Differences(Option<Vec<Difference>>),
    /// The admins.
    Admins(Vec<AdminEntry>),
    /// Somebody whom a question is about.
    Target(Target),
}

/// The screen of an admin's state, with its banner on top.
pub fn screen(state: &AdminState, banner: Option<&VendorBanner>, facts: &AdminFacts, texts: &Texts) -> Screen {
    let screen = match (state, facts.subject) {
        (AdminState::ReadingQueue { status, .. }, AdminSubject::Queue(page)) => {
            orders::queue(page, *status, facts.now, texts)
        }
        (AdminState::ReadingFindings { .. }, AdminSubject::Findings(findings)) => {
            orders::findings(findings, facts.catalogue, texts)
        }
        (AdminState::ReadingStock { page }, AdminSubject::Stock(stock)) => {
            stock::list(*page, stock, facts.catalogue, texts)
        }
        (AdminState::WaitingForSerials(sku), _) => stock::ask_serials(sku, facts, texts),
        (AdminState::ImportingSerials { sku, lines }, _) => stock::importing(sku, *lines, facts.catalogue, texts),
        // Faults and the list together could be more than a message holds.
        (AdminState::ReadingCatalogue, _) if has_faults(banner) => catalogue::how_to_change(texts),
        (AdminState::ReadingCatalogue, _) => catalogue::list(facts.catalogue, texts),
        (AdminState::CheckingCatalogue, _) => said("catalogue-checking", texts),
        (AdminState::ConfirmingCatalogue(id), AdminSubject::Differences(Some(differences))) => {
            catalogue::proposal(*id, differences, texts)
        }
        (AdminState::ReadingAdmins, AdminSubject::Admins(admins)) => people::list(admins, texts),
        (
            AdminState::ConfirmingAppointment(_)
            | AdminState::ConfirmingDismissal(_)
            | AdminState::ConfirmingBlock(_)
            | AdminState::ConfirmingUnblock(_),
            AdminSubject::Target(target),
        ) => people::confirm(state, target, facts, texts),
        _ => said("staff-question-closed", texts),
    };
    let Some(banner) = banner else { return screen };
    let sentence = Html::new().italic(&banners::sentence(banner, facts.catalogue, texts));
    Screen { text: sentence.gap().then(screen.text), ..screen }
}

fn has_faults(banner: Option<&VendorBanner>) -> bool {
    matches!(banner, Some(VendorBanner::Admin(AdminBanner::CatalogueFaults { .. })))
}

fn said(key: &str, texts: &Texts) -> Screen {
    Screen { text: Html::new().text(&texts.say(key)), keyboard: Keyboard::new() }
}

fn admin_button(label: String, action: AdminAction) -> Button {
    Button::act(label, Action::Admin(action))
}

fn leave_button(texts: &Texts) -> Button {
    admin_button(texts.say("button-close"), AdminAction::Leave)
}

/// The line that says which page this is; nothing when it is the only one.
fn page_line(text: Html, page: u32, pages: u32, texts: &Texts) -> Html {
    if pages <= 1 {
        return text;
    }
    let position = [("page", (u64::from(page) + 1).into()), ("pages", u64::from(pages).into())];
    text.line(&texts.say_with("orders-page", &position))
}

/// Buttons to the pages before and after this one.
fn turn_buttons(page: u32, pages: u32, turn: impl Fn(u32) -> AdminAction, texts: &Texts) -> Vec<Button> {
    let before = page.checked_sub(1).map(|page| admin_button(texts.say("button-previous-page"), turn(page)));
    let after = page.checked_add(1).filter(|next| *next < pages);
    let after = after.map(|page| admin_button(texts.say("button-next-page"), turn(page)));
    before.into_iter().chain(after).collect()
}
