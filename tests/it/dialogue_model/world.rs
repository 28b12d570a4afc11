//! What surrounds the customer: a price list that changes under their hands, and what they may type.

use keydesk::domain::catalogue::price_list::{FreeQuantity, Package, Tier};
use keydesk::domain::{Catalogue, Currency, Group, LocalName, Money, Product, Sku};

use crate::support::languages::named;
use crate::support::random::Random;

/// Products that may be on sale; more than one order holds, and enough to split the form into groups.
const PRODUCTS: u64 = 32;
const GROUPS: [&str; 3] = ["sp", "trial", "net"];
const QUANTITIES: [u32; 6] = [1, 5, 50, 100, 200, 1_000_000];

/// A text, and what it means where a quantity or a note is waited for.
pub struct Typed {
    pub text: String,
    pub quantity: Option<u32>,
    pub note: Option<String>,
}

/// Any of the product ids.
pub fn sku(random: &mut Random) -> Sku {
    Sku::parse(&format!("p-{}", random.below(PRODUCTS))).unwrap()
}

/// A price list.
pub fn catalogue(random: &mut Random) -> Catalogue {
    let currency = Currency::parse(random.pick(&["RUB", "RUB", "JPY", "KWD"])).unwrap();
    let named = |id: &&str| Group { id: Sku::parse(id).unwrap(), name: name(id) };
    let mut catalogue = Catalogue { currency, groups: GROUPS.iter().map(named).collect(), products: Vec::new() };
    let share = random.pick(&[10, 30, 100]);
    for index in 0..PRODUCTS {
        if index == 0 || random.percent(share) {
            let sku = Sku::parse(&format!("p-{index}")).unwrap();
            catalogue.products.push(product(random, sku, currency));
        }
    }
    catalogue
}

/// Changes a price list: prices, names and quantities, products that vanish and come back, another currency.
pub fn change(random: &mut Random, catalogue: &mut Catalogue) {
    let sku = sku(random);
    let is_last = catalogue.products.len() == 1;
    let known = catalogue.products.iter_mut().find(|product| product.sku == sku);
    match (random.below(50), known) {
        (0, _) => *catalogue = self::catalogue(random),
        (1..=9, Some(product)) => product.name = name(&format!("Renamed <{}>", random.below(1_000))),
        (10..=29, Some(product)) => {
            for package in &mut product.packages {
                package.price = price(random, catalogue.currency);
            }
        }
        (30..=39, Some(_)) if !is_last => catalogue.products.retain(|product| product.sku != sku),
        (_, Some(product)) => *product = self::product(random, sku, catalogue.currency),
        (_, None) => catalogue.products.push(product(random, sku, catalogue.currency)),
    }
}

fn product(random: &mut Random, sku: Sku, currency: Currency) -> Product {
    let mut packages = Vec::new();
    for quantity in QUANTITIES {
        if random.percent(40) {
            let is_huge = quantity == 1_000_000 && random.percent(50);
            let huge = Money::from_minor(Money::MAX_MINOR / 2, currency).unwrap();
            packages.push(Package { quantity, price: if is_huge { huge } else { price(random, currency) } });
        }
    }
    let free = FreeQuantity {
        min: random.pick(&[1, 2, 10]),
        max: random.pick(&[10, 12, 500]),
        step: random.pick(&[1, 2, 5]),
        tiers: vec![
            Tier { from: 1, unit_price: Money::from_minor(460_000, currency).unwrap() },
            Tier { from: 5, unit_price: Money::from_minor(450_000, currency).unwrap() },
        ],
    };
    let free = (packages.is_empty() || random.percent(50)).then_some(free);
    let group = random.percent(80).then(|| Sku::parse(random.pick(&GROUPS)).unwrap());
    Product {
        name: name(&format!("Key {sku}")),
        sku,
        group,
        packages,
        free,
        serial_pattern: None,
        description: None,
        url: None,
    }
}

fn price(random: &mut Random, currency: Currency) -> Money {
    let minor = match random.below(20) {
        0 => 0,
        _ => i64::try_from(random.below(5) + 1).unwrap() * 110_000,
    };
    Money::from_minor(minor, currency).unwrap()
}

fn name(en: &str) -> LocalName {
    named(format!("{en} по-русски"), en.to_owned())
}

/// Something that people type, wisely or not.
pub fn typed(random: &mut Random) -> Typed {
    let typed = |text: &str, quantity: Option<u32>, note: Option<&str>| Typed {
        text: text.to_owned(),
        quantity,
        note: note.map(str::to_owned),
    };
    let plain = |text: &str| typed(text, None, Some(text));
    match random.below(30) {
        0 => typed("0", Some(0), Some("0")),
        1 => plain("-5"),
        2 => plain("1.5"),
        3 => plain("10^12"),
        4 => plain("1000000000000"),
        5 => plain("пятьдесят"),
        6 => typed("", None, None),
        7 => typed(" \n\t ", None, None),
        8 => typed("\u{200b}\u{202e}\u{feff}", None, None),
        9 => typed("\u{202e}50\u{202c}", Some(50), Some("50")),
        10 => plain("🙂"),
        11 => plain("<b>&amp;</b>\" onload=\"x"),
        12 => typed("PO-77\r\n\r\n\r\nсрочно\n", None, Some("PO-77\n\nсрочно")),
        13 => typed(&"я".repeat(5_000), None, None),
        14 => typed(&"😀".repeat(151), None, None),
        15 => plain(&"😀".repeat(150)),
        16 => typed("1 000 000", Some(1_000_000), Some("1 000 000")),
        17 => typed("007", Some(7), Some("007")),
        18 => plain("+5"),
        19 => plain("٥٠"),
        20 => plain("999999999999999999999999999999999999999"),
        _ => {
            let quantity = random.pick(&QUANTITIES);
            typed(&quantity.to_string(), Some(quantity), Some(&quantity.to_string()))
        }
    }
}
