//! The vendor's figures of a period.

use super::keyboard::Keyboard;
use super::{Html, Screen};
use crate::chat::i18n::{Texts, Value};
use crate::domain::{Figures, Stats, Status};

/// The figures of each status and of all orders; short enough for the caption of a picture.
pub fn figures(stats: &Stats, texts: &Texts) -> Screen {
    let title = texts.say_with("stats-title", &[("period", texts.period(stats.period).into())]);
    let total = stats.figures.total();
    let text = Html::new().bold(&title).gap();
    if total.orders == 0 {
        return Screen { text: text.line(&texts.say("stats-empty")), keyboard: Keyboard::new() };
    }
    let with_orders = Status::ALL.into_iter().filter(|status| stats.figures.of(*status).orders > 0);
    let text = with_orders.fold(text, |text, status| {
        let mut variables = variables(stats.figures.of(status), texts);
        variables.push(("status", texts.status(status).into()));
        text.line(&texts.say_with("stats-status", &variables))
    });
    let text = text.gap().bold(&texts.say_with("stats-total", &variables(&total, texts))).end_line();
    let cancelled = stats.figures.of(Status::Cancelled).orders;
    let text = match cancelled {
        0 => text,
        _ if cancelled == total.orders => text,
        _ => {
            let kept = variables(&stats.figures.total_without_cancelled(), texts);
            text.line(&texts.say_with("stats-total-without-cancelled", &kept))
        }
    };
    Screen { text, keyboard: Keyboard::new() }
}

fn variables(figures: &Figures, texts: &Texts) -> Vec<(&'static str, Value)> {
    vec![
        ("count", figures.orders.into()),
        ("quantity", figures.keys.into()),
        ("amount", texts.sums(&figures.sums).into()),
    ]
}
