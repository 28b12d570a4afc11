//! What servers of an older Bot API do not know.

use std::sync::atomic::{AtomicU8, Ordering};

use crate::chat::view::{Press, Screen};

/// What is younger than some servers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Novelty {
    /// Buttons that cannot be pressed, of Bot API 10.3.
    Disabled = 1,
    /// Buttons that copy, of Bot API 7.11.
    Copying = 2,
    /// Buttons with a colour, of Bot API 9.4.
    Style = 4,
    /// Instants that the reader's app words, of Bot API 9.5.
    Moments = 8,
}

impl Novelty {
    /// The youngest first: it is the likelier one where a refusal fits several.
    pub(super) const ALL: [Novelty; 4] = [Novelty::Disabled, Novelty::Moments, Novelty::Style, Novelty::Copying];

    fn name(self) -> &'static str {
        match self {
            Novelty::Disabled => "disabled buttons",
            Novelty::Copying => "buttons that copy",
            Novelty::Style => "coloured buttons",
            Novelty::Moments => "instants in a text",
        }
    }

    pub(super) fn stands_in(self, screen: &Screen) -> bool {
        let mut buttons = screen.keyboard.rows().iter().flatten();
        match self {
            Novelty::Disabled => buttons.any(|button| matches!(button.press, Press::Inert(_))),
            Novelty::Copying => buttons.any(|button| matches!(button.press, Press::Copy(_))),
            Novelty::Style => buttons.any(|button| button.style.is_some()),
            Novelty::Moments => screen.text.has_moments(),
        }
    }

    /// Whether a refusal may be about it.
    pub(super) fn is_named_in(self, refusal: &str) -> bool {
        let words: &[&str] = match self {
            Novelty::Disabled => &["disabled", "text buttons are unallowed", "button_type_invalid"],
            Novelty::Copying => &["copy", "text buttons are unallowed", "button_type_invalid"],
            Novelty::Style => &["style"],
            Novelty::Moments => &["tg-time", "date"],
        };
        let refusal = refusal.to_lowercase();
        words.iter().any(|word| refusal.contains(word))
    }
}

/// Some of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Novelties(u8);

impl Novelties {
    pub(super) fn has(self, novelty: Novelty) -> bool {
        self.0 & novelty as u8 != 0
    }

    pub(super) fn and(self, novelty: Novelty) -> Novelties {
        Novelties(self.0 | novelty as u8)
    }
}

/// What a server was found not to know, for as long as the process lives: a newer one is seldom far from a restart.
#[derive(Debug, Default)]
pub(super) struct Unknown(AtomicU8);

impl Unknown {
    pub(super) fn get(&self) -> Novelties {
        Novelties(self.0.load(Ordering::Relaxed))
    }

    pub(super) fn add(&self, found: Novelties) {
        let before = Novelties(self.0.fetch_or(found.0, Ordering::Relaxed));
        for novelty in Novelty::ALL.into_iter().filter(|novelty| found.has(*novelty) && !before.has(*novelty)) {
            let novelty = novelty.name();
            tracing::info!(novelty, "the Bot API server does not know {novelty}; messages do without");
        }
    }
}
