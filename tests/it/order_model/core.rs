//! The pure core with a world around it as small as can be: what the desk does in its transactions, without a database.

use std::collections::{BTreeMap, VecDeque};

use chrono::{DateTime, NaiveDate, Utc};
use keydesk::chat::action::Action;
use keydesk::chat::dialogue::staff::step as staff_step;
use keydesk::chat::dialogue::{
    Attached, Command as CustomerCommand, Context, Dialogue, Effect, Input, Prompt, Reply as Answers, StaffCommand,
    StaffContext, StaffEffect, StaffInput, StaffState, step,
};
use keydesk::domain::{
    AccountId, Catalogue, Currency, DraftId, KeptFile, Media, Money, Order, OrderAction, OrderEvent, OrderLine,
    OrderNumber, OrderSummary, PersonId, Role, Sku, Status,
};

use super::deeds::{Command, Did, File, Reply};
use super::model::{ACCOUNTS, ADMIN, STAFF};
use super::run::World;
use crate::support::languages::named;

/// The shop in memory.
pub struct Core {
    orders: BTreeMap<OrderNumber, Order>,
    serials: BTreeMap<OrderNumber, u32>,
    /// Per order and customer, the deeds that they were told of.
    told: BTreeMap<(OrderNumber, usize), Vec<OrderAction>>,
    stock: u32,
    staff: [StaffState; STAFF],
    customers: [Dialogue; ACCOUNTS.len()],
    files: VecDeque<(usize, Prompt, u32)>,
    catalogue: Catalogue,
}

impl Default for Core {
    fn default() -> Core {
        Core {
            orders: BTreeMap::new(),
            serials: BTreeMap::new(),
            told: BTreeMap::new(),
            stock: 0,
            staff: std::array::from_fn(|_| StaffState::Idle),
            customers: std::array::from_fn(|_| Dialogue::new()),
            files: VecDeque::new(),
            catalogue: Catalogue { currency: Currency::RUB, groups: Vec::new(), products: Vec::new() },
        }
    }
}

impl World for Core {
    async fn does(&mut self, did: &Did) -> Option<OrderNumber> {
        match did {
            Did::Places { customer, keys, total } => return Some(self.place(*customer, *keys, *total)),
            Did::Stocks(keys) => self.stock += keys,
            Did::Presses { .. } | Did::Commands { .. } | Did::Writes { .. } => {
                let (staff, input) = staff_input(did);
                self.staff_does(staff, &input);
            }
            Did::Reads => self.reads(),
            Did::Card { customer, order, action } => {
                self.customer_does(*customer, &Input::Press(Some(Action::Card(*order, *action))));
            }
            Did::Says { customer, words, file } => self.customer_does(*customer, &said(words, *file)),
            Did::Sticks { customer } => self.customer_does(*customer, &Input::Attachment(None)),
            Did::Leaves { customer } => self.customer_does(*customer, &Input::Command(CustomerCommand::Orders)),
        }
        None
    }

    async fn can(&mut self, _: &Did) -> bool {
        true
    }

    async fn order(&mut self, number: OrderNumber) -> Order {
        self.orders[&number].clone()
    }

    async fn serials(&mut self, number: OrderNumber) -> usize {
        usize::try_from(self.serials.get(&number).copied().unwrap_or(0)).unwrap()
    }

    async fn told(&mut self, number: OrderNumber, customer: usize) -> Vec<OrderAction> {
        self.told.get(&(number, customer)).cloned().unwrap_or_default()
    }
}

/// The same for the dialogue of the staff.
pub fn staff_input(did: &Did) -> (usize, StaffInput) {
    match did {
        Did::Presses { staff, order, action } => (*staff, StaffInput::Press(Some(Action::Staff(*order, *action)))),
        Did::Commands { staff, command } => (*staff, StaffInput::Command(staff_command(command))),
        Did::Writes { staff, typed, file, reply } => {
            let reply = match reply {
                Reply::Nothing => Answers::Nothing,
                Reply::Prompt => Answers::Prompt,
                Reply::Order(number) => Answers::Order(*number),
                Reply::Customer(number) => Answers::Customer(*number),
            };
            let attachment = file.as_ref().map(kept).into();
            (*staff, StaffInput::Message { text: typed.text.to_owned(), attachment, reply })
        }
        _ => panic!("{did:?} is not done by staff"),
    }
}

pub fn staff_command(command: &Command) -> StaffCommand {
    match command {
        Command::Open(number) => StaffCommand::Order(Some(*number)),
        Command::Invoice(number, typed) => StaffCommand::Invoice(Some(*number), typed.text.to_owned()),
        Command::Complete(number) => StaffCommand::Complete(Some(*number)),
        Command::Cancel(number, typed) => StaffCommand::CancelOrder(Some(*number), typed.text.to_owned()),
        Command::Drop => StaffCommand::Cancel,
    }
}

/// A file as Telegram names it; how many serial numbers a list has stands in its id.
pub fn kept(file: &File) -> KeptFile {
    let (media, file_id, name) = match file {
        File::Pdf => (Media::Document, "pdf".to_owned(), "Счет.PDF"),
        File::Picture => (Media::Photo, "picture".to_owned(), ""),
        File::List(serials) => (Media::Document, serials.to_string(), "keys.txt"),
    };
    KeptFile { media, file_id, name: name.to_owned() }
}

pub fn said(words: &str, file: bool) -> Input {
    if file {
        return Input::Attachment(Some(Attached {
            file: kept(&File::Picture),
            caption: words.to_owned(),
            album: None,
        }));
    }
    Input::Text(words.to_owned())
}

pub fn now() -> DateTime<Utc> {
    "2015-04-01T09:30:00Z".parse().unwrap()
}

pub fn order_line(keys: u32, total: i64) -> OrderLine {
    let name = named("Лицензия".to_owned(), "Licence".to_owned());
    let price = Money::from_minor(total, Currency::RUB).unwrap();
    OrderLine { sku: Sku::parse("sp-1").unwrap(), name, quantity: keys, price }
}

impl Core {
    fn place(&mut self, customer: usize, keys: u32, total: i64) -> OrderNumber {
        let number = OrderNumber(446 + i64::try_from(self.orders.len()).unwrap());
        let person = PersonId(i64::try_from(customer).unwrap());
        let line = order_line(keys, total);
        let summary =
            OrderSummary { number, placed_at: now(), status: Status::Placed, keys: keys.into(), total: line.price };
        let account = AccountId(i64::try_from(ACCOUNTS[customer]).unwrap());
        let order = Order { summary, account, placed_by: person, lines: vec![line], note: None, events: Vec::new() };
        self.orders.insert(number, order);
        self.record(number, person, Role::Customer, OrderAction::Placed, Status::Placed);
        number
    }

    fn record(&mut self, number: OrderNumber, actor: PersonId, role: Role, deed: OrderAction, to: Status) {
        let order = self.orders.get_mut(&number).unwrap();
        let from = (deed != OrderAction::Placed).then_some(order.summary.status);
        order.summary.status = to;
        let told = matches!(
            deed,
            OrderAction::Invoiced(_) | OrderAction::Completed | OrderAction::Cancelled(_) | OrderAction::Answered(_)
        );
        for (customer, _) in ACCOUNTS.iter().enumerate().filter(|(_, of)| told && **of as i64 == order.account.0) {
            self.told.entry((number, customer)).or_default().push(deed.clone());
        }
        order.events.push(OrderEvent { at: now(), actor, actor_name: format!("{actor:?}"), role, from, to, deed });
    }

    fn perform(&mut self, number: OrderNumber, actor: PersonId, role: Role, deed: OrderAction) -> bool {
        let Ok(to) = self.orders[&number].status_after(&deed, role) else { return false };
        self.record(number, actor, role, deed, to);
        true
    }

    fn staff_does(&mut self, staff: usize, input: &StaffInput) {
        let place = self.staff[staff].clone();
        let order = input.order(&place).and_then(|number| self.orders.get(&number));
        let today = NaiveDate::from_ymd_opt(2015, 4, 1).unwrap();
        let actor = PersonId(200 + i64::try_from(staff).unwrap());
        let role = if staff == ADMIN { Role::Admin } else { Role::Staff };
        let outcome = staff_step(&place, input, &StaffContext { order, person: actor, role, today });
        if let Some((place, _)) = outcome.next {
            self.staff[staff] = place;
        }
        match outcome.effect {
            None => {}
            Some(StaffEffect::Record(number, deed)) => {
                assert!(self.perform(number, actor, role, deed.clone()), "{deed:?} was let through");
            }
            Some(StaffEffect::CompleteFromStock(number)) => {
                let order = &self.orders[&number];
                let needed = order.lines[0].quantity;
                if self.stock < needed {
                    self.staff[staff] = StaffState::WaitingForSerials(Prompt::about(order));
                } else {
                    self.complete(number, actor);
                    self.stock -= needed;
                }
            }
            Some(StaffEffect::Admin(effect)) => panic!("nobody asked for it: {effect:?}"),
            Some(StaffEffect::CompleteFromFile(question, file)) => {
                self.files.push_back((staff, question, file.file_id.parse().unwrap()));
            }
        }
    }

    fn complete(&mut self, number: OrderNumber, actor: PersonId) {
        assert!(self.perform(number, actor, Role::Staff, OrderAction::Completed), "a completion was let through");
        self.serials.insert(number, self.orders[&number].lines[0].quantity);
    }

    fn reads(&mut self) {
        let Some((staff, question, serials)) = self.files.pop_front() else { return };
        let order = &self.orders[&question.order];
        let is_overtaken = question.overtaken(order).is_some();
        let fits = serials == order.lines[0].quantity;
        let is_last = self.files.iter().all(|(of, ..)| *of != staff);
        if is_last && matches!(self.staff[staff], StaffState::ReadingSerials(_)) {
            let again = !is_overtaken && !fits;
            self.staff[staff] = if again { StaffState::WaitingForSerials(question) } else { StaffState::Idle };
        }
        if !is_overtaken && fits {
            self.complete(question.order, PersonId(200 + i64::try_from(staff).unwrap()));
        }
    }

    fn customer_does(&mut self, customer: usize, input: &Input) {
        let number = match (input, &self.customers[customer].place) {
            (Input::Press(Some(Action::Card(number, _))), _) => Some(*number),
            (Input::Text(_) | Input::Attachment(_), keydesk::chat::dialogue::State::Asking(number, _)) => Some(*number),
            _ => None,
        };
        let theirs = |order: &&Order| order.account.0 == ACCOUNTS[customer] as i64;
        let order = number.and_then(|number| self.orders.get(&number)).filter(theirs);
        let account = crate::support::examples::ACCOUNT;
        let context = Context { catalogue: &self.catalogue, fresh_draft: DraftId(1), sent_as: None, order, account };
        let outcome = step(&self.customers[customer], input, &context);
        self.customers[customer] = outcome.dialogue;
        let person = PersonId(i64::try_from(customer).unwrap());
        match outcome.effect {
            Some(Effect::Ask(number, request, words)) => {
                assert!(self.perform(number, person, Role::Customer, OrderAction::Asked(request, words)));
            }
            Some(Effect::SendInvoice(number)) => {
                assert!(self.orders[&number].invoice().is_some_and(|invoice| invoice.document.is_some()));
            }
            Some(Effect::SendSerials(number)) => assert!(self.serials.contains_key(&number)),
            Some(effect) => panic!("{effect:?} comes of nothing here"),
            None => {}
        }
    }
}
