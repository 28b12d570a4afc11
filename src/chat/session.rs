//! A person's dialogue in a chat: opened once for an input, saved once.

use chrono::{DateTime, Utc};

use super::dialogue::{AdminState, Command, Input, Message, Picking, VendorDialogue, VendorState};
use super::{Chat, ChatError};
use crate::chat::action::Action;
use crate::domain::{Answered, ChatId, PersonId, Role, Source, Stored};
use crate::store::{
    DialogueKey, Fresh, LiveScreen, SaveDialogue, Saved, Seat, ShowIn, StoreError, StoredDialogue, Tx, Visibility,
    Watch,
};

/// Somebody in a chat, in a role, where their dialogue stands.
#[derive(Debug)]
pub(super) struct Session {
    pub(super) key: DialogueKey,
    pub(super) role: Role,
    stored: Option<StoredDialogue>,
}

/// Whether the stored state could be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    /// It could, or there was none.
    Sound,
    /// It could not; it is kept aside, and the dialogue begins anew.
    Unreadable,
}

impl Session {
    pub(super) async fn open(tx: &mut Tx, key: DialogueKey, role: Role) -> Result<Session, StoreError> {
        Ok(Session { key, role, stored: tx.dialogue(key).await? })
    }

    /// The message that shows the dialogue.
    pub(super) fn screen(&self) -> Option<LiveScreen> {
        self.stored.as_ref().and_then(|stored| stored.screen)
    }

    /// The message in which the newest state is shown. A prompt that is asked anew stands in a message that is still to
    /// come, while the live one may show something else.
    pub(super) fn current_screen(&self) -> Option<LiveScreen> {
        self.stored.as_ref().filter(|stored| stored.fresh == Fresh::EditInPlace).and_then(|stored| stored.screen)
    }

    /// Whether its screen stands in the chat, or is about to.
    fn is_open(&self) -> bool {
        self.stored.as_ref().is_some_and(|stored| stored.visibility == Visibility::Open)
    }

    /// The dialogue; one that this release cannot read is kept aside where the vendor finds it.
    pub(super) async fn read<D: Stored + Default>(
        &self,
        tx: &mut Tx,
        now: DateTime<Utc>,
    ) -> Result<(D, Reading), StoreError> {
        let Some(stored) = &self.stored else { return Ok((D::default(), Reading::Sound)) };
        match D::decode(&stored.state) {
            Ok(dialogue) => Ok((dialogue, Reading::Sound)),
            Err(unreadable) => {
                let person = self.key.person.0;
                tracing::warn!(person, "{unreadable}; it is kept aside and the person starts afresh");
                tx.set_aside_dialogue(self.key, &unreadable.to_string(), now).await?;
                Ok((D::default(), Reading::Unreadable))
            }
        }
    }

    /// Saves the next state, unless somebody else did meanwhile.
    pub(super) async fn save<D: Stored>(
        self,
        tx: &mut Tx,
        dialogue: &D,
        show_in: ShowIn,
        watches: Option<Watch>,
        now: DateTime<Utc>,
    ) -> Result<(), ChatError> {
        let next = SaveDialogue { state: dialogue.encode()?, show_in, watches };
        let expected = self.stored.map(|stored| stored.version);
        match tx.save_dialogue(self.key, expected, &next, now).await? {
            Saved::Version(_) => Ok(()),
            Saved::Conflict => Err(ChatError::Overtaken),
        }
    }
}

impl Chat {
    /// The session of an admin in private, for an input that is meant for the vendor's business; `None` for a customer, and
    /// for an admin who acts as one. What admins alone can press or type is; what anybody can type is where the admin's own
    /// dialogue asks for something and stands in the chat.
    pub(super) async fn admin_session(
        &self,
        tx: &mut Tx,
        person: PersonId,
        input: &Input,
    ) -> Result<Option<Session>, ChatError> {
        let always = match input {
            Input::Press(Some(Action::Staff(..) | Action::Admin(_))) => true,
            Input::Command(Command::Admin(_) | Command::Order(_)) => true,
            Input::Message(message) => super::dialogue::admin::filed_command(message).is_some(),
            Input::Picked(picked) => picked.for_what == Picking::Admin,
            Input::Press(_) | Input::Command(_) | Input::SecondHand(_) | Input::Edited(_) => false,
        };
        let perhaps = matches!(
            input,
            Input::Message(_) | Input::SecondHand(_) | Input::Command(Command::Cancel) | Input::Edited(_)
        );
        if !(always || perhaps) || !self.shop.is_admin(tx, person).await? {
            return Ok(None);
        }
        let key = DialogueKey::private(person, Seat::Vendor);
        let session = Session::open(tx, key, Role::Admin).await?;
        let waits = session.is_open()
            && session
                .stored
                .as_ref()
                .and_then(|stored| VendorDialogue::decode(&stored.state).ok())
                .is_some_and(|dialogue| dialogue.state.waits());
        Ok((always || waits && !speaks_as_customer(tx, &session, input).await?).then_some(session))
    }
}

/// Whether an admin in private answers what they were told as a customer, or changes what they wrote as one.
async fn speaks_as_customer(tx: &mut Tx, session: &Session, input: &Input) -> Result<bool, StoreError> {
    let chat = session.key.chat;
    Ok(match input {
        Input::Message(Message { reply_to: Some(message), .. }) => {
            let is_screen = session.current_screen().is_some_and(|screen| screen.message == *message);
            let source = Source { chat, message: *message };
            !is_screen
                && (tx.find_by_message(chat, *message).await?.is_some() || tx.find_by_words(source).await?.is_some())
        }
        Input::Edited(message) => tx.find_by_words(Source { chat, message: message.id }).await?.is_some(),
        Input::Message(_) | Input::Press(_) | Input::Command(_) | Input::SecondHand(_) | Input::Picked(_) => false,
    })
}

/// An input with the words that it answers.
pub(super) async fn with_answered(tx: &mut Tx, chat: ChatId, input: &Input) -> Result<Input, StoreError> {
    let mut input = input.clone();
    if let Input::Message(message) | Input::Edited(message) = &mut input {
        let words = match message.reply_to.or(message.answers_person) {
            Some(answered) => tx.words_of(chat, answered).await?,
            None => None,
        };
        let answered = Answered { words, quote: message.quote.take() };
        message.answers = Some(answered).filter(|answered| *answered != Answered::default());
    }
    Ok(input)
}

/// What makes a screen at this state follow.
pub(super) fn watches(state: &VendorState) -> Option<Watch> {
    match state {
        // Whoever waits for their file reads soon what came of it.
        VendorState::Staff(state) if state.reads_file() => None,
        VendorState::Staff(state) => state.order().map(Watch::Order),
        VendorState::Admin(AdminState::ReadingQueue { .. } | AdminState::ReadingFindings { .. }) => Some(Watch::Orders),
        // The stock in a prompt does not follow: it is counted anew at the press, and whoever is about to press must not be
        // overtaken by every other completion.
        VendorState::Admin(AdminState::ReadingStock { .. }) => Some(Watch::Stock),
        VendorState::Admin(_) => None,
    }
}
