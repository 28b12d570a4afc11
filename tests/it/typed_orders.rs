//! What people type and paste to order several products at once.

use std::time::{Duration, Instant};

use keydesk::domain::catalogue::file::parse;
use keydesk::domain::orders::typed_order::{quantity, read};
use keydesk::domain::{Catalogue, Currency, Language, NotUnderstood, Product, TypedFault};
use proptest::prelude::*;

use crate::support::examples::{self, ORDER_WORDS};

fn ordered(text: &str) -> Result<String, TypedFault> {
    let lines = read(text, &examples::catalogue(), &ORDER_WORDS)?;
    Ok(lines.iter().map(|line| format!("{} {}", line.sku, line.quantity)).collect::<Vec<_>>().join(", "))
}

fn refusal(text: &str) -> String {
    let TypedFault { line, why, .. } = ordered(text).unwrap_err();
    format!("{line} | {why:?}").replace("Sku(\"", "(\"")
}

#[test]
fn products_and_quantities_are_read_as_people_write_them() {
    for text in [
        "sp-1 50, trial-30000 2",
        "SP-1 50; Trial-30000 2",
        "sp-1 50\ntrial-30000 2",
        "sp-1 50 trial-30000 2",
        "50 sp-1, 2 trial-30000",
        "sp-1 50 шт, trial-30000 2 шт.",
        "sp-1: 50 шт.; trial-30000: 2шт",
        "sp-1 x50, trial-30000 2x",
        "50 × sp-1\n2 × trial-30000",
        "sp-1 — 50\ntrial-30000 — 2",
        "sp-1 - 50 pcs\ntrial-30000 = 2 keys",
        "1. sp-1 50\n2. trial-30000 2",
        "• sp-1 50\n• trial-30000 2",
        "sp-1;50\ntrial-30000;2",
        "sp-1,50,trial-30000,2",
        "sp-1\t50\r\ntrial-30000\t2\r\n",
        "50\tsp-1\n\n2\ttrial-30000",
        "sp-1 30, sp-1 20, trial-30000 2",
        "sp‑1 50, trial–30000 2",
        "\u{feff}sp-1\u{a0}50,\u{200b} trial-30000 2",
        "«Лицензия Guardant SP, 1 активация» 50, Лицензия Guardant SP Trial, 30 000 активаций 2",
        "guardant sp licence, 1 activation 50 guardant sp trial licence, 30,000 activations: 2",
        "Лицензия Guardant SP, 1 активация\t50\t11000,00 руб.\nЛицензия Guardant SP Trial, 30 000 активаций\t2\t9 200,00 ₽",
        "Софтверный ключ\tКоличество номеров\tЦена\nЛицензия Guardant SP, 1 активация\t50\t11000,00 руб.\n\
         trial-30000\t2\t9200.00\nИтого:\t52 шт.\t20200,00 руб.",
        "Софтверный ключ Количество номеров Цена\nЛицензия Guardant SP, 1 активация 50 11 000,00 руб.\n\
         trial-30000 2 9200.00\nИтого: 52 шт. 20 200,00 руб.",
        "Product;Quantity\nsp-1;50\ntrial-30000;2\nTotal;52",
        "sp-1 50, trial-3 2",
    ] {
        assert_eq!(ordered(text).as_deref(), Ok("sp-1 50, trial-30000 2"), "{text}");
    }
    assert_eq!(ordered("").as_deref(), Ok(""));
    assert_eq!(ordered(" \n\t\n").as_deref(), Ok(""));
    assert_eq!(ordered("Лицензия Guardant SP, 3 активации 100").as_deref(), Ok("sp-3 100"));
}

#[test]
fn what_is_not_understood_is_named_with_why() {
    let refusals = [
        "sp-1 50, sp-2 50, sp-3 50",
        "sp-1 51",
        "sp-1 50, sp-1 100",
        "sp-1",
        "sp-1 50, trial-30000",
        "sp-1 пятьдесят",
        "sp-1 -5",
        "sp-1 1.5",
        "sp-1 1,5",
        "sp-1 +50",
        "sp-1 5e1",
        "sp-1 1000000000",
        "50",
        "sp-1 50, 100",
        "50 шт.",
        "sp 50",
        "trial 2",
        "Лицензия Guardant SP Trial 2",
        "Лицензия Guardant SP, 7 активаций 50",
        "лицензия гардант 50",
        "please",
        "sp-1 50 100",
        "привет, как дела?",
        "sp-1 50\nqwerty 2",
    ];
    let shown: Vec<String> = refusals.iter().map(|text| format!("{text} → {}", refusal(text))).collect();
    insta::assert_snapshot!(shown.join("\n"), @r#"
        sp-1 50, sp-2 50, sp-3 50 → sp-2 50 | NoSuchProduct(Some(("sp-1")))
        sp-1 51 → sp-1 51 | NotSold(("sp-1"), 51)
        sp-1 50, sp-1 100 → sp-1 100 | NotSold(("sp-1"), 150)
        sp-1 → sp-1 | NoQuantity(("sp-1"))
        sp-1 50, trial-30000 → trial-30000 | NoQuantity(("trial-30000"))
        sp-1 пятьдесят → sp-1 пятьдесят | NotAQuantity(("sp-1"))
        sp-1 -5 → sp-1 -5 | NotAQuantity(("sp-1"))
        sp-1 1.5 → sp-1 1.5 | NotAQuantity(("sp-1"))
        sp-1 1,5 → sp-1 1,5 | NotAQuantity(("sp-1"))
        sp-1 +50 → sp-1 +50 | NotAQuantity(("sp-1"))
        sp-1 5e1 → sp-1 5e1 | NotAQuantity(("sp-1"))
        sp-1 1000000000 → sp-1 1000000000 | NotAQuantity(("sp-1"))
        50 → 50 | NoProduct
        sp-1 50, 100 → 100 | NoProduct
        50 шт. → 50 шт | NoProduct
        sp 50 → sp 50 | SeveralProducts([("sp-1"), ("sp-3"), ("sp-5")])
        trial 2 → trial 2 | SeveralProducts([("trial-100000"), ("trial-30000")])
        Лицензия Guardant SP Trial 2 → Лицензия Guardant SP Trial 2 | SeveralProducts([("trial-100000"), ("trial-30000")])
        Лицензия Guardant SP, 7 активаций 50 → Лицензия Guardant SP, 7 активаций 50 | NoSuchProduct(Some(("sp-5")))
        лицензия гардант 50 → лицензия гардант 50 | NoSuchProduct(None)
        please → please | NoSuchProduct(None)
        sp-1 50 100 → sp-1 50 100 | NotSold(("sp-1"), 50100)
        привет, как дела? → привет, как дела | NoSuchProduct(None)
        sp-1 50
        qwerty 2 → qwerty 2 | NoSuchProduct(None)
        "#);
}

#[test]
fn a_name_with_numbers_of_its_own_is_no_quantity() {
    let mut catalogue = examples::catalogue();
    let name = |text: &str| crate::support::languages::named(text.to_owned(), text.to_owned());
    catalogue.products[0].name = name("Office 365");
    catalogue.products[1].name = name("Office 365 100");
    let read = |text: &str| {
        let lines = read(text, &catalogue, &ORDER_WORDS).map_err(|fault| fault.why)?;
        Ok::<_, NotUnderstood>(lines.iter().map(|line| format!("{} {}", line.sku, line.quantity)).collect::<String>())
    };
    assert_eq!(read("Office 365 50").as_deref(), Ok("sp-1 50"));
    assert_eq!(read("Office 365 100 200").as_deref(), Ok("sp-3 200"));
    assert_eq!(read("Office 365, 100").as_deref(), Ok("sp-1 100"));
    assert!(read("Office 365").is_err());
}

#[test]
fn a_quantity_may_have_its_unit() {
    for typed in ["50", "50 шт", "50 шт.", "50шт.", "50 pcs", "x50", "50 ×", "х 50", " 50 ключей ", "50\u{a0}шт."]
    {
        assert_eq!(quantity(typed, &ORDER_WORDS), Some(50), "{typed}");
    }
    assert_eq!(quantity("1 000 шт.", &ORDER_WORDS), Some(1000));
    for typed in ["", "шт", "50 рублей", "-5", "+5 шт", "1.5 шт", "1,5", "5 0 шт", "50 50", "50, 50", "пятьдесят шт"]
    {
        assert_eq!(quantity(typed, &ORDER_WORDS), None, "{typed}");
    }
}

/// Some products of the example, each with a quantity that it is sold in.
fn wishes() -> impl Strategy<Value = Vec<(usize, u32)>> {
    proptest::collection::btree_map(0..5_usize, 0..3_usize, 1..5).prop_map(|chosen| {
        let sold =
            |product: usize, choice: usize| if product < 3 { [50, 100, 200][choice] } else { [1, 5, 10][choice] };
        chosen.into_iter().map(|(product, choice)| (product, sold(product, choice))).collect()
    })
}

fn called(product: &Product, way: usize) -> String {
    match way {
        0 => product.sku.to_string(),
        1 => product.name.in_language(Language::all()[0]).to_owned(),
        _ => product.name.in_language(Language::all()[1]).to_uppercase(),
    }
}

fn written(catalogue: &Catalogue, wishes: &[(usize, u32)], ways: &[usize]) -> String {
    let between = ["\n", "; ", ", ", " "][ways[0] % 4];
    let line = |(index, (product, quantity)): (usize, &(usize, u32))| {
        let (name, unit) =
            (called(&catalogue.products[*product], ways[1 + index] % 3), ["", " шт.", " pcs", "x"][ways[6] % 4]);
        let gap = [" ", "\t", ";", ": ", " — "][ways[7] % 5];
        if ways[8].is_multiple_of(2) {
            format!("{name}{gap}{quantity}{unit}")
        } else {
            format!("{quantity}{unit}{gap}{name}")
        }
    };
    wishes.iter().enumerate().map(line).collect::<Vec<_>>().join(between)
}

proptest! {
    #[test]
    fn whatever_is_written_in_one_of_the_ways_is_ordered(
        wishes in wishes(),
        ways in proptest::collection::vec(0..60_usize, 9),
    ) {
        let catalogue = examples::catalogue();
        let text = written(&catalogue, &wishes, &ways);
        let lines = read(&text, &catalogue, &ORDER_WORDS);
        let lines = lines.map_err(|fault| TestCaseError::fail(format!("{text:?}: {fault:?}")))?;
        let read: Vec<_> = lines.iter().map(|line| (line.sku.to_string(), line.quantity)).collect();
        let wanted: Vec<_> =
            wishes.iter().map(|(product, quantity)| (catalogue.products[*product].sku.to_string(), *quantity)).collect();
        prop_assert_eq!(read, wanted, "{}", text);
    }

    #[test]
    fn nothing_that_is_typed_breaks_the_reader_or_orders_what_is_not_sold(text in "(\\PC|[\n\t ,;]|sp-1|trial|50|шт|x){0,40}") {
        let catalogue = examples::catalogue();
        let _ = quantity(&text, &ORDER_WORDS);
        for line in read(&text, &catalogue, &ORDER_WORDS).unwrap_or_default() {
            prop_assert!(catalogue.product(&line.sku).unwrap().price(line.quantity).is_ok());
        }
    }
}

/// So many products, all of whose SKUs and names begin with the same letter.
fn many_products() -> Catalogue {
    let product = |number: u32| {
        format!(
            "[[product]]\nsku = \"s-{number}\"\nname = {{ ru = \"s {number}\", en = \"s {number}\" }}\n\
             packages = [ {{ quantity = 1, price = \"1\" }} ]\n"
        )
    };
    let products: String = (1..1000).map(product).collect();
    parse(&products, Currency::RUB, Language::FIRST).unwrap()
}

#[test]
fn words_that_many_products_begin_with_cost_no_more_than_others() {
    let catalogue = many_products();
    let time = |text: &str| {
        let began = Instant::now();
        assert!(read(text, &catalogue, &ORDER_WORDS).is_err());
        began.elapsed()
    };
    let one = time(&"q".repeat(4_096));
    let bar = one.max(Duration::from_millis(100)) * 8;
    // As many as a row may have, which are all looked up, and as many as fit a message, which are not.
    for words in [1_000, 2_048] {
        let many = time(&"s ".repeat(words));
        assert!(many < bar, "{many:?} for {words} words that all products begin with, {one:?} for one long word");
    }
}

#[test]
fn more_words_than_an_order_has_are_not_understood() {
    let refusal = refusal(&"trial-30000 1 ".repeat(600));
    assert!(refusal.ends_with("| NoSuchProduct(None)"), "{refusal}");
}
