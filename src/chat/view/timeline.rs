//! What happened to an order, line by line, as its customer and as staff read it.

use super::Html;
use super::letters::reason_text;
use crate::chat::i18n::Texts;
use crate::domain::typed::{clean_line, length};
use crate::domain::{MessageBody, Order, OrderAction, OrderEvent, Request, Sequence};

/// Characters that are left to a timeline and what stands before it, markup included: a message holds 4096, and two
/// sentences may stand on top.
const FITS: usize = 3_800;
/// Newest lines that stand above a question; the alert has them all.
const NEWS: usize = 5;
/// Characters of somebody's words on one line.
const GLIMPSE: usize = 160;

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

fn customer_line(event: &OrderEvent, texts: &Texts) -> Option<String> {
    let date = ("date", texts.date_time(event.at).into());
    let status = ("status", texts.status(event.to).into());
    Some(match &event.action {
        OrderAction::Taken => return None,
        OrderAction::Placed | OrderAction::Completed => texts.say_with("card-event", &[date, status]),
        OrderAction::Invoiced(invoice) => {
            let amount = ("amount", texts.money(invoice.amount).into());
            match invoice.due {
                Some(due) => {
                    texts.say_with("card-invoiced-due", &[date, status, amount, ("due", texts.day(due).into())])
                }
                None => texts.say_with("card-invoiced", &[date, status, amount]),
            }
        }
        OrderAction::Cancelled(reason) => {
            texts.say_with("card-cancelled", &[date, status, ("reason", reason_text(reason, texts).into())])
        }
        OrderAction::Asked(Request::Cancellation, words) if words.is_silent() => {
            texts.say_with("card-asked-to-cancel-silently", &[date])
        }
        OrderAction::Asked(request, words) => {
            let key = match (words.sequence, request) {
                (Sequence::Correction, _) => "card-asked-anew",
                (_, Request::Answer) => "card-asked",
                (_, Request::Cancellation) => "card-asked-to-cancel",
            };
            texts.say_with(key, &[date, ("text", glimpse(words, "card-file", texts).into())])
        }
        OrderAction::Answered(words) => {
            let key = match words.sequence {
                Sequence::Correction => "card-answered-anew",
                Sequence::Opening | Sequence::Continuation => "card-answered",
            };
            texts.say_with(key, &[date, ("text", glimpse(words, "card-file", texts).into())])
        }
    })
}

fn staff_line(event: &OrderEvent, texts: &Texts) -> String {
    let date = ("date", texts.date_time(event.at).into());
    let name = ("name", who(event.actor.name(), texts).into());
    match &event.action {
        OrderAction::Placed => texts.say_with("alert-placed", &[date, name]),
        OrderAction::Taken => texts.say_with("alert-taken", &[date, name]),
        OrderAction::Invoiced(invoice) => {
            let amount = ("amount", texts.money(invoice.amount).into());
            match invoice.due {
                Some(due) => {
                    texts.say_with("alert-invoiced-due", &[date, name, amount, ("due", texts.day(due).into())])
                }
                None => texts.say_with("alert-invoiced", &[date, name, amount]),
            }
        }
        OrderAction::Completed => texts.say_with("alert-completed", &[date, name]),
        OrderAction::Cancelled(reason) => {
            texts.say_with("alert-cancelled", &[date, name, ("reason", reason_text(reason, texts).into())])
        }
        OrderAction::Asked(Request::Cancellation, words) if words.is_silent() => {
            texts.say_with("alert-asked-to-cancel-silently", &[date, name])
        }
        OrderAction::Asked(request, words) => {
            let key = match (words.sequence, request) {
                (Sequence::Correction, _) => "alert-asked-anew",
                (_, Request::Answer) => "alert-asked",
                (_, Request::Cancellation) => "alert-asked-to-cancel",
            };
            texts.say_with(key, &[date, name, ("text", glimpse(words, "alert-file", texts).into())])
        }
        OrderAction::Answered(words) => {
            let key = match words.sequence {
                Sequence::Correction => "alert-answered-anew",
                Sequence::Opening | Sequence::Continuation => "alert-answered",
            };
            texts.say_with(key, &[date, name, ("text", glimpse(words, "alert-file", texts).into())])
        }
    }
}

/// A name, or what stands for the shop itself, which has none.
pub(super) fn who(name: Option<&str>, texts: &Texts) -> String {
    name.map_or_else(|| texts.say("actor-system"), str::to_owned)
}

fn glimpse(words: &MessageBody, file: &str, texts: &Texts) -> String {
    if words.text.is_empty() { texts.say(file) } else { clean_line(&words.text, GLIMPSE) }
}
