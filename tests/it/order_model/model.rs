//! The rules once more, in the simplest words.

use std::collections::{BTreeMap, VecDeque};

use keydesk::chat::action::{CardAction, StaffAction};
use keydesk::domain::{OrderNumber, Request, Status};

use super::actions::{Command, Did};
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
    pub(super) asked: [Asked; STAFF],
    asking: [Option<(OrderNumber, Request)>; ACCOUNTS.len()],
    /// Whose messages go on with what they asked about which order.
    talking: [Option<OrderNumber>; ACCOUNTS.len()],
    pub(super) files: VecDeque<Job>,
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
            invoice: None,
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
            What::Added => {
                // What goes on with an answered question asks anew.
                order.unanswered = order.unanswered.max(1);
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
            // In the group its alert comes below.
            StaffAction::Open => return None,
            StaffAction::Files => return None,
            // Nobody in the model's world presses it: which row asks something is the order's own rule.
            StaffAction::Settle { .. } => return None,
            StaffAction::Dismiss => {
                self.dismissed(staff, number, changes);
                return None;
            }
            StaffAction::Take => return (is_open && !order.is_taken).then_some((number, What::Taken)),
            StaffAction::SendWords(_) => {
                let Asked::Offers(about, messages) = asked else { return None };
                if about != number {
                    return None;
                }
                // Nothing is asked any more: what answers the closing sentence is talk.
                self.asked[staff] = Asked::Nothing;
                // One of them is counted as what was done.
                self.orders.get_mut(&number)?.events += messages - 1;
                return Some((number, What::Answered));
            }
            StaffAction::AskInvoice | StaffAction::InvoiceTotal { .. } | StaffAction::ConfirmInvoice(_) => {
                Status::Invoiced
            }
            StaffAction::AskComplete | StaffAction::CompleteFromStock(_) => Status::Completed,
            StaffAction::AskCancel | StaffAction::Because(_) | StaffAction::ConfirmCancel(_) => Status::Cancelled,
        };
        let may = order.may(to);
        let prompt = asked.changes().filter(|_| is_about_it);
        let seen = match action {
            StaffAction::InvoiceTotal { seen, .. } | StaffAction::CompleteFromStock(seen) => seen.changes().or(prompt),
            StaffAction::ConfirmInvoice(_) | StaffAction::Because(_) | StaffAction::ConfirmCancel(_) => prompt,
            _ => None,
        };
        if seen.is_some_and(|seen| seen != changes) {
            // Somebody was first: the question is closed.
            self.answered_if(prompt, staff, number);
            return None;
        }
        if !may || action.asks_or_answers() && self.is_held(staff, number, changes, to) {
            return None;
        }
        match (action, asked) {
            (StaffAction::AskInvoice, _) => self.asked[staff] = Asked::Amount(number, changes),
            // It says how to answer the alert.
            (StaffAction::AskComplete, _) => {}
            (StaffAction::AskCancel, _) => self.asked[staff] = Asked::Reason(number, changes),
            (StaffAction::InvoiceTotal { .. }, _) if seen.is_some() => {
                if order.is_invoiced_so(total, None) {
                    return None;
                }
                self.answered_if(prompt, staff, number);
                self.orders.get_mut(&number)?.invoice = Some((total, false));
                return Some((number, What::Invoiced(total)));
            }
            (StaffAction::ConfirmInvoice(_), Asked::Strange(_, then, amount, file)) if is_about_it => {
                return self.invoiced(staff, number, then, amount, file);
            }
            (StaffAction::CompleteFromStock(_), _) if seen.is_some() => {
                if self.stock < keys {
                    return None;
                }
                self.stock -= keys;
                self.answered_if(prompt, staff, number);
                return Some((number, What::Completed));
            }
            (StaffAction::Because(_), Asked::Reason(..)) if is_about_it => {
                self.asked[staff] = Asked::Sure(number, changes);
            }
            (StaffAction::ConfirmCancel(_), Asked::Sure(..)) if is_about_it => {
                self.asked[staff] = Asked::Looks(number);
                return Some((number, What::Cancelled));
            }
            _ => {}
        }
        None
    }

    /// A prompt about the order is closed by the press that does it.
    fn answered_if(&mut self, prompt: Option<usize>, staff: usize, number: OrderNumber) {
        if prompt.is_some() {
            self.asked[staff] = Asked::Looks(number);
        }
    }

    /// Whether somebody else is asked on the alert what would bring the order there.
    fn is_held(&self, staff: usize, number: OrderNumber, changes: usize, to: Status) -> bool {
        let about = |asked: &Asked| match asked {
            Asked::Amount(of, then) | Asked::Strange(of, then, ..) if (*of, to) == (number, Status::Invoiced) => {
                Some(*then)
            }
            Asked::Reason(of, then) | Asked::Sure(of, then) if (*of, to) == (number, Status::Cancelled) => Some(*then),
            _ => None,
        };
        let mut others = self.asked.iter().enumerate().filter(|(other, _)| *other != staff);
        about(&self.asked[staff]).is_none() && others.any(|(_, asked)| about(asked) == Some(changes))
    }

    /// Drops what one of the staff was asked, or else what others are asked.
    fn dismissed(&mut self, staff: usize, number: OrderNumber, changes: usize) {
        let own = self.asked[staff];
        if own.order() == Some(number) && own != Asked::Looks(number) {
            self.asked[staff] = Asked::Looks(number);
            return;
        }
        let is_asked = |asked: &Asked| asked.order() == Some(number) && asked.changes().is_some();
        let others = || (0..STAFF).filter(|other| *other != staff);
        if others().any(|other| is_asked(&self.asked[other]) && self.asked[other].changes() == Some(changes)) {
            for other in others() {
                if is_asked(&self.asked[other]) {
                    self.asked[other] = Asked::Looks(number);
                }
            }
        }
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
        let Some(order) = self.orders.get(&number) else {
            self.asked[staff] = Asked::Nothing;
            return None;
        };
        if to.is_some_and(|to| !order.may(to)) {
            self.asked[staff] = Asked::Looks(number);
            return None;
        }
        let changes = order.changes;
        self.asked[staff] = match command {
            Command::Invoice(..) => Asked::Amount(number, changes),
            Command::Cancel(..) => Asked::Reason(number, changes),
            // The alert comes below, and is answered there.
            Command::Complete(_) | Command::Open(_) | Command::Drop => Asked::Looks(number),
        };
        match command {
            Command::Invoice(_, typed) | Command::Cancel(_, typed) if !typed.text.is_empty() => {
                self.answered(staff, typed, None)
            }
            _ => None,
        }
    }

    fn on_card(&mut self, customer: usize, number: OrderNumber, action: CardAction) -> Option<(OrderNumber, What)> {
        self.asking[customer] = None;
        self.talking[customer] = None;
        let order = self.orders.get(&number).filter(|order| order.account == ACCOUNTS[customer])?;
        let request = match action {
            CardAction::Invoice | CardAction::Serials | CardAction::Files | CardAction::SendWords => return None,
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
