//! The transition function of a customer's dialogue. Pure and total.

use super::banner::Banner;
use super::input::Turn;
use super::request::{Context, CustomerOutcome, CustomerRequest, Step, Toast};
use super::serials_state::SerialsState;
use super::state::{AccountState, Dialogue, State};
use super::{account, billing, billing_change, card, conversation, order_form, serials, typed_order};
use crate::chat::action::{BillingAction, DraftAction};
use crate::chat::dialogue::input::{Message, Upload};
use crate::chat::dialogue::stage::{BillingNeed, Issued, Loaded};
use crate::domain::OrderNumber;

/// Moves a dialogue on by one input.
pub fn step(dialogue: &Dialogue, turn: Turn<Loaded>, context: &Context) -> Step {
    let quiet = Dialogue { banner: None, ..dialogue.clone() };
    // A button on a card may be about the words that were kept.
    let stays = turn.is_said() || matches!(turn, Turn::OnCard(..));
    let quiet = if stays { quiet } else { quiet.going_elsewhere() };
    // The questions for billing details know by themselves what becomes of their answers.
    let is_left_for_good = match &turn {
        Turn::Billing(_, action) => *action != BillingAction::Show,
        turn => matches!(turn, Turn::Leave | Turn::ChangeBilling(..)),
    };
    let step = match turn {
        Turn::To(state) => Step::to(quiet.at(state)),
        Turn::NewOrder => Step::to(order_form::new_order(quiet, context)),
        Turn::OrderProduct(sku) => Step::to(order_form::order_product(quiet, &sku, context)),
        Turn::TypedOrder(order) => Step::to(typed_order::typed(quiet, &order, context)),
        Turn::Leave => Step::to(order_form::leave(billing::dropped(quiet))),
        Turn::NumberExpected => {
            let list = State::ReadingOrders { filter: None, page: 0 };
            Step::to(quiet.at(list).saying(Banner::OrderNumberExpected))
        }
        Turn::SecondHand => Step::to(quiet.saying(Banner::SecondHand)),
        Turn::UnknownCommand => Step::to(quiet.saying(Banner::UnknownCommand)),
        Turn::OpenInvitation(invitation) => Step::to(account::open_invitation(quiet, invitation)),
        Turn::Said(_) if quiet.state == State::Account(AccountState::PickingColleague) => {
            account::give_up_picking(quiet)
        }
        Turn::Said(message) => Step::to(said(quiet, &message, context)),
        Turn::Picked(picked) => account::picked(quiet, picked),
        Turn::AskStaff(order, message) => conversation::ask(quiet, order, &message, context),
        Turn::Reply(order, message) => conversation::reply(quiet, order, &message, context),
        Turn::GoOn(order, message) => conversation::go_on(quiet, order, &message, context),
        Turn::Correct(order, message) => conversation::correct(dialogue, quiet, order, &message, context),
        Turn::Unaddressed(orders, message) => Step::to(match typed_order::said(&quiet, &message, context) {
            Some(ordering) => ordering,
            None => unaddressed(quiet, &orders, &message, context),
        }),
        Turn::ForwardedFile(orders, _) if orders.is_empty() => Step::to(quiet.saying(Banner::SecondHand)),
        Turn::ForwardedFile(orders, message) => Step::to(conversation::keep(quiet, &orders, &message, context)),
        Turn::Edited(message) => conversation::edit(dialogue, quiet, &message, context),
        Turn::ChangeBilling(kept, message) => billing_change::answer(quiet, plain_text(&message), kept.as_ref()),
        // The button stands only below some: without any it was forged, or is of an account that was left.
        Turn::SendAllSerials(Issued::Nothing) => Step::outdated(quiet),
        Turn::SendAllSerials(Issued::Some) => {
            let reading = quiet.at(State::ReadingSerials).saying(Banner::FileFollows);
            Step::asking(reading, CustomerRequest::SendAllSerials)
        }
        Turn::SendSerials(Issued::Nothing, ..) => Step::outdated(quiet),
        Turn::SendSerials(Issued::Some, choice, format) => {
            let following = quiet.saying(Banner::FileFollows);
            Step::asking(following, CustomerRequest::SendChosenSerials(choice, format))
        }
        Turn::LookUp(what) => serials::ask(quiet, what),
        Turn::OnCard(order, action) => card::on_press(quiet, order, action, context),
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
        None if is_left_for_good => step,
        None => Step { dialogue: step.dialogue.having_left(&dialogue.state), ..step },
    }
}

/// Goes on when the shop has done, or refused, what a step asked for.
pub fn resume(step: Step, request: &CustomerRequest, outcome: CustomerOutcome) -> Step {
    let Step { dialogue, toast, .. } = step;
    match (request, outcome) {
        (CustomerRequest::Account(request), outcome) => Step::to(account::resume(dialogue, request, outcome)),
        (_, CustomerOutcome::Placed(number)) => {
            Step::to(Dialogue { half_billing: dialogue.half_billing, ..Dialogue::sent(number) })
        }
        (_, CustomerOutcome::AlreadyPlaced(number)) => {
            let sent = Dialogue { banner: None, half_billing: dialogue.half_billing, ..Dialogue::sent(number) };
            Step::answer(sent, Toast::AlreadySent(number))
        }
        (CustomerRequest::AskStaff(number, request, words), CustomerOutcome::OverLimit { sent, reached }) => Step::to(
            conversation::over_limit(dialogue, (*number, *request), words.get(sent..).unwrap_or_default(), reached),
        ),
        (_, CustomerOutcome::OverLimit { reached, .. }) => Step::to(dialogue.saying(Banner::OverLimit(reached))),
        (CustomerRequest::PlaceOrder(_), _) => Step::to(dialogue.saying(Banner::LinesGone)),
        (CustomerRequest::AskStaff(number, _, words), CustomerOutcome::SentInPart(sent)) => {
            Step::to(conversation::not_sent(dialogue, *number, words.get(sent..).unwrap_or_default()))
        }
        _ => Step { dialogue, request: None, toast },
    }
}

fn unaddressed(dialogue: Dialogue, orders: &[OrderNumber], message: &Message, context: &Context) -> Dialogue {
    if !dialogue.state.waits_for_text() {
        return conversation::keep(dialogue, orders, message, context);
    }
    let kept = match orders {
        [] => dialogue,
        orders => conversation::keep(dialogue, orders, message, context),
    };
    // The state goes on waiting for its text.
    if kept.banner.is_some() { kept } else { said(kept, message, context) }
}

fn said(dialogue: Dialogue, message: &Message, context: &Context) -> Dialogue {
    match dialogue.state.clone() {
        State::WaitingForQuantity(sku) => order_form::quantity_said(dialogue, &sku, message, context),
        State::WaitingForNote => order_form::note_said(dialogue, message, context),
        State::Serials(SerialsState::WaitingForPeriod) => {
            serials::period_said(dialogue, plain_text(message), context.now.date_naive())
        }
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
        DraftAction::AddTyped => typed_order::add(dialogue, context),
        DraftAction::StartTyped => typed_order::start(dialogue, context),
        DraftAction::AskNote | DraftAction::Send { .. } => return Step::outdated(dialogue),
    })
}

fn send(dialogue: Dialogue, revision: u32, billing: BillingNeed, context: &Context) -> Step {
    let is_seen = |dialogue: &Dialogue| dialogue.draft.as_ref().is_some_and(|draft| draft.revision == revision);
    if dialogue.state != State::Confirming || !is_seen(&dialogue) {
        return Step::outdated(dialogue);
    }
    let checked = order_form::check_out(dialogue, context);
    match (checked.draft.clone().filter(|_| is_seen(&checked)), billing) {
        // Whatever changed under the customer's hands is shown before anything is sent.
        (None, _) => Step::to(checked),
        (Some(_), BillingNeed::First) => Step::to(billing::ask_first(checked)),
        (Some(draft), BillingNeed::None) => Step::asking(checked, CustomerRequest::PlaceOrder(draft)),
    }
}
