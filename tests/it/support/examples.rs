//! A shop and its people, as every test may meet them.

use keydesk::config::Shop;
use keydesk::dialogue::Notice;
use keydesk::domain::{Catalogue, Currency, Language, OrderNumber, Request, catalogue_file};
use keydesk::view::Reader;

/// The shop of the example configuration.
pub fn shop() -> Shop {
    Shop {
        name: "Guardant".to_owned(),
        default_language: Language::Ru,
        currency: Currency::RUB,
        time_zone: chrono_tz::Europe::Moscow,
        terms_url: Some("https://example.com/terms".parse().unwrap()),
        contact: Some("orders@example.com".to_owned()),
        catalog: "catalog.toml".into(),
        first_order_number: OrderNumber(449),
        low_stock: 50,
    }
}

/// The example catalogue.
pub fn catalogue() -> Catalogue {
    catalogue_file::parse(include_str!("../../../catalog.example.toml"), Currency::RUB).unwrap()
}

/// A customer who follows the language of their Telegram.
pub fn anna() -> Reader {
    Reader { name: "Анна Иванова".to_owned(), chosen_language: None }
}

/// Every sentence that a step can say.
pub const NOTICES: [Notice; 28] = [
    Notice::NotAQuantity,
    Notice::TooManyLines,
    Notice::TooExpensive,
    Notice::ProductGone,
    Notice::PricesChanged,
    Notice::NamesChanged,
    Notice::LinesGone,
    Notice::NothingChosen,
    Notice::UseButtons,
    Notice::UnknownCommand,
    Notice::OrderNumberExpected,
    Notice::NoteExpected,
    Notice::NoteTooLong,
    Notice::DraftKept,
    Notice::NothingToCancel,
    Notice::OrderSent,
    Notice::RepeatedInPart,
    Notice::RepeatedIntoDraft,
    Notice::NothingToRepeat,
    Notice::Asked(Request::Answer),
    Notice::Asked(Request::Cancellation),
    Notice::WordsExpected,
    Notice::WordsTooLong,
    Notice::TooManyQuestions,
    Notice::NotAnyMore,
    Notice::FileFollows,
    Notice::LanguageChosen,
    Notice::StartedAfresh,
];
