//! The admins' screens: one pure function each.

mod buttons;
pub mod catalogue;
mod facts;
pub mod orders;
pub mod people;
pub mod stock;

use super::keyboard::Keyboard;
use super::staff_notice::sentence;
use super::{Html, Screen};
use crate::chat::dialogue::{AdminBanner, AdminState, StaffBanner};
use crate::chat::i18n::Texts;
pub use facts::{AdminFacts, AdminSubject};

/// The screen of an admin's place, with its notice on top.
pub fn screen(place: &AdminState, notice: Option<&StaffBanner>, facts: &AdminFacts, texts: &Texts) -> Screen {
    let screen = match (place, facts.subject) {
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
        (AdminState::ReadingCatalogue, _) if has_faults(notice) => catalogue::how_to_change(texts),
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
        ) => people::confirm(place, target, facts, texts),
        _ => said("staff-question-closed", texts),
    };
    let Some(notice) = notice else { return screen };
    let notice = Html::new().italic(&sentence(notice, facts.catalogue, texts));
    Screen { text: notice.gap().then(screen.text), ..screen }
}

fn has_faults(notice: Option<&StaffBanner>) -> bool {
    matches!(notice, Some(StaffBanner::Admin(AdminBanner::CatalogueFaults { .. })))
}

fn said(key: &str, texts: &Texts) -> Screen {
    Screen { text: Html::new().text(&texts.say(key)), keyboard: Keyboard::new() }
}
