//! The order list and an order's card.

use super::keyboard::{Button, Keyboard};
use super::parts::{amount, line, note_line, who};
use super::words::files_button;
use super::{Html, Reader, Screen, timeline};
use crate::chat::action::{Action, CardAction};
use crate::chat::i18n::Texts;
use crate::domain::typed::clean_line;
use crate::domain::{Catalogue, Order, OrderLine, OrderNumber, OrderPage, OrderSummary, Request, Status};

/// Buttons with an order's number in one row.
const NUMBERS_PER_ROW: usize = 4;

/// The order list, newest first, with the columns of the web page.
pub fn list(page: &OrderPage, filter: Option<Status>, texts: &Texts) -> Screen {
    let title = match filter {
        Some(status) => texts.say_with("orders-filtered", &[("status", status.code().into())]),
        None => texts.say("orders-title"),
    };
    let mut text = Html::new().bold(&title).gap();
    if page.orders.is_empty() {
        text = text.line(&texts.say(if filter.is_some() { "orders-empty-filtered" } else { "orders-empty" }));
    }
    if !page.orders.is_empty() {
        // A table of five columns is wider than a phone: each order is two lines, and the names stand above them as they do.
        text = text.italic(&texts.say("orders-columns-above")).end_line();
        text = text.italic(&texts.say("orders-columns-below")).gap();
    }
    for order in &page.orders {
        text = text.then(list_entry(order, texts)).gap();
    }
    if page.pages > 1 {
        let position = [("page", (u64::from(page.page) + 1).into()), ("pages", u64::from(page.pages).into())];
        text = text.line(&texts.say_with("orders-page", &position));
    }
    Screen { text, keyboard: list_keyboard(page, filter, texts) }
}

fn list_entry(order: &OrderSummary, texts: &Texts) -> Html {
    let heading = [("number", order.number.to_string().into()), ("date", texts.date(order.placed_at).into())];
    let details = [
        ("status", texts.status(order.status).into()),
        ("quantity", order.keys.into()),
        ("price", texts.money(order.total).into()),
    ];
    Html::new()
        .bold(&texts.say_with("orders-entry", &heading))
        .end_line()
        .line(&texts.say_with("orders-line", &details))
}

fn list_keyboard(page: &OrderPage, filter: Option<Status>, texts: &Texts) -> Keyboard {
    let number = |order: &OrderSummary| {
        let label = texts.say_with("button-order", &[("number", order.number.to_string().into())]);
        Button::act(label, Action::Order(order.number))
    };
    let turn = |label: &str, page: u32| Button::act(texts.say(label), Action::Orders { filter, page });
    let newer = (page.page > 0).then(|| turn("button-newer", page.page.saturating_sub(1)));
    let older = (page.page + 1 < page.pages).then(|| turn("button-older", page.page + 1));
    let filtered = |choice: Option<Status>| {
        let name = choice.map_or_else(|| texts.say("button-all-orders"), |status| texts.status(status));
        let label = if choice == filter { texts.say_with("button-current", &[("label", name.into())]) } else { name };
        Button::act(label, Action::Orders { filter: choice, page: 0 })
    };
    let keyboard = Keyboard::new()
        .grid(NUMBERS_PER_ROW, page.orders.iter().map(number).collect())
        .row(newer.into_iter().chain(older));
    let keyboard = match (page.total, filter) {
        (0, None) => keyboard,
        _ => keyboard
            .row([filtered(None), filtered(Some(Status::Placed)), filtered(Some(Status::Invoiced))])
            .row([filtered(Some(Status::Completed)), filtered(Some(Status::Cancelled))]),
    };
    keyboard.row([
        Button::act(texts.say("button-new-order"), Action::NewOrder),
        Button::act(texts.say("button-home"), Action::Home),
    ])
}

pub fn card(order: &Order, reader: &Reader, texts: &Texts) -> Screen {
    let summary = &order.summary;
    let text = Html::new()
        .bold(&title(summary, texts))
        .end_line()
        .line(&texts.say_with("status-is", &[("status", texts.status(summary.status).into())]))
        .line(&texts.say_with("date-placed", &[("date", texts.date(summary.placed_at).into())]))
        .then(placed_by(order, reader, texts))
        .gap()
        .then(contents(order, Catalogue::MAX_NAME, texts))
        .gap();
    let text = timeline::for_customer(text, order, texts);
    let button = |label: &str, action: CardAction| Button::act(texts.say(label), Action::Card(summary.number, action));
    let invoice = order.invoice_document().map(|_| button("button-invoice-file", CardAction::Invoice));
    let serials = (summary.status == Status::Completed).then(|| button("button-serials-file", CardAction::Serials));
    let files = files_button(order, Action::Card(summary.number, CardAction::Files), texts);
    let cancel = (!summary.status.is_final()).then(|| button("button-ask-to-cancel", CardAction::AskToCancel));
    let keyboard = Keyboard::new()
        .row(serials)
        .row(invoice)
        .row(files)
        .row([button("button-ask", CardAction::Ask)].into_iter().chain(cancel))
        .row([Button::act(texts.say("button-repeat"), Action::Repeat(summary.number))])
        .row([
            Button::act(texts.say("button-orders"), Action::Orders { filter: None, page: 0 }),
            Button::act(texts.say("button-home"), Action::Home),
        ]);
    Screen { text, keyboard }
}

/// What a customer can say to staff about an order.
pub fn asking(number: OrderNumber, request: Request, texts: &Texts) -> Screen {
    let (title, how) = match request {
        Request::Answer => ("ask-title", "ask-how"),
        Request::Cancellation => ("ask-cancel-title", "ask-cancel-how"),
    };
    let text = Html::new()
        .bold(&texts.say_with(title, &[("number", number.to_string().into())]))
        .end_line()
        .line(&texts.say(how));
    // Too long for a row that it shares, so what leads here stands above it.
    let silent = (request == Request::Cancellation).then(|| {
        let label = texts.say("button-cancel-without-words");
        Button::act(label, Action::Card(number, CardAction::CancelWithoutWords))
    });
    let back = Button::act(texts.say("button-back"), Action::Order(number));
    Screen { text, keyboard: Keyboard::new().row(silent).row([back]) }
}

/// Who placed the order, where several people could have.
fn placed_by(order: &Order, reader: &Reader, texts: &Texts) -> Html {
    match order.events.first() {
        Some(placing) if reader.has_colleagues => {
            Html::new().line(&texts.say_with("card-placed-by", &[("name", who(placing.actor.name(), texts).into())]))
        }
        _ => Html::new(),
    }
}

/// The answer to a number that is no order of this person's, whether it exists or not.
pub fn unknown(texts: &Texts) -> Screen {
    let keyboard = Keyboard::new().row([
        Button::act(texts.say("button-orders"), Action::Orders { filter: None, page: 0 }),
        Button::act(texts.say("button-home"), Action::Home),
    ]);
    Screen { text: Html::new().text(&texts.say("card-unknown")), keyboard }
}

/// Lines, total and note of an order, as they were frozen; of the products' names at most so many characters.
pub fn contents(order: &Order, longest_name: usize, texts: &Texts) -> Html {
    let lines =
        order.lines.iter().fold(Html::new(), |text, ordered| text.then(order_line(ordered, longest_name, texts)));
    lines
        .gap()
        .bold(&amount("total", order.summary.keys, order.summary.total, texts))
        .end_line()
        .then(note_line(order.note.as_deref(), texts))
}

fn order_line(ordered: &OrderLine, longest_name: usize, texts: &Texts) -> Html {
    let name = clean_line(ordered.name.in_language(texts.language()), longest_name);
    line(&name, &amount("line-amount", ordered.quantity.into(), ordered.price, texts))
}

fn title(order: &OrderSummary, texts: &Texts) -> String {
    texts.say_with("order-title", &[("number", order.number.to_string().into())])
}
