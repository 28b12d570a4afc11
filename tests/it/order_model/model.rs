//! The rules once more, in the simplest words.

use std::collections::{BTreeMap, VecDeque};

use keydesk::chat::action::{CardAction, StaffAction};
use keydesk::domain::{OrderNumber, Request, Status};

use super::actions::{Command, Did, File, Reply, Typed};
use super::asked::{Asked, Job, Placed, What};

/// Customers by their accounts: the first two are colleagues.
pub const ACCOUNTS: [usize; 3] = [0, 0, 1];
pub const STAFF: usize = 3;
/// Who of them is an admin, and has the commands.
pub const ADMIN: usize = STAFF - 1;
/// How many questions wait for an answer at most.
const QUESTIONS: usize = 5;

pub struct Model {
    pub orders: BTreeMap<OrderNumber, Placed>,
    pub stock: u32,
    asked: [Asked; STAFF],
    asking: [Option<(OrderNumber, Request)>; ACCOUNTS.len()],
    /// Whose messages go on with what they asked about which order.
    talking: [Option<OrderNumber>; ACCOUNTS.len()],
    files: VecDeque<Job>,
}

impl Model {
    pub fn new() -> Model {
        Model {
            orders: BTreeMap::new(),
            stock: 0,
            asked: [Asked::Nothing; STAFF],
            asking: [None; ACCOUNTS.len()],
            talking: [None; ACCOUNTS.len()],
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
                self.talking[*customer] = None;
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
            What::Added => return done,
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
            StaffAction::SendWords if asked == Asked::Offers(number) => {
                self.asked[staff] = Asked::Nothing;
                return Some((number, What::Answered));
            }
            StaffAction::SendWords => return None,
            StaffAction::AskInvoice | StaffAction::InvoiceTotal | StaffAction::ConfirmInvoice => Status::Invoiced,
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
            (StaffAction::ConfirmInvoice, Asked::Strange(_, then, amount, file)) if is_about_it => {
                return self.invoiced(staff, number, then, amount, file);
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
            Reply::Prompt => match self.asked[staff] {
                Asked::Looks(number) => return self.remarked(staff, number, typed, file),
                _ => true,
            },
            Reply::Order(number) if self.asked[staff].changes().is_none() => {
                return self.remarked(staff, number, typed, file);
            }
            Reply::Order(number) => self.asked[staff].order() == Some(number),
            Reply::Nothing => false,
        };
        if is_meant { self.answered(staff, typed, file) } else { None }
    }

    /// Words that ask for nothing are offered to the customer, unless a file is being read.
    fn remarked(
        &mut self,
        staff: usize,
        number: OrderNumber,
        typed: &Typed,
        file: Option<File>,
    ) -> Option<(OrderNumber, What)> {
        let says = !typed.text.is_empty() || file.is_some();
        let is_free = !matches!(self.asked[staff], Asked::Reads(_) | Asked::Offers(_));
        if says && is_free && self.orders.contains_key(&number) {
            self.asked[staff] = Asked::Offers(number);
        }
        None
    }

    /// An amount is understood: a document beside it is looked at first.
    fn invoiced(
        &mut self,
        staff: usize,
        order: OrderNumber,
        changes: usize,
        amount: i64,
        file: Option<File>,
    ) -> Option<(OrderNumber, What)> {
        let Some(file) = file else {
            self.asked[staff] = Asked::Nothing;
            return Some((order, What::Invoiced(amount)));
        };
        self.asked[staff] = Asked::Reads(order);
        self.files.push_back(Job { staff, order, changes, file, amount: Some(amount) });
        None
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
            Asked::Amount(_, changes) | Asked::Strange(_, changes, ..) => {
                let total = order.total;
                let amount = match (file, typed.text) {
                    (Some(File::Picture), _) => return None,
                    (Some(File::Pdf | File::List(_)), "") => total,
                    _ => typed.amount.filter(|amount| *amount != 0 || total == 0)?,
                };
                if typed.is_past {
                    return None;
                }
                if amount > 2 * total || 2 * amount < total {
                    self.asked[staff] = Asked::Strange(number, changes, amount, file);
                    return None;
                }
                return self.invoiced(staff, number, changes, amount, file);
            }
            Asked::Source(_, changes) => {
                if let Some(file @ File::List(_)) = file {
                    self.asked[staff] = Asked::Reads(number);
                    self.files.push_back(Job { staff, order: number, changes, file, amount: None });
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
        let Job { staff, order: number, changes: then, file, amount } = self.files.pop_front()?;
        let order = self.orders.get(&number)?;
        let is_current = order.changes == then;
        let (fits, again, what) = match amount {
            Some(amount) => (file == File::Pdf, Asked::Amount(number, then), What::Invoiced(amount)),
            None => (file == File::List(order.keys), Asked::Source(number, then), What::Completed),
        };
        let is_last = self.files.iter().all(|job| job.staff != staff);
        if is_last && matches!(self.asked[staff], Asked::Reads(_)) {
            self.asked[staff] = if is_current && !fits { again } else { Asked::Nothing };
        }
        (is_current && fits).then_some((number, what))
    }

    fn on_card(&mut self, customer: usize, number: OrderNumber, action: CardAction) -> Option<(OrderNumber, What)> {
        self.asking[customer] = None;
        self.talking[customer] = None;
        let order = self.orders.get(&number).filter(|order| order.account == ACCOUNTS[customer])?;
        let request = match action {
            CardAction::Invoice | CardAction::Serials | CardAction::SendWords => return None,
            CardAction::Ask => Request::Answer,
            CardAction::AskToCancel | CardAction::CancelWithoutWords => Request::Cancellation,
        };
        if !may_ask(order, request) {
            return None;
        }
        if action == CardAction::CancelWithoutWords {
            self.talking[customer] = Some(number);
            return Some((number, What::Asked));
        }
        self.asking[customer] = Some((number, request));
        None
    }

    fn said(&mut self, customer: usize, words: &str, file: bool) -> Option<(OrderNumber, What)> {
        let is_empty = words.trim_matches([' ', '\u{200b}']).is_empty();
        if is_empty && !file {
            return None;
        }
        let Some((number, request)) = self.asking[customer].take() else {
            return self.talking[customer].map(|number| (number, What::Added));
        };
        if !may_ask(&self.orders[&number], request) {
            return None;
        }
        self.talking[customer] = Some(number);
        Some((number, What::Asked))
    }
}

fn may_ask(order: &Placed, request: Request) -> bool {
    let is_final = matches!(order.status, Status::Completed | Status::Cancelled);
    order.unanswered < QUESTIONS && (request == Request::Answer || !is_final)
}
