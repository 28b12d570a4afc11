//! The screens beside the order.

use chrono::{NaiveDate, TimeDelta};
use keydesk::chat::dialogue::{Banner, State};
use keydesk::chat::i18n::Texts;
use keydesk::chat::view::{Subject, menu};
use keydesk::config::Retention;
use keydesk::domain::{
    AccountId, Actor, Catalogue, Currency, Invoice, Language, Money, Order, OrderAction, OrderEvent, OrderLine,
    OrderNumber, OrderPage, OrderSummary, PersonId, PresetReason, Reason, Role, Status,
};

use super::{Scene, Scenes, at, reviewed, sku};
use crate::support::examples;
use crate::support::languages::named;

/// The orders of the activation server's page, and one of a single key.
pub fn summaries() -> Vec<OrderSummary> {
    let orders = [
        (451, "2015-12-31T21:00:00Z", Status::Completed, 1, 0),
        (450, "2015-04-01T09:00:00Z", Status::Invoiced, 53, 2_500_000),
        (449, "2015-03-31T21:30:00Z", Status::Placed, 50, 1_100_000),
        (446, "2015-03-31T20:30:00Z", Status::Cancelled, 1_021, 4_100_000),
    ];
    let summary = |(number, placed, status, keys, total)| OrderSummary {
        number: OrderNumber(number),
        placed_at: at(placed),
        status,
        keys,
        total: Money::from_minor(total, Currency::RUB).unwrap(),
    };
    orders.map(summary).to_vec()
}

fn action(to: Status) -> OrderAction {
    let amount = Money::from_minor(2_500_000, Currency::RUB).unwrap();
    match to {
        Status::Placed => OrderAction::Placed,
        Status::Invoiced => {
            OrderAction::Invoiced(Invoice { amount, due: NaiveDate::from_ymd_opt(2015, 4, 15), document: None })
        }
        Status::Completed => OrderAction::Completed,
        Status::Cancelled => OrderAction::Cancelled(Reason::Ready(PresetReason::NotPaid)),
    }
}

/// Order #450 in this status, with the way it came there.
pub fn order(status: Status) -> Order {
    let line = |product: &str, ru: &str, en: &str, quantity, price| OrderLine {
        sku: sku(product),
        name: named(ru.to_owned(), en.to_owned()),
        quantity,
        price: Money::from_minor(price, Currency::RUB).unwrap(),
    };
    let way = match status {
        Status::Placed => vec![Status::Placed],
        Status::Invoiced => vec![Status::Placed, Status::Invoiced],
        Status::Completed => vec![Status::Placed, Status::Invoiced, Status::Invoiced, Status::Completed],
        Status::Cancelled => vec![Status::Placed, Status::Cancelled],
    };
    let mut from = None;
    let mut events = Vec::new();
    for (to, hour) in way.into_iter().zip(10..) {
        let role = if from.is_none() { Role::Customer } else { Role::Staff };
        let at = at(&format!("2015-04-01T{hour}:05:00Z"));
        let action = action(to);
        let actor = Actor::Person { id: PersonId(5), name: "Ольга".to_owned(), role };
        events.push(OrderEvent { at, actor, from, to, action });
        from = Some(to);
    }
    Order {
        summary: OrderSummary { status, ..summaries()[1].clone() },
        account: AccountId(12),
        placed_by: PersonId(42),
        lines: vec![
            line("sp-1", "Лицензия Guardant SP, 1 активация", "Guardant SP licence, 1 activation", 50, 1_100_000),
            line(
                "trial-30000",
                "Лицензия Guardant SP Trial, 30 000 активаций",
                "Guardant SP Trial licence, 30,000 activations",
                2,
                920_000,
            ),
            line(
                "trial-100000",
                "Лицензия Guardant SP Trial, 100 000 активаций",
                "Guardant SP Trial licence, 100,000 activations",
                1,
                480_000,
            ),
        ],
        note: Some("PO-77 <срочно>".to_owned()),
        events,
    }
}

#[test]
fn the_order_list_reads_well() {
    let list = |filter, orders: Vec<OrderSummary>, page, pages| {
        let total = orders.len() as u64;
        let subject = Subject::Orders(OrderPage { orders, page, pages, total });
        Scene::at(State::ReadingOrders { filter, page }).showing(subject)
    };
    let invoiced = Some(Status::Invoiced);
    let mut scenes = Scenes::new();
    scenes.add("empty", |texts| list(None, Vec::new(), 0, 1).seen(texts));
    scenes.add("empty, filtered", |texts| list(invoiced, Vec::new(), 0, 1).seen(texts));
    scenes.add("one page", |texts| list(None, summaries(), 0, 1).seen(texts));
    scenes.add("one page, filtered", |texts| list(invoiced, vec![summaries()[1].clone()], 0, 1).seen(texts));
    for page in 0..3 {
        scenes.add(&format!("page {page} of 3"), |texts| list(None, summaries(), page, 3).seen(texts));
    }
    reviewed!("orders", scenes.0);
}

#[test]
fn the_card_reads_well_in_each_status() {
    let card = |found: Option<Order>| Scene::at(State::ReadingOrder(OrderNumber(450))).showing(Subject::Order(found));
    let mut scenes = Scenes::new();
    for status in Status::ALL {
        scenes.add(status.code(), |texts| card(Some(order(status))).seen(texts));
    }
    let sent = card(Some(order(Status::Placed))).saying(Banner::OrderSent);
    scenes.add("just sent", |texts| sent.seen(texts));
    scenes.add("not theirs or not there", |texts| card(None).seen(texts));
    reviewed!("card", scenes.0);
}

#[test]
fn the_price_list_reads_well() {
    let mut scenes = Scenes::new();
    let mut scene = Scene::at(State::ReadingPrices { page: 0 });
    scenes.add("one page", |texts| scene.seen(texts));
    scene.shop.terms_url = None;
    scene.catalogue.products[3].free.as_mut().unwrap().max = 1_021;
    let products = scene.catalogue.products.clone();
    for _ in 0..5 {
        scene.catalogue.products.extend(products.clone());
    }
    scene.dialogue.state = State::ReadingPrices { page: 1 };
    scenes.add("the second page, no terms", |texts| {
        let text = scene.seen(texts);
        let lines: Vec<_> = text.lines().collect();
        [&lines[..3], &["…"], &lines[lines.len() - 6..]].concat().join("\n")
    });
    reviewed!("prices", scenes.0);
}

#[test]
fn the_products_read_well() {
    let mut scenes = Scenes::new();
    let mut scene = Scene::at(State::ReadingProducts { group: None, page: 0 });
    scenes.add("one page", |texts| scene.seen(texts));
    scene.catalogue.products[4].group = None;
    scenes.add("one of no group", |texts| scene.seen(texts));
    let like = scene.catalogue.products[0].clone();
    for index in 0..20 {
        let mut product = like.clone();
        product.sku = sku(&format!("net-{index}"));
        product.name = named(format!("Сетевая лицензия, {index} мест"), format!("Network licence, {index} seats"));
        scene.catalogue.products.push(product);
    }
    scenes.add("groups", |texts| scene.seen(texts));
    scene.dialogue.state = State::ReadingProducts { group: Some(sku("sp")), page: 1 };
    scenes.add("a group, page 1", |texts| scene.seen(texts));
    let description = "😀".repeat(Catalogue::MAX_DESCRIPTION / 2);
    for product in &mut scene.catalogue.products {
        product.description = Some(named(description.clone(), description.clone()));
    }
    // It fits, and nobody has to read it.
    scene.seen(&Texts::new(Language::all()[0], chrono_tz::Europe::Moscow));
    reviewed!("products", scenes.0);
}

#[test]
fn help_settings_and_privacy_read_well() {
    let mut scenes = Scenes::new();
    scenes.add("help", |texts| Scene::at(State::ReadingHelp).seen(texts));
    scenes.add("settings, as in Telegram", |texts| Scene::at(State::ChoosingLanguage).seen(texts));
    scenes.add("settings, a language was just chosen", |texts| {
        let mut scene = Scene::at(State::ChoosingLanguage).saying(Banner::LanguageChosen);
        scene.reader.chosen_language = Some(texts.language());
        scene.seen(texts)
    });
    let kept = |days: [i64; 4], audit: Option<i64>| {
        let [sent_messages, processed_updates, dead_letters, broken_dialogues] = days.map(TimeDelta::days);
        let audit = audit.map(TimeDelta::days);
        Subject::Retention(Retention { sent_messages, processed_updates, dead_letters, broken_dialogues, audit })
    };
    let mut scene = Scene::at(State::ReadingPrivacy).showing(kept([90, 7, 90, 90], None));
    scenes.add("privacy with a contact", |texts| scene.seen(texts));
    scene.shop.contact = None;
    scenes.add("privacy without a contact", |texts| scene.seen(texts));
    scene.subject = kept([1, 22, 36_500, 365], Some(1_001));
    scenes.add("privacy with other times", |texts| scene.seen(texts));
    reviewed!("pages", scenes.0);
}

#[test]
fn the_command_menu_and_the_descriptions_fit_and_read_well() {
    let shop = examples::shop();
    let mut scenes = Scenes::new();
    scenes.add("commands", |texts| {
        let commands = menu::customer_commands(texts);
        // https://core.telegram.org/bots/api#botcommand
        assert!(commands.iter().all(|(_, description)| (1..=256).contains(&description.encode_utf16().count())));
        let lines = commands.iter().map(|(command, description)| format!("/{command} {description}"));
        lines.collect::<Vec<_>>().join("\n")
    });
    scenes.add("description", |texts| {
        let text = menu::description(&shop, texts);
        assert!(text.encode_utf16().count() <= 512);
        text
    });
    scenes.add("short description", |texts| {
        let text = menu::short_description(&shop, texts);
        assert!(text.encode_utf16().count() <= 120);
        text
    });
    reviewed!("menu", scenes.0);
}
