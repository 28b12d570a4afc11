//! Buttons below a message.

use url::Url;

use crate::chat::action::{Action, DraftAction};
use crate::domain::DraftId;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Button {
    /// What stands on it.
    pub label: String,
    pub press: Press,
    /// Its colour; without one the app's own.
    pub style: Option<Style>,
}

/// The colour of a button (<https://core.telegram.org/bots/api#inlinekeyboardbutton>).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Blue.
    Primary,
    /// Green.
    Success,
    /// Red.
    Danger,
}

/// What a button does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Press {
    Act(Action),
    Open(Url),
    Copy(CopyText),
    /// Nothing: it is shown disabled. A server that knows no such buttons shows one that can be pressed, and this action
    /// says why not.
    Inert(Action),
}

/// What a press puts on the reader's clipboard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CopyText(String);

impl CopyText {
    /// Telegram's longest (<https://core.telegram.org/bots/api#copytextbutton>).
    const LONGEST: usize = 256;

    fn new(text: String) -> Option<CopyText> {
        (1..=CopyText::LONGEST).contains(&text.encode_utf16().count()).then_some(CopyText(text))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Button {
    /// A button that tells the bot.
    pub fn act(label: String, action: Action) -> Button {
        Button::that(label, Press::Act(action))
    }

    pub fn open(label: String, url: Url) -> Button {
        Button::that(label, Press::Open(url))
    }

    /// A button that copies a text of 1–256 characters; there is none for another.
    pub fn copy(label: String, text: String) -> Option<Button> {
        CopyText::new(text).map(|text| Button::that(label, Press::Copy(text)))
    }

    /// A button that is shown disabled. The action is the one whose press is answered with why.
    pub fn inert(label: String, action: Action) -> Button {
        Button::that(label, Press::Inert(action))
    }

    #[must_use]
    pub fn styled(self, style: Style) -> Button {
        Button { style: Some(style), ..self }
    }

    fn that(label: String, press: Press) -> Button {
        Button { label, press, style: None }
    }

    /// A button about a draft.
    pub fn draft(label: String, draft: DraftId, action: DraftAction) -> Button {
        Button::act(label, Action::Draft(draft, action))
    }
}

/// Rows of buttons, never an empty one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Keyboard {
    rows: Vec<Vec<Button>>,
}

impl Keyboard {
    pub fn new() -> Keyboard {
        Keyboard::default()
    }

    /// A question before what cannot be taken back. People tap twice, and the bottom row, which is the way out of every
    /// screen, is where no button stands that asks such a question: a second tap finds nothing here.
    pub fn confirm(confirm: Button, back: Button) -> Keyboard {
        Keyboard::new().row([back, confirm])
    }

    /// Appends a row; an empty one is left out.
    #[must_use]
    pub fn row(mut self, buttons: impl IntoIterator<Item = Button>) -> Keyboard {
        let row: Vec<Button> = buttons.into_iter().collect();
        if !row.is_empty() {
            self.rows.push(row);
        }
        self
    }

    /// Puts a button into the last row, on the right.
    #[must_use]
    pub fn beside_last(mut self, button: Button) -> Keyboard {
        match self.rows.last_mut() {
            Some(row) => row.push(button),
            None => self.rows.push(vec![button]),
        }
        self
    }

    /// Puts rows above the others.
    #[must_use]
    pub fn below(self, first: Keyboard) -> Keyboard {
        self.rows.into_iter().fold(first, Keyboard::row)
    }

    /// Appends buttons in rows of `columns`.
    #[must_use]
    pub fn grid(self, columns: usize, buttons: Vec<Button>) -> Keyboard {
        buttons.chunks(columns.max(1)).fold(self, |keyboard, row| keyboard.row(row.to_vec()))
    }

    /// Appends the rows of another.
    #[must_use]
    pub fn then(self, other: Keyboard) -> Keyboard {
        other.rows.into_iter().fold(self, Keyboard::row)
    }

    /// The rows, from the top.
    pub fn rows(&self) -> &[Vec<Button>] {
        &self.rows
    }
}

#[cfg(test)]
mod tests {
    use super::Button;

    #[test]
    fn a_text_that_telegram_would_not_copy_makes_no_button() {
        let copies = |text: &str| Button::copy("Copy".to_owned(), text.to_owned()).is_some();
        assert!(copies("A") && copies(&"A".repeat(256)) && copies(&"😀".repeat(128)));
        assert!(!copies("") && !copies(&"A".repeat(257)) && !copies(&"😀".repeat(129)));
    }
}
