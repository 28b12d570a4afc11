//! What is wrong with a price list, as an admin reads it.

use keydesk::chat::view::catalogue_faults::sentence;
use keydesk::domain::catalogue::file as catalogue_file;
use keydesk::domain::money::MoneyError;
use keydesk::domain::{CatalogueFault, CataloguePlace, CatalogueProblem, Currency, Language};

use super::{Scenes, reviewed};
use crate::support::languages::russian;

#[test]
fn every_fault_of_a_price_list_reads_well() {
    let price = |error, currency: &str| CatalogueProblem::Price {
        text: "0.001".to_owned(),
        error,
        currency: Currency::parse(currency).unwrap(),
    };
    let problems = [
        CatalogueProblem::NoProducts,
        CatalogueProblem::TooManyProducts,
        CatalogueProblem::NotAnId,
        CatalogueProblem::IdTwice,
        CatalogueProblem::NotSold,
        CatalogueProblem::NotAName,
        CatalogueProblem::NoName,
        CatalogueProblem::UnknownLanguage,
        CatalogueProblem::NameTooLong(101),
        CatalogueProblem::NameTooLong(102),
        CatalogueProblem::NameTooLong(105),
        CatalogueProblem::DescriptionTooLong(501),
        CatalogueProblem::NotAnAddress,
        CatalogueProblem::TooManyPackages,
        CatalogueProblem::TooManyTiers,
        CatalogueProblem::QuantityTwice,
        CatalogueProblem::OutOfBounds(0),
        CatalogueProblem::BelowMin(5),
        CatalogueProblem::NoStep,
        CatalogueProblem::TiersFall,
        CatalogueProblem::NoPriceFor(5),
        CatalogueProblem::TooExpensive(1_000_000),
        CatalogueProblem::NotAPrice("1e3".to_owned()),
        CatalogueProblem::NotAPattern("*".to_owned()),
        CatalogueProblem::PatternTooLarge,
        price(MoneyError::TooPrecise(2), "RUB"),
        price(MoneyError::TooPrecise(0), "JPY"),
        price(MoneyError::TooLarge, "RUB"),
        CatalogueProblem::Unquoted("11000.5".to_owned()),
        CatalogueProblem::NotAQuantity("1.5".to_owned()),
        CatalogueProblem::NotATable,
        CatalogueProblem::NotAList,
        CatalogueProblem::Missing,
        CatalogueProblem::UnknownKey("sku, name".to_owned()),
        CatalogueProblem::UnknownGroup("SP".to_owned()),
    ];
    let mut scenes = Scenes::new();
    let key = || "packages[0].price".to_owned();
    for problem in problems {
        let place = CataloguePlace::Product { number: 2, sku: "sp-3".to_owned(), key: key(), line: Some(1_024) };
        let fault = CatalogueFault { place, problem };
        // A new language changes no snapshot.
        let reviewed = |text: String| text.replace(&Language::codes(), "ru, en").replace('\u{a0}', "~");
        scenes.add(&reviewed(fault.to_string()), |texts| reviewed(sentence(&fault, texts)));
    }
    for problem in [
        CatalogueProblem::EmptyCell,
        CatalogueProblem::DateCell,
        CatalogueProblem::ErrorCell("#REF!".to_owned()),
        CatalogueProblem::UncomputedCell,
        CatalogueProblem::NotAnAmount("1e3".to_owned()),
        CatalogueProblem::NotASale("1e3".to_owned()),
        CatalogueProblem::DiffersFromRow(2),
        CatalogueProblem::NoColumn("SP".to_owned()),
        CatalogueProblem::ColumnTwice,
        CatalogueProblem::OtherCurrency(Currency::RUB),
    ] {
        let place = CataloguePlace::Cell { sheet: "SP".to_owned(), cell: "G2".to_owned() };
        let fault = CatalogueFault { place, problem };
        scenes.add(&fault.to_string(), |texts| sentence(&fault, texts));
    }
    let sheet = CatalogueFault {
        place: CataloguePlace::Sheet { sheet: "SP".to_owned() },
        problem: CatalogueProblem::TooManyRows(20_000),
    };
    scenes.add(&sheet.to_string(), |texts| sentence(&sheet, texts).replace('\u{a0}', "~"));
    let group = CataloguePlace::Group { number: 1, id: "SP".to_owned(), key: "id".to_owned(), line: None };
    for place in [group, CataloguePlace::File { key: "product".to_owned(), line: Some(1) }] {
        let fault = CatalogueFault { place, problem: CatalogueProblem::NotAnId };
        scenes.add(&fault.to_string(), |texts| sentence(&fault, texts));
    }
    for text in [
        "[[product]]\ncolour = 1",
        "[[product]]\nsku = 1",
        "[[product]",
        "[product]\nsku = \"a\"",
        "[group]\nid = \"a\"",
        "\u{416} = = 1",
        "a = 1\na = 2",
        "a = b",
        "a = \"b",
        "a = [1 2]",
        "a = \"\\q\"",
    ] {
        let fault = catalogue_file::parse(text, Currency::RUB, russian()).unwrap_err().remove(0);
        scenes.add(&fault.to_string(), |texts| sentence(&fault, texts));
    }
    reviewed!("catalogue_faults", scenes.0);
}
