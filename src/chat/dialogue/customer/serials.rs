//! «Serial numbers»: which of them, as what file, and what those are that somebody sends.

use super::banner::Banner;
use super::request::{CustomerRequest, Step};
use super::serials_state::{LookUp, SerialsState};
use super::state::{Dialogue, State};
use crate::chat::dialogue::input::{Message, Upload};
use crate::domain::stock::typed_serials;
use crate::domain::{Period, SerialsChoice};

/// Whether a message is a list of serial numbers and nothing else; any other words are for somebody.
pub(super) fn look_up(message: &Message) -> Option<LookUp> {
    match &message.upload {
        Upload::File(file) if file.is_list() => Some(LookUp::File(file.clone())),
        Upload::Nothing => {
            typed_serials::listed_below_heading(&message.text).map(|serials| LookUp::Typed(message.id, serials))
        }
        _ => None,
    }
}

pub(super) fn ask(dialogue: Dialogue, what: LookUp) -> Step {
    Step::asking(dialogue.saying(Banner::AnswerFollows), CustomerRequest::LookUp(what))
}

/// What was typed where a period is asked for. Words such as «today» would depend on the day.
pub(super) fn period_said(dialogue: Dialogue, text: &str, today: chrono::NaiveDate) -> Dialogue {
    match Period::parse(text, today).filter(|_| text.contains(|c: char| c.is_ascii_digit())) {
        Some(period) => dialogue.at(State::Serials(SerialsState::ChoosingFormat(SerialsChoice::Period(period)))),
        None => dialogue.saying(Banner::PeriodExpected),
    }
}
