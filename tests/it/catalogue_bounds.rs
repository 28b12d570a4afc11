//! Any catalogue that the file reader accepts, up to its bounds: every screen fits Telegram, and every product can be had.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use keydesk::chat::action::{Action, DraftAction};
use keydesk::chat::dialogue::customer::{Context, Turn, step};
use keydesk::chat::dialogue::{Banner, Dialogue, State};
use keydesk::chat::i18n::Texts;
use keydesk::chat::view::alert::{self, Background, Place, Unreached, WhyUnreached};
use keydesk::chat::view::{Facts, Reader, Screen, Subject, orders, screen};
use keydesk::domain::billing::{CompanyName, Email, ForeignTaxNumber, TaxNumber};
use keydesk::domain::catalogue::file as catalogue_file;
use keydesk::domain::{
    AccountId, Actor, Billing, Catalogue, ChatId, Currency, Draft, DraftId, Language, Money, Order, OrderAction,
    OrderEvent, OrderLine, OrderNumber, OrderSummary, Person, PersonId, Reason, Role, Sending, Sku, Status,
};

use crate::support::examples::{self, ORDER_WORDS};
use crate::support::languages::{each_language, russian};
use crate::support::random::Random;
use crate::support::screens::{actions, assert_fits};

/// Catalogues of one run.
const CATALOGUES: u64 = 8;

#[test]
fn every_product_of_any_catalogue_is_reached_from_the_form() {
    for seed in 0..CATALOGUES {
        let mut random = Random::seeded(seed);
        let catalogue = catalogue(&mut random, Currency::RUB);
        let customer = Customer::new(&catalogue);
        let found = customer.products_behind_buttons();
        let sold: BTreeSet<Sku> = catalogue.products.iter().map(|product| product.sku.clone()).collect();
        assert_eq!(found, sold, "seed {seed}");
    }
}

#[test]
fn every_screen_of_any_catalogue_fits() {
    for seed in 0..CATALOGUES {
        let mut random = Random::seeded(seed);
        let currency = Currency::parse(random.pick(&["RUB", "JPY", "KWD"])).unwrap();
        let catalogue = catalogue(&mut random, currency);
        let customer = Customer::new(&catalogue);
        for product in catalogue.products.iter().take(6) {
            customer.looks(State::WaitingForQuantity(product.sku.clone()), Some(Banner::NotAQuantity));
        }
        for page in [0, 1, 2, u32::MAX] {
            customer.looks(State::ReadingPrices { page }, None);
        }
    }
}

#[test]
fn every_product_stands_in_the_price_list() {
    let catalogue = numbered(60);
    let customer = Customer::new(&catalogue);
    let mut listed = String::new();
    for page in 0.. {
        let screen = customer.looks(State::ReadingPrices { page }, None);
        listed.push_str(screen.text.as_str());
        if !actions(&screen).contains(&Action::Prices { page: page + 1 }) {
            break;
        }
    }
    for product in &catalogue.products {
        assert_eq!(
            listed.matches(&format!("{}<", product.name.in_language(russian()))).count(),
            1,
            "{}",
            product.name.in_language(russian())
        );
    }
}

#[test]
fn the_fullest_order_fits_every_screen_and_message() {
    for name in ["я".repeat(100), "😀".repeat(50), "&<>\"".repeat(25)] {
        for code in ["RUB", "JPY", "KWD"] {
            let currency = Currency::parse(code).unwrap();
            let catalogue = dearest(&name, currency);
            let mut customer = Customer::new(&catalogue);
            customer.dialogue.draft = Some(fullest(&catalogue));
            for place in [State::Home, State::OfferToResume, State::WaitingForNote, State::Confirming] {
                for notice in [Banner::LinesGone, Banner::PricesChanged, Banner::UseButtons] {
                    customer.looks(place.clone(), Some(notice));
                }
            }
            for notice in [Banner::TooManyLines, Banner::RepeatedInPart] {
                customer.looks(State::ChoosingProduct { group: None, page: 0 }, Some(notice));
            }
            let order = as_order(customer.dialogue.draft.as_ref().unwrap(), currency);
            let person = Person {
                id: PersonId(i64::MAX),
                name: "😀".repeat(Person::MAX_NAME),
                username: Some("u".repeat(32)),
                telegram_language: None,
            };
            for language in Language::all() {
                let texts = Texts::new(*language, chrono_tz::Europe::Moscow);
                assert_fits(&orders::card(&order, &examples::anna(), &texts));
                let about = Background {
                    customer: &person,
                    billing: Some(longest_billing()),
                    unreached: nobody_reached(),
                    stock: Vec::new(),
                    held: Vec::new(),
                    place: Place::Alert,
                    today: "2015-04-01".parse().unwrap(),
                };
                let alert = alert::order(&order, &about, Sending::PossibleDuplicate, &texts);
                let length = crate::support::screens::plain(alert.text.as_str()).encode_utf16().count();
                assert!(length <= 4096, "{length} characters");
            }
        }
    }
}

struct Customer<'a> {
    catalogue: &'a Catalogue,
    dialogue: Dialogue,
    shop: keydesk::config::Shop,
    reader: Reader,
}

impl<'a> Customer<'a> {
    fn new(catalogue: &'a Catalogue) -> Customer<'a> {
        let draft = Some(Draft::new(DraftId(i64::MAX)));
        let dialogue = Dialogue { state: State::ChoosingProduct { group: None, page: 0 }, draft, ..Dialogue::new() };
        Customer { catalogue, dialogue, shop: examples::shop(), reader: examples::anna() }
    }

    /// The screen of a place in Russian; it fits in both languages.
    fn looks(&self, state: State, banner: Option<Banner>) -> Screen {
        let dialogue = Dialogue { state, banner, ..self.dialogue.clone() };
        let facts =
            Facts { shop: &self.shop, catalogue: self.catalogue, reader: &self.reader, subject: &Subject::Nothing };
        let [in_russian, _] = each_language(|language| {
            let screen = screen(&dialogue, &facts, &Texts::new(language, self.shop.time_zone));
            assert_fits(&screen);
            screen
        });
        in_russian
    }

    /// Presses every button that leads on through the form, and gathers the products that are offered.
    fn products_behind_buttons(&self) -> BTreeSet<Sku> {
        let context = Context {
            catalogue: self.catalogue,
            words: &ORDER_WORDS,
            fresh_draft: DraftId(1),
            chat: ChatId(1),
            now: chrono::DateTime::UNIX_EPOCH,
        };
        let mut found = BTreeSet::new();
        let mut met: Vec<State> = vec![self.dialogue.state.clone()];
        let mut next = 0;
        while let Some(state) = met.get(next).cloned() {
            next += 1;
            let dialogue = Dialogue { state: state.clone(), ..self.dialogue.clone() };
            for action in actions(&self.looks(state, None)) {
                match action {
                    Action::Draft(_, DraftAction::Product(sku)) => drop(found.insert(sku)),
                    Action::Draft(_, form @ DraftAction::Form { .. }) => {
                        let after = step(&dialogue, Turn::Draft(form), &context).dialogue.state;
                        if !met.contains(&after) {
                            met.push(after);
                        }
                    }
                    _ => {}
                }
            }
        }
        found
    }
}

/// Products of three packages, told apart by their numbers.
fn numbered(count: u32) -> Catalogue {
    let product = |index: u32| {
        format!(
            "[[product]]\nsku = \"p-{index}\"\nname = {{ ru = \"Ключ {index}\", en = \"Key {index}\" }}\n\
             packages = [ {{ quantity = 50, price = \"1\" }}, {{ quantity = 100, price = \"2\" }} ]\n"
        )
    };
    let products: String = (0..count).map(product).collect();
    catalogue_file::parse(&products, Currency::RUB, russian()).unwrap_or_else(|faults| panic!("{faults:?}"))
}

/// A catalogue as a vendor may write it, at random and up to every bound.
fn catalogue(random: &mut Random, currency: Currency) -> Catalogue {
    let count = random.pick(&[1, 9, 10, 11, 60, 1_000]);
    let groups = random.pick(&[0, 1, 7, 40]);
    let products: String = (0..count).map(|index| product(random, index, groups)).collect();
    catalogue_file::parse(&products, currency, russian()).unwrap_or_else(|faults| panic!("{faults:?}"))
}

fn product(random: &mut Random, index: u64, groups: u64) -> String {
    let sku = format!("{:x<32}", format!("p-{index}-"));
    let word = random.pick(&["я", "W", "&", "<", "😀", "\\\""]);
    let name = word.repeat(random.pick(&[1, 20, 50]));
    let group = if groups > 0 && random.percent(90) {
        format!("group = \"{:g<32}\"\n", format!("{}-", random.below(groups)))
    } else {
        String::new()
    };
    let packages: Vec<String> = (0..random.pick(&[1, 3, 24]))
        .map(|index| format!("{{ quantity = {}, price = \"{}\" }}", 999_977 + index, random.below(99_999_999_999)))
        .collect();
    let tiers: Vec<String> = (0..random.pick(&[1, 3, 24]))
        .map(|index| format!("{{ from = {}, unit_price = \"{}\" }}", 1 + index * 41_000, 99_999 - index))
        .collect();
    let free = format!("free_quantity = {{ min = 1, max = 1000000, step = 1, tiers = [ {} ] }}\n", tiers.join(", "));
    let free = if random.percent(60) { free } else { String::new() };
    format!(
        "[[product]]\nsku = \"{sku}\"\n{group}name = {{ ru = \"{name}\", en = \"{name}\" }}\npackages = [ {} ]\n{free}",
        packages.join(", ")
    )
}

/// Twenty products with the longest name, each at a twentieth of the largest amount.
fn dearest(name: &str, currency: Currency) -> Catalogue {
    let digits = currency.minor_digits();
    let price = rust_decimal::Decimal::new(Money::MAX_MINOR / 20, digits);
    let escaped = name.replace('"', "\\\"");
    let product = |index: u32| {
        format!(
            "[[product]]\nsku = \"{index:x<32}\"\nname = {{ ru = \"{escaped}\", en = \"{escaped}\" }}\n\
             packages = [ {{ quantity = 1000000, price = \"{price}\" }} ]\n"
        )
    };
    let products: String = (0..20).map(product).collect();
    catalogue_file::parse(&products, currency, russian()).unwrap_or_else(|faults| panic!("{faults:?}"))
}

/// All of these products, each at another price before, and the longest note.
fn fullest(catalogue: &Catalogue) -> Draft {
    let mut draft = Draft::new(DraftId(i64::MAX));
    let known = Money::from_minor(Money::MAX_MINOR, catalogue.currency).unwrap();
    for product in &catalogue.products {
        draft.put_again(product, 1_000_000, known).unwrap();
    }
    draft.set_note(Some("&".repeat(Draft::MAX_NOTE)));
    draft
}

fn longest_billing() -> Billing {
    let domain = ["d".repeat(60), "d".repeat(60), "d".repeat(60), "ru".to_owned()].join(".");
    Billing {
        company: CompanyName::parse(&"Ф".repeat(CompanyName::MAX)).unwrap(),
        tax: TaxNumber::Foreign(ForeignTaxNumber::parse(&"9".repeat(ForeignTaxNumber::MAX)).unwrap()),
        email: Email::parse(&format!("{}@{domain}", "e".repeat(60))).unwrap(),
    }
}

fn nobody_reached() -> Vec<Unreached> {
    let member = |number| Unreached { name: format!("{number}{}", "я".repeat(127)), why: WhyUnreached::Refused };
    (0..20).map(member).collect()
}

fn as_order(draft: &Draft, currency: Currency) -> Order {
    let at: DateTime<Utc> = "2015-12-31T23:59:00Z".parse().unwrap();
    let event = OrderEvent {
        at,
        actor: Actor::Person { id: PersonId(1), name: "Анна".to_owned(), role: Role::Staff },
        from: Some(Status::Invoiced),
        to: Status::Invoiced,
        action: OrderAction::Cancelled(Reason::Typed("&".repeat(Reason::MAX_TEXT))),
    };
    let line = |line: &keydesk::domain::DraftLine| OrderLine {
        sku: line.sku.clone(),
        name: line.name.clone(),
        quantity: line.quantity,
        price: line.price,
    };
    let total = Money::sum(draft.lines.iter().map(|line| line.price), currency).unwrap();
    let number = OrderNumber(999_999_999_999_999);
    Order {
        summary: OrderSummary { number, placed_at: at, status: Status::Invoiced, keys: draft.keys(), total },
        account: AccountId(i64::MAX),
        placed_by: PersonId(i64::MAX),
        lines: draft.lines.iter().map(line).collect(),
        note: draft.note.clone(),
        events: vec![event; 40],
    }
}
