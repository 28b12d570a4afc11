//! A shop and its people, as every test may meet them.

use std::sync::LazyLock;

use chrono::{DateTime, Utc};

use super::languages::russian;
use keydesk::chat::dialogue::{AccountBanner, Banner};
use keydesk::chat::i18n::order_words;
use keydesk::chat::view::Reader;
use keydesk::config::Shop;
use keydesk::domain::catalogue::file as catalogue_file;
use keydesk::domain::{
    AccessPolicy, BillingFault, BillingPolicy, Catalogue, Currency, LimitReached, OrderNumber, OrderWords, Request,
    Sharing,
};

/// The shop of the example configuration.
pub fn shop() -> Shop {
    Shop {
        name: "Guardant".to_owned(),
        default_language: russian(),
        currency: Currency::RUB,
        time_zone: chrono_tz::Europe::Moscow,
        terms_url: Some("https://example.com/terms".parse().unwrap()),
        docs_url: Some("https://example.com/docs".parse().unwrap()),
        contact: Some("orders@example.com".to_owned()),
        catalog: "catalog.toml".into(),
        first_order_number: OrderNumber(449),
        low_stock: 50,
        access: AccessPolicy::Open,
        billing: BillingPolicy::Optional,
        serials_sharing: Sharing::Free,
    }
}

/// The example catalogue.
pub fn catalogue() -> Catalogue {
    catalogue_file::parse(include_str!("../../../catalog.example.toml"), Currency::RUB, russian()).unwrap()
}

/// What people write beside quantities.
pub static ORDER_WORDS: LazyLock<OrderWords> = LazyLock::new(order_words);

/// A customer who follows the language of their Telegram.
pub fn anna() -> Reader {
    Reader { name: "Анна Иванова".to_owned(), chosen_language: None, has_colleagues: false }
}

/// Every sentence about an account.
pub const ACCOUNT_NOTICES: [Banner; 24] = [
    Banner::Account(AccountBanner::Joined),
    Banner::Account(AccountBanner::InvitationNotValid),
    Banner::Account(AccountBanner::HasMembers),
    Banner::Account(AccountBanner::IsMember),
    Banner::Account(AccountBanner::Invited),
    Banner::Account(AccountBanner::InvitedPicked),
    Banner::Account(AccountBanner::TooManyInvitations),
    Banner::Account(AccountBanner::AccountFull),
    Banner::Account(AccountBanner::Withdrawn),
    Banner::Account(AccountBanner::Removed),
    Banner::Account(AccountBanner::Left),
    Banner::Account(AccountBanner::BillingNeeded),
    Banner::Account(AccountBanner::BillingKept),
    Banner::Account(AccountBanner::KppDropped),
    Banner::Account(AccountBanner::ForeignNumberKept),
    Banner::Account(AccountBanner::InnKept),
    Banner::Account(AccountBanner::KppNeeded),
    Banner::Account(AccountBanner::KppNotTaken),
    Banner::Billing(BillingFault::Company),
    Banner::Billing(BillingFault::InnLength),
    Banner::Billing(BillingFault::InnCheckDigits),
    Banner::Billing(BillingFault::Kpp),
    Banner::Billing(BillingFault::ForeignTaxNumber),
    Banner::Billing(BillingFault::Email),
];

/// Every sentence about turning to staff.
pub const ASKING_NOTICES: [Banner; 15] = [
    Banner::Asked(Request::Answer),
    Banner::Asked(Request::Cancellation),
    Banner::WordsSent(OrderNumber(450)),
    Banner::WordsAdded(OrderNumber(450)),
    Banner::WordsCorrected(OrderNumber(450)),
    Banner::TooManyUnsent,
    Banner::EditIgnored,
    Banner::WordsExpected,
    Banner::TooManyQuestions,
    Banner::NotAnyMore,
    Banner::FileFollows,
    Banner::OverLimit(LimitReached::OpenOrders { most: 20 }),
    Banner::OverLimit(LimitReached::OrdersPerHour { most: 10, until: LIMIT_ENDS }),
    Banner::OverLimit(LimitReached::MessagesPerHour { most: 30, until: LIMIT_ENDS }),
    Banner::OverLimit(LimitReached::SerialRequestsPerHour { most: 60, until: LIMIT_ENDS }),
];

/// Half past one in Moscow, on the day of the web page.
const LIMIT_ENDS: DateTime<Utc> = DateTime::from_timestamp(1_427_884_200, 0).unwrap();

/// Every other sentence that a step can say.
pub const NOTICES: [Banner; 22] = [
    Banner::NotAQuantity,
    Banner::QuantityNotSold(0),
    Banner::TooManyLines,
    Banner::TooExpensive,
    Banner::ProductGone,
    Banner::PricesChanged,
    Banner::NamesChanged,
    Banner::LinesGone,
    Banner::NothingChosen,
    Banner::UseButtons,
    Banner::UnknownCommand,
    Banner::OrderNumberExpected,
    Banner::NoteExpected,
    Banner::NoteTooLong,
    Banner::DraftKept,
    Banner::NothingToCancel,
    Banner::OrderSent,
    Banner::RepeatedInPart,
    Banner::RepeatedIntoDraft,
    Banner::NothingToRepeat,
    Banner::LanguageChosen,
    Banner::StartedAfresh,
];
