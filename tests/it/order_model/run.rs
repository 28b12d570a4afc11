//! A shop lives for a while, with the model beside it.

use std::collections::BTreeSet;

use keydesk::chat::action::{Seen, StaffAction};
use keydesk::domain::{ActionKind, Money, Order, OrderAction, OrderNumber, PresetReason, Role, Status};

use super::actions::{Did, next};
use super::asked::What;
use super::model::{ACCOUNTS, Model};
use crate::support::random::Random;

/// What the model is held against.
pub trait World {
    /// Does it; gives the number of an order that was placed.
    async fn does(&mut self, did: &Did) -> Option<OrderNumber>;
    /// Whether it can be done as things stand: an answer needs a message that it answers.
    async fn can(&mut self, did: &Did) -> bool;
    async fn order(&mut self, number: OrderNumber) -> Order;
    /// How many serial numbers an order has.
    async fn serials(&mut self, number: OrderNumber) -> usize;
    /// What a customer was told of an order, in order.
    async fn told(&mut self, number: OrderNumber, customer: usize) -> Vec<OrderAction>;
}

/// What was met, so that a green run means something.
#[derive(Default)]
pub struct Tally(BTreeSet<String>);

impl Tally {
    pub fn add(&mut self, other: &Tally) {
        self.0.extend(other.0.iter().cloned());
    }

    fn note(&mut self, from: Status, what: What) {
        let action = format!("{what:?}");
        self.0.insert(format!("{} of {from:?}", action.split('(').next().unwrap_or_default()));
    }

    /// Fails when a kind of action was never done to any order.
    pub fn assert_every_kind(&self) {
        let done: BTreeSet<&str> = self.0.iter().filter_map(|action| action.split(' ').next()).collect();
        let kinds = ["Added", "Answered", "Asked", "Cancelled", "Completed", "Invoiced", "Taken"];
        assert_eq!(done, BTreeSet::from(kinds));
    }

    /// Fails when something that may be done was never done: then the run proves less than it should.
    pub fn assert_complete(&self) {
        let done: Vec<&str> = self.0.iter().map(String::as_str).collect();
        assert_eq!(
            done,
            [
                "Added of Cancelled",
                "Added of Completed",
                "Added of Invoiced",
                "Added of Placed",
                "Answered of Cancelled",
                "Answered of Completed",
                "Answered of Invoiced",
                "Answered of Placed",
                "Asked of Cancelled",
                "Asked of Completed",
                "Asked of Invoiced",
                "Asked of Placed",
                "Cancelled of Invoiced",
                "Cancelled of Placed",
                "Completed of Invoiced",
                "Completed of Placed",
                "Invoiced of Invoiced",
                "Invoiced of Placed",
                "Taken of Invoiced",
                "Taken of Placed",
            ]
        );
    }
}

/// Rare enough that orders end in other ways too, and eight times in the shortest life that must meet everything.
const STEPS_TO_AN_ENDING: u64 = 50;

/// The presses that complete or cancel an open order, last first: several in a row, which chance hardly ever makes.
fn ending(random: &mut Random, model: &Model) -> Vec<Did> {
    let is_open = |status: Status| !matches!(status, Status::Completed | Status::Cancelled);
    let open = model.orders.iter().filter(|(_, order)| is_open(order.status)).map(|(number, _)| *number);
    let open: Vec<OrderNumber> = open.collect();
    if open.is_empty() {
        return Vec::new();
    }
    let order = random.pick(&open);
    let changes = model.orders[&order].changes;
    let presses = random.pick(&[
        vec![StaffAction::CompleteFromStock(Seen::after(changes))],
        vec![
            StaffAction::CompleteFromStock(Seen::after(changes + 1)),
            StaffAction::InvoiceTotal { seen: Seen::after(changes), due: None },
        ],
        vec![
            StaffAction::ConfirmCancel(Seen::UNKNOWN),
            StaffAction::Because(PresetReason::NotPaid),
            StaffAction::AskCancel,
        ],
    ]);
    presses.into_iter().map(|action| Did::Presses { staff: 0, order, action }).collect()
}

/// So many steps in one shop.
pub async fn live(mut world: impl World, mut random: Random, steps: u64) -> Tally {
    let (mut model, mut tally) = (Model::new(), Tally::default());
    let mut planned = Vec::new();
    for step in 0..steps {
        if step % STEPS_TO_AN_ENDING == STEPS_TO_AN_ENDING - 1 {
            planned = ending(&mut random, &model);
        }
        let did = planned.pop().unwrap_or_else(|| next(&mut random, &model));
        if !world.can(&did).await {
            continue;
        }
        if let (Did::Places { customer, keys, total }, Some(number)) = (&did, world.does(&did).await) {
            model.placed(number, *customer, *keys, *total);
            sound(&mut world, &model, number).await;
            continue;
        }
        let statuses: Vec<(OrderNumber, Status)> =
            model.orders.iter().map(|(number, order)| (*number, order.status)).collect();
        let expected = model.after(&did);
        match expected {
            Some((number, what)) => {
                let from = statuses.iter().find(|(of, _)| *of == number).unwrap().1;
                tally.note(from, what);
                sound(&mut world, &model, number).await;
                let order = world.order(number).await;
                let last = order.events.last().unwrap();
                assert_eq!(what_of(&last.action), Some(what), "step {step}: {did:?}");
                assert_eq!(last.from, Some(from), "step {step}: {did:?}");
            }
            None => {
                // Nothing may have happened, whatever it was about.
                for number in model.orders.keys().rev().take(4).copied().collect::<Vec<_>>() {
                    let order = world.order(number).await;
                    assert_eq!(order.events.len(), model.orders[&number].events, "step {step}: {did:?} on {order:?}");
                }
            }
        }
    }
    for number in model.orders.keys().copied().collect::<Vec<_>>() {
        sound(&mut world, &model, number).await;
    }
    tally
}

fn what_of(action: &OrderAction) -> Option<What> {
    Some(match action {
        OrderAction::Placed | OrderAction::Settled { .. } | OrderAction::FileLost(_) => return None,
        OrderAction::Taken => What::Taken,
        OrderAction::Invoiced(invoice) => What::Invoiced(invoice.amount.minor()),
        OrderAction::Completed => What::Completed,
        OrderAction::Cancelled(_) => What::Cancelled,
        OrderAction::Asked(..) if action.kind() == ActionKind::Add => What::Added,
        OrderAction::Asked(..) => What::Asked,
        OrderAction::Answered(_) => What::Answered,
    })
}

/// What always holds of an order.
async fn sound(world: &mut impl World, model: &Model, number: OrderNumber) {
    let order = world.order(number).await;
    let expected = &model.orders[&number];
    assert_eq!(order.summary.status, expected.status, "order {number}");
    assert_eq!(order.events.len(), model.orders[&number].events, "order {number} has a row for each action: {order:?}");
    let prices = Money::sum(order.lines.iter().map(|line| line.price), order.summary.total.currency()).unwrap();
    assert_eq!((prices, order.summary.total.minor()), (order.summary.total, expected.total), "order {number}");
    assert_eq!(order.summary.keys, u64::from(expected.keys));

    // The history is one unbroken path, and what is final stays.
    let mut status = None;
    for event in &order.events {
        assert_eq!(event.from, status, "order {number}: {order:?}");
        let moves = event.from != Some(event.to);
        assert!(!moves || !status.is_some_and(Status::is_final), "order {number} left a final status");
        let by_customer = matches!(event.action, OrderAction::Placed | OrderAction::Asked(..));
        assert_eq!(event.actor.capacity() == Role::Customer.into(), by_customer, "order {number}: {event:?}");
        status = Some(event.to);
    }
    assert_eq!(status, Some(order.summary.status));
    let completions = order.events.iter().filter(|event| event.action == OrderAction::Completed).count();
    assert_eq!(completions, usize::from(order.summary.status == Status::Completed));
    let serials = world.serials(number).await;
    assert_eq!(serials, completions * usize::try_from(expected.keys).unwrap(), "order {number} has its serial numbers");

    // Everybody of the account is told of each, once and in order; nobody else of anything.
    let tells = |action: &OrderAction| {
        matches!(
            action,
            OrderAction::Invoiced(_) | OrderAction::Completed | OrderAction::Cancelled(_) | OrderAction::Answered(_)
        )
    };
    let to_tell: Vec<What> =
        order.events.iter().filter(|event| tells(&event.action)).filter_map(|event| what_of(&event.action)).collect();
    for (customer, account) in ACCOUNTS.iter().enumerate() {
        let told: Vec<What> = world.told(number, customer).await.iter().filter_map(what_of).collect();
        let expected = if *account == expected.account { to_tell.as_slice() } else { &[] };
        assert_eq!(told, expected, "customer {customer} of order {number}");
    }
}
