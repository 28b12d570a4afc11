//! The admins' screens: one pure function each.

pub mod audit;
mod buttons;
pub mod catalogue;
mod facts;
pub mod orders;
pub mod people;
pub mod stock;
mod withdrawal;

use super::keyboard::{Button, Keyboard, Press};
use super::{Html, Screen, vendor_banner};
use crate::chat::action::Action;
use crate::chat::dialogue::{AdminBanner, AdminState, VendorBanner};
use crate::chat::i18n::Texts;
pub use facts::{AdminFacts, AdminSubject};

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
        (AdminState::Withdrawing(state), _) => withdrawal::screen(state, facts, texts),
        // Faults and the list together could be more than a message holds.
        (AdminState::ReadingCatalogue, _) if has_faults(banner) => catalogue::how_to_change(texts),
        (AdminState::ReadingCatalogue, _) => catalogue::list(facts.catalogue, texts),
        (AdminState::CheckingCatalogue, _) => said("catalogue-checking", texts),
        (AdminState::ConfirmingCatalogue(id), AdminSubject::Differences(Some(differences))) => {
            catalogue::proposal(*id, differences, texts)
        }
        (AdminState::ReadingAudit { .. }, AdminSubject::Audit(page)) => audit::list(page, facts.catalogue, texts),
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
    let sentence = Html::new().italic(&vendor_banner::sentence(banner, facts.catalogue, texts));
    Screen { text: sentence.gap().then(screen.text), ..screen }
}

/// The same for somebody of the staff, who may only look.
pub fn for_reading(screen: Screen) -> Screen {
    let is_theirs = |button: &Button| match &button.press {
        Press::Act(Action::Admin(action)) => action.is_reading(),
        _ => true,
    };
    Screen { keyboard: screen.keyboard.only(is_theirs), ..screen }
}

fn has_faults(banner: Option<&VendorBanner>) -> bool {
    matches!(banner, Some(VendorBanner::Admin(AdminBanner::CatalogueFaults { .. })))
}

fn said(key: &str, texts: &Texts) -> Screen {
    Screen { text: Html::new().text(&texts.say(key)), keyboard: Keyboard::new() }
}
