//! The screens beside the order: start, prices, help, privacy.

use chrono::TimeDelta;

use super::keyboard::{Button, Keyboard};
use super::menu::{ADMIN_COMMANDS, CUSTOMER_COMMANDS};
use super::parts::{docs_button, price_lines};
use super::{Facts, Html, Screen, Subject, typed_order};
use crate::chat::action::{Action, DraftAction};
use crate::chat::dialogue::Dialogue;
use crate::chat::i18n::Texts;
use crate::domain::Product;
use crate::domain::typed::length;

/// Characters of one page of the price list, markup included, well below the 4096 that a message holds.
const PRICES_PAGE: usize = 2_500;

pub fn home(dialogue: &Dialogue, facts: &Facts, texts: &Texts) -> Screen {
    // A name of invisible characters only is nothing once it is cleaned.
    let greeting = match facts.reader.name.as_str() {
        "" => texts.say("home-greeting-nameless"),
        name => texts.say_with("home-greeting", &[("name", name.into())]),
    };
    let mut text = Html::new()
        .line(&greeting)
        .gap()
        .line(&texts.say_with("home-purpose", &[("shop", facts.shop.name.as_str().into())]))
        .line(&texts.say("home-promise"));
    let draft = dialogue.draft.as_ref().filter(|draft| !draft.lines.is_empty());
    if let Some((draft, Ok(total))) = draft.map(|draft| (draft, draft.total(facts.catalogue))) {
        let variables = [("count", draft.keys().into()), ("price", texts.money(total).into())];
        text = text.gap().line(&texts.say_with("home-draft", &variables));
    }
    let resume = draft
        .map(|draft| Button::draft(texts.say("button-resume"), draft.id, DraftAction::Form { group: None, page: 0 }));
    let keyboard = Keyboard::new()
        .row(resume)
        .row([Button::act(texts.say("button-new-order"), Action::NewOrder)])
        .row([Button::act(texts.say("button-orders"), Action::Orders { filter: None, page: 0 })])
        .row([Button::act(texts.say("button-prices"), Action::Prices { page: 0 })])
        .row(docs_button(facts.shop.docs_url.as_ref(), texts));
    Screen { text, keyboard }
}

/// The price list as it stands.
pub fn prices(page: u32, facts: &Facts, texts: &Texts) -> Screen {
    let mut pages: Vec<Html> = Vec::new();
    for product in &facts.catalogue.products {
        let entry = price_entry(product, texts);
        match pages.last_mut().filter(|last| length(last.as_str()) + length(entry.as_str()) <= PRICES_PAGE) {
            Some(last) => *last = std::mem::take(last).gap().then(entry),
            None => pages.push(entry),
        }
    }
    let count = pages.len().max(1);
    let page = usize::try_from(page).unwrap_or(usize::MAX).min(count - 1);
    let mut text = Html::new().bold(&texts.say("prices-title")).gap();
    text = text.then(pages.into_iter().nth(page).unwrap_or_default()).gap();
    if count > 1 {
        let position = [("page", (page as u64 + 1).into()), ("pages", (count as u64).into())];
        text = text.line(&texts.say_with("prices-page", &position));
    }
    text = text.line(&texts.say("prices-offer"));
    let turn = |label: &str, page: usize| {
        Button::act(texts.say(label), Action::Prices { page: u32::try_from(page).unwrap_or(0) })
    };
    let terms = facts.shop.terms_url.clone();
    let terms = terms.map(|url| Button::open(texts.say("button-terms"), url));
    let previous = (page > 0).then(|| turn("button-previous-page", page - 1));
    let next = (page + 1 < count).then(|| turn("button-next-page", page + 1));
    let keyboard = Keyboard::new()
        .row(previous.into_iter().chain(next))
        .row(terms)
        .row([Button::act(texts.say("button-products"), Action::Products { group: None, page: 0 })])
        .row([Button::act(texts.say("button-new-order"), Action::NewOrder), home_button(texts)]);
    Screen { text, keyboard }
}

fn price_entry(product: &Product, texts: &Texts) -> Html {
    let name = Html::new().bold(product.name.in_language(texts.language())).end_line();
    price_lines(name, product, texts)
}

/// What the bot does, by command.
pub fn help(facts: &Facts, texts: &Texts) -> Screen {
    let heading = Html::new()
        .bold(&texts.say("help-title"))
        .end_line()
        .line(&texts.say_with("help-intro", &[("shop", facts.shop.name.as_str().into())]));
    let listed = |text: Html, (command, key): &(&str, &str)| {
        let variables = [("command", (*command).into()), ("description", texts.say(key).into())];
        text.line(&texts.say_with("help-line", &variables))
    };
    let heading = match &facts.shop.contact {
        Some(contact) => heading.line(&texts.say_with("help-contact", &[("contact", contact.as_str().into())])),
        None => heading,
    };
    let heading = heading.gap();
    let text = CUSTOMER_COMMANDS.iter().fold(heading, listed).line(&texts.say("help-order"));
    let example = [("example", typed_order::example(facts.catalogue, 2).into())];
    let text = text.line(&texts.say_with("help-typed", &example));
    let text = match facts.subject {
        Subject::AdminHelp => {
            let title = text.gap().bold(&texts.say("help-admin")).end_line();
            ADMIN_COMMANDS.iter().fold(title, listed)
        }
        _ => text,
    };
    let docs = docs_button(facts.shop.docs_url.as_ref(), texts);
    Screen { text, keyboard: Keyboard::new().row(docs).row([home_button(texts)]) }
}

/// What is stored, and how to have it erased.
pub fn privacy(facts: &Facts, texts: &Texts) -> Screen {
    let erase = match &facts.shop.contact {
        Some(contact) => texts.say_with("privacy-erase-contact", &[("contact", contact.as_str().into())]),
        None => texts.say("privacy-erase"),
    };
    let text = Html::new()
        .bold(&texts.say("privacy-title"))
        .gap()
        .line(&texts.say("privacy-stored"))
        .line(&texts.say("privacy-shared"))
        .line(&texts.say_with("privacy-use", &[("shop", facts.shop.name.as_str().into())]))
        .gap()
        .then(kept(facts, texts))
        .line(&erase)
        .line(&texts.say("privacy-erased"));
    Screen { text, keyboard: Keyboard::new().row([home_button(texts)]) }
}

/// How long what is stored stays.
fn kept(facts: &Facts, texts: &Texts) -> Html {
    let Subject::Retention(retention) = facts.subject else { return Html::new() };
    let days = |kept: TimeDelta| texts.say_with("privacy-days", &[("count", kept.num_days().unsigned_abs().into())]);
    let lines = [
        ("privacy-kept-messages", retention.sent_messages),
        ("privacy-kept-updates", retention.processed_updates),
        ("privacy-kept-failed", retention.dead_letters),
        ("privacy-kept-broken", retention.broken_dialogues),
    ];
    let text = Html::new().line(&texts.say("privacy-kept-orders"));
    let text = lines
        .into_iter()
        .fold(text, |text, (key, kept)| text.line(&texts.say_with(key, &[("days", days(kept).into())])));
    let audit = match retention.audit {
        Some(kept) => texts.say_with("privacy-kept-audit", &[("days", days(kept).into())]),
        None => texts.say("privacy-kept-audit-for-good"),
    };
    text.line(&audit).gap()
}

fn home_button(texts: &Texts) -> Button {
    Button::act(texts.say("button-home"), Action::Home)
}
