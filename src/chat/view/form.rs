//! The order form: products, quantity, note, summary, and the offer to go on with a draft.

use super::keyboard::{Button, Keyboard, Style};
use super::parts::{allowed, amount, line, note_line, tier_lines};
use super::shelf::{Entry, PageSize, Shelf, group_label, heading};
use super::{Facts, Html, Screen};
use crate::chat::action::{Action, DraftAction};
use crate::chat::dialogue::{Banner, Dialogue};
use crate::chat::i18n::Texts;
use crate::domain::{Catalogue, Draft, DraftId, DraftLine, Money, Product, Sku};

/// Most quick choices for a free quantity.
const QUICK_CHOICES: usize = 12;

/// The products with what is chosen of each, and the total.
pub fn products(dialogue: &Dialogue, group: Option<&Sku>, page: u32, facts: &Facts, texts: &Texts) -> Screen {
    let Some(draft) = &dialogue.draft else { return no_draft(texts) };
    let shelf = Shelf::of(facts.catalogue, group, page, PageSize::BUTTONS);
    let title = Html::new().bold(&texts.say("form-title")).end_line().line(&texts.say("form-ask")).gap();
    let title = match shelf.group {
        Some(group) => title.bold(&heading(Some(group), texts)).gap(),
        None => title,
    };
    let text = match draft.lines.is_empty() {
        true => title.line(&texts.say("form-empty")),
        false => title.then(chosen(draft, facts.catalogue, texts)),
    };
    let shown = shelf.entries.iter().map(|entry| match entry {
        Entry::Product(product) => product_button(draft, product, texts),
        Entry::Group(group, count) => {
            let open = DraftAction::Form { group: Some(group.id.clone()), page: 0 };
            Button::draft(group_label(group, *count, texts), draft.id, open)
        }
        // Where it can be pressed, it tells more of what stands below it.
        Entry::Heading(group) => {
            let products = Action::Products { group: group.map(|group| group.id.clone()), page: 0 };
            Button::inert(heading(*group, texts), products)
        }
    });
    let turning = shelf.turning(texts, |label, page| {
        let group = shelf.group.map(|group| group.id.clone());
        Button::draft(label, draft.id, DraftAction::Form { group, page })
    });
    let up = shelf.group.map(|_| back_to_form(draft.id, texts));
    let check_out = (!draft.lines.is_empty())
        .then(|| Button::draft(texts.say("button-check-out"), draft.id, DraftAction::CheckOut));
    let cancel = Button::draft(texts.say("button-cancel"), draft.id, DraftAction::Leave);
    let keyboard =
        Keyboard::new().grid(1, shown.collect()).row(turning).row(up).row([cancel].into_iter().chain(check_out));
    Screen { text, keyboard }
}

/// The quantity of one product.
pub fn quantity(dialogue: &Dialogue, sku: &Sku, facts: &Facts, texts: &Texts) -> Screen {
    let Some(draft) = &dialogue.draft else { return no_draft(texts) };
    let back = group_button(draft.id, facts.catalogue.product(sku), texts);
    let Some(product) = facts.catalogue.product(sku) else {
        let text = Html::new().text(&texts.say("banner-product-gone"));
        return Screen { text, keyboard: Keyboard::new().row([back]) };
    };
    let choices = quick_choices(product);
    let ask = if choices.is_empty() { "quantity-ask-typed" } else { "quantity-ask" };
    let name = product.name.in_language(texts.language());
    let mut text = Html::new()
        .bold(name)
        .end_line()
        .line(&texts.say_with(ask, &[("allowed", allowed(product, texts).into())]))
        .gap();
    for tier in tier_lines(product, texts) {
        text = text.line(&tier);
    }
    let line = draft.line(sku);
    if let Some(line) = line {
        text = text.gap().line(&amount("quantity-now", line.quantity.into(), line.price, texts));
    }
    let button = |(quantity, price): (u32, Money)| {
        let label = [("quantity", texts.number(quantity.into()).into()), ("price", texts.money(price).into())];
        let label = texts.say_with("button-quantity", &label);
        Button::draft(label, draft.id, DraftAction::Choose(sku.clone(), quantity))
    };
    let remove = line.map(|_| Button::draft(texts.say("button-remove"), draft.id, DraftAction::Remove(sku.clone())));
    let columns = if choices.len() > 4 { 2 } else { 1 };
    let keyboard =
        Keyboard::new().grid(columns, choices.into_iter().map(button).collect()).row([back].into_iter().chain(remove));
    Screen { text, keyboard }
}

/// The summary, as the order would be sent.
pub fn summary(dialogue: &Dialogue, facts: &Facts, texts: &Texts) -> Screen {
    let Some(draft) = &dialogue.draft else { return no_draft(texts) };
    let changed = matches!(dialogue.banner, Some(Banner::PricesChanged | Banner::NamesChanged | Banner::LinesGone));
    let text = Html::new()
        .bold(&texts.say("summary-title"))
        .gap()
        .then(chosen(draft, facts.catalogue, texts))
        .then(note_line(draft.note.as_deref(), texts))
        .gap()
        .line(&texts.say(if changed { "summary-accept" } else { "summary-ask" }));
    let note = if draft.note.is_some() { "button-change-note" } else { "button-add-note" };
    let note = Button::draft(texts.say(note), draft.id, DraftAction::AskNote);
    let back = back_to_form(draft.id, texts);
    // The buttons that lead here stand in the two rows at the bottom. A second tap on Send lands here before anybody can have
    // read what changed, so another button is in its place, and what accepts the changes is not where Send will be.
    let keyboard = if changed {
        let accept = Button::draft(texts.say("button-accept-changes"), draft.id, DraftAction::CheckOut);
        Keyboard::new().row([note]).row([accept]).row([back])
    } else {
        let send = DraftAction::Send { revision: draft.revision };
        let send = Button::draft(texts.say("button-send"), draft.id, send).styled(Style::Success);
        // Whoever taps twice on what leads here finds a button there that does nothing, and the order's total.
        let total = draft.total(facts.catalogue).ok();
        let total =
            total.map(|total| Button::inert(texts.money(total), Action::Draft(draft.id, DraftAction::CheckOut)));
        Keyboard::new().row([send]).row([note]).row([back].into_iter().chain(total))
    };
    Screen { text, keyboard }
}

/// The question for the note.
pub fn note(dialogue: &Dialogue, texts: &Texts) -> Screen {
    let Some(draft) = &dialogue.draft else { return no_draft(texts) };
    let limit = (Draft::MAX_NOTE as u64).into();
    let mut text =
        Html::new().bold(&texts.say("note-title")).end_line().line(&texts.say_with("note-ask", &[("limit", limit)]));
    if let Some(note) = &draft.note {
        text = text.gap().line(&texts.say_with("note-now", &[("note", note.as_str().into())]));
    }
    let back = Button::draft(texts.say("button-back"), draft.id, DraftAction::CheckOut);
    let remove =
        draft.note.as_ref().map(|_| Button::draft(texts.say("button-remove-note"), draft.id, DraftAction::RemoveNote));
    Screen { text, keyboard: Keyboard::new().row([back].into_iter().chain(remove)) }
}

/// The offer to go on with the open draft.
pub fn resume(dialogue: &Dialogue, facts: &Facts, texts: &Texts) -> Screen {
    let Some(draft) = &dialogue.draft else { return no_draft(texts) };
    let text = Html::new()
        .bold(&texts.say("resume-title"))
        .gap()
        .then(chosen(draft, facts.catalogue, texts))
        .gap()
        .line(&texts.say("resume-question"));
    let go_on = DraftAction::Form { group: None, page: 0 };
    let keyboard = Keyboard::new()
        .row([Button::draft(texts.say("button-resume"), draft.id, go_on)])
        .row([Button::draft(texts.say("button-start-afresh"), draft.id, DraftAction::StartAfresh)])
        .row([Button::act(texts.say("button-home"), Action::Home)]);
    Screen { text, keyboard }
}

pub(super) fn no_draft(texts: &Texts) -> Screen {
    let begin = Button::act(texts.say("button-new-order"), Action::NewOrder);
    Screen { text: Html::new().text(&texts.say("banner-nothing-chosen")), keyboard: Keyboard::new().row([begin]) }
}

pub(super) fn chosen(draft: &Draft, catalogue: &Catalogue, texts: &Texts) -> Html {
    let lines = draft.lines.iter().fold(Html::new(), |text, chosen| {
        text.then(line(chosen.name.in_language(texts.language()), &line_amount(chosen, texts)))
    });
    match draft.total(catalogue) {
        Ok(total) => lines.gap().bold(&amount("total", draft.keys(), total, texts)).end_line(),
        Err(_) => lines.gap().line(&texts.say("banner-prices-changed")),
    }
}

fn line_amount(line: &DraftLine, texts: &Texts) -> String {
    let Some(old) = line.old_price else { return amount("line-amount", line.quantity.into(), line.price, texts) };
    let variables = [
        ("quantity", u64::from(line.quantity).into()),
        ("price", texts.money(line.price).into()),
        ("old", texts.money(old).into()),
    ];
    texts.say_with("line-repriced", &variables)
}

fn product_button(draft: &Draft, product: &Product, texts: &Texts) -> Button {
    let name = product.name.in_language(texts.language());
    let label = match draft.line(&product.sku) {
        Some(line) => {
            let quantity = texts.number(line.quantity.into());
            texts.say_with("button-chosen", &[("label", name.into()), ("quantity", quantity.into())])
        }
        None => name.to_owned(),
    };
    Button::draft(label, draft.id, DraftAction::Product(product.sku.clone()))
}

pub(super) fn back_to_form(draft: DraftId, texts: &Texts) -> Button {
    Button::draft(texts.say("button-back"), draft, DraftAction::Form { group: None, page: 0 })
}

fn group_button(draft: DraftId, product: Option<&Product>, texts: &Texts) -> Button {
    let group = product.and_then(|product| product.group.clone());
    Button::draft(texts.say("button-back"), draft, DraftAction::Form { group, page: 0 })
}

/// The packages, and as many free quantities as fit: all of a small range, else where each volume tier begins.
pub(super) fn quick_choices(product: &Product) -> Vec<(u32, Money)> {
    let packages = product.packages.iter().map(|package| package.quantity);
    let free = product.free.as_ref().map_or(Vec::new(), |free| {
        let steps = (free.max - free.min.min(free.max)) / free.step.max(1);
        let all = (0..=steps).map(|index| free.min + index * free.step);
        match usize::try_from(steps) {
            Ok(steps) if steps < QUICK_CHOICES => all.collect(),
            _ => free.tiers.iter().map(|tier| tier.from.max(free.min)).take(QUICK_CHOICES).collect(),
        }
    });
    let mut quantities: Vec<u32> = packages.chain(free).collect();
    quantities.sort_unstable();
    quantities.dedup();
    quantities.into_iter().filter_map(|quantity| Some((quantity, product.price(quantity).ok()?))).collect()
}
