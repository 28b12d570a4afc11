//! An order that is typed at once instead of chosen by buttons.

use super::banner::Banner;
use super::order_form::{check_out, new_order, order_product};
use super::request::Context;
use super::state::{Dialogue, State};
use crate::chat::dialogue::input::{Message, Upload};
use crate::domain::orders::draft::CannotPut;
use crate::domain::orders::typed_order::read;
use crate::domain::{NotUnderstood, TypedFault, TypedLine};

/// `/new` with products and quantities. What was chosen before is not touched without a question.
pub(super) fn typed(dialogue: Dialogue, text: &str, context: &Context) -> Dialogue {
    match read(text, context.catalogue, context.words) {
        Ok(lines) if lines.is_empty() => new_order(dialogue, context),
        Ok(lines) => offer(dialogue, lines, context),
        Err(TypedFault { why: NotUnderstood::NoQuantity(sku), is_all: true, .. }) => {
            order_product(dialogue, &sku, context)
        }
        Err(fault) => new_order(dialogue, context).saying(Banner::OrderNotUnderstood(fault)),
    }
}

/// Words that nothing waits for, where a person is about to order; `None` when they are no order.
pub(super) fn said(dialogue: &Dialogue, message: &Message, context: &Context) -> Option<Dialogue> {
    if !is_about_to_order(&dialogue.state) || message.upload != Upload::Nothing || dialogue.unsent.is_some() {
        return None;
    }
    let dialogue = dialogue.clone();
    match read(&message.text, context.catalogue, context.words) {
        Ok(lines) if lines.is_empty() => None,
        // The form stands open: what is typed into it joins what was pressed.
        Ok(lines) if matches!(dialogue.state, State::ChoosingProduct { .. }) => {
            Some(add_lines(dialogue, &lines, context))
        }
        Ok(lines) => Some(offer(dialogue, lines, context)),
        // Whatever names products and quantities is meant as an order.
        Err(fault @ TypedFault { why: NotUnderstood::NotSold(..), .. }) => {
            Some(dialogue.saying(Banner::OrderNotUnderstood(fault)))
        }
        Err(_) => None,
    }
}

fn is_about_to_order(state: &State) -> bool {
    matches!(
        state,
        State::Home
            | State::OfferToResume
            | State::OfferToAdd(_)
            | State::ChoosingProduct { .. }
            | State::Confirming
            | State::ReadingPrices { .. }
            | State::ReadingProducts { .. }
    )
}

/// The summary with what was typed, or the question what becomes of a draft that has lines.
fn offer(dialogue: Dialogue, lines: Vec<TypedLine>, context: &Context) -> Dialogue {
    match &dialogue.draft {
        Some(draft) if !draft.lines.is_empty() => dialogue.at(State::OfferToAdd(lines)),
        _ => match ordering(dialogue.clone(), &lines, context) {
            Ok(ordering) => ordering,
            Err(banner) => new_order(dialogue, context).saying(banner),
        },
    }
}

/// What was typed joins the open draft.
pub(super) fn add(dialogue: Dialogue, context: &Context) -> Dialogue {
    match dialogue.state.clone() {
        State::OfferToAdd(lines) => add_lines(dialogue, &lines, context),
        _ => new_order(dialogue, context),
    }
}

/// What was typed takes the place of the open draft.
pub(super) fn start(dialogue: Dialogue, context: &Context) -> Dialogue {
    match dialogue.state.clone() {
        State::OfferToAdd(lines) => {
            let without_draft = Dialogue { draft: None, ..dialogue.clone() };
            ordering(without_draft, &lines, context).unwrap_or_else(|banner| dialogue.saying(banner))
        }
        _ => new_order(dialogue, context),
    }
}

fn add_lines(dialogue: Dialogue, lines: &[TypedLine], context: &Context) -> Dialogue {
    ordering(dialogue.clone(), lines, context).unwrap_or_else(|banner| dialogue.saying(banner))
}

/// The summary with these lines, if all of them can be ordered.
fn ordering(dialogue: Dialogue, lines: &[TypedLine], context: &Context) -> Result<Dialogue, Banner> {
    let mut dialogue = dialogue.with_draft(context);
    let Some(draft) = &mut dialogue.draft else { return Err(Banner::NothingChosen) };
    let repriced = draft.reprice(context.catalogue);
    for TypedLine { sku, quantity } in lines {
        let product = context.catalogue.product(sku).ok_or(Banner::ProductGone)?;
        draft.put(product, *quantity).map_err(|refused| match refused {
            CannotPut::NotSold => Banner::OrderNotUnderstood(TypedFault {
                line: sku.as_str().to_owned(),
                why: NotUnderstood::NotSold(sku.clone(), *quantity),
                is_all: false,
            }),
            CannotPut::TooManyLines => Banner::TooManyLines,
            CannotPut::TooExpensive => Banner::TooExpensive,
        })?;
    }
    Ok(check_out(dialogue, context).telling(repriced))
}
