//! Several new orders in one message of the staff chat.

use super::keyboard::{Button, Keyboard};
use super::parts::repeated;
use super::{Html, Screen};
use crate::chat::action::Action;
use crate::chat::i18n::Texts;
use crate::domain::typed::{clean_line, length};
use crate::domain::{AdminOrder, Sending, Status};

/// Characters of a name: a message has room for forty lines and more.
const LONGEST_NAME: usize = 32;
/// Orders that one message names at most: so many buttons it may have (<https://core.telegram.org/bots/api#inlinekeyboardmarkup>).
pub const MOST: usize = 100;
/// Characters that are left to the lines, markup included: a message holds 4096, and two sentences stand on top.
const FITS: usize = 3_900;
/// What a line may grow by when its order changes: a status.
const GROWTH: usize = 24;
/// Buttons with an order's number in one row.
const PER_ROW: usize = 5;

/// How many of these orders one message can name, whatever becomes of them.
pub fn fitting(orders: &[AdminOrder], texts: &Texts) -> usize {
    let mut room = FITS;
    let fits = |order: &&AdminOrder| {
        let taken = length(line(order, Taken::Hidden, texts).as_str()) + GROWTH;
        let fits = taken <= room;
        room = room.saturating_sub(taken);
        fits
    };
    orders.iter().take(MOST).take_while(fits).count()
}

/// The orders as they stand, each with its button while something can be done about it.
pub fn digest(orders: &[AdminOrder], sending: Sending, texts: &Texts) -> Screen {
    let count = u64::try_from(orders.len()).unwrap_or(u64::MAX);
    let head = repeated(sending, texts)
        .bold(&texts.say_with("digest-title", &[("count", count.into())]))
        .end_line()
        .line(&texts.say("digest-how"))
        .gap();
    let lines = |taken| orders.iter().fold(Html::new(), |text, order| text.then(line(order, taken, texts)));
    let told = lines(Taken::Shown);
    let text = head.then(if length(told.as_str()) > FITS { lines(Taken::Hidden) } else { told });
    let open = orders.iter().filter(|order| !order.summary.status.is_final());
    let button = |order: &AdminOrder| {
        let number = order.summary.number;
        let label = texts.say_with("button-order", &[("number", number.to_string().into())]);
        Button::act(label, Action::Unfold(number))
    };
    Screen { text, keyboard: Keyboard::new().grid(PER_ROW, open.map(button).collect()) }
}

/// Whether a line says who took its order in hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Taken {
    Shown,
    Hidden,
}

fn line(order: &AdminOrder, taken: Taken, texts: &Texts) -> Html {
    let summary = &order.summary;
    let said = texts.say_with(
        "digest-line",
        &[
            ("number", summary.number.to_string().into()),
            ("name", clean_line(&order.customer, LONGEST_NAME).into()),
            ("price", texts.money(summary.total).into()),
        ],
    );
    let status = (summary.status != Status::Placed).then(|| texts.status(summary.status));
    let is_told = taken == Taken::Shown && !summary.status.is_final();
    let taken = order.taken_by.as_ref().filter(|_| is_told);
    let taken = taken.map(|name| {
        let name = clean_line(name, LONGEST_NAME);
        texts.say_with("queue-taken", &[("name", name.into())])
    });
    let parts: Vec<String> = [Some(said), status, taken].into_iter().flatten().collect();
    Html::new().inert_line(&parts.join(" · "))
}
