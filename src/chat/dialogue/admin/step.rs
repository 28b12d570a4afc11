//! The transition function for what only admins do. Pure and total.

use super::banner::{AdminBanner, Named, Naming};
use super::input::AdminTurn;
use super::request::AdminRequest;
use super::state::{AdminState, is_price_list};
use super::withdrawing;
use crate::chat::action::{AdminAction, PersonAction};
use crate::chat::dialogue::input::Message;
use crate::chat::dialogue::staff::{StaffBanner, StaffState};
use crate::chat::dialogue::stage::Loaded;
use crate::chat::dialogue::vendor::{StaffToast, VendorContext, VendorOutcome, VendorStep};
use crate::domain::catalogue::revision::Value;
use crate::domain::typed;
use crate::domain::{Access, KeptFile, Offer, Period, PersonId, Revision, Sku, Standing, Target};

/// Moves a dialogue on by one input.
pub fn step(state: Option<&AdminState>, turn: AdminTurn<Loaded>, context: &VendorContext) -> VendorStep {
    match turn {
        AdminTurn::Queue(None) => VendorStep::to(AdminState::ReadingQueue { status: None, page: 0 }),
        AdminTurn::Queue(Some(status)) => match status.filter(|status| !status.is_final()) {
            Some(status) => VendorStep::to(AdminState::ReadingQueue { status: Some(status), page: 0 }),
            None => close(AdminBanner::StatusExpected),
        },
        AdminTurn::Find(Some(text)) => VendorStep::to(AdminState::ReadingFindings { text, page: 0 }),
        AdminTurn::Find(None) => close(AdminBanner::TextExpected),
        AdminTurn::Stock(text, file) => stock(&text, file.as_ref(), context),
        AdminTurn::Catalogue(None) => VendorStep::to(AdminState::ReadingCatalogue { page: 0 }),
        AdminTurn::Catalogue(Some(file)) => compare(&file),
        AdminTurn::Admins => VendorStep::to(AdminState::ReadingAdmins),
        AdminTurn::Audit => VendorStep::to(AdminState::ReadingAudit { page: 0 }),
        AdminTurn::Name(naming, None) => close(AdminBanner::PersonExpected(naming)),
        AdminTurn::Name(_, Some(None)) => close(AdminBanner::NobodyFound),
        AdminTurn::Name(naming, Some(Some(target))) => leaving_contacts(state, named(naming, &target, context)),
        AdminTurn::Picked(Some(target), name) => {
            named(Naming::Appoint, &target, context).asking(AdminRequest::WithdrawContacts(Some(name)).into())
        }
        AdminTurn::Picked(None, _) => close(AdminBanner::NobodyFound),
        AdminTurn::Stats(text) => match period(&text, context) {
            Ok(period) => VendorStep::nothing().asking(AdminRequest::SendStats(period).into()),
            Err(banner) => close(banner),
        },
        AdminTurn::Export(text) => match period(&text, context) {
            Ok(period) => close(AdminBanner::ExportFollows(period)).asking(AdminRequest::SendExport(period).into()),
            Err(banner) => close(banner),
        },
        AdminTurn::Press(action) => on_press(state, &action, context),
        AdminTurn::PressOn(person, target, action) => on_person(state, person, target.as_ref(), action, context),
        AdminTurn::Answer(message) => {
            state.map_or_else(VendorStep::nothing, |state| on_answer(state, &message, context))
        }
        // People send each other files in the chat; what was just asked for is hardly meant for them.
        AdminTurn::Aside(message) => match (state, message.file()) {
            (Some(state), Some(file)) if state.asks_for(file) => VendorStep::remark(StaffBanner::NoAnswer),
            _ => VendorStep::nothing(),
        },
        AdminTurn::Leave => VendorStep::to(StaffState::Idle),
    }
}

/// Goes on when the shop has done, or refused, what a step asked for.
pub fn resume(step: VendorStep, request: &AdminRequest, outcome: VendorOutcome) -> VendorStep {
    match (request, outcome) {
        (_, VendorOutcome::AfterAnotherFile) => step.saying(StaffBanner::FileAfterAnother),
        (AdminRequest::Apply(_), VendorOutcome::CatalogueApplied) => step.saying(AdminBanner::CatalogueApplied),
        (AdminRequest::Apply(id), VendorOutcome::CatalogueOvertaken) => {
            VendorStep::say(AdminState::ConfirmingCatalogue(*id), AdminBanner::CatalogueOvertaken)
        }
        (AdminRequest::Apply(_), VendorOutcome::ProposalGone) => step.saying(AdminBanner::ProposalGone),
        (AdminRequest::Revise(_), VendorOutcome::Proposed(id)) => VendorStep::to(AdminState::ConfirmingCatalogue(id)),
        (AdminRequest::Revise(_), VendorOutcome::NotRevised(banner)) => VendorStep::remark(banner),
        (AdminRequest::Erase(_), VendorOutcome::Erased { orders }) => step.saying(AdminBanner::Erased { orders }),
        (AdminRequest::Erase(person), VendorOutcome::NotErased(why)) => not_erased(*person, why),
        (AdminRequest::Appoint(_), VendorOutcome::TooManyAdmins) => step.saying(AdminBanner::TooManyAdmins),
        _ => step,
    }
}

fn close(banner: AdminBanner) -> VendorStep {
    VendorStep::say(StaffState::Idle, banner)
}

fn stock(text: &str, file: Option<&KeptFile>, context: &VendorContext) -> VendorStep {
    if text.is_empty() && file.is_none() {
        return VendorStep::to(AdminState::ReadingStock { page: 0 });
    }
    let sku = Sku::parse(&text.to_ascii_lowercase()).filter(|sku| context.catalogue.product(sku).is_some());
    match (sku, file) {
        (Some(sku), Some(file)) => import(sku, file),
        (Some(sku), None) => VendorStep::to(AdminState::WaitingForSerials(sku)),
        (None, _) => VendorStep::say(AdminState::ReadingStock { page: 0 }, AdminBanner::SkuExpected),
    }
}

fn named(naming: Naming, target: &Target, context: &VendorContext) -> VendorStep {
    let to_unless = |refusal: Result<(), AdminBanner>, state: AdminState| match refusal {
        Ok(()) => VendorStep::to(state),
        Err(banner) => close(banner),
    };
    match naming {
        Naming::Appoint if target.standing.is_admin() => {
            VendorStep::say(AdminState::ReadingAdmins, AdminBanner::AlreadyAdmin)
        }
        Naming::Appoint => VendorStep::to(AdminState::ConfirmingAppointment(target.id)),
        Naming::Block => to_unless(may_block(target, context), AdminState::ConfirmingBlock(target.id)),
        Naming::Unblock => to_unless(may_unblock(target, context), AdminState::ConfirmingUnblock(target.id)),
        Naming::Show => to_unless(is_known(target), AdminState::ReadingPerson(target.id)),
    }
}

fn on_press(state: Option<&AdminState>, action: &AdminAction, context: &VendorContext) -> VendorStep {
    match (action, state) {
        (AdminAction::Found { page }, Some(AdminState::ReadingFindings { text, .. })) => {
            VendorStep::to(AdminState::ReadingFindings { text: text.clone(), page: *page })
        }
        (AdminAction::Apply(id), Some(AdminState::ConfirmingCatalogue(asked))) if id == asked => {
            VendorStep::to(AdminState::ReadingCatalogue { page: 0 }).asking(AdminRequest::Apply(*id).into())
        }
        (AdminAction::Drop(id), Some(AdminState::ConfirmingCatalogue(asked))) if id == asked => {
            close(AdminBanner::ProposalDropped).asking(AdminRequest::Drop(*id).into())
        }
        (AdminAction::Leave, Some(_)) => VendorStep::to(StaffState::Idle),
        // These open a screen, whatever stood there before.
        (AdminAction::Queue { status, page }, _) => {
            VendorStep::to(AdminState::ReadingQueue { status: *status, page: *page })
        }
        (AdminAction::Stock { page }, _) => VendorStep::to(AdminState::ReadingStock { page: *page }),
        (AdminAction::AskSerials(sku), _) if context.catalogue.product(sku).is_some() => {
            VendorStep::to(AdminState::WaitingForSerials(sku.clone()))
        }
        (
            AdminAction::AskWithdrawal(_)
            | AdminAction::WithdrawLost
            | AdminAction::WithdrawSpoiled
            | AdminAction::Withdraw { .. },
            state,
        ) => withdrawing::on_press(state, action),
        (AdminAction::Catalogue { page }, _) => VendorStep::to(AdminState::ReadingCatalogue { page: *page }),
        (AdminAction::CatalogueFile, _) => send_prices(state, AdminRequest::SendCatalogue),
        (AdminAction::PriceBook, _) => send_prices(state, AdminRequest::SendPriceBook),
        (AdminAction::Prices(sku), _) if context.catalogue.product(sku).is_some() => {
            VendorStep::to(AdminState::ChoosingPrice(sku.clone()))
        }
        (AdminAction::AskPrice(sku, offer), _) if offer.price(sku, context.catalogue).is_some() => {
            VendorStep::to(AdminState::WaitingForPrice(sku.clone(), *offer))
        }
        (AdminAction::AskQuantity(sku, offer), _) if offer.price(sku, context.catalogue).is_some() => {
            VendorStep::to(AdminState::WaitingForQuantity(sku.clone(), *offer))
        }
        (AdminAction::Prices(_) | AdminAction::AskPrice(..) | AdminAction::AskQuantity(..), _) => {
            VendorStep::say(AdminState::ReadingCatalogue { page: 0 }, AdminBanner::OfferGone)
        }
        (AdminAction::Compare(id), _) => VendorStep::to(AdminState::ConfirmingCatalogue(*id)),
        (AdminAction::Audit { page }, _) => VendorStep::to(AdminState::ReadingAudit { page: *page }),
        (AdminAction::Admins, _) => leaving_contacts(state, VendorStep::to(AdminState::ReadingAdmins)),
        // Telegram gives such buttons in private only.
        (AdminAction::PickAdmin, _) if context.chat == context.person.private_chat() => {
            VendorStep::to(AdminState::PickingAdmin).asking(AdminRequest::OfferContacts.into())
        }
        // The others answer a prompt that is not open.
        _ => VendorStep::answer(StaffToast::Outdated),
    }
}

/// A button about somebody: it asks first, and acts only where it was asked about this person.
fn on_person(
    state: Option<&AdminState>,
    person: PersonId,
    target: Option<&Target>,
    action: PersonAction,
    context: &VendorContext,
) -> VendorStep {
    let done = |request: AdminRequest, step: VendorStep| step.asking(request.into());
    let to_admins = |banner| VendorStep::say(AdminState::ReadingAdmins, banner);
    let name = || Named::of(person, target);
    let is_admin = target.is_some_and(|target| target.standing.is_admin());
    match (action, state) {
        (PersonAction::Appoint, Some(AdminState::ConfirmingAppointment(asked))) if *asked == person && is_admin => {
            to_admins(AdminBanner::AlreadyAdmin)
        }
        (PersonAction::Appoint, Some(AdminState::ConfirmingAppointment(asked))) if *asked == person => {
            done(AdminRequest::Appoint(person), to_admins(AdminBanner::Appointed(name())))
        }
        (PersonAction::AskDismiss, _) => match may_dismiss(person, target, context) {
            Ok(()) => VendorStep::to(AdminState::ConfirmingDismissal(person)),
            Err(banner) => to_admins(banner),
        },
        (PersonAction::Dismiss, Some(AdminState::ConfirmingDismissal(asked))) if *asked == person => {
            match may_dismiss(person, target, context) {
                Ok(()) => done(AdminRequest::Dismiss(person), to_admins(AdminBanner::Dismissed(name()))),
                Err(banner) => to_admins(banner),
            }
        }
        (PersonAction::Block, Some(AdminState::ConfirmingBlock(asked))) if *asked == person => {
            match about(target, context, may_block) {
                Ok(()) => done(AdminRequest::Block(person), close(AdminBanner::Blocked(name()))),
                Err(banner) => close(banner),
            }
        }
        (PersonAction::Unblock, Some(AdminState::ConfirmingUnblock(asked))) if *asked == person => {
            match about(target, context, may_unblock) {
                Ok(()) => done(AdminRequest::Unblock(person), close(AdminBanner::Unblocked(name()))),
                Err(banner) => close(banner),
            }
        }
        (PersonAction::Export, _) => match about(target, context, |target, _| is_known(target)) {
            Ok(()) => {
                let follows = match context.is_alone() {
                    true => AdminBanner::PersonDataFollows,
                    false => AdminBanner::PersonDataFollowsInPrivate,
                };
                done(AdminRequest::SendPerson(person), VendorStep::say(AdminState::ReadingPerson(person), follows))
            }
            Err(banner) => close(banner),
        },
        (PersonAction::AskErase, _) => match about(target, context, |target, _| may_erase(target)) {
            Ok(()) => VendorStep::to(AdminState::ConfirmingErasure(person)),
            Err(banner) => not_erased(person, banner),
        },
        (PersonAction::Erase, Some(AdminState::ConfirmingErasure(asked))) if *asked == person => {
            match about(target, context, |target, _| may_erase(target)) {
                Ok(()) => done(AdminRequest::Erase(person), VendorStep::to(StaffState::Idle)),
                Err(banner) => not_erased(person, banner),
            }
        }
        _ => VendorStep::answer(StaffToast::Outdated),
    }
}

/// Why somebody is not erased, beside what is known of them if there is anything.
fn not_erased(person: PersonId, why: AdminBanner) -> VendorStep {
    match why {
        AdminBanner::PersonGone => close(why),
        why => VendorStep::say(AdminState::ReadingPerson(person), why),
    }
}

fn on_answer(state: &AdminState, message: &Message, context: &VendorContext) -> VendorStep {
    match (state, message.file()) {
        (AdminState::Withdrawing(state), _) => withdrawing::on_answer(state, message),
        (AdminState::WaitingForSerials(sku) | AdminState::ImportingSerials { sku, .. }, Some(file)) => {
            import(sku.clone(), file)
        }
        (AdminState::WaitingForSerials(_), None) => VendorStep::remark(StaffBanner::FileExpected),
        (AdminState::ReadingStock { .. }, Some(_)) => VendorStep::remark(AdminBanner::SkuExpected),
        (AdminState::ReadingCatalogue { .. } | AdminState::CheckingCatalogue, Some(file)) => compare(file),
        (AdminState::ReadingCatalogue { .. }, None) => VendorStep::remark(AdminBanner::CatalogueExpected),
        (AdminState::WaitingForPrice(sku, offer), _) => {
            let price = typed::amount(&message.text, context.catalogue.currency);
            revise(sku, *offer, price.map(Value::Price), AdminBanner::PriceExpected)
        }
        (AdminState::WaitingForQuantity(sku, offer), _) => {
            let quantity = typed::whole_number(&message.text);
            revise(sku, *offer, quantity.map(Value::Quantity), AdminBanner::NewQuantityExpected)
        }
        (AdminState::PickingAdmin, _) => leaving_contacts(Some(state), VendorStep::to(AdminState::ReadingAdmins)),
        (AdminState::ImportingSerials { .. } | AdminState::CheckingCatalogue, None) => {
            VendorStep::remark(StaffBanner::FileInWork)
        }
        _ => VendorStep::remark(AdminBanner::UseButtons),
    }
}

/// What stands in place of the keyboard goes when nothing waits for it.
fn leaving_contacts(state: Option<&AdminState>, step: VendorStep) -> VendorStep {
    match state {
        Some(AdminState::PickingAdmin) => step.asking(AdminRequest::WithdrawContacts(None).into()),
        _ => step,
    }
}

fn import(sku: Sku, file: &KeptFile) -> VendorStep {
    if !file.is_list() {
        return VendorStep::say(AdminState::WaitingForSerials(sku), StaffBanner::FileExpected);
    }
    let state = AdminState::ImportingSerials { sku: sku.clone(), lines: 0 };
    VendorStep::to(state).asking(AdminRequest::Import(sku, file.clone()).into())
}

fn send_prices(state: Option<&AdminState>, request: AdminRequest) -> VendorStep {
    let page = match state {
        Some(AdminState::ReadingCatalogue { page }) => *page,
        _ => 0,
    };
    VendorStep::say(AdminState::ReadingCatalogue { page }, AdminBanner::FileFollows).asking(request.into())
}

fn revise(sku: &Sku, offer: Offer, to: Option<Value>, expected: AdminBanner) -> VendorStep {
    match to {
        Some(to) => VendorStep::nothing().asking(AdminRequest::Revise(Revision { sku: sku.clone(), offer, to }).into()),
        None => VendorStep::remark(expected),
    }
}

fn compare(file: &KeptFile) -> VendorStep {
    if !is_price_list(file) {
        return VendorStep::say(AdminState::ReadingCatalogue { page: 0 }, AdminBanner::CatalogueExpected);
    }
    VendorStep::to(AdminState::CheckingCatalogue).asking(AdminRequest::Compare(file.clone()).into())
}

fn period(text: &str, context: &VendorContext) -> Result<Period, AdminBanner> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let turned = || match words.as_slice() {
        [first, last] => Some(format!("{last} {first}")).filter(|days| Period::parse(days, context.today).is_some()),
        _ => None,
    };
    let expected = || turned().map_or(AdminBanner::PeriodExpected, AdminBanner::PeriodReversed);
    Period::parse(text, context.today).ok_or_else(expected)
}

fn may_dismiss(id: PersonId, target: Option<&Target>, context: &VendorContext) -> Result<(), AdminBanner> {
    match target.map_or(Standing::Other, |target| target.standing) {
        Standing::Configured => Err(AdminBanner::ConfiguredStays),
        Standing::Other => Err(AdminBanner::NotAdmin),
        Standing::Appointed if id == context.person => Err(AdminBanner::NotYourself),
        Standing::Appointed => Ok(()),
    }
}

fn about(
    target: Option<&Target>,
    context: &VendorContext,
    may: impl Fn(&Target, &VendorContext) -> Result<(), AdminBanner>,
) -> Result<(), AdminBanner> {
    target.map_or(Err(AdminBanner::NobodyFound), |target| may(target, context))
}

fn may_block(target: &Target, context: &VendorContext) -> Result<(), AdminBanner> {
    may_shut_out(target, context)?;
    match target.access {
        Some(Access::Blocked) => Err(AdminBanner::AlreadyBlocked(Named::of(target.id, Some(target)))),
        _ => Ok(()),
    }
}

/// Whoever waits or was refused is let in by it as well.
fn may_unblock(target: &Target, context: &VendorContext) -> Result<(), AdminBanner> {
    may_shut_out(target, context)?;
    match target.access {
        Some(Access::Admitted) | None => Err(AdminBanner::NotBlocked(Named::of(target.id, Some(target)))),
        Some(Access::Waiting | Access::Refused | Access::Blocked) => Ok(()),
    }
}

fn may_shut_out(target: &Target, context: &VendorContext) -> Result<(), AdminBanner> {
    if target.id.is_erased() {
        return Err(AdminBanner::PersonGone);
    }
    if target.id == context.person {
        return Err(AdminBanner::NotYourself);
    }
    if target.standing.is_admin() { Err(AdminBanner::AdminsStay) } else { Ok(()) }
}

fn may_erase(target: &Target) -> Result<(), AdminBanner> {
    is_known(target)?;
    if target.standing.is_admin() { Err(AdminBanner::ErasureOfAdmin) } else { Ok(()) }
}

/// Whoever was erased has left somebody without a name in their orders.
fn is_known(target: &Target) -> Result<(), AdminBanner> {
    if target.known.is_some() && !target.id.is_erased() { Ok(()) } else { Err(AdminBanner::PersonGone) }
}
