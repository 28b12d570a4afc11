//! The vendor's figures of a period.

use super::keyboard::Keyboard;
use super::{Html, Screen};
use crate::chat::i18n::{Texts, Value};
use crate::domain::{Figures, Stats, Status};

/// What was ordered and what was invoiced, then the orders by status; short enough for the caption of a picture. Cancelled
/// orders came to nothing, so they count in no other line than their own.
pub fn figures(stats: &Stats, texts: &Texts) -> Screen {
    let title = texts.say_with("stats-title", &[("period", texts.period(stats.period).into())]);
    let (standing, cancelled) = (stats.figures.standing(), stats.figures.of(Status::Cancelled));
    let text = Html::new().bold(&title).gap();
    let text = match (standing.orders, cancelled.orders) {
        (0, 0) => text.line(&texts.say("stats-empty")),
        (0, _) => text.line(&texts.say("stats-only-cancelled")),
        _ => standing_lines(text, stats, &standing, texts),
    };
    let text = match cancelled.orders {
        0 => text,
        _ => text.gap().line(&texts.say_with("stats-cancelled", &variables(cancelled, texts))),
    };
    Screen { text, keyboard: Keyboard::new() }
}

fn standing_lines(text: Html, stats: &Stats, standing: &Figures, texts: &Texts) -> Html {
    let text = text.bold(&texts.say_with("stats-ordered", &variables(standing, texts))).end_line();
    let text = match standing.invoices {
        0 => text.line(&texts.say("stats-nothing-invoiced")),
        invoices => {
            let invoiced = [("count", invoices.into()), ("amount", texts.sums(&standing.invoiced).into())];
            text.bold(&texts.say_with("stats-invoiced", &invoiced)).end_line()
        }
    };
    let with_orders = Status::STANDING.into_iter().filter(|status| stats.figures.of(*status).orders > 0);
    with_orders.fold(text.gap(), |text, status| {
        let mut variables = variables(stats.figures.of(status), texts);
        variables.push(("status", texts.status(status).into()));
        text.line(&texts.say_with("stats-status", &variables))
    })
}

fn variables(figures: &Figures, texts: &Texts) -> Vec<(&'static str, Value)> {
    vec![
        ("count", figures.orders.into()),
        ("quantity", figures.keys.into()),
        ("amount", texts.sums(&figures.sums).into()),
    ]
}
