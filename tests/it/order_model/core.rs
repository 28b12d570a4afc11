//! The pure core with a world around it as small as can be: what the shop does in its transactions, without a database.

use std::collections::{BTreeMap, VecDeque};

use chrono::{DateTime, NaiveDate, Utc};
use keydesk::chat::action::Action;
use keydesk::chat::dialogue::customer::{Context, needs, resume, step};
use keydesk::chat::dialogue::{
    AdminCommand, Command as ChatCommand, CustomerOutcome, CustomerRequest, Dialogue, Holder, Input, Message, Next,
    Prompt, Receipts, Reply as Answers, StaffRequest, StaffState, Upload, VendorContext, VendorInput, VendorOutcome,
    VendorRequest, VendorState, VendorStep, machine,
};
use keydesk::chat::i18n::vocabulary;
use keydesk::domain::{
    AccountId, Actor, Catalogue, ChatId, Currency, DraftId, Invoice, KeptFile, Media, MessageId, Money, Order,
    OrderAction, OrderEvent, OrderLine, OrderNumber, OrderSummary, PersonId, Role, Shortage, Sku, Status,
    TransitionError,
};

use super::actions::{Command, Did, File, Reply};
use super::model::{ACCOUNTS, ADMIN, STAFF};
use super::run::World;
use crate::dialogue_laws::loading::{Known, load, load_vendor};
use crate::support::examples::ORDER_WORDS;
use crate::support::languages::named;

/// The shop in memory.
pub struct Core {
    orders: BTreeMap<OrderNumber, Order>,
    serials: BTreeMap<OrderNumber, u32>,
    /// Per order and customer, the actions that they were told of.
    told: BTreeMap<(OrderNumber, usize), Vec<OrderAction>>,
    stock: u32,
    staff: [VendorState; STAFF],
    customers: [Dialogue; ACCOUNTS.len()],
    files: VecDeque<(usize, Prompt, Job)>,
    catalogue: Catalogue,
}

/// What a file is for.
enum Job {
    /// So many serial numbers.
    Serials(u32),
    Invoice(Invoice),
}

impl Default for Core {
    fn default() -> Core {
        Core {
            orders: BTreeMap::new(),
            serials: BTreeMap::new(),
            told: BTreeMap::new(),
            stock: 0,
            staff: std::array::from_fn(|_| StaffState::Idle.into()),
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
            Did::Sticks { customer } => self.customer_does(*customer, &sticker()),
            Did::Leaves { customer } => self.customer_does(*customer, &Input::Command(ChatCommand::Orders)),
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

/// The same for the dialogue of the vendor's people.
fn staff_input(did: &Did) -> (usize, VendorInput) {
    match did {
        Did::Presses { staff, order, action } => (*staff, VendorInput::Press(Some(Action::Staff(*order, *action)))),
        Did::Commands { staff, command } => (*staff, VendorInput::Command(staff_command(command))),
        Did::Writes { staff, typed, file, reply } => {
            let reply = match reply {
                Reply::Nothing => Answers::Nothing,
                Reply::Prompt => Answers::Prompt,
                Reply::Order(number) => Answers::Order(*number),
                Reply::Customer(number) => Answers::Customer(*number),
            };
            (*staff, VendorInput::Message(message(typed.text, file.as_ref()), reply))
        }
        _ => panic!("{did:?} is not done by staff"),
    }
}

pub fn staff_command(command: &Command) -> ChatCommand {
    match command {
        Command::Open(number) => ChatCommand::Order(Some(*number)),
        Command::Invoice(number, typed) => {
            ChatCommand::Admin(AdminCommand::Invoice(Some(*number), typed.text.to_owned()))
        }
        Command::Complete(number) => ChatCommand::Admin(AdminCommand::Complete(Some(*number))),
        Command::Cancel(number, typed) => {
            ChatCommand::Admin(AdminCommand::CancelOrder(Some(*number), typed.text.to_owned()))
        }
        Command::Drop => ChatCommand::Cancel,
    }
}

/// A file as Telegram names it; how many serial numbers a list has stands in its id.
pub fn kept(file: &File) -> KeptFile {
    let (media, file_id, name) = match file {
        File::Pdf => (Media::Document, "pdf".to_owned(), "Счет.PDF"),
        File::Picture => (Media::Photo, "picture".to_owned(), ""),
        File::List(serials) => (Media::Document, serials.to_string(), "keys.txt"),
    };
    KeptFile { media, file_id, unique_id: String::new(), name: name.to_owned() }
}

/// A text, or a file with its caption.
pub fn message(text: &str, file: Option<&File>) -> Message {
    let upload = file.map_or(Upload::Nothing, |file| Upload::File(kept(file)));
    Message { upload, sent_at: now(), ..Message::text(MessageId(1), text) }
}

pub fn said(words: &str, file: bool) -> Input {
    Input::Message(message(words, file.then_some(&File::Picture)))
}

pub fn sticker() -> Input {
    Input::Message(Message { upload: Upload::Unusable, ..message("", None) })
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

    fn record(&mut self, number: OrderNumber, actor: PersonId, role: Role, action: OrderAction, to: Status) {
        let order = self.orders.get_mut(&number).unwrap();
        let from = (action != OrderAction::Placed).then_some(order.summary.status);
        order.summary.status = to;
        let told = matches!(
            action,
            OrderAction::Invoiced(_) | OrderAction::Completed | OrderAction::Cancelled(_) | OrderAction::Answered(_)
        );
        for (customer, _) in ACCOUNTS.iter().enumerate().filter(|(_, of)| told && **of as i64 == order.account.0) {
            self.told.entry((number, customer)).or_default().push(action.clone());
        }
        let actor = Actor::Person { id: actor, name: format!("{actor:?}"), role };
        order.events.push(OrderEvent { at: now(), actor, from, to, action });
    }

    fn perform(&mut self, number: OrderNumber, actor: PersonId, role: Role, action: OrderAction) -> bool {
        let Ok(to) = self.orders[&number].status_after(action.kind(), role) else { return false };
        self.record(number, actor, role, action, to);
        true
    }

    fn staff_does(&mut self, staff: usize, input: &VendorInput) {
        let state = self.staff[staff].clone();
        let (person, role) = staff_member(staff);
        let today = NaiveDate::from_ymd_opt(2015, 4, 1).unwrap();
        let others = self.staff.iter().enumerate().filter(|(other, _)| *other != staff);
        let others = others.map(|(other, state)| (staff_member(other).0, state)).collect();
        let orders = Orders { of: &self.orders, account: None, others };
        let turn = load_vendor(machine::needs(&state, role, input), &orders);
        let (words, chat) = (vocabulary(), ChatId(-1));
        let context = VendorContext {
            person,
            role,
            today,
            catalogue: &self.catalogue,
            words: &words,
            chat,
            receipts: Receipts::Words,
        };
        let mut after = machine::step(&state, turn, &context);
        if let Some(request) = after.request.take() {
            let outcome = self.asked_by_staff(staff, &request);
            after = machine::resume(after, &request, outcome);
        }
        if let VendorStep { next: Next::To(state, _), .. } = after {
            self.staff[staff] = state;
        }
    }

    /// The shop: does what a step of the staff asks for.
    fn asked_by_staff(&mut self, staff: usize, request: &VendorRequest) -> VendorOutcome {
        let (person, role) = staff_member(staff);
        match request {
            VendorRequest::Staff(StaffRequest::Perform(number, OrderAction::Completed)) => {
                let order = &self.orders[number];
                let line = &order.lines[0];
                if self.stock < line.quantity {
                    let short = Shortage { sku: line.sku.clone(), needed: line.quantity, available: self.stock.into() };
                    return VendorOutcome::Refused(Box::new(order.clone()), TransitionError::OutOfStock(vec![short]));
                }
                self.stock -= line.quantity;
                self.complete(*number, person);
                VendorOutcome::Performed
            }
            VendorRequest::Staff(StaffRequest::Perform(number, action)) => {
                assert!(self.perform(*number, person, role, action.clone()), "{action:?} was let through");
                VendorOutcome::Performed
            }
            VendorRequest::Staff(StaffRequest::Release(number)) => {
                for (_, state) in self.staff.iter_mut().enumerate().filter(|(other, _)| *other != staff) {
                    let VendorState::Staff(asked) = &*state else { continue };
                    if asked.prompt().is_some_and(|prompt| prompt.order == *number) {
                        *state = StaffState::ReadingOrder(*number).into();
                    }
                }
                VendorOutcome::Done
            }
            VendorRequest::Staff(StaffRequest::Help | StaffRequest::HintAtHelp) => VendorOutcome::Done,
            VendorRequest::Staff(StaffRequest::Answer(number, words)) => {
                for body in words {
                    assert!(self.perform(*number, person, role, OrderAction::Answered(body.clone())), "an answer");
                }
                VendorOutcome::Performed
            }
            VendorRequest::Staff(StaffRequest::SendFiles(..)) => VendorOutcome::Done,
            VendorRequest::Staff(StaffRequest::CompleteFromFile(prompt, file)) => {
                let waits = self.files.iter().any(|(of, ..)| *of == staff);
                self.files.push_back((staff, *prompt, Job::Serials(file.file_id.parse().unwrap())));
                if waits { VendorOutcome::AfterAnotherFile } else { VendorOutcome::Done }
            }
            VendorRequest::Staff(StaffRequest::InvoiceWithDocument(prompt, invoice, _)) => {
                let waits = self.files.iter().any(|(of, ..)| *of == staff);
                self.files.push_back((staff, *prompt, Job::Invoice(invoice.clone())));
                if waits { VendorOutcome::AfterAnotherFile } else { VendorOutcome::Done }
            }
            VendorRequest::Admin(request) => panic!("nobody asked for it: {request:?}"),
        }
    }

    fn complete(&mut self, number: OrderNumber, actor: PersonId) {
        assert!(self.perform(number, actor, Role::Staff, OrderAction::Completed), "a completion was let through");
        self.serials.insert(number, self.orders[&number].lines[0].quantity);
    }

    fn reads(&mut self) {
        let Some((staff, question, job)) = self.files.pop_front() else { return };
        let order = &self.orders[&question.order];
        let is_overtaken = question.overtaken(order).is_some();
        let fits = match &job {
            Job::Serials(count) => *count == order.lines[0].quantity,
            Job::Invoice(invoice) => invoice.document.as_ref().is_some_and(|file| file.file_id == "pdf"),
        };
        let is_last = self.files.iter().all(|(of, ..)| *of != staff);
        if is_last && self.staff[staff].reads_file() {
            let next = self.staff[staff].order().map_or(StaffState::Idle, StaffState::ReadingOrder);
            self.staff[staff] = next.into();
        }
        let (person, role) = staff_member(staff);
        match job {
            _ if is_overtaken || !fits => {}
            Job::Serials(_) => self.complete(question.order, person),
            Job::Invoice(invoice) => {
                assert!(self.perform(question.order, person, role, OrderAction::Invoiced(invoice)));
            }
        }
    }

    fn customer_does(&mut self, customer: usize, input: &Input) {
        let account = AccountId(i64::try_from(ACCOUNTS[customer]).unwrap());
        let dialogue = &self.customers[customer];
        let turn = load(
            needs(dialogue, input, None),
            &Orders { of: &self.orders, account: Some(account), others: Vec::new() },
        );
        let (catalogue, chat) = (&self.catalogue, ChatId(1));
        let context = Context { catalogue, words: &ORDER_WORDS, fresh_draft: DraftId(1), chat, now: now() };
        let mut after = step(dialogue, turn, &context);
        if let Some(request) = after.request.take() {
            let outcome = self.asked_by_customer(customer, &request);
            after = resume(after, &request, outcome);
        }
        self.customers[customer] = after.dialogue;
    }

    /// The shop: does what a step of a customer asks for.
    fn asked_by_customer(&mut self, customer: usize, request: &CustomerRequest) -> CustomerOutcome {
        let person = PersonId(i64::try_from(customer).unwrap());
        match request {
            CustomerRequest::AskStaff(number, request, words) => {
                for body in words {
                    let asked = OrderAction::Asked(*request, body.clone());
                    assert!(self.perform(*number, person, Role::Customer, asked));
                }
            }
            CustomerRequest::SendInvoice(number) => {
                assert!(self.orders[number].invoice().is_some_and(|invoice| invoice.document.is_some()));
            }
            CustomerRequest::SendSerials(number) => assert!(self.serials.contains_key(number)),
            request => panic!("{request:?} comes of nothing here"),
        }
        CustomerOutcome::Done
    }
}

/// The orders that somebody may see: an account's, or all of them.
struct Orders<'a> {
    of: &'a BTreeMap<OrderNumber, Order>,
    account: Option<AccountId>,
    /// What others of the staff are asked.
    others: Vec<(PersonId, &'a VendorState)>,
}

impl Known for Orders<'_> {
    fn order(&self, number: OrderNumber) -> Option<Order> {
        let theirs = |order: &&Order| self.account.is_none_or(|account| order.account == account);
        self.of.get(&number).filter(theirs).cloned()
    }

    fn holders(&self, number: OrderNumber) -> Vec<Holder> {
        let Some(order) = self.of.get(&number) else { return Vec::new() };
        let holder = |(person, state): &(PersonId, &VendorState)| {
            let VendorState::Staff(state) = state else { return None };
            let prompt = state.prompt().filter(|prompt| prompt.order == number && prompt.overtaken(order).is_none());
            Some(Holder { person: *person, name: "Vera".to_owned(), kind: prompt.and(state.asks_for())? })
        };
        self.others.iter().filter_map(holder).collect()
    }
}

fn staff_member(staff: usize) -> (PersonId, Role) {
    let role = if staff == ADMIN { Role::Admin } else { Role::Staff };
    (PersonId(200 + i64::try_from(staff).unwrap()), role)
}
