//! Orders in the admins' lists: those that wait for staff, and those that a search finds.

use super::super::keyboard::{Button, Keyboard};
use super::super::serial_files::product;
use super::super::{Html, Moment, Screen};
use super::buttons::{admin_button, leave_button, page_line, turn_buttons};
use crate::chat::action::{Action, AdminAction, StaffAction};
use crate::chat::i18n::Texts;
use crate::domain::typed::clean_line;
use crate::domain::{AdminOrder, AdminPage, Catalogue, Findings, OrderNumber, Queue, SearchText, SerialTrace, Status};

/// Buttons with an order's number in one row.
const NUMBERS_PER_ROW: usize = 4;
/// Characters of a name in a list: eight orders with two names each must fit one message.
const NAME: usize = 64;

/// The orders that wait for staff, oldest first.
pub fn queue(queue: &Queue, status: Option<Status>, texts: &Texts) -> Screen {
    let page = &queue.listed;
    let title = Html::new().bold(&queue_title(page, status, texts)).end_line();
    let title = match queue.placed + queue.invoiced {
        0 => title.gap(),
        _ => {
            let counts = [("placed", queue.placed.into()), ("invoiced", queue.invoiced.into())];
            title.line(&texts.say_with("queue-by-status", &counts)).gap()
        }
    };
    let text = page.orders.iter().fold(title, |text, order| text.then(entry(order, Listed::Waiting, texts)).gap());
    let nothing = texts.say(if status.is_some() { "orders-empty-filtered" } else { "queue-empty" });
    let text = if page.orders.is_empty() { text.line(&nothing) } else { text };
    let turn = |page| AdminAction::Queue { status, page };
    let filtered = |choice: Option<Status>| {
        let name = choice.map_or_else(|| texts.say("button-all-orders"), |status| texts.status(status));
        let label = if choice == status { texts.say_with("button-current", &[("label", name.into())]) } else { name };
        admin_button(label, AdminAction::Queue { status: choice, page: 0 })
    };
    let keyboard = Keyboard::new()
        .grid(NUMBERS_PER_ROW, page.orders.iter().map(|order| open(order.summary.number, texts)).collect())
        .row(turn_buttons(page.page, page.pages, turn, texts))
        .row([filtered(None), filtered(Some(Status::Placed)), filtered(Some(Status::Invoiced))])
        .row([leave_button(texts)]);
    Screen { text: page_line(text, page.page, page.pages, texts), keyboard }
}

/// What a search came to. A serial number that was searched is not shown again.
pub fn findings(findings: &Findings, catalogue: &Catalogue, texts: &Texts) -> Screen {
    let page = &findings.orders;
    let mut text = Html::new().bold(&texts.say("find-title")).gap();
    if let Some(trace) = &findings.serial {
        text = text.line(&serial_line(trace, catalogue, texts)).gap();
    }
    text = page.orders.iter().fold(text, |text, order| text.then(entry(order, Listed::Found, texts)).gap());
    text = match (page.total, &findings.serial) {
        (0, None) => text.line(&texts.say("find-nothing")),
        (0, Some(_)) => text,
        (total, _) if total > SearchText::MOST_FOUND => {
            text.line(&texts.say_with("find-many", &[("count", SearchText::MOST_FOUND.into())]))
        }
        (total, _) => text.line(&texts.say_with("find-count", &[("count", total.into())])),
    };
    let holder = findings.serial.as_ref().and_then(|trace| trace.order);
    let listed = page.orders.iter().map(|order| order.summary.number);
    let numbers = holder.into_iter().chain(listed.filter(|number| Some(*number) != holder));
    let keyboard = Keyboard::new()
        .grid(NUMBERS_PER_ROW, numbers.map(|number| open(number, texts)).collect())
        .row(turn_buttons(page.page, page.pages, |page| AdminAction::Found { page }, texts))
        .row([leave_button(texts)]);
    Screen { text: page_line(text, page.page, page.pages, texts), keyboard }
}

fn serial_line(trace: &SerialTrace, catalogue: &Catalogue, texts: &Texts) -> String {
    let product = product(&trace.sku, catalogue, texts);
    match trace.order {
        Some(number) => texts.say_with("find-serial-given", &[product, ("number", number.to_string().into())]),
        None => texts.say_with("find-serial-in-stock", &[product]),
    }
}

/// What is listed, how much of it there is, and which part of that is on this page.
fn queue_title(page: &AdminPage, status: Option<Status>, texts: &Texts) -> String {
    let counted = [("count", page.total.into())];
    let listed = match status {
        None => texts.say_with("queue-title", &counted),
        Some(status) => {
            let [count] = counted;
            texts.say_with("queue-title-of", &[("status", texts.status(status).into()), count])
        }
    };
    match page.places() {
        Some((first, last)) if page.pages > 1 => {
            let places = [("listed", listed.into()), ("first", first.into()), ("last", last.into())];
            texts.say_with("queue-title-part", &places)
        }
        _ => listed,
    }
}

/// In which list an order stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Listed {
    Waiting,
    Found,
}

fn entry(order: &AdminOrder, listed: Listed, texts: &Texts) -> Html {
    let summary = &order.summary;
    let number = ("number", summary.number.to_string().into());
    let status = ("status", texts.status(summary.status).into());
    let title = match listed {
        Listed::Waiting => texts.say_with("queue-entry", &[number, status]),
        Listed::Found => {
            texts.say_with("find-entry", &[number, status, ("date", texts.date(summary.placed_at).into())])
        }
    };
    let details = [
        ("name", clean_line(&order.customer, NAME).into()),
        ("quantity", summary.keys.into()),
        ("price", texts.money(summary.total).into()),
    ];
    let text = Html::new().bold(&title).end_line().inert_line(&texts.say_with("queue-line", &details));
    let text = match listed {
        Listed::Waiting => {
            let shown = texts.date_time(order.since);
            text.text(&texts.say("queue-since")).text(" ").moment(order.since, Moment::DayAndTime, &shown).end_line()
        }
        Listed::Found => text,
    };
    match &order.taken_by {
        Some(by) => text.inert_line(&texts.say_with("queue-taken", &[("name", clean_line(by, NAME).into())])),
        None => text,
    }
}

fn open(number: OrderNumber, texts: &Texts) -> Button {
    let label = texts.say_with("button-order", &[("number", number.to_string().into())]);
    Button::act(label, Action::Staff(number, StaffAction::Open))
}
