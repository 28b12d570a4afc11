//! What people do in the model, at random and not always wisely.

use keydesk::chat::action::{CardAction, Seen, StaffAction};
use keydesk::domain::{OrderNumber, PresetReason};

use super::model::{ACCOUNTS, Model, STAFF};
use crate::support::random::Random;

/// Somebody does something.
#[derive(Debug, Clone)]
pub enum Did {
    /// A customer places an order for so many keys at this price, in minor units.
    Places { customer: usize, keys: u32, total: i64 },
    /// So many keys come into the stock.
    Stocks(u32),
    /// One of the staff presses a button.
    Presses { staff: usize, order: OrderNumber, action: StaffAction },
    /// One of the staff types a command.
    Commands { staff: usize, command: Command },
    /// One of the staff writes or sends something.
    Writes { staff: usize, typed: Typed, file: Option<File>, reply: Reply },
    /// The file that was sent first is read.
    Reads,
    /// A customer presses a button of a card.
    Card { customer: usize, order: OrderNumber, action: CardAction },
    /// A customer writes or sends something.
    Says { customer: usize, words: &'static str, file: bool },
    /// A customer sends a sticker.
    Sticks { customer: usize },
    /// A customer turns to something else.
    Leaves { customer: usize },
}

/// A command about an order.
#[derive(Debug, Clone)]
pub enum Command {
    Open(OrderNumber),
    Invoice(OrderNumber, Typed),
    Complete(OrderNumber),
    Cancel(OrderNumber, Typed),
    Drop,
}

/// A text, and what it means where an amount or a reason is waited for.
#[derive(Debug, Clone, Copy)]
pub struct Typed {
    pub text: &'static str,
    /// Minor units.
    pub amount: Option<i64>,
    pub is_past: bool,
}

/// A file, by what matters of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum File {
    Pdf,
    Picture,
    /// With so many serial numbers.
    List(u32),
}

/// What a message answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reply {
    Nothing,
    Prompt,
    Order(OrderNumber),
    Customer(OrderNumber),
}

const TEXTS: [Typed; 9] = [
    Typed { text: "", amount: None, is_past: false },
    Typed { text: "100", amount: Some(10_000), is_past: false },
    Typed { text: "25 000,50 15.04.2015", amount: Some(2_500_050), is_past: false },
    Typed { text: "4600 руб.", amount: Some(460_000), is_past: false },
    Typed { text: "0", amount: Some(0), is_past: false },
    Typed { text: "-5", amount: None, is_past: false },
    Typed { text: "1e3", amount: None, is_past: false },
    Typed { text: "не оплачено", amount: None, is_past: false },
    Typed { text: "100 01.01.2015", amount: Some(10_000), is_past: true },
];

const NO_SUCH_ORDER: OrderNumber = OrderNumber(999_999);
const WORDS: [&str; 4] = ["Когда?", "Спасибо", " \u{200b}", ""];

/// A button as it stands on an alert that shows so many changes of the order's status, or as it stood before the last one.
fn button(random: &mut Random, changes: usize) -> StaffAction {
    let seen = Seen::after(if random.percent(80) { changes } else { changes.saturating_sub(1) });
    random.pick(&[
        StaffAction::Open,
        StaffAction::Take,
        StaffAction::AskInvoice,
        StaffAction::AskInvoice,
        StaffAction::InvoiceTotal { seen, due: None },
        StaffAction::InvoiceTotal { seen: Seen::UNKNOWN, due: None },
        StaffAction::ConfirmInvoice(Seen::UNKNOWN),
        StaffAction::ConfirmInvoice(Seen::UNKNOWN),
        StaffAction::AskComplete,
        StaffAction::AskComplete,
        StaffAction::CompleteFromStock(seen),
        StaffAction::CompleteFromStock(Seen::UNKNOWN),
        StaffAction::AskCancel,
        StaffAction::Because(PresetReason::NotPaid),
        StaffAction::ConfirmCancel(Seen::UNKNOWN),
        StaffAction::SendWords(Seen::UNKNOWN),
        StaffAction::Dismiss,
    ])
}

/// The next thing that somebody does.
pub fn next(random: &mut Random, model: &Model) -> Did {
    let (staff, customer) = (random.pick(&[0, 1, STAFF - 1]), random.pick(&[0, 1, ACCOUNTS.len() - 1]));
    // Mostly one of the newest orders, so that people meet; now and then one that does not exist.
    let newest: Vec<OrderNumber> = model.orders.keys().rev().take(4).copied().collect();
    let any: Vec<OrderNumber> = model.orders.keys().copied().collect();
    let order = match random.below(20) {
        0 => NO_SUCH_ORDER,
        1 | 2 if !any.is_empty() => random.pick(&any),
        _ if !newest.is_empty() => random.pick(&newest),
        _ => NO_SUCH_ORDER,
    };
    let typed = random.pick(&TEXTS);
    match random.below(100) {
        0..=1 => Did::Places { customer, keys: random.pick(&[1, 2, 5]), total: random.pick(&[0, 460_000, 1_100_000]) },
        2..=3 => Did::Stocks(random.pick(&[1, 3, 10])),
        4..=46 => {
            // People press what is on their screen, as a rule.
            let order = model.asks(staff).filter(|_| random.percent(60)).unwrap_or(order);
            let changes = model.orders.get(&order).map_or(1, |order| order.changes);
            Did::Presses { staff, order, action: button(random, changes) }
        }
        47..=54 => Did::Commands { staff, command: command(random, order, typed) },
        55..=69 => Did::Writes { staff, typed, file: file(random, model, order), reply: reply(random, order) },
        70..=72 => Did::Reads,
        73..=87 => Did::Card {
            customer,
            order,
            action: random.pick(&[
                CardAction::Ask,
                CardAction::Ask,
                CardAction::AskToCancel,
                CardAction::CancelWithoutWords,
                CardAction::Invoice,
                CardAction::Serials,
            ]),
        },
        88..=96 => Did::Says { customer, words: random.pick(&WORDS), file: random.percent(30) },
        97..=98 => Did::Sticks { customer },
        _ => Did::Leaves { customer },
    }
}

fn command(random: &mut Random, order: OrderNumber, typed: Typed) -> Command {
    match random.below(5) {
        0 => Command::Open(order),
        1 => Command::Invoice(order, typed),
        2 => Command::Complete(order),
        3 => Command::Cancel(order, typed),
        _ => Command::Drop,
    }
}

fn file(random: &mut Random, model: &Model, order: OrderNumber) -> Option<File> {
    let needed = model.orders.get(&order).map_or(1, |order| order.keys);
    match random.below(10) {
        0 => Some(File::Pdf),
        1 => Some(File::Picture),
        2..=4 => Some(File::List(needed)),
        5 => Some(File::List(needed + 1)),
        _ => None,
    }
}

fn reply(random: &mut Random, order: OrderNumber) -> Reply {
    match random.below(8) {
        0 | 1 => Reply::Nothing,
        2..=4 => Reply::Prompt,
        5 => Reply::Order(order),
        _ => Reply::Customer(order),
    }
}
