//! What a draft should become, told once more in the simplest words: products and quantities in a list.

use keydesk::chat::action::{Action, DraftAction};
use keydesk::chat::dialogue::{Command, Dialogue, Input, Message, State, Upload};
use keydesk::domain::{Catalogue, Draft, DraftId, MessageId, Money, Order, Sku};

use super::world::{Meant, Typed};

/// What a customer does.
pub enum Did {
    Commands(Command),
    /// `/new` with products and quantities.
    Orders(Typed),
    Types(Typed),
    Attaches,
    Presses(Option<Action>),
}

/// What of a draft the customer decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    pub id: DraftId,
    pub lines: Vec<(Sku, u32)>,
    pub note: Option<String>,
}

/// What should come of a step.
#[derive(Debug, PartialEq, Eq)]
pub enum Expected {
    /// The draft is this, or there is none.
    Draft(Option<Chosen>),
    /// The draft becomes an order as it is.
    Order,
}

/// What the model may look at.
pub struct Around<'a> {
    pub catalogue: &'a Catalogue,
    pub fresh: DraftId,
    pub to_repeat: Option<&'a Order>,
}

impl Did {
    /// The same for the dialogue, which is not told what a text means.
    pub fn input(&self) -> Input {
        match self {
            Did::Commands(command) => Input::Command(command.clone()),
            Did::Orders(typed) => Input::Command(Command::New(typed.text.clone())),
            Did::Types(typed) => Input::Message(Message::text(MessageId(1), &typed.text)),
            Did::Attaches => Input::Message(Message { upload: Upload::Unusable, ..Message::text(MessageId(1), "") }),
            Did::Presses(action) => Input::Press(action.clone()),
        }
    }
}

/// What should come of this.
pub fn expected(before: &Dialogue, did: &Did, around: &Around) -> Expected {
    let chosen = before.draft.as_ref().map(Chosen::of);
    if let (Did::Presses(Some(Action::Draft(id, action))), Some(draft)) = (did, &before.draft)
        && draft.id == *id
    {
        let is_summary = before.state == State::Confirming;
        return match action {
            DraftAction::Send { revision } if is_summary && *revision == draft.revision => {
                if is_current(draft, around) {
                    Expected::Order
                } else {
                    chosen.map(|chosen| chosen.reviewed(around)).into()
                }
            }
            _ => chosen.and_then(|chosen| chosen.after(action, &before.state, around)).into(),
        };
    }
    match (did, &before.state) {
        (Did::Orders(typed), _) => Some(ordering(chosen, &typed.order, around)).into(),
        (Did::Types(Typed { order: Meant::Lines(lines), .. }), State::ChoosingProduct { .. }) if is_free(before) => {
            chosen.clone().unwrap_or(Chosen::fresh(around)).with_all(lines, around).or(chosen).into()
        }
        (
            Did::Types(Typed { order: order @ Meant::Lines(lines), .. }),
            State::Home
            | State::OfferToResume
            | State::OfferToAdd(_)
            | State::Confirming
            | State::ReadingPrices { .. }
            | State::ReadingProducts { .. },
        ) if is_free(before) && are_sold(lines, around) => Some(ordering(chosen, order, around)).into(),
        (Did::Commands(Command::New(_)) | Did::Presses(Some(Action::NewOrder)), _) => {
            chosen.or(Some(Chosen::fresh(around))).into()
        }
        (Did::Commands(Command::Cancel), _) => chosen.filter(|chosen| !chosen.lines.is_empty()).into(),
        (Did::Types(Typed { quantity: Some(quantity), .. }), State::WaitingForQuantity(sku)) => {
            chosen.map(|chosen| chosen.with(sku, *quantity, around)).into()
        }
        (Did::Types(_) | Did::Attaches, State::WaitingForQuantity(sku)) => {
            chosen.map(|chosen| chosen.looking_at(sku, around)).into()
        }
        (Did::Types(Typed { note: Some(note), .. }), State::WaitingForNote) => {
            chosen.map(|chosen| Chosen { note: Some(note.clone()), ..chosen }.reviewed(around)).into()
        }
        (Did::Presses(Some(Action::Repeat(_))), _) => match around.to_repeat {
            Some(order) => Some(chosen.unwrap_or(Chosen::fresh(around)).with_those_of(order, around)).into(),
            None => chosen.into(),
        },
        (Did::Presses(Some(Action::OrderProduct(sku))), _) => {
            Some(chosen.unwrap_or(Chosen::fresh(around)).looking_at(sku, around)).into()
        }
        _ => chosen.into(),
    }
}

/// Whether words are for nobody yet: what follows words to staff is for staff.
fn is_free(before: &Dialogue) -> bool {
    before.conversation.is_none() && before.unsent.is_none()
}

fn are_sold(lines: &[(Sku, u32)], around: &Around) -> bool {
    lines.iter().all(|(sku, quantity)| price(sku, *quantity, around).is_some())
}

/// The draft after an order was typed: one that has lines stays as it is until its customer says what becomes of it, and of a
/// typed order that cannot be had as a whole nothing is taken.
fn ordering(chosen: Option<Chosen>, order: &Meant, around: &Around) -> Chosen {
    let chosen = chosen.unwrap_or(Chosen::fresh(around));
    match order {
        Meant::Lines(lines) if chosen.lines.is_empty() => chosen.clone().with_all(lines, around).unwrap_or(chosen),
        Meant::Product(sku) => chosen.looking_at(sku, around),
        Meant::Lines(_) | Meant::Nothing => chosen,
    }
}

impl From<Option<Chosen>> for Expected {
    fn from(chosen: Option<Chosen>) -> Expected {
        Expected::Draft(chosen)
    }
}

impl Chosen {
    pub fn of(draft: &Draft) -> Chosen {
        let lines = draft.lines.iter().map(|line| (line.sku.clone(), line.quantity)).collect();
        Chosen { id: draft.id, lines, note: draft.note.clone() }
    }

    fn fresh(around: &Around) -> Chosen {
        Chosen { id: around.fresh, lines: Vec::new(), note: None }
    }

    fn after(self, action: &DraftAction, state: &State, around: &Around) -> Option<Chosen> {
        let typed: Vec<_> = match state {
            State::OfferToAdd(lines) => lines.iter().map(|line| (line.sku.clone(), line.quantity)).collect(),
            _ => Vec::new(),
        };
        match action {
            DraftAction::AddTyped | DraftAction::StartTyped if typed.is_empty() => Some(self),
            DraftAction::AddTyped => self.clone().with_all(&typed, around).or(Some(self)),
            DraftAction::StartTyped => Chosen::fresh(around).with_all(&typed, around).or(Some(self)),
            DraftAction::Form { .. } | DraftAction::AskNote | DraftAction::Send { .. } => Some(self),
            DraftAction::Product(sku) => Some(self.looking_at(sku, around)),
            DraftAction::Choose(sku, quantity) => Some(self.with(sku, *quantity, around)),
            DraftAction::Remove(sku) => Some(self.without(sku)),
            DraftAction::CheckOut => Some(self.reviewed(around)),
            DraftAction::RemoveNote => Some(Chosen { note: None, ..self }.reviewed(around)),
            DraftAction::Leave => Some(self).filter(|chosen| !chosen.lines.is_empty()),
            DraftAction::StartAfresh => Some(Chosen::fresh(around)),
        }
    }

    fn looking_at(self, sku: &Sku, around: &Around) -> Chosen {
        if around.catalogue.product(sku).is_some() { self } else { self.without(sku) }
    }

    fn without(mut self, sku: &Sku) -> Chosen {
        self.lines.retain(|(chosen, _)| chosen != sku);
        self
    }

    fn reviewed(mut self, around: &Around) -> Chosen {
        self.lines.retain(|(sku, quantity)| price(sku, *quantity, around).is_some());
        if self.is_too_expensive(around) {
            self.lines.clear();
        }
        self
    }

    fn with(self, sku: &Sku, quantity: u32, around: &Around) -> Chosen {
        if price(sku, quantity, around).is_none() {
            return self.looking_at(sku, around);
        }
        self.reviewed(around).put(sku, quantity, around)
    }

    fn with_those_of(self, order: &Order, around: &Around) -> Chosen {
        let lines = order.lines.iter().filter(|line| price(&line.sku, line.quantity, around).is_some());
        lines.fold(self.reviewed(around), |chosen, line| chosen.put(&line.sku, line.quantity, around))
    }

    /// All of these, or nothing.
    fn with_all(self, lines: &[(Sku, u32)], around: &Around) -> Option<Chosen> {
        if !are_sold(lines, around) {
            return None;
        }
        lines.iter().try_fold(self.reviewed(around), |chosen, (sku, quantity)| chosen.try_put(sku, *quantity, around))
    }

    fn put(self, sku: &Sku, quantity: u32, around: &Around) -> Chosen {
        self.clone().try_put(sku, quantity, around).unwrap_or(self)
    }

    fn try_put(self, sku: &Sku, quantity: u32, around: &Around) -> Option<Chosen> {
        let mut changed = self;
        match changed.lines.iter_mut().find(|(chosen, _)| chosen == sku) {
            Some(line) => line.1 = quantity,
            None => changed.lines.push((sku.clone(), quantity)),
        }
        let has_room = changed.lines.len() <= 20 && !changed.is_too_expensive(around);
        has_room.then_some(changed)
    }

    fn is_too_expensive(&self, around: &Around) -> bool {
        let prices = self.lines.iter().filter_map(|(sku, quantity)| price(sku, *quantity, around));
        prices.sum::<i128>() > i128::from(Money::MAX_MINOR)
    }
}

fn is_current(draft: &Draft, around: &Around) -> bool {
    draft.lines.iter().all(|line| {
        let named = around.catalogue.product(&line.sku).is_some_and(|product| product.name == line.name);
        let paid = line.price.currency() == around.catalogue.currency;
        named && paid && price(&line.sku, line.quantity, around) == Some(line.price.minor().into())
    })
}

/// What a quantity costs now, in minor units, worked out from the price list by hand.
pub fn price(sku: &Sku, quantity: u32, around: &Around) -> Option<i128> {
    let product = around.catalogue.products.iter().find(|product| product.sku == *sku)?;
    if let Some(package) = product.packages.iter().find(|package| package.quantity == quantity) {
        return Some(package.price.minor().into());
    }
    let free = product.free.as_ref()?;
    let allowed = (free.min..=free.max).step_by(usize::try_from(free.step).unwrap()).any(|allowed| allowed == quantity);
    let tiers = free.tiers.iter().filter(|tier| tier.from <= quantity);
    let unit_price: i128 = tiers.max_by_key(|tier| tier.from)?.unit_price.minor().into();
    allowed.then_some(unit_price * i128::from(quantity))
}
