//! Whom somebody picked from their contacts.

use super::parts::UserShared;
use super::update::Message;
use crate::chat::dialogue::{Picked, Picking};
use crate::domain::typed::clean_line;
use crate::domain::{Person, PersonId};

impl UserShared {
    fn picked(&self, for_what: Picking) -> Option<Picked> {
        let full = [&self.first_name, &self.last_name].map(|part| part.as_deref().unwrap_or_default()).join(" ");
        let full = clean_line(&full, Person::MAX_NAME);
        let username = self.username.as_deref().map(|name| clean_line(&format!("@{name}"), Person::MAX_NAME));
        let name = if full.is_empty() { username.unwrap_or_else(|| self.user_id.to_string()) } else { full };
        (self.user_id > 0).then_some(Picked { for_what, id: PersonId(self.user_id), name })
    }
}

impl Message {
    /// Whom its author picked from the contacts, as the bot had asked; the first of several, since one is asked for.
    pub(super) fn picked(&self) -> Option<Picked> {
        if let Some(one) = &self.user_shared {
            return one.picked(Picking::of_request(one.request_id)?);
        }
        let shared = self.users_shared.as_ref()?;
        let for_what = Picking::of_request(shared.request_id)?;
        let nameless =
            |id: &i64| UserShared { request_id: 0, user_id: *id, first_name: None, last_name: None, username: None };
        shared.users.first().cloned().or_else(|| shared.user_ids.first().map(nameless))?.picked(for_what)
    }
}
