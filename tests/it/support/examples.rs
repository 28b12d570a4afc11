//! A shop and its people, as every test may meet them.

use keydesk::config::Shop;
use keydesk::dialogue::{AccountContext, AccountNotice, BillingNeed, Notice};
use keydesk::domain::{
    AccessPolicy, BillingFault, BillingPolicy, Catalogue, Currency, Invited, Language, OrderNumber, Request,
    catalogue_file,
};
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
        access: AccessPolicy::Open,
        billing: BillingPolicy::Optional,
    }
}

/// The example catalogue.
pub fn catalogue() -> Catalogue {
    catalogue_file::parse(include_str!("../../../catalog.example.toml"), Currency::RUB).unwrap()
}

/// A customer who follows the language of their Telegram.
pub fn anna() -> Reader {
    Reader { name: "Анна Иванова".to_owned(), chosen_language: None, has_colleagues: false }
}

/// What a step may know about the account of somebody whom nobody invites, in a shop that needs no billing details.
pub const ACCOUNT: AccountContext =
    AccountContext { invited: Invited::NotValid, billing: BillingNeed::None, kept: None };

/// Every sentence about an account.
pub const ACCOUNT_NOTICES: [Notice; 23] = [
    Notice::Account(AccountNotice::Joined),
    Notice::Account(AccountNotice::InvitationNotValid),
    Notice::Account(AccountNotice::HasMembers),
    Notice::Account(AccountNotice::IsMember),
    Notice::Account(AccountNotice::Invited),
    Notice::Account(AccountNotice::TooManyInvitations),
    Notice::Account(AccountNotice::AccountFull),
    Notice::Account(AccountNotice::Withdrawn),
    Notice::Account(AccountNotice::Removed),
    Notice::Account(AccountNotice::Left),
    Notice::Account(AccountNotice::BillingNeeded),
    Notice::Account(AccountNotice::BillingKept),
    Notice::Account(AccountNotice::KppDropped),
    Notice::Account(AccountNotice::ForeignNumberKept),
    Notice::Account(AccountNotice::InnKept),
    Notice::Account(AccountNotice::KppNeeded),
    Notice::Account(AccountNotice::KppNotTaken),
    Notice::Billing(BillingFault::Firm),
    Notice::Billing(BillingFault::InnLength),
    Notice::Billing(BillingFault::InnCheckDigits),
    Notice::Billing(BillingFault::Kpp),
    Notice::Billing(BillingFault::ForeignTaxNumber),
    Notice::Billing(BillingFault::Email),
];

/// Every sentence about turning to staff.
pub const ASKING_NOTICES: [Notice; 7] = [
    Notice::Asked(Request::Answer),
    Notice::Asked(Request::Cancellation),
    Notice::WordsExpected,
    Notice::WordsTooLong,
    Notice::TooManyQuestions,
    Notice::NotAnyMore,
    Notice::FileFollows,
];

/// Every other sentence that a step can say.
pub const NOTICES: [Notice; 21] = [
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
    Notice::LanguageChosen,
    Notice::StartedAfresh,
];
