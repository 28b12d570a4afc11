//! What happened to an order, line by line, as its customer and as staff read it.

use super::Html;
use super::order_actions::{customer_line, staff_line};
use crate::chat::i18n::Texts;
use crate::domain::typed::length;
use crate::domain::{ActionKind, Invoice, Order, OrderAction, OrderEvent};

/// Characters that are left to a timeline and what stands before it, markup included: a message holds 4096, and two
/// sentences may stand on top.
const FITS: usize = 3_800;
/// A trail of more lines than these is folded,
const LONG: usize = 6;
/// except for so many of the newest.
const NEWEST: usize = 3;
/// Newest lines that stand above a question; the alert has them all.
const NEWS: usize = 5;

/// A text with an order's history below it, as its customer sees it. The oldest lines give way, so that all fits one
/// message.
pub fn for_customer(head: Html, order: &Order, texts: &Texts) -> Html {
    let lines: Vec<String> =
        with_former(order).filter_map(|(event, former)| customer_line(event, former, texts)).collect();
    fitted(head, &lines, Html::line)
}

/// The same with everything that was done, and by whom. Of a long trail only what is newest stands open.
pub fn for_staff(head: Html, order: &Order, texts: &Texts) -> Html {
    let answered_until = order.events.iter().rposition(|event| event.action.kind() == ActionKind::Answer).unwrap_or(0);
    let line = |(place, (event, former)): (usize, (&OrderEvent, Option<&Invoice>))| {
        let line = staff_line(event, former, texts);
        let is_settled = || order.events.iter().any(|event| event.action == OrderAction::Settled { row: place });
        match event.action.kind() {
            ActionKind::Ask | ActionKind::Add if is_settled() => {
                texts.say_with("alert-is-settled", &[("line", line.into())])
            }
            ActionKind::Ask | ActionKind::Add if place < answered_until => {
                texts.say_with("alert-is-answered", &[("line", line.into())])
            }
            _ => line,
        }
    };
    let lines: Vec<String> = with_former(order).enumerate().map(line).collect();
    let lines = newest(&head, &lines, Html::inert_line);
    let folded = if lines.len() > LONG { lines.len() - NEWEST } else { 0 };
    let (older, newer) = lines.split_at(folded);
    let folded = older.iter().fold(Html::new(), |text, line| text.inert_line(line));
    newer.iter().fold(head.expandable(&folded), |text, line| text.inert_line(line))
}

/// What was done of late, line by line, for staff.
pub fn news(events: &[OrderEvent], texts: &Texts) -> Html {
    let newest = events.get(events.len().saturating_sub(NEWS)..).unwrap_or_default();
    newest.iter().fold(Html::new(), |text, event| text.inert_line(&staff_line(event, None, texts)))
}

/// What was done, each with the invoice that held before it.
fn with_former(order: &Order) -> impl Iterator<Item = (&OrderEvent, Option<&Invoice>)> {
    order.events.iter().scan(None, |former, event| {
        let before = *former;
        if let OrderAction::Invoiced(invoice) = &event.action {
            *former = Some(invoice);
        }
        Some((event, before))
    })
}

fn fitted(head: Html, lines: &[String], append: fn(Html, &str) -> Html) -> Html {
    newest(&head, lines, append).iter().fold(head, |text, line| append(text, line))
}

/// As many of the newest lines as there is room for below `head`.
fn newest<'l>(head: &Html, lines: &'l [String], append: fn(Html, &str) -> Html) -> &'l [String] {
    let mut room = FITS.saturating_sub(length(head.as_str()));
    let newest_first = lines.iter().rev().take_while(|line| {
        let taken = length(append(Html::new(), line).as_str()) + 1;
        let fits = taken <= room;
        room = room.saturating_sub(taken);
        fits
    });
    let kept = newest_first.count();
    lines.get(lines.len() - kept..).unwrap_or_default()
}
