//! The transitions of the order form: products, quantities, the note and the summary.

use super::banner::Banner;
use super::request::Context;
use super::state::{Dialogue, State};
use crate::chat::dialogue::input::{Message, Upload};
use crate::domain::orders::draft::{CannotPut, Repriced};
use crate::domain::orders::typed_order;
use crate::domain::typed::{clean_text, length};
use crate::domain::{Draft, Order, Sku};

impl Dialogue {
    /// The dialogue with its open draft, or a new one.
    pub(super) fn with_draft(mut self, context: &Context) -> Dialogue {
        self.draft.get_or_insert_with(|| Draft::new(context.fresh_draft));
        self
    }

    pub(super) fn telling(self, repriced: Repriced) -> Dialogue {
        match repriced {
            Repriced::Same => self,
            Repriced::Names => self.saying(Banner::NamesChanged),
            Repriced::Prices => self.saying(Banner::PricesChanged),
            Repriced::Gone => self.saying(Banner::LinesGone),
        }
    }
}

pub(super) fn new_order(dialogue: Dialogue, context: &Context) -> Dialogue {
    match &dialogue.draft {
        Some(draft) if !draft.lines.is_empty() => dialogue.at(State::OfferToResume),
        Some(_) => dialogue.at_form(),
        None => start_afresh(dialogue, context),
    }
}

pub(super) fn start_afresh(mut dialogue: Dialogue, context: &Context) -> Dialogue {
    dialogue.draft = Some(Draft::new(context.fresh_draft));
    dialogue.at_form()
}

pub(super) fn leave(mut dialogue: Dialogue) -> Dialogue {
    if dialogue.draft.as_ref().is_some_and(|draft| !draft.lines.is_empty()) {
        return dialogue.at(State::Home).saying(Banner::DraftKept);
    }
    let was_ordering = dialogue.draft.take().is_some();
    let at_home = dialogue.state == State::Home;
    let dialogue = dialogue.at(State::Home);
    if at_home && !was_ordering { dialogue.saying(Banner::NothingToCancel) } else { dialogue }
}

pub(super) fn ask_quantity(dialogue: Dialogue, sku: &Sku, context: &Context) -> Dialogue {
    match context.catalogue.product(sku) {
        Some(_) => dialogue.at(State::WaitingForQuantity(sku.clone())),
        None => product_gone(dialogue, sku),
    }
}

/// The quantity of a product, asked for from outside the form.
pub(super) fn order_product(dialogue: Dialogue, sku: &Sku, context: &Context) -> Dialogue {
    ask_quantity(dialogue.with_draft(context), sku, context)
}

fn product_gone(dialogue: Dialogue, sku: &Sku) -> Dialogue {
    remove(dialogue, sku).saying(Banner::ProductGone)
}

/// Asks for the quantity once more, saying why the one that was given is not taken.
fn ask_quantity_again(dialogue: Dialogue, sku: &Sku, why: Banner, context: &Context) -> Dialogue {
    match ask_quantity(dialogue, sku, context) {
        asked if asked.banner.is_none() => asked.saying(why),
        gone => gone,
    }
}

pub(super) fn choose(mut dialogue: Dialogue, sku: &Sku, quantity: u32, context: &Context) -> Dialogue {
    let Some(product) = context.catalogue.product(sku) else { return product_gone(dialogue, sku) };
    if product.price(quantity).is_err() {
        return ask_quantity_again(dialogue, sku, Banner::QuantityNotSold(quantity), context);
    }
    let Some(draft) = &mut dialogue.draft else { return new_order(dialogue, context) };
    let repriced = draft.reprice(context.catalogue);
    let put = draft.put(product, quantity);
    let dialogue = dialogue.at(State::ChoosingProduct { group: product.group.clone(), page: 0 });
    match put {
        Ok(()) => dialogue.telling(repriced),
        Err(CannotPut::TooManyLines) => dialogue.saying(Banner::TooManyLines),
        Err(CannotPut::TooExpensive) => dialogue.saying(Banner::TooExpensive),
        Err(CannotPut::NotSold) => ask_quantity_again(dialogue, sku, Banner::QuantityNotSold(quantity), context),
    }
}

pub(super) fn remove(mut dialogue: Dialogue, sku: &Sku) -> Dialogue {
    if let Some(draft) = &mut dialogue.draft {
        draft.remove(sku);
    }
    dialogue.at_form()
}

pub(super) fn remove_note(mut dialogue: Dialogue, context: &Context) -> Dialogue {
    if let Some(draft) = &mut dialogue.draft {
        draft.set_note(None);
    }
    check_out(dialogue, context)
}

pub(super) fn check_out(mut dialogue: Dialogue, context: &Context) -> Dialogue {
    let Some(draft) = &mut dialogue.draft else { return new_order(dialogue, context) };
    let repriced = draft.reprice(context.catalogue);
    match (draft.lines.is_empty(), repriced) {
        (true, Repriced::Same) => dialogue.at_form().saying(Banner::NothingChosen),
        (true, _) => dialogue.at_form().telling(repriced),
        (false, _) => dialogue.at(State::Confirming).telling(repriced),
    }
}

/// A quantity was typed, or something came that is none.
pub(super) fn quantity_said(dialogue: Dialogue, sku: &Sku, message: &Message, context: &Context) -> Dialogue {
    match typed_order::quantity(&message.text, context.words).filter(|_| message.upload == Upload::Nothing) {
        Some(quantity) => choose(dialogue, sku, quantity, context),
        None => ask_quantity_again(dialogue, sku, Banner::NotAQuantity, context),
    }
}

/// The note was typed, or something came that is none.
pub(super) fn note_said(mut dialogue: Dialogue, message: &Message, context: &Context) -> Dialogue {
    let note = clean_text(&message.text, usize::MAX);
    if note.is_empty() || message.upload != Upload::Nothing {
        return dialogue.saying(Banner::NoteExpected);
    }
    if length(&note) > Draft::MAX_NOTE {
        return dialogue.saying(Banner::NoteTooLong);
    }
    if let Some(draft) = &mut dialogue.draft {
        draft.set_note(Some(note));
    }
    check_out(dialogue, context)
}

/// Puts the lines of an order into the draft, at the prices of now.
pub(super) fn repeat(mut dialogue: Dialogue, order: &Order, context: &Context) -> Dialogue {
    let mut draft = dialogue.draft.take().unwrap_or_else(|| Draft::new(context.fresh_draft));
    let was_begun = !draft.lines.is_empty();
    let repriced = draft.reprice(context.catalogue);
    let mut has_new_price = false;
    let mut is_missing = false;
    for line in &order.lines {
        let product = context.catalogue.product(&line.sku);
        match product.map(|product| draft.put_again(product, line.quantity, line.price)) {
            Some(Ok(())) => has_new_price |= draft.line(&line.sku).is_some_and(|line| line.old_price.is_some()),
            Some(Err(_)) | None => is_missing = true,
        }
    }
    dialogue.draft = Some(draft);
    let dialogue = dialogue.at_form();
    match repriced {
        Repriced::Gone => dialogue.telling(Repriced::Gone),
        _ if is_missing => dialogue.saying(Banner::RepeatedInPart),
        _ if has_new_price => dialogue.telling(Repriced::Prices),
        Repriced::Same if was_begun => dialogue.saying(Banner::RepeatedIntoDraft),
        _ => dialogue.telling(repriced),
    }
}
