//! What only admins do: look orders up, fill the stock, change the price list, say who acts for the vendor. Pure and total.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

pub use super::admin_input::{AdminCommand, Whom, whom};
use super::admin_notice::{AdminNotice, Named, Naming};
use super::staff::{StaffEffect, StaffPlace, StaffStep, StaffToast};
use super::staff_input::{Reply, StaffCommand, StaffInput};
use super::staff_notice::StaffNotice;
use crate::action::{Action, DeskAction};
use crate::domain::{Catalogue, KeptFile, Period, PersonId, ProposalId, SearchText, Sku, Standing, Status, Target};

/// What an admin looks at, or was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AdminPlace {
    /// A choice among the orders that wait for staff.
    ReadingQueue {
        /// Only orders of this status.
        status: Option<Status>,
        /// Counted from 0.
        page: u32,
    },
    /// A choice among the orders that a search found.
    ReadingFindings {
        /// What was searched.
        text: SearchText,
        /// Counted from 0.
        page: u32,
    },
    /// A choice in the stock.
    ReadingStock {
        /// Counted from 0.
        page: u32,
    },
    /// A file with serial numbers of this product.
    WaitingForSerials(Sku),
    /// Nothing: serial numbers are on their way into the stock.
    ImportingSerials {
        /// The product.
        sku: Sku,
        /// Lines that were read so far.
        lines: u64,
    },
    /// A new price list, or a choice beside the one that holds.
    ReadingCatalogue,
    /// Nothing: a proposed price list is being read.
    CheckingCatalogue,
    /// Whether a proposed price list is to hold.
    ConfirmingCatalogue(ProposalId),
    /// A choice among the admins.
    ReadingAdmins,
    /// Whether somebody becomes an admin.
    ConfirmingAppointment(PersonId),
    /// Whether somebody's appointment ends.
    ConfirmingDismissal(PersonId),
    /// Whether somebody is shut out.
    ConfirmingBlock(PersonId),
    /// Whether somebody is let in again.
    ConfirmingUnblock(PersonId),
}

/// What a step may look at beside the dialogue.
#[derive(Debug, Clone, Copy)]
pub struct AdminContext<'a> {
    /// Who acts.
    pub actor: PersonId,
    /// The day in the shop's time zone.
    pub today: NaiveDate,
    /// The price list.
    pub catalogue: &'a Catalogue,
    /// The status that a word behind `/queue` means.
    pub status: Option<Status>,
    /// Whom the input names, if they can be found.
    pub target: Option<&'a Target>,
}

/// A lasting consequence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AdminEffect {
    /// The serial numbers of a file come into the stock, once it is read.
    Import(Sku, KeptFile),
    /// A price list is compared with the one that holds, once it is read.
    Compare(KeptFile),
    /// The price list that holds is sent as a file.
    SendCatalogue,
    /// A proposed price list becomes the one that holds.
    Apply(ProposalId),
    /// A proposed price list is forgotten.
    Drop(ProposalId),
    /// Somebody becomes an admin.
    Appoint(PersonId),
    /// Somebody's appointment ends.
    Dismiss(PersonId),
    /// Somebody is shut out.
    Block(PersonId),
    /// Somebody is let in again.
    Unblock(PersonId),
    /// The figures of a period are sent.
    SendStats(Period),
    /// The orders of a period are sent as files.
    SendExport(Period),
}

impl AdminPlace {
    /// Whether this is what the place waits for.
    fn asks_for(&self, file: &KeptFile) -> bool {
        match self {
            AdminPlace::WaitingForSerials(_) => file.is_list(),
            AdminPlace::ReadingCatalogue => file.is_named(".toml"),
            _ => false,
        }
    }
}

/// Whether an input is for [`step`] rather than for the step about orders.
pub fn is_for_admins(place: &StaffPlace, input: &StaffInput) -> bool {
    match input {
        StaffInput::Press(Some(Action::Desk(_))) | StaffInput::Command(StaffCommand::Admin(_)) => true,
        StaffInput::Message { reply, .. } => {
            matches!(place, StaffPlace::Admin(_)) && matches!(reply, Reply::Question | Reply::Nothing)
        }
        StaffInput::Press(_) | StaffInput::Command(_) | StaffInput::Edited(_) => false,
    }
}

/// Moves an admin's dialogue on by one input that [`is_for_admins`].
pub fn step(place: &StaffPlace, input: &StaffInput, context: &AdminContext) -> StaffStep {
    match input {
        StaffInput::Press(Some(Action::Desk(action))) => on_press(place, action, context),
        StaffInput::Press(_) => StaffStep::answer(StaffToast::Outdated),
        StaffInput::Command(StaffCommand::Admin(command)) => on_command(command, whom(input).as_ref(), context),
        StaffInput::Command(_) | StaffInput::Edited(_) => StaffStep::nothing(),
        StaffInput::Message { attachment, reply, .. } => match place {
            StaffPlace::Admin(here) if *reply == Reply::Question => on_answer(here, attachment.file()),
            // People send each other files in the chat; what was just asked for is hardly meant for them.
            StaffPlace::Admin(here) if attachment.file().is_some_and(|file| here.asks_for(file)) => {
                StaffStep::remark(place.clone(), StaffNotice::NoAnswer)
            }
            _ => StaffStep::nothing(),
        },
    }
}

fn to(place: AdminPlace) -> StaffStep {
    StaffStep::to(StaffPlace::Admin(place))
}

fn say(place: AdminPlace, notice: AdminNotice) -> StaffStep {
    StaffStep::remark(StaffPlace::Admin(place), StaffNotice::Admin(notice))
}

fn close(notice: AdminNotice) -> StaffStep {
    StaffStep::remark(StaffPlace::Idle, StaffNotice::Admin(notice))
}

fn doing(effect: AdminEffect, step: StaffStep) -> StaffStep {
    StaffStep { effect: Some(StaffEffect::Admin(effect)), ..step }
}

fn on_command(command: &AdminCommand, whom: Option<&Whom>, context: &AdminContext) -> StaffStep {
    match command {
        AdminCommand::Queue(text) if text.is_empty() => to(AdminPlace::ReadingQueue { status: None, page: 0 }),
        AdminCommand::Queue(_) => match context.status.filter(|status| !status.is_final()) {
            Some(status) => to(AdminPlace::ReadingQueue { status: Some(status), page: 0 }),
            None => close(AdminNotice::StatusExpected),
        },
        AdminCommand::Find(Some(text)) => to(AdminPlace::ReadingFindings { text: text.clone(), page: 0 }),
        AdminCommand::Find(None) => close(AdminNotice::TextExpected),
        AdminCommand::Stock(text, None) if text.is_empty() => to(AdminPlace::ReadingStock { page: 0 }),
        AdminCommand::Stock(text, file) => {
            let sku = Sku::parse(&text.to_ascii_lowercase()).filter(|sku| context.catalogue.product(sku).is_some());
            match (sku, file) {
                (Some(sku), Some(file)) => import(sku, file),
                (Some(sku), None) => to(AdminPlace::WaitingForSerials(sku)),
                (None, _) => say(AdminPlace::ReadingStock { page: 0 }, AdminNotice::SkuExpected),
            }
        }
        AdminCommand::Catalogue(None) => to(AdminPlace::ReadingCatalogue),
        AdminCommand::Catalogue(Some(file)) => compare(file),
        AdminCommand::Staff(text) if text.is_empty() => to(AdminPlace::ReadingAdmins),
        AdminCommand::Staff(_) => match target(Naming::Appoint, whom, context) {
            Ok(target) if target.standing.is_admin() => say(AdminPlace::ReadingAdmins, AdminNotice::AlreadyAdmin),
            Ok(target) => to(AdminPlace::ConfirmingAppointment(target.id)),
            Err(notice) => close(notice),
        },
        AdminCommand::Block(_) => match target(Naming::Block, whom, context) {
            Ok(target) => to_unless(may_shut_out(target, context), AdminPlace::ConfirmingBlock(target.id)),
            Err(notice) => close(notice),
        },
        AdminCommand::Unblock(_) => match target(Naming::Unblock, whom, context) {
            Ok(target) => to_unless(may_shut_out(target, context), AdminPlace::ConfirmingUnblock(target.id)),
            Err(notice) => close(notice),
        },
        AdminCommand::Stats(text) => match period(text, context) {
            Ok(period) => doing(AdminEffect::SendStats(period), StaffStep::nothing()),
            Err(notice) => close(notice),
        },
        AdminCommand::Export(text) => match period(text, context) {
            Ok(period) => doing(AdminEffect::SendExport(period), close(AdminNotice::ExportFollows(period))),
            Err(notice) => close(notice),
        },
    }
}

fn on_press(place: &StaffPlace, action: &DeskAction, context: &AdminContext) -> StaffStep {
    let StaffPlace::Admin(here) = place else { return on_press_elsewhere(action, context) };
    match (action, here) {
        (DeskAction::Found { page }, AdminPlace::ReadingFindings { text, .. }) => {
            to(AdminPlace::ReadingFindings { text: text.clone(), page: *page })
        }
        (DeskAction::Apply(id), AdminPlace::ConfirmingCatalogue(asked)) if id == asked => {
            doing(AdminEffect::Apply(*id), to(AdminPlace::ReadingCatalogue))
        }
        (DeskAction::Drop(id), AdminPlace::ConfirmingCatalogue(asked)) if id == asked => {
            doing(AdminEffect::Drop(*id), close(AdminNotice::ProposalDropped))
        }
        (DeskAction::Appoint(id), AdminPlace::ConfirmingAppointment(asked)) if id == asked => match context.target {
            Some(target) if target.standing.is_admin() => say(AdminPlace::ReadingAdmins, AdminNotice::AlreadyAdmin),
            _ => doing(
                AdminEffect::Appoint(*id),
                say(AdminPlace::ReadingAdmins, AdminNotice::Appointed(named(*id, context))),
            ),
        },
        (DeskAction::Dismiss(id), AdminPlace::ConfirmingDismissal(asked)) if id == asked => {
            match may_dismiss(*id, context) {
                Ok(()) => doing(
                    AdminEffect::Dismiss(*id),
                    say(AdminPlace::ReadingAdmins, AdminNotice::Dismissed(named(*id, context))),
                ),
                Err(notice) => say(AdminPlace::ReadingAdmins, notice),
            }
        }
        (DeskAction::Block(id), AdminPlace::ConfirmingBlock(asked)) if id == asked => {
            shutting_out(AdminEffect::Block(*id), AdminNotice::Blocked(named(*id, context)), context)
        }
        (DeskAction::Unblock(id), AdminPlace::ConfirmingUnblock(asked)) if id == asked => {
            shutting_out(AdminEffect::Unblock(*id), AdminNotice::Unblocked(named(*id, context)), context)
        }
        (DeskAction::Leave, _) => StaffStep::to(StaffPlace::Idle),
        _ => on_press_elsewhere(action, context),
    }
}

/// Buttons that open a screen, whatever stood there before; the others answer a question that is not open.
fn on_press_elsewhere(action: &DeskAction, context: &AdminContext) -> StaffStep {
    match action {
        DeskAction::Queue { status, page } => to(AdminPlace::ReadingQueue { status: *status, page: *page }),
        DeskAction::Stock { page } => to(AdminPlace::ReadingStock { page: *page }),
        DeskAction::AskSerials(sku) if context.catalogue.product(sku).is_some() => {
            to(AdminPlace::WaitingForSerials(sku.clone()))
        }
        DeskAction::CatalogueFile => {
            doing(AdminEffect::SendCatalogue, say(AdminPlace::ReadingCatalogue, AdminNotice::FileFollows))
        }
        DeskAction::Compare(id) => to(AdminPlace::ConfirmingCatalogue(*id)),
        DeskAction::Admins => to(AdminPlace::ReadingAdmins),
        DeskAction::AskDismiss(id) => match may_dismiss(*id, context) {
            Ok(()) => to(AdminPlace::ConfirmingDismissal(*id)),
            Err(notice) => say(AdminPlace::ReadingAdmins, notice),
        },
        _ => StaffStep::answer(StaffToast::Outdated),
    }
}

fn on_answer(here: &AdminPlace, file: Option<&KeptFile>) -> StaffStep {
    match (here, file) {
        (AdminPlace::WaitingForSerials(sku) | AdminPlace::ImportingSerials { sku, .. }, Some(file)) => {
            import(sku.clone(), file)
        }
        (AdminPlace::WaitingForSerials(_), None) => {
            StaffStep::remark(StaffPlace::Admin(here.clone()), StaffNotice::FileExpected)
        }
        (AdminPlace::ReadingStock { .. }, Some(_)) => say(here.clone(), AdminNotice::SkuExpected),
        (AdminPlace::ReadingCatalogue | AdminPlace::CheckingCatalogue, Some(file)) => compare(file),
        (AdminPlace::ReadingCatalogue, None) => say(here.clone(), AdminNotice::CatalogueExpected),
        (AdminPlace::ImportingSerials { .. } | AdminPlace::CheckingCatalogue, None) => {
            StaffStep::remark(StaffPlace::Admin(here.clone()), StaffNotice::FileInWork)
        }
        _ => say(here.clone(), AdminNotice::UseButtons),
    }
}

fn import(sku: Sku, file: &KeptFile) -> StaffStep {
    if !file.is_list() {
        return StaffStep::remark(StaffPlace::Admin(AdminPlace::WaitingForSerials(sku)), StaffNotice::FileExpected);
    }
    let place = AdminPlace::ImportingSerials { sku: sku.clone(), lines: 0 };
    doing(AdminEffect::Import(sku, file.clone()), to(place))
}

fn compare(file: &KeptFile) -> StaffStep {
    if !file.is_named(".toml") {
        return say(AdminPlace::ReadingCatalogue, AdminNotice::CatalogueExpected);
    }
    doing(AdminEffect::Compare(file.clone()), to(AdminPlace::CheckingCatalogue))
}

fn target<'a>(naming: Naming, whom: Option<&Whom>, context: &AdminContext<'a>) -> Result<&'a Target, AdminNotice> {
    match (whom, context.target) {
        (None, _) => Err(AdminNotice::PersonExpected(naming)),
        (Some(_), None) => Err(AdminNotice::NobodyFound),
        (Some(_), Some(target)) => Ok(target),
    }
}

fn period(text: &str, context: &AdminContext) -> Result<Period, AdminNotice> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let turned = || match words.as_slice() {
        [first, last] => Some(format!("{last} {first}")).filter(|days| Period::parse(days, context.today).is_some()),
        _ => None,
    };
    let expected = || turned().map_or(AdminNotice::PeriodExpected, AdminNotice::PeriodReversed);
    Period::parse(text, context.today).ok_or_else(expected)
}

fn named(id: PersonId, context: &AdminContext) -> Named {
    let known = context.target.and_then(|target| target.known.as_ref());
    let name = known.map(|person| person.name.clone()).filter(|name| !name.is_empty());
    Named { id, name }
}

fn to_unless(hindrance: Result<(), AdminNotice>, place: AdminPlace) -> StaffStep {
    hindrance.map_or_else(close, |()| to(place))
}

fn may_dismiss(id: PersonId, context: &AdminContext) -> Result<(), AdminNotice> {
    match context.target.map_or(Standing::Other, |target| target.standing) {
        Standing::Configured => Err(AdminNotice::ConfiguredStays),
        Standing::Other => Err(AdminNotice::NotAdmin),
        Standing::Appointed if id == context.actor => Err(AdminNotice::NotYourself),
        Standing::Appointed => Ok(()),
    }
}

fn may_shut_out(target: &Target, context: &AdminContext) -> Result<(), AdminNotice> {
    if target.id == context.actor {
        return Err(AdminNotice::NotYourself);
    }
    if target.standing.is_admin() { Err(AdminNotice::AdminsStay) } else { Ok(()) }
}

fn shutting_out(effect: AdminEffect, done: AdminNotice, context: &AdminContext) -> StaffStep {
    let Some(target) = context.target else { return close(AdminNotice::NobodyFound) };
    match may_shut_out(target, context) {
        Ok(()) => doing(effect, close(done)),
        Err(notice) => close(notice),
    }
}
