//! What a step may find: orders in any status, or none, and whatever else an input may be about.

use std::sync::LazyLock;

use keydesk::chat::dialogue::{BillingNeed, Issued, Message, Spoken, Upload, Whom};
use keydesk::domain::billing::{CompanyName, Email, Inn, Kpp, TaxNumber};
use keydesk::domain::{
    AccountId, Actor, Billing, Catalogue, DraftId, Invited, Invoice, KeptFile, Media, MessageBody, MessageId, Order,
    OrderAction, OrderEvent, OrderNumber, OrderSummary, PersonId, Request, Role, Sku, Standing, Status, Target,
};

use super::loading::Known;
use crate::order_model::core::{now, order_line};
use crate::support::actions::{cancelled, invoiced};
use crate::support::examples;
use crate::support::random::Random;

/// Texts that somebody types, of which each means something somewhere.
const TEXTS: [&str; 12] = [
    "",
    " \u{200b}",
    "50",
    "100 15.04.2015",
    "100 01.01.2015",
    "100 USD",
    "Когда?",
    "7707083893",
    "500100732259",
    "773601001",
    "buh@example.com",
    "ООО «Ромашка»",
];
const FILES: [(Media, &str); 5] = [
    (Media::Document, "invoice.PDF"),
    (Media::Document, "keys.txt"),
    (Media::Document, "keys.csv"),
    (Media::Document, "catalog.toml"),
    (Media::Photo, ""),
];

/// The example price list, which takes longer to read than a step to take.
pub static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(examples::catalogue);

pub struct World {
    pub catalogue: Catalogue,
    orders: Vec<Order>,
    sent: Option<OrderNumber>,
    invited: Invited,
    billing: Option<Billing>,
    billing_need: BillingNeed,
    issued: Issued,
    spoken: Spoken,
    target: Option<Target>,
}

impl World {
    pub fn any(random: &mut Random) -> World {
        let mut catalogue = CATALOGUE.clone();
        catalogue.products.retain(|_| random.percent(70));
        let numbers: Vec<OrderNumber> = (446..450).map(OrderNumber).filter(|_| random.percent(70)).collect();
        let id = person(random);
        let standing = random.pick(&[Standing::Other, Standing::Configured, Standing::Appointed]);
        World {
            catalogue,
            orders: numbers.into_iter().map(|number| order(random, number)).collect(),
            sent: random.pick(&[None, Some(OrderNumber(446))]),
            invited: random.pick(&[
                Invited::To(AccountId(1)),
                Invited::NotValid,
                Invited::HasMembers,
                Invited::IsMember,
            ]),
            billing: random.pick(&[None, Some(billing())]),
            billing_need: random.pick(&[BillingNeed::None, BillingNeed::First]),
            issued: random.pick(&[Issued::Nothing, Issued::Some]),
            spoken: random.pick(&[Spoken::Words, Spoken::Serials, Spoken::NamesSerial]),
            target: random.pick(&[None, Some(Target { id, known: None, access: None, standing })]),
        }
    }
}

impl Known for World {
    fn order(&self, number: OrderNumber) -> Option<Order> {
        self.orders.iter().find(|order| order.summary.number == number).cloned()
    }

    fn sent_as(&self, _: DraftId) -> Option<OrderNumber> {
        self.sent
    }

    fn invited(&self) -> Invited {
        self.invited
    }

    fn billing(&self) -> Option<Billing> {
        self.billing.clone()
    }

    fn billing_need(&self) -> BillingNeed {
        self.billing_need
    }

    fn issued(&self) -> Issued {
        self.issued
    }

    fn spoken(&self) -> Spoken {
        self.spoken
    }

    fn target(&self, _: &Whom) -> Option<Target> {
        self.target.clone()
    }
}

/// The number of an order that may exist.
pub fn number(random: &mut Random) -> OrderNumber {
    random.pick(&[446, 447, 448, 449].map(OrderNumber))
}

/// Somebody who may be the admin who acts.
pub fn person(random: &mut Random) -> PersonId {
    random.pick(&[101, 201, 202].map(PersonId))
}

/// A product that may be on sale.
pub fn sku(random: &mut Random) -> Sku {
    random.pick(&["sp-1", "sp-3", "trial-30000", "gone"].map(|sku| Sku::parse(sku).unwrap()))
}

pub fn billing() -> Billing {
    let tax = TaxNumber::Organisation { inn: Inn::parse("7707083893").unwrap(), kpp: Kpp::parse("773601001").unwrap() };
    let (company, email) = (CompanyName::parse("Ромашка").unwrap(), Email::parse("buh@example.com").unwrap());
    Billing { company, tax, email }
}

pub fn text(random: &mut Random) -> String {
    random.pick(&TEXTS).to_owned()
}

pub fn file(random: &mut Random) -> KeptFile {
    let (media, name) = random.pick(&FILES);
    KeptFile { media, file_id: "file".to_owned(), unique_id: String::new(), name: name.to_owned() }
}

pub fn message(random: &mut Random) -> Message {
    let (text, file) = (text(random), file(random));
    let voice = KeptFile { media: Media::Voice, name: String::new(), ..file.clone() };
    let upload = random.pick(&[
        Upload::Nothing,
        Upload::File(file.clone()),
        Upload::Forwarded(file),
        Upload::Media(voice),
        Upload::Described,
        Upload::Unusable,
    ]);
    let album = random.pick(&[None, None, Some("album".to_owned())]);
    Message { upload, album, ..Message::text(MessageId(1), &text) }
}

/// An order to which some of what may be done was done.
pub fn order(random: &mut Random, number: OrderNumber) -> Order {
    let line = order_line(2, random.pick(&[0, 460_000]));
    let summary = OrderSummary { number, placed_at: now(), status: Status::Placed, keys: 2, total: line.price };
    let (account, placed_by) = (AccountId(1), PersonId(101));
    let mut order = Order { summary, account, placed_by, lines: vec![line], note: None, events: Vec::new() };
    order.events.push(event(placed_by, Role::Customer, None, Status::Placed, OrderAction::Placed));
    let words = MessageBody::new("Когда?", None).unwrap();
    let document = Some(file(random));
    let invoiced_with_document = OrderAction::Invoiced(Invoice { document, ..Invoice::of(order.summary.total) });
    for _ in 0..random.below(9) {
        let (action, role) = random.pick(&[
            (OrderAction::Taken, Role::Staff),
            (invoiced(), Role::Staff),
            (invoiced_with_document.clone(), Role::Admin),
            (OrderAction::Completed, Role::Staff),
            (cancelled(), Role::Admin),
            (OrderAction::Asked(Request::Answer, words.clone()), Role::Customer),
            (OrderAction::Asked(Request::Cancellation, words.clone()), Role::Customer),
            (OrderAction::Answered(words.clone()), Role::Staff),
        ]);
        let Ok(to) = order.status_after(action.kind(), role) else { continue };
        let by = if role == Role::Customer { placed_by } else { random.pick(&[201, 202].map(PersonId)) };
        order.events.push(event(by, role, Some(order.summary.status), to, action));
        order.summary.status = to;
    }
    order
}

fn event(id: PersonId, role: Role, from: Option<Status>, to: Status, action: OrderAction) -> OrderEvent {
    let actor = Actor::Person { id, name: format!("Person {id}"), role };
    OrderEvent { at: now(), actor, from, to, action }
}
