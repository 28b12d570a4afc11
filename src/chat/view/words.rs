//! Somebody's words about an order, as the other side reads them.

use super::keyboard::{Button, Keyboard};
use super::outgoing_message::OutgoingMessage;
use super::{Html, Screen};
use crate::chat::action::Action;
use crate::chat::i18n::Texts;
use crate::domain::typed::{clean_line, length};
use crate::domain::{KeptFile, MessageBody, Order, OrderNumber};

/// Characters of somebody's words on one line.
pub(super) const GLIMPSE: usize = 160;
/// Characters that stand around a quote at most.
const AROUND_QUOTE: usize = 60;

/// Words that their reader may follow wherever they lead, below what they answer.
pub(super) fn quoted(words: &MessageBody, texts: &Texts) -> Html {
    let text = in_reply(words, texts).map_or_else(Html::new, |line| Html::new().line(&line));
    if words.text.is_empty() { text } else { text.quote(&words.text) }
}

/// The same for readers whom nothing of it may lead anywhere.
pub(super) fn inert_quoted(words: &MessageBody, texts: &Texts) -> Html {
    let text = in_reply(words, texts).map_or_else(Html::new, |line| Html::new().inert_line(&line));
    if words.text.is_empty() { text } else { text.inert_quote(&words.text) }
}

/// The part of a message that is answered, where that message does not stand above the answer. A caption has room for it
/// only beside a short text.
fn in_reply(words: &MessageBody, texts: &Texts) -> Option<String> {
    let room =
        if words.file.is_some() { MessageBody::MAX_CAPTION.saturating_sub(length(&words.text)) } else { usize::MAX };
    let most = GLIMPSE.min(room.saturating_sub(AROUND_QUOTE));
    // A mark that something was left out is no quote.
    let quote = clean_line(words.quote().filter(|_| most > 1)?, most);
    (!quote.is_empty()).then(|| texts.say_with("words-in-reply", &[("quote", quote.into())]))
}

/// A message with the file that somebody's words came with. Where no text can stand below the file, a button says what it
/// belongs to.
pub(super) fn passed_on(screen: Screen, words: &MessageBody, title: Button) -> OutgoingMessage {
    let Some(file) = &words.file else { return OutgoingMessage::plain(screen) };
    let keyboard = match file.media.takes_caption() {
        true => screen.keyboard,
        false => screen.keyboard.below(Keyboard::new().row([title])),
    };
    OutgoingMessage::plain(Screen { keyboard, ..screen }).attaching(file.into())
}

/// The beginning of somebody's words, or what came instead of any.
pub(super) fn glimpse(words: &MessageBody, file: &str, texts: &Texts) -> String {
    if words.text.is_empty() { texts.say(file) } else { clean_line(&words.text, GLIMPSE) }
}

/// The button that sends the files of a conversation again, if there are any.
pub(super) fn files_button(order: &Order, send: Action, texts: &Texts) -> Option<Button> {
    let count = order.newest_files().len() as u64;
    (count > 0).then(|| Button::act(texts.say_with("button-files", &[("count", count.into())]), send))
}

/// A file of a conversation once more, with the line of the timeline that tells who sent it when.
pub fn file_again(number: OrderNumber, line: &str, file: &KeptFile, open: Action, texts: &Texts) -> OutgoingMessage {
    let title = texts.say_with("file-again", &[("number", number.to_string().into())]);
    let text = Html::new().bold(&title).end_line().inert_line(line);
    let words = MessageBody { file: Some(file.clone()), ..MessageBody::default() };
    passed_on(Screen { text, keyboard: Keyboard::new() }, &words, Button::act(title, open))
}
