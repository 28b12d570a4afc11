//! One customer at random: what they do next, and what must hold after each step.

use chrono::DateTime;
use keydesk::chat::action::{Action, DraftAction};
use keydesk::chat::dialogue::customer::{Context, needs, resume, step};
use keydesk::chat::dialogue::{Banner, Command, CustomerOutcome, CustomerRequest, Dialogue, State, Toast};
use keydesk::chat::i18n::Texts;
use keydesk::chat::view::{Facts, Reader, Subject, screen};
use keydesk::config::Shop;
use keydesk::domain::{
    AccountId, Catalogue, ChatId, Draft, DraftId, NewOrder, Order, OrderNumber, OrderPage, OrderSummary, PersonId, Sku,
    Status, Stored,
};

use super::checks::{Tally, assert_shows, assert_sound};
use super::model::{Around, Chosen, Did, Expected, expected, price};
use super::world::{self, Meant, Typed};
use crate::dialogue_laws::loading::{Known, load};
use crate::support::examples::{self, ORDER_WORDS};
use crate::support::languages::russian;
use crate::support::random::Random;
use crate::support::screens::{actions, assert_fits};

/// What the customer is about to do, most of the time.
#[derive(Clone, Copy, PartialEq)]
enum Mood {
    Wandering,
    Filling,
    Sending,
}

/// A dialogue as it is stored: the draft in a row of its own.
#[derive(PartialEq, Eq)]
struct Kept {
    dialogue: String,
    draft: Option<String>,
}

impl Kept {
    fn of(dialogue: &Dialogue) -> Kept {
        let draft = dialogue.draft.as_ref().map(|draft| draft.encode().unwrap());
        Kept { dialogue: dialogue.encode().unwrap(), draft }
    }

    fn read(&self) -> Dialogue {
        let draft = self.draft.as_ref().map(|draft| Draft::decode(draft).unwrap());
        Dialogue { draft, ..Dialogue::decode(&self.dialogue).unwrap() }
    }
}

pub struct Customer {
    random: Random,
    mood: Mood,
    shop: Shop,
    reader: Reader,
    catalogue: Catalogue,
    stored: Kept,
    /// Buttons of the screen that stands in the chat, each with the draft that this screen showed.
    shown: Vec<(Action, Option<Draft>)>,
    /// Buttons of earlier screens.
    stale: Vec<(Action, Option<Draft>)>,
    orders: Vec<(DraftId, Order)>,
    drafts: i64,
    tally: Tally,
}

impl Customer {
    pub fn new(mut random: Random) -> Customer {
        let catalogue = world::catalogue(&mut random);
        let mut customer = Customer {
            mood: Mood::Wandering,
            shop: examples::shop(),
            reader: examples::anna(),
            catalogue,
            stored: Kept::of(&Dialogue::new()),
            shown: Vec::new(),
            stale: Vec::new(),
            orders: Vec::new(),
            drafts: 0,
            tally: Tally::default(),
            random,
        };
        customer.look();
        customer
    }

    pub fn live(mut self, steps: u64) -> Tally {
        for _ in 0..steps {
            if self.random.percent(1) {
                self.mood =
                    self.random.pick(&[Mood::Wandering, Mood::Filling, Mood::Filling, Mood::Sending, Mood::Sending]);
            }
            if self.random.percent(match self.mood {
                Mood::Filling => 2,
                Mood::Wandering => 10,
                Mood::Sending => 30,
            }) {
                world::change(&mut self.random, &mut self.catalogue);
            }
            let (did, showed) = self.choose();
            self.step(&did, showed.as_ref());
            // Quick taps land before the screen is drawn anew.
            if !self.random.percent(15) {
                self.look();
            }
        }
        self.tally
    }

    fn dialogue(&self) -> Dialogue {
        self.stored.read()
    }

    fn choose(&mut self) -> (Did, Option<Draft>) {
        let waits = matches!(self.dialogue().state, State::WaitingForQuantity(_) | State::WaitingForNote);
        if waits && self.random.percent(25) {
            return (Did::Types(world::typed(&mut self.random)), None);
        }
        // Twenty lines are only reached by somebody who seldom does anything else.
        let first = if self.mood == Mood::Filling && self.random.percent(80) { 0 } else { 30 };
        match self.random.below(100) + first {
            ..100 => self.press_what_stands_there(),
            100..108 if !self.stale.is_empty() => {
                let (action, showed) = self.random.pick(&self.stale);
                (Did::Presses(Some(action)), showed)
            }
            100..112 => (Did::Presses(Some(self.forged())), None),
            112 => (Did::Presses(None), None),
            113..116 => (Did::Attaches, None),
            116..122 => (Did::Commands(self.command()), None),
            122..125 => (Did::Orders(world::typed_order(&mut self.random, &self.catalogue)), None),
            125..127 => (Did::Types(world::typed_order(&mut self.random, &self.catalogue)), None),
            _ => (Did::Types(world::typed(&mut self.random)), None),
        }
    }

    fn press_what_stands_there(&mut self) -> (Did, Option<Draft>) {
        let draft = self.dialogue().draft;
        let is_chosen = |sku: &Sku| draft.as_ref().is_some_and(|draft| draft.line(sku).is_some());
        let suits = |action: &Action| match (self.mood, action) {
            (Mood::Wandering, _) => true,
            (Mood::Filling, Action::Draft(_, DraftAction::Product(sku))) => !is_chosen(sku),
            (Mood::Filling, Action::Draft(_, action)) => {
                matches!(action, DraftAction::Form { .. } | DraftAction::Choose(..))
            }
            (Mood::Sending, Action::Draft(_, action)) => {
                matches!(action, DraftAction::CheckOut | DraftAction::Send { .. } | DraftAction::AskNote)
            }
            (_, action) => *action == Action::NewOrder,
        };
        let suiting: Vec<_> = self.shown.iter().filter(|(action, _)| suits(action)).cloned().collect();
        let buttons = if suiting.is_empty() { &self.shown } else { &suiting };
        let (action, showed) = self.random.pick(buttons);
        (Did::Presses(Some(action)), showed)
    }

    fn forged(&mut self) -> Action {
        let sku = world::sku(&mut self.random);
        let small = u32::try_from(self.random.below(4)).unwrap();
        let number = OrderNumber(i64::from(small) * 7 + 440);
        let current = self.dialogue().draft.filter(|_| small > 0);
        // Who forges the one right revision for a draft of their own has decided to send it unseen.
        let revision = current.as_ref().map_or(small, |draft| draft.revision.wrapping_add(small));
        let draft = current.map_or(DraftId(self.drafts - i64::from(small)), |draft| draft.id);
        let choices = [
            DraftAction::Form { group: Some(sku.clone()), page: u32::MAX },
            DraftAction::Product(sku.clone()),
            DraftAction::Choose(sku.clone(), 0),
            DraftAction::Choose(sku.clone(), u32::MAX),
            DraftAction::Choose(sku.clone(), 50),
            DraftAction::Remove(sku),
            DraftAction::CheckOut,
            DraftAction::AskNote,
            DraftAction::RemoveNote,
            DraftAction::Send { revision },
            DraftAction::Leave,
        ];
        match self.random.below(10) {
            0 => Action::Order(number),
            1 => Action::Repeat(number),
            2 => Action::Orders { filter: Some(Status::Placed), page: u32::MAX },
            3 => Action::Prices { page: u32::MAX },
            _ => Action::Draft(draft, self.random.pick(&choices)),
        }
    }

    fn command(&mut self) -> Command {
        let number = OrderNumber(i64::try_from(self.random.below(20)).unwrap() + 440);
        self.random.pick(&[
            Command::Start,
            Command::Start,
            Command::New(String::new()),
            Command::New(String::new()),
            Command::New(String::new()),
            Command::Orders,
            Command::Order(Some(number)),
            Command::Order(None),
            Command::Prices,
            Command::Help,
            Command::Settings,
            Command::Privacy,
            Command::Cancel,
            Command::Cancel,
            Command::Cancel,
            Command::Unknown,
        ])
    }

    /// One step, and everything that must hold after it; `showed` is the draft of the screen whose button was pressed.
    fn step(&mut self, did: &Did, showed: Option<&Draft>) {
        let before = self.dialogue();
        self.drafts += 1;
        let wanted = match did {
            Did::Presses(Some(Action::Repeat(number))) => self.order(*number),
            _ => None,
        };
        let sent = match did {
            Did::Presses(Some(Action::Draft(about, _))) => self.sent_as(*about),
            _ => None,
        };
        let fresh = DraftId(self.drafts);
        let around = Around { catalogue: &self.catalogue, fresh, to_repeat: wanted.as_ref() };
        let model = expected(&before, did, &around);
        let (chat, now) = (ChatId(1), DateTime::UNIX_EPOCH);
        let context = Context { catalogue: &self.catalogue, words: &ORDER_WORDS, fresh_draft: fresh, chat, now };
        let mut after = step(&before, load(needs(&before, &did.input(), None), self), &context);

        if let Some(toast) = &after.toast {
            assert_eq!((&after.dialogue, &after.request), (&before, &None), "a toast changes nothing");
            self.tally.note(match toast {
                Toast::Outdated => "Outdated",
                Toast::AlreadySent(_) => "AlreadySent",
            });
            assert!(matches!(toast, Toast::Outdated) || *toast == Toast::AlreadySent(sent.unwrap()));
        }
        let request = after.request.take();
        if let Some(CustomerRequest::PlaceOrder(draft)) = &request {
            assert_eq!(model, Expected::Order, "an order that was not to be sent");
            assert_eq!(Some(draft), showed, "an order is what the summary with this button showed");
            for line in &draft.lines {
                assert_eq!(price(&line.sku, line.quantity, &around), Some(line.price.minor().into()), "{line:?}");
            }
            let number = self.place(draft);
            let placed = resume(after, &CustomerRequest::PlaceOrder(draft.clone()), CustomerOutcome::Placed(number));
            assert_eq!((&placed.dialogue, &placed.request), (&Dialogue::sent(number), &None));
            self.keep(&placed.dialogue);
            return;
        }
        if let Some(request) = request {
            if let CustomerRequest::Speak(language) = &request {
                self.reader.chosen_language = *language;
            }
            after = resume(after, &request, CustomerOutcome::Done);
        }
        let now = after.dialogue.draft.as_ref().map(Chosen::of);
        assert_eq!(model, Expected::Draft(now), "{:?} in {:?}", did.input(), before.state);
        if let Did::Orders(typed) | Did::Types(typed) = did {
            self.note_typed(typed, &before, &after.dialogue);
        }
        if after.toast.is_none() && matches!(did, Did::Presses(Some(Action::Draft(_, DraftAction::Send { .. })))) {
            self.tally.note("Send was answered by a new summary");
        }
        assert_sound(&before, &after.dialogue);
        self.keep(&after.dialogue);
    }

    /// What was typed at once is shown at once, or offered beside what was chosen before, exactly as it was meant.
    fn note_typed(&mut self, typed: &Typed, before: &Dialogue, after: &Dialogue) {
        let Meant::Lines(meant) = &typed.order else { return };
        let had_lines = before.draft.as_ref().is_some_and(|draft| !draft.lines.is_empty());
        match &after.state {
            State::OfferToAdd(offered) if before.state != after.state => {
                assert!(had_lines, "there was nothing to add to");
                let offered: Vec<_> = offered.iter().map(|line| (line.sku.clone(), line.quantity)).collect();
                assert_eq!(offered, *meant);
                self.tally.note("a typed order is offered");
            }
            State::Confirming if !had_lines => self.tally.note("a typed order opens its summary"),
            State::Confirming if matches!(before.state, State::ChoosingProduct { .. }) => {
                self.tally.note("a typed order joins the form");
            }
            _ if matches!(after.banner, Some(Banner::OrderNotUnderstood(_))) => {
                self.tally.note("a typed order is refused");
            }
            _ if after.banner == Some(Banner::TooManyLines) => self.tally.note("a typed order has too many lines"),
            _ => {}
        }
    }

    fn keep(&mut self, dialogue: &Dialogue) {
        self.stored = Kept::of(dialogue);
        assert_eq!(self.stored.read(), *dialogue, "a dialogue survives storing");
    }

    fn place(&mut self, draft: &Draft) -> OrderNumber {
        assert!(self.orders.iter().all(|(sent, _)| *sent != draft.id), "no draft is sent twice");
        let new = NewOrder::from_draft(draft, &self.catalogue, AccountId(1), PersonId(1)).unwrap();
        let sum: i64 = new.lines.iter().map(|line| line.price.minor()).sum();
        assert_eq!(new.total.minor(), sum, "the total is the sum of the lines");
        assert!(new.lines.iter().all(|line| line.price.currency() == new.total.currency()));
        let number = OrderNumber(440 + i64::try_from(self.orders.len()).unwrap());
        let summary = OrderSummary {
            number,
            placed_at: DateTime::UNIX_EPOCH,
            status: Status::Placed,
            keys: new.lines.iter().map(|line| u64::from(line.quantity)).sum(),
            total: new.total,
        };
        let NewOrder { account, placed_by, lines, note, .. } = new;
        self.orders.push((draft.id, Order { summary, account, placed_by, lines, note, events: Vec::new() }));
        number
    }

    /// Draws the screen, as the customer then sees it.
    fn look(&mut self) {
        let dialogue = self.dialogue();
        let texts = Texts::new(self.reader.chosen_language.unwrap_or(russian()), self.shop.time_zone);
        let subject = self.subject(&dialogue.state);
        let facts = Facts { shop: &self.shop, catalogue: &self.catalogue, reader: &self.reader, subject: &subject };
        let screen = screen(&dialogue, &facts, &texts);
        assert_fits(&screen);
        if let Some(banner) = &dialogue.banner {
            self.tally.note(&format!("{banner:?}"));
        }
        if dialogue.state == State::Confirming {
            let draft = dialogue.draft.as_ref().unwrap();
            assert_shows(&screen, draft, self.catalogue.currency, &texts);
            self.tally.note(match draft {
                Draft { note: Some(_), .. } => "note",
                Draft { lines, .. } if lines.len() == 20 => "20 lines",
                Draft { lines, .. } if lines.iter().any(|line| line.old_price.is_some()) => "old price",
                _ => "summary",
            });
        }
        self.stale.append(&mut self.shown);
        // Old buttons are pressed soon or never.
        self.stale.drain(..self.stale.len().saturating_sub(200));
        self.shown = actions(&screen).into_iter().map(|action| (action, dialogue.draft.clone())).collect();
    }

    fn subject(&self, state: &State) -> Subject {
        match state {
            State::ReadingOrder(number) => Subject::Order(self.order(*number)),
            State::ReadingOrders { page, .. } => {
                let orders: Vec<_> = self.orders.iter().rev().map(|(_, order)| order.summary.clone()).collect();
                let pages = u32::try_from(orders.len().div_ceil(8)).unwrap().max(1);
                let page = (*page).min(pages - 1);
                let total = orders.len() as u64;
                let orders = orders.chunks(8).nth(usize::try_from(page).unwrap()).unwrap_or_default().to_vec();
                Subject::Orders(OrderPage { orders, page, pages, total })
            }
            _ => Subject::Nothing,
        }
    }
}

impl Known for Customer {
    fn order(&self, number: OrderNumber) -> Option<Order> {
        self.orders.iter().map(|(_, order)| order).find(|order| order.summary.number == number).cloned()
    }

    fn sent_as(&self, draft: DraftId) -> Option<OrderNumber> {
        self.orders.iter().find(|(sent, _)| *sent == draft).map(|(_, order)| order.summary.number)
    }
}
