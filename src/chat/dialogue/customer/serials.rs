//! «Serial numbers»: which of them, as what file, and what those are that somebody sends.

use super::banner::Banner;
use super::request::{CustomerRequest, Step};
use super::serials_state::{LookUp, SerialsState};
use super::state::{Dialogue, State};
use crate::chat::dialogue::input::{Message, Upload};
use crate::domain::{Period, SerialNumber, SerialsChoice};

/// Whether a message is a list of serial numbers and nothing else; any other words are for somebody.
pub(super) fn look_up(message: &Message) -> Option<LookUp> {
    match &message.upload {
        Upload::File(file) if file.is_list() => Some(LookUp::File(file.clone())),
        Upload::Nothing => listed(&message.text).map(|serials| LookUp::Typed(message.id, serials)),
        _ => None,
    }
}

fn listed(text: &str) -> Option<Vec<SerialNumber>> {
    let words = text.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';')).filter(|word| !word.is_empty());
    let serials: Option<Vec<SerialNumber>> = words.map(serial).collect();
    serials.filter(|serials| !serials.is_empty())
}

/// A word that looks like a serial number: short ones are quantities and orders.
fn serial(word: &str) -> Option<SerialNumber> {
    const FEWEST: usize = 5;
    let has = |test: fn(char) -> bool| word.chars().any(test);
    let is_long = word.chars().count() >= FEWEST && has(char::is_alphanumeric);
    let is_code = has(char::is_numeric) || (word.contains('-') && !has(char::is_lowercase));
    (is_long && is_code).then(|| SerialNumber::parse(word).ok()).flatten()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_list_of_serial_numbers_is_looked_up() {
        let count = |text: &str| listed(text).map(|serials| serials.len());
        assert_eq!(count("AB12-CD34"), Some(1));
        assert_eq!(count("AB12-CD34\nEF56-GH78, 00012345;ABCD-EFGH"), Some(4));
        for words in ["", "Спасибо", "Где заказ 44912345?", "449", "50", "Hello", "AB12-CD34 please"] {
            assert_eq!(count(words), None, "{words}");
        }
    }
}
