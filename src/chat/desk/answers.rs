//! What comes of a file, told to whoever sent it: on the screen that waits for it, else in a message of its own.

use super::event::Via;
use super::fact::Notification;
use super::letters::Dispatch;
use super::staff::watched;
use super::{Desk, DeskError};
use crate::chat::dialogue::{AdminBanner, AdminState, Banner, Dialogue, StaffBanner, StaffState, State};
use crate::chat::view::{OutgoingMessage, staff_notice};
use crate::domain::{ChatId, PersonId, Role, Stored};
use crate::store::{DialogueKey, NewOutboxMessage, SaveDialogue, Saved, Seat, ShowIn, Tx, Visibility};

impl Desk {
    /// Tells what came of a file that has just been finished. A person who went on to something else, or whose next file
    /// is waited for, keeps their screen and gets a message of its own.
    pub(super) async fn answer_file(
        &self,
        tx: &mut Tx,
        key: DialogueKey,
        notice: StaffBanner,
        next: StaffState,
    ) -> Result<(), DeskError> {
        let stored = tx.dialogue(key).await?;
        let (dialogue, _) = self.read_dialogue(tx, key, stored.as_ref()).await?;
        let waiting = tx.files_waiting(key).await?;
        let is_open = stored.as_ref().is_some_and(|stored| stored.visibility == Visibility::Open);
        let is_awaited = is_open && matches!(&dialogue.place, State::Staff(place) if place.reads_file());
        if is_awaited && waiting == 0 {
            let notice = Some(notice).filter(|notice| !is_shown_by(&next, notice)).map(Banner::Staff);
            let dialogue = Dialogue { place: State::Staff(next), notice, ..dialogue };
            return self.save(tx, key, stored.as_ref(), &dialogue, &Via::Message).await;
        }
        let fact = Notification::FileAnswered { to: key.person, notice }.encode()?;
        tx.post(&NewOutboxMessage { chat: key.chat, order: None, body: fact }, self.clock().now()).await?;
        let (true, 1, Some(stored)) = (is_awaited, waiting, stored) else { return Ok(()) };
        // It is the turn of the file that the screen is about.
        let dialogue = begun(dialogue);
        let watches = watched(&dialogue);
        let next = SaveDialogue { state: dialogue.encode()?, show_in: ShowIn::LiveMessage, watches };
        match tx.save_dialogue(key, Some(stored.version), &next, self.clock().now()).await? {
            Saved::Version(_) => Ok(()),
            Saved::Conflict => Err(DeskError::Overtaken),
        }
    }

    /// The message of its own, for whoever is still one of the staff.
    pub(super) async fn render_file_answer(
        &self,
        tx: &mut Tx,
        chat: ChatId,
        to: PersonId,
        notice: &StaffBanner,
    ) -> Result<Option<Dispatch>, DeskError> {
        let is_entitled = match (self.role_in(tx, chat, to).await?, notice) {
            (Some(Role::Admin), _) => true,
            (role, notice) => role.is_some() && !matches!(notice, StaffBanner::Admin(_)),
        };
        let Some(customer) = tx.customer(to).await?.filter(|_| is_entitled) else { return Ok(None) };
        let texts = self.texts_at(tx, DialogueKey { chat, person: to, seat: Seat::Vendor }).await?;
        let catalogue = self.catalogue(tx).await?;
        // In a group it would be anybody's.
        let reader = (chat != to.private_chat()).then_some(&customer.person);
        let screen = staff_notice::message(notice, reader, &catalogue, &texts);
        Ok(Some(Dispatch::Send(OutgoingMessage::plain(screen))))
    }
}

/// A place says what a notice would say.
fn is_shown_by(place: &StaffState, notice: &StaffBanner) -> bool {
    matches!(
        (place, notice),
        (StaffState::Admin(AdminState::ConfirmingCatalogue(_)), StaffBanner::Admin(AdminBanner::CatalogueCompared(_)))
    )
}

/// A screen whose file is read from now on.
fn begun(dialogue: Dialogue) -> Dialogue {
    let place = match dialogue.place {
        State::Staff(StaffState::Admin(AdminState::ImportingSerials { sku, .. })) => {
            State::Staff(StaffState::Admin(AdminState::ImportingSerials { sku, lines: 0 }))
        }
        place => place,
    };
    Dialogue { place, notice: None, ..dialogue }
}
