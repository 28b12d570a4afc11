//! What one of the staff does: who they are, what it is about, what comes of it.

use super::admins::filed;
use super::deeds::{Refused, Source};
use super::event::{StaffEvent, Via};
use super::files::FilePurpose;
use super::office::changes_menus;
use super::{Desk, DeskError, Handled, Menus};
use crate::chat::action::Action;
use crate::chat::dialogue::staff::step;
use crate::chat::dialogue::{
    AdminState, Banner, Dialogue, Prompt, Reply, StaffBanner, StaffCommand, StaffContext, StaffEffect, StaffInput,
    StaffState, StaffStep, StaffToast, State,
};
use crate::chat::view::staff_notice;
use crate::domain::{Access, ChatId, KeptFile, MessageId, Order, OrderAction, Person, PersonId, Role, Status, Stored};
use crate::store::{
    Actor, DialogueKey, Fresh, MessageKind, NewFileJob, SaveDialogue, Saved, Seat, ShowIn, StoreError, StoredDialogue,
    Turn, Tx, Watch,
};

impl Desk {
    /// In which capacity somebody acts in a chat; `None` when the vendor's business is not theirs there.
    pub(super) async fn role_in(
        &self,
        tx: &mut Tx,
        chat: ChatId,
        person: PersonId,
    ) -> Result<Option<Role>, StoreError> {
        let alone = chat == person.private_chat();
        if !alone && chat != self.staff_chat(tx).await? {
            return Ok(None);
        }
        if self.standing(tx, person).await?.is_admin() {
            return Ok(Some(Role::Admin));
        }
        Ok((!alone).then_some(Role::Staff))
    }

    /// Serves one of the staff in their group.
    pub(super) async fn serve_group(
        &self,
        tx: &mut Tx,
        chat: ChatId,
        person: &Person,
        event: &StaffEvent,
        via: &Via,
    ) -> Result<Handled, DeskError> {
        let Some(role) = self.role_in(tx, chat, person.id).await? else { return Ok(Handled::default()) };
        // Whoever was let into the staff's group is nobody whom staff would have to let in.
        tx.meet(person, Access::Admitted, self.clock().now()).await?;
        if let (StaffEvent::Press(Some(Action::Access(newcomer, action))), Via::Press { message, .. }) = (event, via) {
            return self.decide_access(tx, person, (*newcomer, *action), *message).await;
        }
        self.serve_staff(
            tx,
            DialogueKey { chat, person: person.id, seat: Seat::Vendor },
            &person.name,
            role,
            event,
            via,
        )
        .await
    }

    /// Serves one of the staff in their group, or an admin in private.
    pub(super) async fn serve_staff(
        &self,
        tx: &mut Tx,
        key: DialogueKey,
        name: &str,
        role: Role,
        event: &StaffEvent,
        via: &Via,
    ) -> Result<Handled, DeskError> {
        let stored = tx.dialogue(key).await?;
        let (dialogue, _) = self.read_dialogue(tx, key, stored.as_ref()).await?;
        let place = match &dialogue.place {
            State::Staff(place) => place.clone(),
            _ => StaffState::Idle,
        };
        let input = self.understood(tx, key, role, event, stored.as_ref(), dialogue.answer).await?;
        let outcome = match self.act_as_admin(tx, key, role, &place, &input).await? {
            Some(outcome) => outcome,
            None => {
                let actor = Actor { id: key.person, name: name.to_owned(), role };
                self.act_on_order(tx, key, &place, &input, &actor).await?
            }
        };
        let menus = if changes_menus(&outcome) { Menus::Changed } else { Menus::Stand };
        let StaffStep { next, toast, .. } = outcome;
        let next = next.map(|(place, notice)| {
            let once = notice.as_ref().is_some_and(StaffBanner::is_said_once);
            let answer = answer_in(event, &input).filter(|_| !once).or(dialogue.answer);
            let notice = notice.map(Banner::Staff);
            let next = Dialogue { place: State::Staff(place), notice, answer, ..dialogue.clone() };
            (next, once)
        });
        if let Some((dialogue, _)) = next.filter(|(next, once)| !(*once && *next == dialogue)) {
            self.save(tx, key, stored.as_ref(), &dialogue, via).await?;
        }
        let Some(toast) = toast else { return Ok(Handled { menus, ..Handled::default() }) };
        let catalogue = self.catalogue(tx).await?;
        let texts = self.texts_at(tx, key).await?;
        Ok(Handled { answer: Some(staff_notice::toast(&toast, &catalogue, &texts)), menus })
    }

    async fn act_on_order(
        &self,
        tx: &mut Tx,
        key: DialogueKey,
        place: &StaffState,
        input: &StaffInput,
        actor: &Actor,
    ) -> Result<StaffStep, DeskError> {
        let order = match input.order(place) {
            Some(number) => tx.locked_order(number).await?,
            None => None,
        };
        let today = self.clock().now().with_timezone(&self.config().shop.time_zone).date_naive();
        let context = StaffContext { order: order.as_ref(), person: actor.id, role: actor.role, today };
        let outcome = step(place, input, &context);
        self.apply_action(tx, key, outcome, order.as_ref(), actor).await
    }

    /// What was done, with what it answers.
    async fn understood(
        &self,
        tx: &mut Tx,
        key: DialogueKey,
        role: Role,
        event: &StaffEvent,
        stored: Option<&StoredDialogue>,
        last_answer: Option<MessageId>,
    ) -> Result<StaffInput, DeskError> {
        Ok(match event {
            StaffEvent::Press(action) => StaffInput::Press(action.clone()),
            StaffEvent::Command(command) => StaffInput::Command(command.clone()),
            // The question that it answered may be gone, and Telegram then does not name it.
            StaffEvent::Edited { id, .. } if last_answer == Some(*id) => StaffInput::Edited(Reply::Closed),
            StaffEvent::Edited { reply_to: None, .. } => StaffInput::Edited(Reply::Nothing),
            StaffEvent::Edited { reply_to: Some(message), .. } => {
                StaffInput::Edited(self.answered_by(tx, key, *message, stored).await?)
            }
            StaffEvent::Message { text, attachment, reply_to, .. } => {
                let command = attachment.file().filter(|_| role == Role::Admin).and_then(|file| filed(text, file));
                if let Some(command) = command {
                    return Ok(StaffInput::Command(StaffCommand::Admin(command)));
                }
                let reply = match reply_to {
                    // In private nobody else talks.
                    None if key.chat == key.person.private_chat() => Reply::Prompt,
                    None => Reply::Nothing,
                    Some(message) => self.answered_by(tx, key, *message, stored).await?,
                };
                StaffInput::Message { text: text.clone(), attachment: attachment.clone(), reply }
            }
        })
    }

    /// What a message of the bot is to whoever answers it.
    async fn answered_by(
        &self,
        tx: &mut Tx,
        key: DialogueKey,
        message: MessageId,
        stored: Option<&StoredDialogue>,
    ) -> Result<Reply, DeskError> {
        // A question that is asked anew stands in a message that is still to come; this one may show another order.
        let current = stored.filter(|stored| stored.fresh == Fresh::EditInPlace).and_then(|stored| stored.screen);
        if current.is_some_and(|screen| screen.message == message) {
            return Ok(Reply::Prompt);
        }
        Ok(match tx.find_by_message(key.chat, message).await? {
            Some((number, MessageKind::Alert)) => Reply::Order(number),
            Some((number, MessageKind::Question)) => Reply::Customer(number),
            Some((_, MessageKind::Notification)) => Reply::Nothing,
            None if tx.sent_as(key.chat, message).await?.is_some() => Reply::Nothing,
            None => self.screen_answered(tx, key, message).await?,
        })
    }

    async fn screen_answered(&self, tx: &mut Tx, key: DialogueKey, message: MessageId) -> Result<Reply, DeskError> {
        let owner = tx.dialogue_at(key.chat, message).await?.filter(|owner| owner.person != key.person);
        let Some(owner) = owner else { return Ok(Reply::Closed) };
        let theirs = tx.dialogue(owner).await?;
        let theirs = theirs.and_then(|stored| Dialogue::decode(&stored.state).ok());
        let waits = theirs.is_some_and(|dialogue| matches!(dialogue.place, State::Staff(place) if place.waits()));
        Ok(if waits { Reply::SomebodyElses } else { Reply::Closed })
    }

    async fn apply_action(
        &self,
        tx: &mut Tx,
        key: DialogueKey,
        outcome: StaffStep,
        order: Option<&Order>,
        actor: &Actor,
    ) -> Result<StaffStep, DeskError> {
        let (Some(effect), Some(order)) = (&outcome.effect, order) else { return Ok(outcome) };
        let number = order.summary.number;
        Ok(match effect {
            StaffEffect::Record(_, deed) => match self.perform(tx, order, deed, actor).await? {
                Ok(_) if *deed == OrderAction::Taken => outcome,
                Ok(status) => {
                    let done = match deed {
                        OrderAction::Answered(_) => StaffBanner::Answered(number),
                        _ => StaffBanner::Done(number, status),
                    };
                    let place = outcome.next.as_ref().map_or(StaffState::Idle, |(place, _)| place.clone());
                    said(outcome, place, done)
                }
                Err(refused) if *deed == OrderAction::Taken => {
                    StaffStep { toast: Some(StaffToast::Refused(refused)), ..outcome }
                }
                Err(refused) => said(outcome, StaffState::Idle, refused),
            },
            StaffEffect::CompleteFromStock(_) => {
                match self.complete(tx, order, &Source::Stock, actor).await? {
                    Ok(()) => said(outcome, StaffState::Idle, StaffBanner::Done(number, Status::Completed)),
                    // The file that is missing may come as an answer.
                    Err(Refused::Order(short @ StaffBanner::Short(_))) => {
                        said(outcome, StaffState::WaitingForSerials(Prompt::about(order)), short)
                    }
                    Err(Refused::Order(refused)) => said(outcome, StaffState::Idle, refused),
                    // Under its lock the stock gives what it was just seen to have.
                    Err(Refused::Serials(..)) => return Err(DeskError::Overtaken),
                }
            }
            StaffEffect::Admin(_) => outcome,
            StaffEffect::CompleteFromFile(question, file) => {
                match self.request_file(tx, key, file, &FilePurpose::Complete(*question)).await? {
                    Turn::Next => outcome,
                    Turn::AfterAnother => {
                        said(outcome, StaffState::ReadingSerials(number), StaffBanner::FileAfterAnother)
                    }
                }
            }
        })
    }

    pub(super) async fn request_file(
        &self,
        tx: &mut Tx,
        key: DialogueKey,
        file: &KeptFile,
        purpose: &FilePurpose,
    ) -> Result<Turn, StoreError> {
        let job = NewFileJob { key, file_id: file.file_id.clone(), purpose: purpose.encode()? };
        tx.request_file(&job, self.clock().now()).await
    }

    pub(super) async fn save(
        &self,
        tx: &mut Tx,
        key: DialogueKey,
        stored: Option<&StoredDialogue>,
        dialogue: &Dialogue,
        via: &Via,
    ) -> Result<(), DeskError> {
        let live = stored.and_then(|stored| stored.screen).map(|screen| screen.message);
        let show_in = match via {
            Via::Press { message, .. } if live == Some(*message) => ShowIn::LiveMessage,
            // The alert and what customers ask keep their place; the question comes below.
            Via::Press { .. } | Via::Message => ShowIn::NewMessage,
        };
        let next = SaveDialogue { state: dialogue.encode()?, show_in, watches: watched(dialogue) };
        let expected = stored.map(|stored| stored.version);
        match tx.save_dialogue(key, expected, &next, self.clock().now()).await? {
            Saved::Version(_) => Ok(()),
            Saved::Conflict => Err(DeskError::Overtaken),
        }
    }

    /// Whether an order number stands for an order that this person may act on.
    pub(super) async fn actor(&self, tx: &mut Tx, key: DialogueKey) -> Result<Option<Actor>, DeskError> {
        let Some(role) = self.role_in(tx, key.chat, key.person).await? else { return Ok(None) };
        let Some(customer) = tx.customer(key.person).await? else { return Ok(None) };
        Ok(Some(Actor { id: key.person, name: customer.person.name, role }))
    }
}

/// What the screen of a dialogue shows that changes without it.
pub(super) fn watched(dialogue: &Dialogue) -> Option<Watch> {
    let State::Staff(place) = &dialogue.place else { return None };
    match place {
        StaffState::Admin(AdminState::ReadingQueue { .. } | AdminState::ReadingFindings { .. }) => Some(Watch::Orders),
        StaffState::Admin(AdminState::ReadingStock { .. }) => Some(Watch::Stock),
        // Whoever waits for their file reads soon what came of it.
        StaffState::ReadingSerials(_) => None,
        // The stock in a question does not follow: it is counted anew at the press, and whoever is about to press must not
        // be overtaken by every other completion.
        place => place.order().map(Watch::Order),
    }
}

/// The message that is taken for an answer.
fn answer_in(event: &StaffEvent, input: &StaffInput) -> Option<MessageId> {
    match (event, input) {
        (
            StaffEvent::Message { id, .. },
            StaffInput::Message { reply: Reply::Prompt | Reply::Order(_) | Reply::Customer(_), .. },
        ) => *id,
        _ => None,
    }
}

fn said(outcome: StaffStep, place: StaffState, notice: StaffBanner) -> StaffStep {
    StaffStep { next: Some((place, Some(notice))), ..outcome }
}
