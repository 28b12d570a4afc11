//! What only admins do: look orders up, fill the stock, change the price list, say who acts for the vendor. Pure and total.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

pub use super::admin_input::{AdminCommand, Whom, whom};
use super::admin_notice::{AdminBanner, Named, Naming};
use super::staff::{StaffEffect, StaffState, StaffStep, StaffToast};
use super::staff_input::{Reply, StaffCommand, StaffInput};
use super::staff_notice::StaffBanner;
use crate::chat::action::{Action, AdminAction};
use crate::domain::{Catalogue, KeptFile, Period, PersonId, ProposalId, SearchText, Sku, Standing, Status, Target};

/// What an admin looks at, or was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AdminState {
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

impl AdminState {
    /// Whether this is what the place waits for.
    fn asks_for(&self, file: &KeptFile) -> bool {
        match self {
            AdminState::WaitingForSerials(_) => file.is_list(),
            AdminState::ReadingCatalogue => file.is_named(".toml"),
            _ => false,
        }
    }
}

/// Whether an input is for [`step`] rather than for the step about orders.
pub fn is_for_admins(place: &StaffState, input: &StaffInput) -> bool {
    match input {
        StaffInput::Press(Some(Action::Desk(_))) | StaffInput::Command(StaffCommand::Admin(_)) => true,
        StaffInput::Message { reply, .. } => {
            matches!(place, StaffState::Admin(_)) && matches!(reply, Reply::Prompt | Reply::Nothing)
        }
        StaffInput::Press(_) | StaffInput::Command(_) | StaffInput::Edited(_) => false,
    }
}

/// Moves an admin's dialogue on by one input that [`is_for_admins`].
pub fn step(place: &StaffState, input: &StaffInput, context: &AdminContext) -> StaffStep {
    match input {
        StaffInput::Press(Some(Action::Desk(action))) => on_press(place, action, context),
        StaffInput::Press(_) => StaffStep::answer(StaffToast::Outdated),
        StaffInput::Command(StaffCommand::Admin(command)) => on_command(command, whom(input).as_ref(), context),
        StaffInput::Command(_) | StaffInput::Edited(_) => StaffStep::nothing(),
        StaffInput::Message { attachment, reply, .. } => match place {
            StaffState::Admin(here) if *reply == Reply::Prompt => on_answer(here, attachment.file()),
            // People send each other files in the chat; what was just asked for is hardly meant for them.
            StaffState::Admin(here) if attachment.file().is_some_and(|file| here.asks_for(file)) => {
                StaffStep::remark(place.clone(), StaffBanner::NoAnswer)
            }
            _ => StaffStep::nothing(),
        },
    }
}

fn to(place: AdminState) -> StaffStep {
    StaffStep::to(StaffState::Admin(place))
}

fn say(place: AdminState, notice: AdminBanner) -> StaffStep {
    StaffStep::remark(StaffState::Admin(place), StaffBanner::Admin(notice))
}

fn close(notice: AdminBanner) -> StaffStep {
    StaffStep::remark(StaffState::Idle, StaffBanner::Admin(notice))
}

fn doing(effect: AdminEffect, step: StaffStep) -> StaffStep {
    StaffStep { effect: Some(StaffEffect::Admin(effect)), ..step }
}

fn on_command(command: &AdminCommand, whom: Option<&Whom>, context: &AdminContext) -> StaffStep {
    match command {
        AdminCommand::Queue(text) if text.is_empty() => to(AdminState::ReadingQueue { status: None, page: 0 }),
        AdminCommand::Queue(_) => match context.status.filter(|status| !status.is_final()) {
            Some(status) => to(AdminState::ReadingQueue { status: Some(status), page: 0 }),
            None => close(AdminBanner::StatusExpected),
        },
        AdminCommand::Find(Some(text)) => to(AdminState::ReadingFindings { text: text.clone(), page: 0 }),
        AdminCommand::Find(None) => close(AdminBanner::TextExpected),
        AdminCommand::Stock(text, None) if text.is_empty() => to(AdminState::ReadingStock { page: 0 }),
        AdminCommand::Stock(text, file) => {
            let sku = Sku::parse(&text.to_ascii_lowercase()).filter(|sku| context.catalogue.product(sku).is_some());
            match (sku, file) {
                (Some(sku), Some(file)) => import(sku, file),
                (Some(sku), None) => to(AdminState::WaitingForSerials(sku)),
                (None, _) => say(AdminState::ReadingStock { page: 0 }, AdminBanner::SkuExpected),
            }
        }
        AdminCommand::Catalogue(None) => to(AdminState::ReadingCatalogue),
        AdminCommand::Catalogue(Some(file)) => compare(file),
        AdminCommand::Staff(text) if text.is_empty() => to(AdminState::ReadingAdmins),
        AdminCommand::Staff(_) => match target(Naming::Appoint, whom, context) {
            Ok(target) if target.standing.is_admin() => say(AdminState::ReadingAdmins, AdminBanner::AlreadyAdmin),
            Ok(target) => to(AdminState::ConfirmingAppointment(target.id)),
            Err(notice) => close(notice),
        },
        AdminCommand::Block(_) => match target(Naming::Block, whom, context) {
            Ok(target) => to_unless(may_shut_out(target, context), AdminState::ConfirmingBlock(target.id)),
            Err(notice) => close(notice),
        },
        AdminCommand::Unblock(_) => match target(Naming::Unblock, whom, context) {
            Ok(target) => to_unless(may_shut_out(target, context), AdminState::ConfirmingUnblock(target.id)),
            Err(notice) => close(notice),
        },
        AdminCommand::Stats(text) => match period(text, context) {
            Ok(period) => doing(AdminEffect::SendStats(period), StaffStep::nothing()),
            Err(notice) => close(notice),
        },
        AdminCommand::Export(text) => match period(text, context) {
            Ok(period) => doing(AdminEffect::SendExport(period), close(AdminBanner::ExportFollows(period))),
            Err(notice) => close(notice),
        },
    }
}

fn on_press(place: &StaffState, action: &AdminAction, context: &AdminContext) -> StaffStep {
    let StaffState::Admin(here) = place else { return on_press_elsewhere(action, context) };
    match (action, here) {
        (AdminAction::Found { page }, AdminState::ReadingFindings { text, .. }) => {
            to(AdminState::ReadingFindings { text: text.clone(), page: *page })
        }
        (AdminAction::Apply(id), AdminState::ConfirmingCatalogue(asked)) if id == asked => {
            doing(AdminEffect::Apply(*id), to(AdminState::ReadingCatalogue))
        }
        (AdminAction::Drop(id), AdminState::ConfirmingCatalogue(asked)) if id == asked => {
            doing(AdminEffect::Drop(*id), close(AdminBanner::ProposalDropped))
        }
        (AdminAction::Appoint(id), AdminState::ConfirmingAppointment(asked)) if id == asked => match context.target {
            Some(target) if target.standing.is_admin() => say(AdminState::ReadingAdmins, AdminBanner::AlreadyAdmin),
            _ => doing(
                AdminEffect::Appoint(*id),
                say(AdminState::ReadingAdmins, AdminBanner::Appointed(named(*id, context))),
            ),
        },
        (AdminAction::Dismiss(id), AdminState::ConfirmingDismissal(asked)) if id == asked => {
            match may_dismiss(*id, context) {
                Ok(()) => doing(
                    AdminEffect::Dismiss(*id),
                    say(AdminState::ReadingAdmins, AdminBanner::Dismissed(named(*id, context))),
                ),
                Err(notice) => say(AdminState::ReadingAdmins, notice),
            }
        }
        (AdminAction::Block(id), AdminState::ConfirmingBlock(asked)) if id == asked => {
            shutting_out(AdminEffect::Block(*id), AdminBanner::Blocked(named(*id, context)), context)
        }
        (AdminAction::Unblock(id), AdminState::ConfirmingUnblock(asked)) if id == asked => {
            shutting_out(AdminEffect::Unblock(*id), AdminBanner::Unblocked(named(*id, context)), context)
        }
        (AdminAction::Leave, _) => StaffStep::to(StaffState::Idle),
        _ => on_press_elsewhere(action, context),
    }
}

/// Buttons that open a screen, whatever stood there before; the others answer a question that is not open.
fn on_press_elsewhere(action: &AdminAction, context: &AdminContext) -> StaffStep {
    match action {
        AdminAction::Queue { status, page } => to(AdminState::ReadingQueue { status: *status, page: *page }),
        AdminAction::Stock { page } => to(AdminState::ReadingStock { page: *page }),
        AdminAction::AskSerials(sku) if context.catalogue.product(sku).is_some() => {
            to(AdminState::WaitingForSerials(sku.clone()))
        }
        AdminAction::CatalogueFile => {
            doing(AdminEffect::SendCatalogue, say(AdminState::ReadingCatalogue, AdminBanner::FileFollows))
        }
        AdminAction::Compare(id) => to(AdminState::ConfirmingCatalogue(*id)),
        AdminAction::Admins => to(AdminState::ReadingAdmins),
        AdminAction::AskDismiss(id) => match may_dismiss(*id, context) {
            Ok(()) => to(AdminState::ConfirmingDismissal(*id)),
            Err(notice) => say(AdminState::ReadingAdmins, notice),
        },
        _ => StaffStep::answer(StaffToast::Outdated),
    }
}

fn on_answer(here: &AdminState, file: Option<&KeptFile>) -> StaffStep {
    match (here, file) {
        (AdminState::WaitingForSerials(sku) | AdminState::ImportingSerials { sku, .. }, Some(file)) => {
            import(sku.clone(), file)
        }
        (AdminState::WaitingForSerials(_), None) => {
            StaffStep::remark(StaffState::Admin(here.clone()), StaffBanner::FileExpected)
        }
        (AdminState::ReadingStock { .. }, Some(_)) => say(here.clone(), AdminBanner::SkuExpected),
        (AdminState::ReadingCatalogue | AdminState::CheckingCatalogue, Some(file)) => compare(file),
        (AdminState::ReadingCatalogue, None) => say(here.clone(), AdminBanner::CatalogueExpected),
        (AdminState::ImportingSerials { .. } | AdminState::CheckingCatalogue, None) => {
            StaffStep::remark(StaffState::Admin(here.clone()), StaffBanner::FileInWork)
        }
        _ => say(here.clone(), AdminBanner::UseButtons),
    }
}

fn import(sku: Sku, file: &KeptFile) -> StaffStep {
    if !file.is_list() {
        return StaffStep::remark(StaffState::Admin(AdminState::WaitingForSerials(sku)), StaffBanner::FileExpected);
    }
    let place = AdminState::ImportingSerials { sku: sku.clone(), lines: 0 };
    doing(AdminEffect::Import(sku, file.clone()), to(place))
}

fn compare(file: &KeptFile) -> StaffStep {
    if !file.is_named(".toml") {
        return say(AdminState::ReadingCatalogue, AdminBanner::CatalogueExpected);
    }
    doing(AdminEffect::Compare(file.clone()), to(AdminState::CheckingCatalogue))
}

fn target<'a>(naming: Naming, whom: Option<&Whom>, context: &AdminContext<'a>) -> Result<&'a Target, AdminBanner> {
    match (whom, context.target) {
        (None, _) => Err(AdminBanner::PersonExpected(naming)),
        (Some(_), None) => Err(AdminBanner::NobodyFound),
        (Some(_), Some(target)) => Ok(target),
    }
}

fn period(text: &str, context: &AdminContext) -> Result<Period, AdminBanner> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let turned = || match words.as_slice() {
        [first, last] => Some(format!("{last} {first}")).filter(|days| Period::parse(days, context.today).is_some()),
        _ => None,
    };
    let expected = || turned().map_or(AdminBanner::PeriodExpected, AdminBanner::PeriodReversed);
    Period::parse(text, context.today).ok_or_else(expected)
}

fn named(id: PersonId, context: &AdminContext) -> Named {
    let known = context.target.and_then(|target| target.known.as_ref());
    let name = known.map(|person| person.name.clone()).filter(|name| !name.is_empty());
    Named { id, name }
}

fn to_unless(hindrance: Result<(), AdminBanner>, place: AdminState) -> StaffStep {
    hindrance.map_or_else(close, |()| to(place))
}

fn may_dismiss(id: PersonId, context: &AdminContext) -> Result<(), AdminBanner> {
    match context.target.map_or(Standing::Other, |target| target.standing) {
        Standing::Configured => Err(AdminBanner::ConfiguredStays),
        Standing::Other => Err(AdminBanner::NotAdmin),
        Standing::Appointed if id == context.actor => Err(AdminBanner::NotYourself),
        Standing::Appointed => Ok(()),
    }
}

fn may_shut_out(target: &Target, context: &AdminContext) -> Result<(), AdminBanner> {
    if target.id == context.actor {
        return Err(AdminBanner::NotYourself);
    }
    if target.standing.is_admin() { Err(AdminBanner::AdminsStay) } else { Ok(()) }
}

fn shutting_out(effect: AdminEffect, done: AdminBanner, context: &AdminContext) -> StaffStep {
    let Some(target) = context.target else { return close(AdminBanner::NobodyFound) };
    match may_shut_out(target, context) {
        Ok(()) => doing(effect, close(done)),
        Err(notice) => close(notice),
    }
}
