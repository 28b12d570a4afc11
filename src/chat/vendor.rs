//! An input of one of the vendor's people: what it answers, what it is about, step, ask the shop, save.

use super::desk::asked_anew;
use super::dialogue::machine::{needs, resume, step};
use super::dialogue::{
    AdminRequest, AdminTurn, Asked, Input, Loaded, Message, Next, Reply, Shown, Spoken, StaffState, StaffTurn,
    VendorBanner, VendorContext, VendorDialogue, VendorInput, VendorOutcome, VendorRequest, VendorState, VendorStep,
    VendorTurn, Whom,
};
use super::event::Via;
use super::file_purpose::FilePurpose;
use super::receipts::Receipt;
use super::session::{Session, watches, with_answered};
use super::view::alert::Held;
use super::view::staff_banner;
use super::{Chat, ChatError, Handled, Menus};
use crate::chat::action::Action;
use crate::domain::stock::typed_serials;
use crate::domain::{
    Actor, KeptFile, MessageId, Order, OrderNumber, PersonId, Role, SerialNumber, Source, Stored, Target,
};
use crate::store::{DialogueKey, MessageKind, NewFileJob, ShowIn, StoreError, Turn, Tx};

impl Chat {
    /// Serves one of the staff in their group, or an admin there or in private.
    pub(super) async fn serve_vendor(
        &self,
        tx: &mut Tx,
        session: Session,
        name: &str,
        input: &Input,
        via: &Via,
    ) -> Result<Handled, ChatError> {
        let (key, role, now) = (session.key, session.role, self.clock().now());
        let (dialogue, _) = session.read::<VendorDialogue>(tx, now).await?;
        let state = allowed(&dialogue.state, role);
        let input = &with_answered(tx, key.chat, input).await?;
        let heard = self.understand(tx, &session, input, &dialogue).await?;
        let turn = self.load_vendor_turn(tx, needs(&state, role, &heard)).await?;
        let catalogue = self.shop.catalogue(tx).await?;
        let context = VendorContext {
            person: key.person,
            role,
            today: self.shop.today(),
            catalogue: &catalogue,
            words: &self.words,
            chat: key.chat,
            receipts: self.receipts_in(tx, key.chat).await?,
        };
        let mut next = step(&state, turn, &context);
        let mut menus = Menus::Current;
        if let Some(request) = next.request.take() {
            let actor = Actor::Person { id: key.person, name: name.to_owned(), role };
            let outcome = self.ask_shop_for_vendor(tx, key, &actor, &request).await?;
            menus = changed_menus(&request);
            next = resume(next, &request, outcome);
        }
        let VendorStep { next, mut toast, reaction, .. } = next;
        let receipt = Receipt::of(key.chat, &heard, reaction);
        if let Some(next) = next_dialogue(&dialogue, state, next, &heard) {
            match showing(&session, &next, via, &heard) {
                Some(show_in) => {
                    let next = VendorDialogue { shown: Shown::Own, ..next };
                    session.save(tx, &next, show_in, watches(&next.state), now).await?;
                    self.alerts_follow(tx, asked_anew(&dialogue, &next)).await?;
                }
                None => toast = self.show_on_alert(tx, session, (&dialogue, next), (input, &heard), toast).await?,
            }
        }
        let Some(toast) = toast else { return Ok(Handled { menus, receipt, ..Handled::default() }) };
        if let Input::Press(Some(Action::Staff(number, _))) = input {
            self.alert_follows_press(tx, *number, &toast).await?;
        }
        let texts = self.texts_at(tx, key.chat, key.person).await?;
        Ok(Handled { answer: Some(staff_banner::toast(&toast, &catalogue, &texts)), menus, receipt })
    }

    /// What was done, with what it answers.
    async fn understand(
        &self,
        tx: &mut Tx,
        session: &Session,
        input: &Input,
        dialogue: &VendorDialogue,
    ) -> Result<VendorInput, ChatError> {
        Ok(match input {
            Input::Press(action) => VendorInput::Press(action.clone()),
            Input::Command(command) => VendorInput::Command(command.clone()),
            Input::SecondHand(_) => VendorInput::SecondHand,
            Input::Picked(picked) => VendorInput::Picked(picked.clone()),
            Input::Edited(message) => {
                let source = Source { chat: session.key.chat, message: message.id };
                let reply = match (tx.find_by_words(source).await?, message.reply_to) {
                    (Some(number), _) => return Ok(VendorInput::Corrected(number, message.clone())),
                    // The prompt that it answered may be gone, and Telegram then does not name it.
                    (None, _) if dialogue.answer == Some(message.id) => Reply::Closed,
                    (None, None) => Reply::Nothing,
                    (None, Some(replied)) => self.answered_by(tx, session, dialogue, replied).await?,
                };
                VendorInput::Edited(reply, message.clone())
            }
            Input::Message(message) => {
                let alone = session.key.chat == session.key.person.private_chat();
                let reply = match message.reply_to {
                    // In private nobody else talks.
                    None if alone => Reply::Prompt,
                    None => self.goes_on_with(tx, session.key, message).await?,
                    Some(replied) => self.answered_by(tx, session, dialogue, replied).await?,
                };
                VendorInput::Message(message.clone(), reply)
            }
        })
    }

    /// What a message of the bot is to whoever answers it. In the group, whatever it says about one order, an open question
    /// apart, stands for that order.
    async fn answered_by(
        &self,
        tx: &mut Tx,
        session: &Session,
        dialogue: &VendorDialogue,
        message: MessageId,
    ) -> Result<Reply, ChatError> {
        let key = session.key;
        let is_alone = key.is_private();
        let is_own = session.current_screen().is_some_and(|screen| screen.message == message);
        if is_own && (is_alone || dialogue.state.waits()) {
            return Ok(Reply::Prompt);
        }
        if self.asks_another(tx, key, message).await? {
            return Ok(Reply::SomebodyElses);
        }
        Ok(match tx.find_by_message(key.chat, message).await? {
            Some((number, MessageKind::Question)) => Reply::Customer(number),
            Some((_, MessageKind::Notification)) if is_alone => Reply::Nothing,
            Some((number, MessageKind::Alert | MessageKind::Notification)) => Reply::Order(number),
            None if is_own => Reply::Prompt,
            None => Reply::Closed,
        })
    }

    /// Whether a message asks somebody else something.
    async fn asks_another(&self, tx: &mut Tx, key: DialogueKey, message: MessageId) -> Result<bool, ChatError> {
        let owner = tx.dialogue_at(key.chat, message).await?.filter(|owner| owner.person != key.person);
        let Some(owner) = owner else { return Ok(false) };
        let theirs = tx.dialogue(owner).await?;
        let theirs = theirs.and_then(|stored| VendorDialogue::decode(&stored.state).ok());
        Ok(theirs.is_some_and(|dialogue| dialogue.state.waits()))
    }

    async fn load_vendor_turn(&self, tx: &mut Tx, turn: VendorTurn<Asked>) -> Result<VendorTurn<Loaded>, ChatError> {
        Ok(match turn {
            VendorTurn::Staff(turn) => VendorTurn::Staff(self.load_staff_turn(tx, turn).await?),
            VendorTurn::Admin(turn) => VendorTurn::Admin(self.load_admin_turn(tx, turn).await?),
        })
    }

    async fn load_staff_turn(&self, tx: &mut Tx, turn: StaffTurn<Asked>) -> Result<StaffTurn<Loaded>, ChatError> {
        Ok(match turn {
            StaffTurn::Press(number, (), words, action) => {
                let order = locked(tx, number).await?;
                let holders = match &order {
                    Ok(order) => self.holders(tx, order).await?,
                    Err(_) => Vec::new(),
                };
                let mut sending = Vec::with_capacity(words.len());
                for body in &words {
                    sending.push(told(tx, &body.text, body.file.as_ref()).await?);
                }
                StaffTurn::Press(order, holders.iter().filter_map(Held::holder).collect(), sending, action)
            }
            StaffTurn::Show(number) => StaffTurn::Show(locked(tx, number).await?),
            StaffTurn::Invoice(number, terms) => StaffTurn::Invoice(locked(tx, number).await?, terms),
            StaffTurn::Complete(number) => StaffTurn::Complete(locked(tx, number).await?),
            StaffTurn::CancelOrder(number, (), reason) => {
                StaffTurn::CancelOrder(locked(tx, number).await?, told(tx, &reason, None).await?, reason)
            }
            StaffTurn::Heard(number, (), prompt, message, reply) => {
                StaffTurn::Heard(locked(tx, number).await?, spoken(tx, &message).await?, prompt, message, reply)
            }
            StaffTurn::ToCustomer(number, (), message) => {
                StaffTurn::ToCustomer(locked(tx, number).await?, spoken(tx, &message).await?, message)
            }
            StaffTurn::Replied(number, (), message) => {
                StaffTurn::Replied(locked(tx, number).await?, spoken(tx, &message).await?, message)
            }
            StaffTurn::PerhapsMeant(number, (), message) => {
                StaffTurn::PerhapsMeant(locked(tx, number).await?, spoken(tx, &message).await?, message)
            }
            StaffTurn::Corrected(number, (), message) => {
                StaffTurn::Corrected(locked(tx, number).await?, spoken(tx, &message).await?, message)
            }
            StaffTurn::NumberExpected => StaffTurn::NumberExpected,
            StaffTurn::Drop => StaffTurn::Drop,
            StaffTurn::Help => StaffTurn::Help,
            StaffTurn::UnknownCommand => StaffTurn::UnknownCommand,
            StaffTurn::Unasked(reply) => StaffTurn::Unasked(reply),
            StaffTurn::SecondHand => StaffTurn::SecondHand,
            StaffTurn::Edited(reply, (), message) => StaffTurn::Edited(reply, spoken(tx, &message).await?, message),
            StaffTurn::Outdated => StaffTurn::Outdated,
            StaffTurn::Nothing => StaffTurn::Nothing,
        })
    }

    async fn load_admin_turn(&self, tx: &mut Tx, turn: AdminTurn<Asked>) -> Result<AdminTurn<Loaded>, ChatError> {
        Ok(match turn {
            AdminTurn::Queue(word) => AdminTurn::Queue(word.map(|word| self.shop_texts().status_named(&word))),
            AdminTurn::Name(naming, Some(whom)) => AdminTurn::Name(naming, Some(self.find_target(tx, &whom).await?)),
            AdminTurn::PressOn(person, whom, action) => {
                AdminTurn::PressOn(person, self.find_target(tx, &whom).await?, action)
            }
            AdminTurn::Name(naming, None) => AdminTurn::Name(naming, None),
            AdminTurn::Picked(whom, name) => AdminTurn::Picked(self.find_target(tx, &whom).await?, name),
            AdminTurn::Find(text) => AdminTurn::Find(text),
            AdminTurn::Stock(sku, file) => AdminTurn::Stock(sku, file),
            AdminTurn::Catalogue(file) => AdminTurn::Catalogue(file),
            AdminTurn::Admins => AdminTurn::Admins,
            AdminTurn::Audit => AdminTurn::Audit,
            AdminTurn::Stats(period) => AdminTurn::Stats(period),
            AdminTurn::Export(period) => AdminTurn::Export(period),
            AdminTurn::Press(action) => AdminTurn::Press(action),
            AdminTurn::Answer(message) => AdminTurn::Answer(message),
            AdminTurn::Aside(message) => AdminTurn::Aside(message),
            AdminTurn::Leave => AdminTurn::Leave,
        })
    }

    /// Somebody whom an admin names.
    async fn find_target(&self, tx: &mut Tx, whom: &Whom) -> Result<Option<Target>, ChatError> {
        let id = match whom {
            Whom::Person(id) => Some(*id),
            Whom::Username(name) => tx.person_named(name).await?,
            Whom::PlacerOf(number) => placer(tx, *number).await?,
            Whom::Number(number) => match PersonId(number.0) {
                person if tx.customer(person).await?.is_some() => Some(person),
                _ => placer(tx, *number).await?,
            },
        };
        Ok(match id {
            Some(id) => Some(self.shop.target(tx, id).await?),
            None => None,
        })
    }

    pub(super) async fn request_file(
        &self,
        tx: &mut Tx,
        key: DialogueKey,
        file: &KeptFile,
        purpose: &FilePurpose,
    ) -> Result<VendorOutcome, ChatError> {
        let job = NewFileJob { key, file_id: file.file_id.clone(), purpose: purpose.encode()? };
        Ok(match tx.request_file(&job, self.clock().now()).await? {
            Turn::Next => VendorOutcome::Done,
            Turn::AfterAnother => VendorOutcome::AfterAnotherFile,
        })
    }
}

/// Where the next state of a dialogue is shown, if it has a screen of its own: in a group, what is done to an order is shown on
/// its alert, except where a former release asked it in a message of its own.
fn showing(session: &Session, next: &VendorDialogue, via: &Via, heard: &VendorInput) -> Option<ShowIn> {
    let live = session.screen().map(|screen| screen.message);
    let is_pressed = matches!(via, Via::Press { message, .. } if live == Some(*message));
    let has_own_screen = match (&next.state, &next.banner) {
        (VendorState::Admin(_) | VendorState::Staff(StaffState::OfferingToSend(..)), _)
        | (_, Some(VendorBanner::Admin(_))) => true,
        (VendorState::Staff(_), _) => session.key.chat == session.key.person.private_chat(),
    };
    let is_answered = matches!(heard, VendorInput::Message(_, Reply::Prompt)) && session.current_screen().is_some();
    match (is_pressed, has_own_screen, is_answered) {
        (true, ..) | (_, false, true) => Some(ShowIn::LiveMessage),
        // The alert and what customers ask keep their place; the screen comes below.
        (false, true, _) => Some(ShowIn::NewMessage),
        (false, false, false) => None,
    }
}

/// The state that this role may see: of the admins' screens, staff have those that are only to be read.
pub(super) fn allowed(state: &VendorState, role: Role) -> VendorState {
    match (state, role) {
        (VendorState::Admin(state), Role::Staff) if state.is_reading() => VendorState::Admin(state.clone()),
        (VendorState::Admin(_), Role::Staff | Role::Customer) => VendorState::Staff(StaffState::Idle),
        _ => state.clone(),
    }
}

/// The dialogue from now on; `None` when there is nothing to draw.
fn next_dialogue(
    dialogue: &VendorDialogue,
    state: VendorState,
    next: Next,
    heard: &VendorInput,
) -> Option<VendorDialogue> {
    let (state, banner) = match next {
        Next::Unchanged => return None,
        Next::Stay(banner) => (state, banner),
        Next::To(state, banner) => (state, banner),
    };
    // Whoever sends a file waits for what comes of it.
    let once = banner.as_ref().is_some_and(VendorBanner::is_said_once) && !heard.brings_a_file();
    let answer = answer_in(heard).filter(|_| !once).or(dialogue.answer);
    let next = VendorDialogue { state, banner, answer, shown: dialogue.shown };
    (!once || next != *dialogue).then_some(next)
}

/// The message that is taken for an answer.
fn answer_in(heard: &VendorInput) -> Option<MessageId> {
    match heard {
        VendorInput::Message(message, Reply::Prompt | Reply::Order(_) | Reply::Customer(_)) => Some(message.id),
        _ => None,
    }
}

/// Whether what was done changes who has which command menu.
fn changed_menus(request: &VendorRequest) -> Menus {
    match request {
        VendorRequest::Admin(AdminRequest::Appoint(_) | AdminRequest::Dismiss(_)) => Menus::Changed,
        _ => Menus::Current,
    }
}

async fn locked(tx: &mut Tx, number: OrderNumber) -> Result<Result<Order, OrderNumber>, StoreError> {
    Ok(tx.locked_order(number).await?.ok_or(number))
}

/// What a message of the staff holds.
async fn spoken(tx: &mut Tx, message: &Message) -> Result<Spoken, StoreError> {
    told(tx, &message.text, message.any_file()).await
}

/// What words hold that the customer is to read; with a file they read its name too.
async fn told(tx: &mut Tx, text: &str, file: Option<&KeptFile>) -> Result<Spoken, StoreError> {
    // Serial numbers are of these letters; a word in others that has a digit is hardly one.
    let is_ascii = |serials: Vec<SerialNumber>| serials.iter().all(|serial| serial.as_str().is_ascii());
    if typed_serials::listed(text).is_some_and(is_ascii) {
        return Ok(Spoken::Serials);
    }
    if names_serial(tx, text).await? {
        return Ok(Spoken::NamesSerial);
    }
    Ok(match file {
        Some(file) if names_serial(tx, &file.name).await? => Spoken::NamesSerial,
        _ => Spoken::Words,
    })
}

async fn names_serial(tx: &mut Tx, text: &str) -> Result<bool, StoreError> {
    tx.knows_any_serial(&typed_serials::among_words(text)).await
}

async fn placer(tx: &mut Tx, number: OrderNumber) -> Result<Option<PersonId>, StoreError> {
    Ok(tx.order(number).await?.map(|order| order.placed_by))
}
