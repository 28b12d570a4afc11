//! Admins in their private chat with the bot: what of their input is the vendor's business.

use super::event::StaffEvent;
use super::{Desk, DeskError};
use crate::chat::action::Action;
use crate::chat::dialogue::{AdminCommand, Attached, Command, Dialogue, Input, StaffCommand, State, Upload};
use crate::domain::{KeptFile, Role, Stored};
use crate::store::{Customer, DialogueKey, Seat, Tx, Visibility};

impl Desk {
    /// What an admin did as an admin; `None` for a customer, and for an admin who acts as one.
    pub(super) async fn admins_event(
        &self,
        tx: &mut Tx,
        customer: &Customer,
        input: &Input,
    ) -> Result<Option<StaffEvent>, DeskError> {
        if !may_be_business(input) {
            return Ok(None);
        }
        let person = customer.person.id;
        if self.role_in(tx, person.private_chat(), person).await? != Some(Role::Admin) {
            return Ok(None);
        }
        // Who has gone on to order something answers on that screen.
        let stored = tx.dialogue(DialogueKey::private(person, Seat::Vendor)).await?;
        let open = stored.filter(|stored| stored.visibility == Visibility::Open);
        let dialogue = open.and_then(|stored| Dialogue::decode(&stored.state).ok());
        let at_work = dialogue.is_some_and(|dialogue| matches!(&dialogue.place, State::Staff(place) if place.waits()));
        Ok(match input {
            Input::Press(Some(action)) => Some(StaffEvent::Press(Some(action.clone()))),
            Input::Command(Command::Staff(command)) => Some(StaffEvent::Command(command.clone())),
            Input::Command(Command::Order(number)) => Some(StaffEvent::Command(StaffCommand::Order(*number))),
            Input::Command(Command::Cancel) if at_work => Some(StaffEvent::Command(StaffCommand::Cancel)),
            Input::Text(text) if at_work => {
                Some(StaffEvent::Message { id: None, text: text.clone(), attachment: Upload::Nothing, reply_to: None })
            }
            Input::Attachment(Some(Attached { file, caption, .. })) if at_work || filed(caption, file).is_some() => {
                let attachment = Upload::File(file.clone());
                Some(StaffEvent::Message { id: None, text: caption.clone(), attachment, reply_to: None })
            }
            Input::Attachment(None) if at_work => Some(StaffEvent::Message {
                id: None,
                text: String::new(),
                attachment: Upload::Unusable,
                reply_to: None,
            }),
            _ => None,
        })
    }
}

/// Whether an input can be the vendor's business at all; the rest is not worth a question to the database.
fn may_be_business(input: &Input) -> bool {
    match input {
        Input::Press(action) => matches!(action, Some(Action::Staff(..) | Action::Desk(_))),
        Input::Command(command) => matches!(command, Command::Staff(_) | Command::Order(_) | Command::Cancel),
        Input::Text(_) | Input::Attachment(_) => true,
    }
}

/// The command that stands below a file: `/stock sp-1`, `/catalog`.
pub(super) fn filed(caption: &str, file: &KeptFile) -> Option<AdminCommand> {
    let (word, rest) = caption.split_once(char::is_whitespace).unwrap_or((caption, ""));
    match word.to_ascii_lowercase().as_str() {
        "/stock" => Some(AdminCommand::Stock(rest.trim().to_owned(), Some(file.clone()))),
        "/catalog" => Some(AdminCommand::Catalogue(Some(file.clone()))),
        _ => None,
    }
}
