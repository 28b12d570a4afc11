//! Price lists, as a file of TOML and as a workbook.

use chrono::DateTime;
use keydesk::chat::i18n::Texts;
use keydesk::chat::report::price_book;
use keydesk::domain::catalogue::{diff, file};
use keydesk::domain::{Catalogue, Currency};

use super::books::books_made_of;
use super::harness::{Read, fuzz};
use super::mutation::texts;
use crate::support::examples;
use crate::support::languages::russian;

const FULL: &str = r#"
[[group]]
id = "sp"
name = { ru = "Лицензии", en = "Licences" }

[[product]]
sku = "sp-1"
group = "sp"
name = { ru = "Лицензия, 1 активация", en = "Licence, 1 activation" }
description = { ru = "Для одного места.", en = "For one seat." }
url = "https://example.com/sp-1"
serial_pattern = '[A-Z0-9]{5}(-[A-Z0-9]{5}){4}'
packages = [ { quantity = 50, price = "11000.00" }, { quantity = 100, price = "20900.00" } ]
free_quantity = { min = 1, max = 10, step = 1, tiers = [ { from = 1, unit_price = "4600.00" }, { from = 5, unit_price = "4000" } ] }
"#;
const SMALL: &str = "[[product]]\nsku = 'a'\nname = { ru = 'Ключ' }\npackages = [ { quantity = 1, price = '1' } ]\n";
const WORDS: &[&str] = &[
    "[[product]]\n",
    "[[group]]\n",
    "[product]\n",
    "sku = \"sp-1\"\n",
    "name = ",
    "{",
    "}",
    "[",
    "]",
    "=",
    ",",
    "\"",
    "'''",
    "quantity = 0",
    "1000001",
    "-1",
    "1e3",
    "0.001",
    "99999999999999999999",
    "2015-04-01",
    "true",
    "\\u0000",
    "# ",
    "step = 0",
    "min = 11",
    "{1000000}",
    "(a*)*",
    "ftp://x",
    "a.b.c = 1\n",
];
/// Faults that are kept of one file.
const MOST_FAULTS: usize = 1_001;

fn within_bounds(catalogue: &Catalogue) {
    assert!((1..=Catalogue::MAX_PRODUCTS).contains(&catalogue.products.len()));
    for product in &catalogue.products {
        let packages = product.packages.iter().map(|package| package.quantity);
        let free = product.free.iter().flat_map(|free| [free.min, free.largest()]);
        for quantity in packages.chain(free) {
            assert!(quantity <= Catalogue::MAX_QUANTITY);
            assert!(product.price(quantity).is_ok(), "{} in {quantity}", product.sku);
        }
        assert!(product.offers().next().is_some(), "{} is sold in some quantity", product.sku);
    }
}

#[test]
fn a_file_is_a_whole_price_list_or_has_faults() {
    let examples = [include_str!("../../../catalog.example.toml"), FULL, SMALL];
    let now = examples::catalogue();
    fuzz("price lists", 128, &texts(&examples, WORDS), |text| {
        let read = file::parse_with_notes(&text, Currency::RUB, russian());
        match &read {
            Ok((catalogue, _)) => {
                within_bounds(catalogue);
                let again = file::parse(&catalogue.to_toml(), Currency::RUB, russian());
                assert_eq!(again.as_ref(), Ok(catalogue), "written and read back");
                assert_eq!(diff::differences(catalogue, catalogue), []);
                let _ = diff::differences(&now, catalogue);
            }
            Err(faults) => assert!((1..=MOST_FAULTS).contains(&faults.len()), "{} faults", faults.len()),
        }
        Read::of(&read)
    });
}

#[test]
fn a_workbook_is_a_whole_price_list_or_has_faults() {
    let texts = Texts::new(russian(), chrono_tz::Europe::Moscow);
    let written = |catalogue: &Catalogue| price_book::write(catalogue, DateTime::UNIX_EPOCH, &texts).unwrap();
    let full = file::parse(FULL, Currency::RUB, russian()).unwrap();
    let books = vec![written(&examples::catalogue()), written(&full)];
    fuzz("price lists as workbooks", 64, &books_made_of(books), |book| {
        let read = price_book::read(&book, &full, russian());
        if let Ok(catalogue) = &read {
            within_bounds(catalogue);
            assert_eq!(price_book::read(&written(catalogue), catalogue, russian()).as_ref(), Ok(catalogue));
        }
        Read::of(&read)
    });
}
