//! The transition function of a customer's dialogue. Pure and total.

use super::banner::Banner;
use super::input::Turn;
use super::request::{Context, CustomerOutcome, CustomerRequest, Step, Toast};
use super::state::{Dialogue, State};
use super::{account, billing, billing_change, card, order_form};
use crate::chat::action::DraftAction;
use crate::chat::dialogue::input::{Message, Upload};
use crate::chat::dialogue::stage::{BillingNeed, Loaded};

/// Moves a dialogue on by one input.
pub fn step(dialogue: &Dialogue, turn: Turn<Loaded>, context: &Context) -> Step {
    let quiet = Dialogue { banner: None, ..dialogue.clone() };
    let step = match turn {
        Turn::To(state) => Step::to(quiet.at(state)),
        Turn::NewOrder => Step::to(order_form::new_order(quiet, context)),
        Turn::Leave => Step::to(order_form::leave(quiet)),
        Turn::NumberExpected => {
            let list = State::ReadingOrders { filter: None, page: 0 };
            Step::to(quiet.at(list).saying(Banner::OrderNumberExpected))
        }
        Turn::SecondHand => Step::to(quiet.saying(Banner::SecondHand)),
        Turn::UnknownCommand => Step::to(quiet.saying(Banner::UnknownCommand)),
        Turn::OpenInvitation(invitation) => Step::to(account::open_invitation(quiet, invitation)),
        Turn::Said(message) => Step::to(said(quiet, &message, context)),
        Turn::AskStaff(order, message) => card::ask_staff(quiet, order, message),
        Turn::ContinueAlbum(order, message) => card::continue_album(quiet, order, message),
        Turn::ChangeBilling(kept, message) => billing_change::answer(quiet, plain_text(&message), kept.as_ref()),
        Turn::SendAllSerials => {
            let reading = quiet.at(State::ReadingSerials).saying(Banner::FileFollows);
            Step::asking(reading, CustomerRequest::SendAllSerials)
        }
        Turn::OnCard(order, action) => card::on_press(quiet, order, action),
        Turn::Repeat(Ok(order)) => Step::to(order_form::repeat(quiet, &order, context)),
        Turn::Repeat(Err(_)) => Step::to(quiet.at(State::Home).saying(Banner::NothingToRepeat)),
        Turn::Speak(language) => {
            let chosen = quiet.at(State::ChoosingLanguage).saying(Banner::LanguageChosen);
            Step::asking(chosen, CustomerRequest::Speak(language))
        }
        Turn::Account(action) => account::on_press(quiet, &action),
        Turn::Billing(kept, action) => billing::on_press(quiet, action, kept.as_ref(), context),
        Turn::Draft(action) => on_draft(quiet, action, context),
        Turn::Send { revision, billing } => send(quiet, revision, billing, context),
        Turn::FormerDraft(Some(number)) => Step::answer(quiet, Toast::AlreadySent(number)),
        Turn::FormerDraft(None) | Turn::Outdated => Step::outdated(quiet),
        Turn::Nothing => Step::to(dialogue.clone()),
    };
    match step.toast {
        // The button did nothing, so the screen stays as it is, its banner included.
        Some(_) => Step { dialogue: dialogue.clone(), ..step },
        None => step,
    }
}

/// Goes on when the shop has done, or refused, what a step asked for.
pub fn resume(step: Step, request: &CustomerRequest, outcome: CustomerOutcome) -> Step {
    let Step { dialogue, toast, .. } = step;
    match (request, outcome) {
        (CustomerRequest::Account(request), outcome) => Step::to(account::resume(dialogue, request, outcome)),
        (_, CustomerOutcome::Placed(number)) => Step::to(Dialogue::sent(number)),
        (_, CustomerOutcome::AlreadyPlaced(number)) => {
            let sent = Dialogue { banner: None, ..Dialogue::sent(number) };
            Step::answer(sent, Toast::AlreadySent(number))
        }
        (CustomerRequest::PlaceOrder(_), _) => Step::to(dialogue.saying(Banner::LinesGone)),
        (CustomerRequest::AskStaff(..), CustomerOutcome::Overtaken) => Step::to(dialogue.saying(Banner::NotAnyMore)),
        _ => Step { dialogue, request: None, toast },
    }
}

fn said(dialogue: Dialogue, message: &Message, context: &Context) -> Dialogue {
    match dialogue.state.clone() {
        State::WaitingForQuantity(sku) => order_form::quantity_said(dialogue, &sku, message, context),
        State::WaitingForNote => order_form::note_said(dialogue, message, context),
        State::Billing(state) => billing::on_message(dialogue, state, plain_text(message)),
        _ => dialogue.saying(Banner::UseButtons),
    }
}

/// What was typed; a caption answers nothing.
fn plain_text(message: &Message) -> &str {
    if message.upload == Upload::Nothing { &message.text } else { "" }
}

fn on_draft(dialogue: Dialogue, action: DraftAction, context: &Context) -> Step {
    Step::to(match action {
        DraftAction::Form { group, page } => dialogue.at(State::ChoosingProduct { group, page }),
        DraftAction::Product(sku) => order_form::ask_quantity(dialogue, &sku, context),
        DraftAction::Choose(sku, quantity) => order_form::choose(dialogue, &sku, quantity, context),
        DraftAction::Remove(sku) => order_form::remove(dialogue, &sku),
        DraftAction::CheckOut => order_form::check_out(dialogue, context),
        DraftAction::AskNote if dialogue.state == State::Confirming => dialogue.at(State::WaitingForNote),
        DraftAction::RemoveNote => order_form::remove_note(dialogue, context),
        DraftAction::Leave => order_form::leave(dialogue),
        DraftAction::StartAfresh => order_form::start_afresh(dialogue, context),
        DraftAction::AskNote | DraftAction::Send { .. } => return Step::outdated(dialogue),
    })
}

fn send(dialogue: Dialogue, revision: u32, billing: BillingNeed, context: &Context) -> Step {
    let seen = dialogue.draft.clone().filter(|draft| draft.revision == revision);
    let Some(seen) = seen.filter(|_| dialogue.state == State::Confirming) else { return Step::outdated(dialogue) };
    let checked = order_form::check_out(dialogue, context);
    // Whatever changed under the customer's hands is shown before anything is sent.
    match (checked.draft.as_ref() == Some(&seen), billing) {
        (false, _) => Step::to(checked),
        (true, BillingNeed::First) => Step::to(billing::ask_first(checked)),
        (true, BillingNeed::None) => Step::asking(checked, CustomerRequest::PlaceOrder(seen)),
    }
}
