//! Buttons below a message.

use url::Url;

use crate::chat::action::{Action, DraftAction};
use crate::domain::DraftId;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Button {
    /// What stands on it.
    pub label: String,
    pub press: Press,
}

/// What a button does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Press {
    Act(Action),
    Open(Url),
}

impl Button {
    /// A button that tells the bot.
    pub fn act(label: String, action: Action) -> Button {
        Button { label, press: Press::Act(action) }
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

    /// Appends a row; an empty one is left out.
    #[must_use]
    pub fn row(mut self, buttons: impl IntoIterator<Item = Button>) -> Keyboard {
        let row: Vec<Button> = buttons.into_iter().collect();
        if !row.is_empty() {
            self.rows.push(row);
        }
        self
    }

    /// Puts a row above the others.
    #[must_use]
    pub fn below(self, first: Button) -> Keyboard {
        self.rows.into_iter().fold(Keyboard::new().row([first]), |keyboard, row| keyboard.row(row))
    }

    /// Appends buttons in rows of `columns`.
    #[must_use]
    pub fn grid(self, columns: usize, buttons: Vec<Button>) -> Keyboard {
        buttons.chunks(columns.max(1)).fold(self, |keyboard, row| keyboard.row(row.to_vec()))
    }

    /// The rows, from the top.
    pub fn rows(&self) -> &[Vec<Button>] {
        &self.rows
    }
}
