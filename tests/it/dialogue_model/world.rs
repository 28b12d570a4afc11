//! What surrounds the customer: a price list that changes under their hands, and what they may type.

use keydesk::domain::catalogue::price_list::{FreeQuantity, Package, Tier};
use keydesk::domain::{Catalogue, Currency, Group, LocalName, Money, Product, Sku};

use crate::support::languages::named;
use crate::support::random::Random;

/// Products that may be on sale; more than one order holds, and enough to split the form into groups.
const PRODUCTS: u64 = 32;
const GROUPS: [&str; 3] = ["sp", "trial", "net"];
const QUANTITIES: [u32; 6] = [1, 5, 50, 100, 200, 1_000_000];

/// A text, and what it means where a quantity, a note or an order is waited for.
#[derive(Clone)]
pub struct Typed {
    pub text: String,
    pub quantity: Option<u32>,
    pub note: Option<String>,
    pub order: Meant,
}

/// What a text orders.
#[derive(Clone)]
pub enum Meant {
    /// So much of each product, in the order of their first mention.
    Lines(Vec<(Sku, u32)>),
    /// A product, and nobody knows how much of it.
    Product(Sku),
    Nothing,
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
        order: Meant::Nothing,
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

/// An order in one text: products that are on sale, and now and then one that is not, or a quantity that nobody sells.
pub fn typed_order(random: &mut Random, catalogue: &Catalogue) -> Typed {
    let products: Vec<&Product> = catalogue.products.iter().collect();
    let typed = |text: String, order: Meant| Typed {
        note: Some(text.clone()).filter(|text| text.chars().count() <= 300),
        quantity: None,
        order,
        text,
    };
    if random.percent(10) {
        let sku = random.pick(&products).sku.clone();
        return typed(sku.to_string(), Meant::Product(sku));
    }
    let most = random.pick(&[1, 2, 4]);
    // Now and then all that there is, which is more than one order holds.
    let wanted: Vec<&Product> = match random.percent(20) {
        true => products,
        false => (0..=random.below(most)).map(|_| random.pick(&products)).collect(),
    };
    let (style, between) = (random.below(4), random.pick(&["\n", ", ", "; "]));
    let (mut items, mut lines) = (Vec::new(), Vec::<(Sku, u32)>::new());
    for product in wanted {
        let quantity = if random.percent(95) { sold(random, product) } else { random.pick(&QUANTITIES) };
        let sku = &product.sku;
        items.push(match style {
            0 => format!("{sku} {quantity}"),
            1 => format!("{} x{quantity}", sku.as_str().to_uppercase()),
            2 => format!("{quantity} {sku}"),
            _ => format!("{sku}: {quantity} шт."),
        });
        match lines.iter_mut().find(|(known, _)| known == sku) {
            Some(line) => line.1 += quantity,
            None => lines.push((sku.clone(), quantity)),
        }
    }
    let is_understood = !random.percent(5);
    if !is_understood {
        items.push("zz-99 5".to_owned());
    }
    typed(items.join(between), if is_understood { Meant::Lines(lines) } else { Meant::Nothing })
}

/// A quantity in which a product is sold.
fn sold(random: &mut Random, product: &Product) -> u32 {
    let packages: Vec<u32> = product.packages.iter().map(|package| package.quantity).collect();
    match &product.free {
        Some(free) if packages.is_empty() || random.percent(50) => free.min,
        _ => random.pick(&packages),
    }
}
