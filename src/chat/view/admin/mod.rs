//! The admins' screens: one pure function each.

pub mod audit;
mod buttons;
pub mod catalogue;
mod facts;
pub mod orders;
pub mod people;
mod person;
mod prices;
pub mod stock;
mod withdrawal;

use super::keyboard::Keyboard;
use super::{Html, Screen, vendor_banner};
use crate::chat::dialogue::{AdminBanner, AdminState, VendorBanner};
use crate::chat::i18n::Texts;
pub use facts::{AdminFacts, AdminSubject, PersonFacts};

/// The screen of an admin's state, with its banner on top.
pub fn screen(state: &AdminState, banner: Option<&VendorBanner>, facts: &AdminFacts, texts: &Texts) -> Screen {
    let screen = match (state, facts.subject) {
        (AdminState::ReadingQueue { status, .. }, AdminSubject::Queue(queue)) => orders::queue(queue, *status, texts),
        (AdminState::ReadingFindings { .. }, AdminSubject::Findings(findings)) => {
            orders::findings(findings, facts.catalogue, texts)
        }
        (AdminState::ReadingStock { page }, AdminSubject::Stock(stock)) => stock::list(*page, stock, facts, texts),
        (AdminState::WaitingForSerials(sku), _) => stock::ask_serials(sku, facts, texts),
        (AdminState::ImportingSerials { sku, lines }, _) => stock::importing(sku, *lines, facts.catalogue, texts),
        (AdminState::Withdrawing(state), _) => withdrawal::screen(state, facts, texts),
        // Faults and the list together could be more than a message holds.
        (AdminState::ReadingCatalogue { .. }, _) if has_faults(banner) => prices::how_to_change(texts),
        (AdminState::ReadingCatalogue { page }, _) => prices::list(*page, facts.catalogue, texts),
        (AdminState::ChoosingPrice(sku), _) => prices::of_product(sku, facts.catalogue, texts),
        (AdminState::WaitingForPrice(sku, offer), _) => prices::ask_price(sku, *offer, facts, texts),
        (AdminState::WaitingForQuantity(sku, offer), _) => prices::ask_quantity(sku, *offer, facts, texts),
        (AdminState::CheckingCatalogue, _) => said("catalogue-checking", texts),
        (AdminState::ConfirmingCatalogue(id), AdminSubject::Differences(Some(differences))) => {
            catalogue::proposal(*id, differences, texts)
        }
        (AdminState::ReadingAudit { .. }, AdminSubject::Audit(page)) => audit::list(page, facts.catalogue, texts),
        (AdminState::ReadingAdmins, AdminSubject::Admins(admins)) => people::list(admins, facts, texts),
        (AdminState::PickingAdmin, _) => people::picking(texts),
        (
            AdminState::ConfirmingAppointment(_)
            | AdminState::ConfirmingDismissal(_)
            | AdminState::ConfirmingBlock(_)
            | AdminState::ConfirmingUnblock(_),
            AdminSubject::Target(target),
        ) => people::confirm(state, target, facts, texts),
        (AdminState::ReadingPerson(_), AdminSubject::Person(about)) => person::card(about, texts),
        (AdminState::ConfirmingErasure(_), AdminSubject::Person(about)) => person::erasure(about, facts, texts),
        _ => said("staff-question-closed", texts),
    };
    let Some(banner) = banner else { return screen };
    let sentence = Html::new().italic(&vendor_banner::sentence(banner, facts.catalogue, texts));
    Screen { text: sentence.gap().then(screen.text), ..screen }
}

fn has_faults(banner: Option<&VendorBanner>) -> bool {
    matches!(banner, Some(VendorBanner::Admin(AdminBanner::CatalogueFaults { .. })))
}

fn said(key: &str, texts: &Texts) -> Screen {
    Screen { text: Html::new().text(&texts.say(key)), keyboard: Keyboard::new() }
}
