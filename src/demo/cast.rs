//! Who is on the page: which chats it shows, and as whom the visitor acts in each.

use super::refusal::Refusal;

/// The chats of the page, from left to right.
#[derive(Debug, Clone)]
pub struct Cast {
    /// One pane for each chat.
    pub panes: Vec<Pane>,
}

/// One chat as some of its people see it.
#[derive(Debug, Clone)]
pub struct Pane {
    /// Its name in addresses and tests, such as `anna`: small Latin letters.
    pub key: String,
    /// The chat; groups have negative ids.
    pub chat: i64,
    /// Those as whom the visitor may act; the first is chosen at the start.
    pub people: Vec<Person>,
    /// The heading, in the pane's language.
    pub title: String,
    /// The line below the heading.
    pub subtitle: String,
    /// The language of the pane and of its bot commands: `ru` or `en`.
    pub language: String,
}

/// Somebody as whom the visitor may act.
#[derive(Debug, Clone)]
pub struct Person {
    /// The Telegram user id.
    pub id: i64,
    /// The short name on the switch between people.
    pub name: String,
    /// What the person may do.
    pub standing: Standing,
}

/// What somebody may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// What everybody in the chat may.
    Member,
    /// Everything: one of the bot's admins.
    Admin,
}

impl Cast {
    /// The pane with this key, if this person acts in it.
    pub(super) fn pane(&self, key: &str, person: i64) -> Result<&Pane, Refusal> {
        let pane = self.panes.iter().find(|pane| pane.key == key);
        let pane = pane.ok_or(Refusal::UnknownPane)?;
        let known = pane.people.iter().any(|somebody| somebody.id == person);
        if known { Ok(pane) } else { Err(Refusal::UnknownPerson) }
    }

    /// The name of a person who acts somewhere on the page.
    pub(super) fn name_of(&self, person: i64) -> &str {
        let mut people = self.panes.iter().flat_map(|pane| &pane.people);
        people.find(|somebody| somebody.id == person).map_or("", |somebody| &somebody.name)
    }
}

impl Pane {
    /// Whether several people and the bot talk here.
    pub(super) fn is_group(&self) -> bool {
        self.chat < 0
    }
}
