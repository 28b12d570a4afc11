//! The transition function: one dialogue, one input, what comes of it. Pure and total.

use super::account::{self, AccountContext, AccountEffect, BillingNeed};
use super::input::{Command, Input};
use super::state::{Banner, Dialogue, State};
use super::{asking, billing};
use crate::chat::action::{Action, DraftAction};
use crate::domain::orders::draft::{CannotPut, Repriced};
use crate::domain::typed::{clean_text, length, whole_number};
use crate::domain::{Catalogue, Draft, DraftId, Language, MessageBody, Order, OrderNumber, Request, Sku};

/// What a step may look at beside the dialogue.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The price list at this moment.
    pub catalogue: &'a Catalogue,
    /// The id of a draft that begins now.
    pub fresh_draft: DraftId,
    /// The order that the pressed button's draft became, if it did.
    pub sent_as: Option<OrderNumber>,
    /// The order that the input is about, if it is this person's.
    pub order: Option<&'a Order>,
    /// What there is to know about the account.
    pub account: AccountContext<'a>,
}

/// What comes of an input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The dialogue from now on.
    pub dialogue: Dialogue,
    /// What to do in the same transaction.
    pub effect: Option<Effect>,
    /// What the pressed button answers, beside the screen.
    pub toast: Option<Toast>,
}

/// A lasting consequence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// The draft becomes an order; then comes [`Dialogue::sent`].
    PlaceOrder(Draft),
    /// Staff are turned to about an order.
    Ask(OrderNumber, Request, MessageBody),
    /// The invoice document of an order is sent again.
    SendInvoice(OrderNumber),
    /// The serial numbers of an order are sent again.
    SendSerials(OrderNumber),
    /// Every serial number that the customer was given is sent as one file.
    SendAllSerials,
    /// Something about the account.
    Account(AccountEffect),
    /// The person chose a language; `None` follows their Telegram.
    Speak(Option<Language>),
}

/// A short answer to a press.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Toast {
    /// The button belongs to a screen that is not current.
    Outdated,
    /// The draft of this button is an order already.
    AlreadySent(OrderNumber),
}

impl Dialogue {
    /// The dialogue after its draft became this order.
    pub fn sent(number: OrderNumber) -> Dialogue {
        Dialogue { place: State::ReadingOrder(number), notice: Some(Banner::OrderSent), ..Dialogue::new() }
    }
}

/// Moves a dialogue on by one input.
pub fn step(dialogue: &Dialogue, input: &Input, context: &Context) -> Step {
    let mut quiet = Dialogue { notice: None, ..dialogue.clone() };
    if matches!(quiet.place, State::Staff(_)) {
        // An admin who acts as a customer again begins where customers do.
        quiet.place = State::Home;
    }
    let step = match input {
        Input::Command(command) => Step::to(on_command(quiet, command, context)),
        Input::Text(_) | Input::Attachment(_) if matches!(quiet.place, State::Asking(..)) => {
            asking::words(quiet, input, context)
        }
        Input::Text(_) | Input::Attachment(_) if matches!(quiet.place, State::Billing(_)) => {
            billing::on_words(quiet, input, context)
        }
        Input::Text(text) => Step::to(on_text(quiet, text, context)),
        Input::Attachment(Some(part)) if quiet.continues_album(part).is_some() => {
            asking::album_part(quiet, part, context)
        }
        Input::Attachment(_) => Step::to(on_attachment(quiet, context)),
        Input::Press(Some(action)) => on_press(quiet, action, context),
        Input::Press(None) => Step::outdated(quiet),
    };
    match step.toast {
        // The button did nothing, so the screen stays as it is, its notice included.
        Some(_) => Step { dialogue: dialogue.clone(), ..step },
        None => step,
    }
}

impl Step {
    pub(super) fn to(dialogue: Dialogue) -> Step {
        Step { dialogue, effect: None, toast: None }
    }

    pub(super) fn outdated(dialogue: Dialogue) -> Step {
        Step { dialogue, effect: None, toast: Some(Toast::Outdated) }
    }
}

impl Dialogue {
    pub(super) fn at(mut self, place: State) -> Dialogue {
        self.place = place;
        self
    }

    pub(super) fn saying(mut self, notice: Banner) -> Dialogue {
        self.notice = Some(notice);
        self
    }

    fn telling(self, repriced: Repriced) -> Dialogue {
        match repriced {
            Repriced::Same => self,
            Repriced::Names => self.saying(Banner::NamesChanged),
            Repriced::Prices => self.saying(Banner::PricesChanged),
            Repriced::Gone => self.saying(Banner::LinesGone),
        }
    }

    fn at_form(self) -> Dialogue {
        self.at(State::ChoosingProduct { group: None, page: 0 })
    }
}

fn on_command(dialogue: Dialogue, command: &Command, context: &Context) -> Dialogue {
    match command {
        Command::Start => dialogue.at(State::Home),
        Command::New => new_order(dialogue, context),
        Command::Orders => dialogue.at(State::ReadingOrders { filter: None, page: 0 }),
        Command::Order(Some(number)) => dialogue.at(State::ReadingOrder(*number)),
        Command::Order(None) => {
            dialogue.at(State::ReadingOrders { filter: None, page: 0 }).saying(Banner::OrderNumberExpected)
        }
        Command::Join(token) => account::open_invitation(dialogue, *token, context),
        Command::Serials => dialogue.at(State::ReadingSerials),
        Command::Prices => dialogue.at(State::ReadingPrices { page: 0 }),
        Command::Help => dialogue.at(State::ReadingHelp),
        Command::Settings => dialogue.at(State::ChoosingLanguage),
        Command::Privacy => dialogue.at(State::ReadingPrivacy),
        Command::Cancel => leave(dialogue),
        Command::Unknown | Command::Staff(_) => dialogue.saying(Banner::UnknownCommand),
    }
}

fn on_text(mut dialogue: Dialogue, text: &str, context: &Context) -> Dialogue {
    match dialogue.place.clone() {
        State::WaitingForQuantity(sku) => match whole_number(text) {
            Some(quantity) => choose(dialogue, &sku, quantity, context),
            None => not_a_quantity(dialogue, &sku, context),
        },
        State::WaitingForNote => {
            let note = clean_text(text, usize::MAX);
            if note.is_empty() {
                return dialogue.saying(Banner::NoteExpected);
            }
            if length(&note) > Draft::MAX_NOTE {
                return dialogue.saying(Banner::NoteTooLong);
            }
            if let Some(draft) = &mut dialogue.draft {
                draft.set_note(Some(note));
            }
            check_out(dialogue, context)
        }
        _ => dialogue.saying(Banner::UseButtons),
    }
}

fn on_attachment(dialogue: Dialogue, context: &Context) -> Dialogue {
    match dialogue.place.clone() {
        State::WaitingForQuantity(sku) => not_a_quantity(dialogue, &sku, context),
        State::WaitingForNote => dialogue.saying(Banner::NoteExpected),
        _ => dialogue.saying(Banner::UseButtons),
    }
}

fn on_press(dialogue: Dialogue, action: &Action, context: &Context) -> Step {
    match action {
        Action::Home => Step::to(dialogue.at(State::Home)),
        Action::NewOrder => Step::to(new_order(dialogue, context)),
        Action::Prices { page } => Step::to(dialogue.at(State::ReadingPrices { page: *page })),
        Action::Orders { filter, page } => Step::to(dialogue.at(State::ReadingOrders { filter: *filter, page: *page })),
        Action::Order(number) => Step::to(dialogue.at(State::ReadingOrder(*number))),
        Action::Serials => Step::to(dialogue.at(State::ReadingSerials)),
        Action::SerialsFile => Step {
            effect: Some(Effect::SendAllSerials),
            ..Step::to(dialogue.at(State::ReadingSerials).saying(Banner::FileFollows))
        },
        Action::Card(number, action) => asking::on_card(dialogue, *number, *action, context),
        // The staff's buttons stand in their chat only; here they are forged.
        Action::Staff(..) | Action::Desk(_) => Step::outdated(dialogue),
        Action::Repeat(_) => Step::to(repeat(dialogue, context)),
        Action::Speak(language) => Step {
            dialogue: dialogue.at(State::ChoosingLanguage).saying(Banner::LanguageChosen),
            effect: Some(Effect::Speak(*language)),
            toast: None,
        },
        Action::Account(action) => account::on_press(dialogue, action),
        Action::Billing(action) => billing::on_press(dialogue, *action, context),
        // A button of the staff chat; in a private chat it is forged.
        Action::Access(..) => Step::outdated(dialogue),
        Action::Draft(id, action) => on_draft(dialogue, *id, action, context),
    }
}

fn on_draft(dialogue: Dialogue, id: DraftId, action: &DraftAction, context: &Context) -> Step {
    let Some(draft) = dialogue.draft.as_ref().filter(|draft| draft.id == id) else {
        return match context.sent_as {
            Some(number) => Step { toast: Some(Toast::AlreadySent(number)), ..Step::to(dialogue) },
            None => Step::outdated(dialogue),
        };
    };
    let revision = draft.revision;
    match action {
        DraftAction::Form { group, page } => {
            Step::to(dialogue.at(State::ChoosingProduct { group: group.clone(), page: *page }))
        }
        DraftAction::Product(sku) => Step::to(ask_quantity(dialogue, sku, context)),
        DraftAction::Choose(sku, quantity) => Step::to(choose(dialogue, sku, *quantity, context)),
        DraftAction::Remove(sku) => Step::to(remove(dialogue, sku)),
        DraftAction::CheckOut => Step::to(check_out(dialogue, context)),
        DraftAction::AskNote if dialogue.place == State::Confirming => Step::to(dialogue.at(State::WaitingForNote)),
        DraftAction::RemoveNote => Step::to(remove_note(dialogue, context)),
        DraftAction::Send { revision: seen } if *seen == revision && dialogue.place == State::Confirming => {
            send(dialogue, context)
        }
        DraftAction::Leave => Step::to(leave(dialogue)),
        DraftAction::StartAfresh => Step::to(start_afresh(dialogue, context)),
        DraftAction::AskNote | DraftAction::Send { .. } => Step::outdated(dialogue),
    }
}

fn new_order(dialogue: Dialogue, context: &Context) -> Dialogue {
    match &dialogue.draft {
        Some(draft) if !draft.lines.is_empty() => dialogue.at(State::OfferToResume),
        Some(_) => dialogue.at_form(),
        None => start_afresh(dialogue, context),
    }
}

fn start_afresh(mut dialogue: Dialogue, context: &Context) -> Dialogue {
    dialogue.draft = Some(Draft::new(context.fresh_draft));
    dialogue.at_form()
}

fn leave(mut dialogue: Dialogue) -> Dialogue {
    if dialogue.draft.as_ref().is_some_and(|draft| !draft.lines.is_empty()) {
        return dialogue.at(State::Home).saying(Banner::DraftKept);
    }
    let was_ordering = dialogue.draft.take().is_some();
    let at_home = dialogue.place == State::Home;
    let dialogue = dialogue.at(State::Home);
    if at_home && !was_ordering { dialogue.saying(Banner::NothingToCancel) } else { dialogue }
}

fn ask_quantity(dialogue: Dialogue, sku: &Sku, context: &Context) -> Dialogue {
    match context.catalogue.product(sku) {
        Some(_) => dialogue.at(State::WaitingForQuantity(sku.clone())),
        None => product_gone(dialogue, sku),
    }
}

fn product_gone(dialogue: Dialogue, sku: &Sku) -> Dialogue {
    remove(dialogue, sku).saying(Banner::ProductGone)
}

fn not_a_quantity(dialogue: Dialogue, sku: &Sku, context: &Context) -> Dialogue {
    match ask_quantity(dialogue, sku, context) {
        asked if asked.notice.is_none() => asked.saying(Banner::NotAQuantity),
        gone => gone,
    }
}

fn choose(mut dialogue: Dialogue, sku: &Sku, quantity: u32, context: &Context) -> Dialogue {
    let Some(product) = context.catalogue.product(sku) else { return product_gone(dialogue, sku) };
    if product.price(quantity).is_err() {
        return not_a_quantity(dialogue, sku, context);
    }
    let Some(draft) = &mut dialogue.draft else { return new_order(dialogue, context) };
    let repriced = draft.reprice(context.catalogue);
    let put = draft.put(product, quantity);
    let dialogue = dialogue.at(State::ChoosingProduct { group: product.group.clone(), page: 0 });
    match put {
        Ok(()) => dialogue.telling(repriced),
        Err(CannotPut::TooManyLines) => dialogue.saying(Banner::TooManyLines),
        Err(CannotPut::TooExpensive) => dialogue.saying(Banner::TooExpensive),
        Err(CannotPut::NotSold) => not_a_quantity(dialogue, sku, context),
    }
}

fn remove(mut dialogue: Dialogue, sku: &Sku) -> Dialogue {
    if let Some(draft) = &mut dialogue.draft {
        draft.remove(sku);
    }
    dialogue.at_form()
}

fn remove_note(mut dialogue: Dialogue, context: &Context) -> Dialogue {
    if let Some(draft) = &mut dialogue.draft {
        draft.set_note(None);
    }
    check_out(dialogue, context)
}

pub(super) fn check_out(mut dialogue: Dialogue, context: &Context) -> Dialogue {
    let Some(draft) = &mut dialogue.draft else { return new_order(dialogue, context) };
    let repriced = draft.reprice(context.catalogue);
    match (draft.lines.is_empty(), repriced) {
        (true, Repriced::Same) => dialogue.at_form().saying(Banner::NothingChosen),
        (true, _) => dialogue.at_form().telling(repriced),
        (false, _) => dialogue.at(State::Confirming).telling(repriced),
    }
}

fn send(dialogue: Dialogue, context: &Context) -> Step {
    let seen = dialogue.draft.clone();
    let checked = check_out(dialogue, context);
    match seen {
        // Nothing changed under the customer's hands: what is sent is what the summary showed.
        Some(draft) if checked.draft.as_ref() == Some(&draft) => {
            if context.account.billing == BillingNeed::First {
                return account::ask_billing_first(checked);
            }
            Step { dialogue: checked, effect: Some(Effect::PlaceOrder(draft)), toast: None }
        }
        _ => Step::to(checked),
    }
}

fn repeat(mut dialogue: Dialogue, context: &Context) -> Dialogue {
    let Some(order) = context.order else { return dialogue.at(State::Home).saying(Banner::NothingToRepeat) };
    let mut draft = dialogue.draft.take().unwrap_or_else(|| Draft::new(context.fresh_draft));
    let was_begun = !draft.lines.is_empty();
    let repriced = draft.reprice(context.catalogue);
    let mut has_new_price = false;
    let mut is_missing = false;
    for line in &order.lines {
        let product = context.catalogue.product(&line.sku);
        match product.map(|product| draft.put_again(product, line.quantity, line.price)) {
            Some(Ok(())) => has_new_price |= draft.line(&line.sku).is_some_and(|line| line.old_price.is_some()),
            Some(Err(_)) | None => is_missing = true,
        }
    }
    dialogue.draft = Some(draft);
    let dialogue = dialogue.at_form();
    match repriced {
        Repriced::Gone => dialogue.telling(Repriced::Gone),
        _ if is_missing => dialogue.saying(Banner::RepeatedInPart),
        _ if has_new_price => dialogue.telling(Repriced::Prices),
        Repriced::Same if was_begun => dialogue.saying(Banner::RepeatedIntoDraft),
        _ => dialogue.telling(repriced),
    }
}
