//! The rules once more, in the simplest words.

use std::collections::{BTreeMap, VecDeque};

use keydesk::chat::action::{CardAction, StaffAction};
use keydesk::domain::{OrderNumber, Request, Status};

use super::actions::{Command, Did, File, Reply, Typed};

/// Customers by their accounts: the first two are colleagues.
pub const ACCOUNTS: [usize; 3] = [0, 0, 1];
pub const STAFF: usize = 3;
/// Who of them is an admin, and has the commands.
pub const ADMIN: usize = STAFF - 1;
/// How many questions wait for an answer at most.
const QUESTIONS: usize = 5;

/// What a action was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    Taken,
    /// Minor units.
    Invoiced(i64),
    Completed,
    Cancelled,
    Asked,
    Answered,
}

/// An order, as far as the rules go.
#[derive(Debug, Clone)]
pub struct Placed {
    pub account: usize,
    pub keys: u32,
    pub total: i64,
    pub status: Status,
    /// Rows of its history.
    pub events: usize,
    /// How often the status was set.
    changes: usize,
    is_taken: bool,
    unanswered: usize,
}

/// What one of the staff was asked, and under how many changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asked {
    Nothing,
    Looks(OrderNumber),
    Reads(OrderNumber),
    Amount(OrderNumber, usize),
    Source(OrderNumber, usize),
    Reason(OrderNumber, usize),
    Sure(OrderNumber, usize),
}

pub struct Model {
    pub orders: BTreeMap<OrderNumber, Placed>,
    pub stock: u32,
    asked: [Asked; STAFF],
    asking: [Option<(OrderNumber, Request)>; ACCOUNTS.len()],
    files: VecDeque<(usize, OrderNumber, usize, u32)>,
}

impl Asked {
    fn order(self) -> Option<OrderNumber> {
        match self {
            Asked::Nothing => None,
            Asked::Looks(order)
            | Asked::Reads(order)
            | Asked::Amount(order, _)
            | Asked::Source(order, _)
            | Asked::Reason(order, _)
            | Asked::Sure(order, _) => Some(order),
        }
    }

    fn changes(self) -> Option<usize> {
        match self {
            Asked::Nothing | Asked::Looks(_) | Asked::Reads(_) => None,
            Asked::Amount(_, changes)
            | Asked::Source(_, changes)
            | Asked::Reason(_, changes)
            | Asked::Sure(_, changes) => Some(changes),
        }
    }
}

/// The table of the status rules.
fn may_go(from: Status, to: Status, is_free: bool) -> bool {
    match (from, to) {
        (Status::Placed | Status::Invoiced, Status::Invoiced | Status::Cancelled)
        | (Status::Invoiced, Status::Completed) => true,
        (Status::Placed, Status::Completed) => is_free,
        _ => false,
    }
}

impl Placed {
    fn may(&self, to: Status) -> bool {
        may_go(self.status, to, self.total == 0)
    }
}

impl Model {
    pub fn new() -> Model {
        Model {
            orders: BTreeMap::new(),
            stock: 0,
            asked: [Asked::Nothing; STAFF],
            asking: [None; ACCOUNTS.len()],
            files: VecDeque::new(),
        }
    }

    /// The order that one of the staff was asked about.
    pub fn asks(&self, staff: usize) -> Option<OrderNumber> {
        self.asked[staff].order()
    }

    /// A new order has come.
    pub fn placed(&mut self, order: OrderNumber, customer: usize, keys: u32, total: i64) {
        let placed = Placed {
            account: ACCOUNTS[customer],
            keys,
            total,
            status: Status::Placed,
            events: 1,
            changes: 1,
            is_taken: false,
            unanswered: 0,
        };
        self.orders.insert(order, placed);
    }

    /// What should become of which order.
    pub fn after(&mut self, did: &Did) -> Option<(OrderNumber, What)> {
        let done = match did {
            Did::Places { .. } => None,
            Did::Stocks(keys) => {
                self.stock += keys;
                None
            }
            Did::Presses { staff, order, action } => self.pressed(*staff, *order, *action),
            Did::Commands { staff, command } => self.commanded(*staff, command),
            Did::Writes { staff, typed, file, reply } => self.wrote(*staff, typed, *file, *reply),
            Did::Reads => self.read(),
            Did::Card { customer, order, action } => self.on_card(*customer, *order, *action),
            Did::Says { customer, words, file } => self.said(*customer, words, *file),
            Did::Sticks { .. } => None,
            Did::Leaves { customer } => {
                self.asking[*customer] = None;
                None
            }
        };
        let (number, what) = done?;
        let order = self.orders.get_mut(&number).unwrap();
        order.events += 1;
        let to = match what {
            What::Invoiced(_) => Status::Invoiced,
            What::Completed => Status::Completed,
            What::Cancelled => Status::Cancelled,
            What::Taken => {
                order.is_taken = true;
                return done;
            }
            What::Asked => {
                order.unanswered += 1;
                return done;
            }
            What::Answered => {
                order.unanswered = 0;
                return done;
            }
        };
        assert!(order.may(to), "the model itself goes astray");
        order.status = to;
        order.changes += 1;
        done
    }

    fn pressed(&mut self, staff: usize, number: OrderNumber, action: StaffAction) -> Option<(OrderNumber, What)> {
        let order = self.orders.get(&number)?;
        let (status, changes, keys, total) = (order.status, order.changes, order.keys, order.total);
        let is_open = !matches!(status, Status::Completed | Status::Cancelled);
        let asked = self.asked[staff];
        let is_about_it = asked.order() == Some(number);
        let to = match action {
            StaffAction::Open => {
                self.asked[staff] = Asked::Looks(number);
                return None;
            }
            StaffAction::Dismiss => {
                if is_about_it {
                    self.asked[staff] = Asked::Nothing;
                }
                return None;
            }
            StaffAction::Take => return (is_open && !order.is_taken).then_some((number, What::Taken)),
            StaffAction::AskInvoice | StaffAction::InvoiceTotal => Status::Invoiced,
            StaffAction::AskComplete | StaffAction::CompleteFromStock => Status::Completed,
            StaffAction::AskCancel | StaffAction::Because(_) | StaffAction::ConfirmCancel => Status::Cancelled,
        };
        let may = order.may(to);
        let answers = action.answers_a_prompt();
        if answers && is_about_it && asked.changes().is_some_and(|then| then != changes) {
            // Somebody was first: the question is closed.
            self.asked[staff] = Asked::Nothing;
            return None;
        }
        if !may {
            return None;
        }
        match (action, asked) {
            (StaffAction::AskInvoice, _) => self.asked[staff] = Asked::Amount(number, changes),
            (StaffAction::AskComplete, _) => self.asked[staff] = Asked::Source(number, changes),
            (StaffAction::AskCancel, _) => self.asked[staff] = Asked::Reason(number, changes),
            (StaffAction::InvoiceTotal, Asked::Amount(..)) if is_about_it => {
                self.asked[staff] = Asked::Nothing;
                return Some((number, What::Invoiced(total)));
            }
            (StaffAction::CompleteFromStock, Asked::Source(..)) if is_about_it => {
                if self.stock < keys {
                    return None;
                }
                self.stock -= keys;
                self.asked[staff] = Asked::Nothing;
                return Some((number, What::Completed));
            }
            (StaffAction::Because(_), Asked::Reason(..)) if is_about_it => {
                self.asked[staff] = Asked::Sure(number, changes);
            }
            (StaffAction::ConfirmCancel, Asked::Sure(..)) if is_about_it => {
                self.asked[staff] = Asked::Nothing;
                return Some((number, What::Cancelled));
            }
            _ => {}
        }
        None
    }

    fn commanded(&mut self, staff: usize, command: &Command) -> Option<(OrderNumber, What)> {
        let (number, to) = match command {
            Command::Open(number) => (*number, None),
            Command::Invoice(..) | Command::Complete(_) | Command::Cancel(..) if staff != ADMIN => return None,
            Command::Invoice(number, _) => (*number, Some(Status::Invoiced)),
            Command::Complete(number) => (*number, Some(Status::Completed)),
            Command::Cancel(number, _) => (*number, Some(Status::Cancelled)),
            Command::Drop => {
                self.asked[staff] = Asked::Nothing;
                return None;
            }
        };
        let Some(order) = self.orders.get(&number).filter(|order| to.is_none_or(|to| order.may(to))) else {
            self.asked[staff] = Asked::Nothing;
            return None;
        };
        let changes = order.changes;
        self.asked[staff] = match command {
            Command::Invoice(..) => Asked::Amount(number, changes),
            Command::Complete(_) => Asked::Source(number, changes),
            Command::Cancel(..) => Asked::Reason(number, changes),
            Command::Open(_) | Command::Drop => Asked::Looks(number),
        };
        match command {
            Command::Invoice(_, typed) | Command::Cancel(_, typed) if !typed.text.is_empty() => {
                self.answered(staff, typed, None)
            }
            _ => None,
        }
    }

    fn wrote(&mut self, staff: usize, typed: &Typed, file: Option<File>, reply: Reply) -> Option<(OrderNumber, What)> {
        let is_meant = match reply {
            Reply::Customer(number) => {
                self.orders.get(&number)?;
                return (!typed.text.is_empty() || file.is_some()).then_some((number, What::Answered));
            }
            Reply::Prompt => true,
            Reply::Order(number) => self.asked[staff].order() == Some(number),
            Reply::Nothing => false,
        };
        if is_meant { self.answered(staff, typed, file) } else { None }
    }

    /// An answer to what one of the staff was asked.
    fn answered(&mut self, staff: usize, typed: &Typed, file: Option<File>) -> Option<(OrderNumber, What)> {
        let asked = self.asked[staff];
        let number = asked.order()?;
        let order = self.orders.get(&number)?;
        if asked.changes()? != order.changes {
            self.asked[staff] = Asked::Nothing;
            return None;
        }
        match asked {
            Asked::Amount(..) => {
                let total = order.total;
                let amount = match (file, typed.text) {
                    (Some(File::Picture | File::List(_)), _) => return None,
                    (Some(File::Pdf), "") => total,
                    _ => typed.amount.filter(|amount| *amount != 0 || total == 0)?,
                };
                if typed.is_past {
                    return None;
                }
                self.asked[staff] = Asked::Nothing;
                return Some((number, What::Invoiced(amount)));
            }
            Asked::Source(_, changes) => {
                if let Some(File::List(serials)) = file {
                    self.asked[staff] = Asked::Reads(number);
                    self.files.push_back((staff, number, changes, serials));
                }
            }
            Asked::Reason(_, changes) | Asked::Sure(_, changes) if !typed.text.is_empty() && file.is_none() => {
                self.asked[staff] = Asked::Sure(number, changes);
            }
            _ => {}
        }
        None
    }

    fn read(&mut self) -> Option<(OrderNumber, What)> {
        let (staff, number, then, serials) = self.files.pop_front()?;
        let order = self.orders.get(&number)?;
        let is_current = order.changes == then;
        let fits = serials == order.keys;
        if self.asked[staff] == Asked::Reads(number) {
            self.asked[staff] = if is_current && !fits { Asked::Source(number, then) } else { Asked::Nothing };
        }
        (is_current && fits).then_some((number, What::Completed))
    }

    fn on_card(&mut self, customer: usize, number: OrderNumber, action: CardAction) -> Option<(OrderNumber, What)> {
        self.asking[customer] = None;
        let order = self.orders.get(&number).filter(|order| order.account == ACCOUNTS[customer])?;
        let request = match action {
            CardAction::Invoice | CardAction::Serials => return None,
            CardAction::Ask => Request::Answer,
            CardAction::AskToCancel | CardAction::CancelWithoutWords => Request::Cancellation,
        };
        if !may_ask(order, request) {
            return None;
        }
        if action == CardAction::CancelWithoutWords {
            return Some((number, What::Asked));
        }
        self.asking[customer] = Some((number, request));
        None
    }

    fn said(&mut self, customer: usize, words: &str, file: bool) -> Option<(OrderNumber, What)> {
        let (number, request) = self.asking[customer]?;
        let is_empty = words.trim_matches([' ', '\u{200b}']).is_empty();
        if is_empty && !file {
            return None;
        }
        self.asking[customer] = None;
        may_ask(&self.orders[&number], request).then_some((number, What::Asked))
    }
}

fn may_ask(order: &Placed, request: Request) -> bool {
    let is_final = matches!(order.status, Status::Completed | Status::Cancelled);
    order.unanswered < QUESTIONS && (request == Request::Answer || !is_final)
}
