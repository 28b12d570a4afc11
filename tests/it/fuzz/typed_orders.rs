//! Orders that people type and paste.

use keydesk::domain::orders::typed_order::read;

use super::harness::{Read, fuzz};
use super::mutation::messages;
use crate::support::examples::{self, ORDER_WORDS};

const ORDERS: &[&str] = &[
    "sp-1 50, trial-30000 2",
    "SP-1 50; Trial-30000 2",
    "1. sp-1 50\n2. trial-30000 2",
    "50 × sp-1\n2 × trial-30000",
    "«Лицензия Guardant SP, 1 активация» 50, Лицензия Guardant SP Trial, 30 000 активаций 2",
    "guardant sp licence, 1 activation 50 guardant sp trial licence, 30,000 activations: 2",
    "Софтверный ключ\tКоличество номеров\tЦена\nЛицензия Guardant SP, 1 активация\t50\t11000,00 руб.\n\
     trial-30000\t2\t9200.00\nИтого:\t52 шт.\t20200,00 руб.",
    // Numbers that may be names, quantities, places or prices.
    "50 50 50 50 50 50 50 50",
];
const WORDS: &[&str] = &[
    "sp-1",
    "sp-3",
    "trial",
    "50",
    "2",
    "1 000",
    "шт.",
    "x",
    "×",
    ",",
    ";",
    "\t",
    "\n",
    " — ",
    "Лицензия",
    "Guardant",
    "SP",
    "активация",
    "30 000",
    "руб.",
    "Итого:",
    "«",
    "»",
    "999999999",
];
/// What a refusal shows again of what was typed, with the sign that it was cut.
const MOST_SHOWN: usize = 81;

#[test]
fn a_typed_order_is_read_in_one_way_or_refused_with_its_line() {
    let catalogue = examples::catalogue();
    fuzz("typed orders", 64, &messages(ORDERS, WORDS), |text| {
        let order = read(&text, &catalogue, &ORDER_WORDS);
        match &order {
            Ok(lines) => {
                assert!(lines.iter().all(|line| catalogue.product(&line.sku).unwrap().price(line.quantity).is_ok()));
                let written: Vec<_> = lines.iter().map(|line| format!("{} {}", line.sku, line.quantity)).collect();
                assert_eq!(read(&written.join("\n"), &catalogue, &ORDER_WORDS).as_ref(), Ok(lines));
            }
            Err(fault) => assert!(fault.line.chars().count() <= MOST_SHOWN, "{}", fault.line),
        }
        Read::of(&order)
    });
}
