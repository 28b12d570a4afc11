//! What happened to an order, line by line, as its customer and as staff read it.

use super::Html;
use super::order_actions::{customer_line, staff_line};
use crate::chat::i18n::Texts;
use crate::domain::typed::length;
use crate::domain::{Order, OrderEvent};

/// Characters that are left to a timeline and what stands before it, markup included: a message holds 4096, and two
/// sentences may stand on top.
const FITS: usize = 3_800;
/// Newest lines that stand above a question; the alert has them all.
const NEWS: usize = 5;

/// A text with an order's history below it, as its customer sees it. The oldest lines give way, so that all fits one
/// message.
pub fn for_customer(head: Html, order: &Order, texts: &Texts) -> Html {
    fitted(head, order.events.iter().filter_map(|event| customer_line(event, texts)).collect(), Html::line)
}

/// The same with everything that was done, and by whom.
pub fn for_staff(head: Html, order: &Order, texts: &Texts) -> Html {
    fitted(head, order.events.iter().map(|event| staff_line(event, texts)).collect(), Html::inert_line)
}

/// What was done of late, line by line, for staff.
pub fn news(events: &[OrderEvent], texts: &Texts) -> Html {
    let newest = events.get(events.len().saturating_sub(NEWS)..).unwrap_or_default();
    newest.iter().fold(Html::new(), |text, event| text.inert_line(&staff_line(event, texts)))
}

fn fitted(head: Html, lines: Vec<String>, append: fn(Html, &str) -> Html) -> Html {
    let mut room = FITS.saturating_sub(length(head.as_str()));
    let newest_first = lines.iter().rev().take_while(|line| {
        let taken = length(append(Html::new(), line).as_str()) + 1;
        let fits = taken <= room;
        room = room.saturating_sub(taken);
        fits
    });
    let kept = newest_first.count();
    lines.iter().skip(lines.len() - kept).fold(head, |text, line| append(text, line))
}
