//! What a customer's input is about.

use super::serials;
use super::serials_state::{LookUp, SerialsState};
use super::state::{AccountState, BillingState, Dialogue, State};
use crate::chat::action::{AccountAction, Action, BillingAction, CardAction, DraftAction, SerialsAction};
use crate::chat::dialogue::command::Command;
use crate::chat::dialogue::input::{Input, Message, Picked, Picking};
use crate::chat::dialogue::stage::{Asked, Loaded, Stage};
use crate::domain::{InvitationToken, Language, OrderNumber, SerialsChoice, SerialsFormat, Sku};

/// An input with what it is about.
pub enum Turn<S: Stage> {
    /// Goes to a screen.
    To(State),
    /// Begins an order, or offers to go on with the open draft.
    NewOrder,
    /// Asks for the quantity of a product, in the open draft or a new one.
    OrderProduct(Sku),
    /// Begins an order with what was typed.
    TypedOrder(String),
    Leave,
    /// A command without the order's number.
    NumberExpected,
    /// A command that the customer does not have.
    UnknownCommand,
    /// A link with an invitation was opened; `None` when none reads.
    OpenInvitation(Option<S::Invited>),
    /// Words where the state expects what it expects.
    Said(Message),
    /// Words to staff about the order that the state is about.
    AskStaff(S::Order, Message),
    /// Words in reply to what was said about an order.
    Reply(S::Order, Message),
    /// A further message of what went to staff.
    GoOn(S::Order, Message),
    /// Words that went to staff were changed.
    Correct(S::Order, Message),
    /// Words that nothing waits for.
    Unaddressed(S::LikelyOrders, Message),
    /// A message was changed that went to nobody.
    Edited(Message),
    /// An answer that changes billing details; colleagues wait with theirs until it is done.
    ChangeBilling(S::Billing, Message),
    /// Asks for every serial number as one file.
    SendAllSerials(S::Issued),
    /// Asks for some of them.
    SendSerials(S::Issued, SerialsChoice, SerialsFormat),
    /// Asks what serial numbers are.
    LookUp(LookUp),
    /// A button on an order's card.
    OnCard(S::Order, CardAction),
    /// Puts the lines of an order into the draft.
    Repeat(S::Order),
    Speak(Option<Language>),
    /// A button about the account.
    Account(AccountAction),
    /// A colleague was picked from the contacts.
    Picked(Picked),
    /// A button about billing details.
    Billing(S::Billing, BillingAction),
    /// A button of the open draft.
    Draft(DraftAction),
    /// Send on the summary of this revision.
    Send {
        /// [`crate::domain::Draft::revision`] of the summary.
        revision: u32,
        /// Whether billing details come first.
        billing: S::BillingNeed,
    },
    /// A button of a draft that is not the open one.
    FormerDraft(S::SentAs),
    /// A file that somebody else sent them.
    ForwardedFile(S::LikelyOrders, Message),
    /// Words of somebody else.
    SecondHand,
    /// A button that means nothing here.
    Outdated,
    /// Nothing that a customer's dialogue takes notice of.
    Nothing,
}

/// What has to be loaded for an input. `about` is the order that the message which it answers is about, or which it
/// changes.
pub fn needs(dialogue: &Dialogue, input: &Input, about: Option<OrderNumber>) -> Turn<Asked> {
    match input {
        Input::Command(command) => of_command(command),
        Input::Press(Some(action)) => of_press(dialogue, action),
        Input::Press(None) => Turn::Outdated,
        Input::SecondHand(Some(file)) => Turn::ForwardedFile(dialogue.state.order(), file.clone()),
        Input::SecondHand(None) => Turn::SecondHand,
        Input::Picked(picked) if picked.for_what == Picking::Colleague => Turn::Picked(picked.clone()),
        Input::Picked(_) => Turn::Nothing,
        Input::Message(message) => match about {
            Some(number) => Turn::Reply(number, message.clone()),
            None => of_message(dialogue, message.clone()),
        },
        Input::Edited(message) => match about {
            Some(number) => Turn::Correct(number, message.clone()),
            None => Turn::Edited(message.clone()),
        },
    }
}

fn of_command(command: &Command) -> Turn<Asked> {
    Turn::To(match command {
        Command::Start => State::Home,
        Command::Orders => State::ReadingOrders { filter: None, page: 0 },
        Command::Order(Some(number)) => State::ReadingOrder(*number),
        Command::Serials => State::ReadingSerials,
        Command::Prices => State::ReadingPrices { page: 0 },
        Command::Products => State::ReadingProducts { group: None, page: 0 },
        Command::Help => State::ReadingHelp,
        Command::Settings => State::ChoosingLanguage,
        Command::Privacy => State::ReadingPrivacy,
        Command::New(order) if order.is_empty() => return Turn::NewOrder,
        Command::New(order) => return Turn::TypedOrder(order.clone()),
        Command::Cancel => return Turn::Leave,
        Command::Order(None) => return Turn::NumberExpected,
        Command::Join(token) => return Turn::OpenInvitation(*token),
        Command::Unknown | Command::Admin(_) => return Turn::UnknownCommand,
    })
}

fn of_message(dialogue: &Dialogue, message: Message) -> Turn<Asked> {
    if dialogue.state.looks_serials_up()
        && let Some(what) = serials::look_up(&message)
    {
        return Turn::LookUp(what);
    }
    match &dialogue.state {
        State::Asking(number, _) => Turn::AskStaff(*number, message),
        State::Billing(BillingState::Changing(_) | BillingState::CompletingInn(_)) => Turn::ChangeBilling((), message),
        state if state.waits_for_text() => match dialogue.album_continued_by(&message) {
            Some(number) if !matches!(state, State::Billing(_)) => Turn::GoOn(number, message),
            // A file is never the text that is waited for.
            _ if message.file().is_some() => Turn::Unaddressed(None, message),
            _ => Turn::Said(message),
        },
        state => match dialogue.continued_by(&message) {
            Some(number) => Turn::GoOn(number, message),
            None => Turn::Unaddressed(state.order(), message),
        },
    }
}

fn of_press(dialogue: &Dialogue, action: &Action) -> Turn<Asked> {
    Turn::To(match action {
        Action::Home => State::Home,
        Action::Prices { page } => State::ReadingPrices { page: *page },
        Action::Products { group, page } => State::ReadingProducts { group: group.clone(), page: *page },
        Action::OrderProduct(sku) => return Turn::OrderProduct(sku.clone()),
        Action::Orders { filter, page } => State::ReadingOrders { filter: *filter, page: *page },
        Action::Order(number) => State::ReadingOrder(*number),
        Action::Serials => State::ReadingSerials,
        Action::SerialsBy(SerialsAction::ByOrder { page }) => {
            State::Serials(SerialsState::ChoosingOrder { page: *page })
        }
        Action::SerialsBy(SerialsAction::ByProduct { page }) => {
            State::Serials(SerialsState::ChoosingProduct { page: *page })
        }
        Action::SerialsBy(SerialsAction::ByPeriod) => State::Serials(SerialsState::WaitingForPeriod),
        Action::SerialsBy(SerialsAction::Choose(choice)) => {
            State::Serials(SerialsState::ChoosingFormat(choice.clone()))
        }
        Action::SerialsBy(SerialsAction::Send(format, choice)) => {
            return Turn::SendSerials((), choice.clone(), *format);
        }
        Action::NewOrder => return Turn::NewOrder,
        Action::SerialsFile => return Turn::SendAllSerials(()),
        Action::Card(number, action) => return Turn::OnCard(*number, *action),
        Action::Repeat(number) => return Turn::Repeat(*number),
        Action::Speak(language) => return Turn::Speak(*language),
        Action::Account(action) => return Turn::Account(action.clone()),
        Action::Billing(action) => return Turn::Billing((), *action),
        Action::Draft(id, action) => {
            let is_open = dialogue.draft.as_ref().is_some_and(|draft| draft.id == *id);
            return match action {
                _ if !is_open => Turn::FormerDraft(*id),
                DraftAction::Send { revision } => Turn::Send { revision: *revision, billing: () },
                action => Turn::Draft(action.clone()),
            };
        }
        // These stand on screens of the vendor's people; here they are forged.
        Action::Staff(..) | Action::Unfold(_) | Action::Admin(_) | Action::Access(..) => return Turn::Outdated,
    })
}

impl<S: Stage> Turn<S> {
    /// Whether it is a message, or a change to one, and so leaves the person where they are.
    pub(super) fn is_said(&self) -> bool {
        matches!(
            self,
            Turn::Said(_)
                | Turn::AskStaff(..)
                | Turn::Reply(..)
                | Turn::GoOn(..)
                | Turn::Correct(..)
                | Turn::Unaddressed(..)
                | Turn::ForwardedFile(..)
                | Turn::SecondHand
                | Turn::Edited(_)
                | Turn::LookUp(_)
                | Turn::ChangeBilling(..)
                | Turn::Nothing
        )
    }
}

impl<S: Stage> Turn<S> {
    /// Whether it is, or leads to, words to staff, who are there during maintenance too.
    pub fn is_for_staff(&self) -> bool {
        matches!(
            self,
            Turn::AskStaff(..)
                | Turn::Reply(..)
                | Turn::GoOn(..)
                | Turn::Correct(..)
                | Turn::Unaddressed(..)
                | Turn::ForwardedFile(..)
                | Turn::OnCard(_, CardAction::Ask | CardAction::AskToCancel | CardAction::SendWords)
        )
    }
}

impl Turn<Loaded> {
    /// Whether it is words that no order can be meant by.
    pub fn reaches_nobody(&self) -> bool {
        matches!(self, Turn::Unaddressed(orders, _) | Turn::ForwardedFile(orders, _) if orders.is_empty())
    }
}

impl Turn<Asked> {
    /// The invitation by which somebody whom the vendor has not let in yet may still come in.
    pub fn invitation(&self, state: &State) -> Option<InvitationToken> {
        match (self, state) {
            (Turn::OpenInvitation(token), _) => *token,
            (Turn::Account(AccountAction::Join(token)), State::Account(AccountState::Joining(asked))) => {
                (token == asked).then_some(*token)
            }
            _ => None,
        }
    }
}
