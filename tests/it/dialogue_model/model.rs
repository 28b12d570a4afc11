//! What a draft should become, told once more in the simplest words: products and quantities in a list.

use keydesk::chat::action::{Action, DraftAction};
use keydesk::chat::dialogue::{Command, Dialogue, Input, Message, State, Upload};
use keydesk::domain::{Catalogue, Draft, DraftId, MessageId, Money, Order, Sku};

use super::world::Typed;

/// What a customer does.
pub enum Did {
    Commands(Command),
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
            _ => chosen.and_then(|chosen| chosen.after(action, around)).into(),
        };
    }
    match (did, &before.state) {
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

    fn after(self, action: &DraftAction, around: &Around) -> Option<Chosen> {
        match action {
            DraftAction::Form { .. } | DraftAction::AskNote | DraftAction::Send { .. } => Some(self),
            // Nothing was typed here that would be an order.
            DraftAction::AddTyped | DraftAction::StartTyped => Some(self),
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

    fn put(self, sku: &Sku, quantity: u32, around: &Around) -> Chosen {
        let mut changed = self.clone();
        match changed.lines.iter_mut().find(|(chosen, _)| chosen == sku) {
            Some(line) => line.1 = quantity,
            None => changed.lines.push((sku.clone(), quantity)),
        }
        if changed.lines.len() > 20 || changed.is_too_expensive(around) { self } else { changed }
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
