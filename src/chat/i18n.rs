//! What people read: Fluent texts from `locales/`, built into the binary, and the formats of money, dates and numbers.

use std::sync::LazyLock;

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, Utc};
use chrono_tz::Tz;
use fluent_bundle::bundle::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use intl_memoizer::concurrent::IntlLangMemoizer;
use unic_langid::LanguageIdentifier;

use crate::domain::{Currency, Language, Money, Period, Status, Sum};

type Bundle = FluentBundle<FluentResource, IntlLangMemoizer>;

static RUSSIAN: LazyLock<Bundle> = LazyLock::new(|| {
    bundle(
        "ru",
        grouped_in_russian,
        &[
            include_str!("../../locales/ru/account.ftl"),
            include_str!("../../locales/ru/admin.ftl"),
            include_str!("../../locales/ru/common.ftl"),
            include_str!("../../locales/ru/customer.ftl"),
            include_str!("../../locales/ru/letters.ftl"),
            include_str!("../../locales/ru/notices.ftl"),
            include_str!("../../locales/ru/reports.ftl"),
            include_str!("../../locales/ru/staff.ftl"),
        ],
    )
});

static ENGLISH: LazyLock<Bundle> = LazyLock::new(|| {
    bundle(
        "en",
        grouped_in_english,
        &[
            include_str!("../../locales/en/account.ftl"),
            include_str!("../../locales/en/admin.ftl"),
            include_str!("../../locales/en/common.ftl"),
            include_str!("../../locales/en/customer.ftl"),
            include_str!("../../locales/en/letters.ftl"),
            include_str!("../../locales/en/notices.ftl"),
            include_str!("../../locales/en/reports.ftl"),
            include_str!("../../locales/en/staff.ftl"),
        ],
    )
});

type Formatter = fn(&FluentValue, &IntlLangMemoizer) -> Option<String>;

fn grouped_in_russian(value: &FluentValue, _: &IntlLangMemoizer) -> Option<String> {
    grouped_number(value, Language::Ru)
}

fn grouped_in_english(value: &FluentValue, _: &IntlLangMemoizer) -> Option<String> {
    grouped_number(value, Language::En)
}

fn grouped_number(value: &FluentValue, language: Language) -> Option<String> {
    let FluentValue::Number(number) = value else { return None };
    Some(grouped(&number.as_string(), language))
}

fn grouped(digits: &str, language: Language) -> String {
    let separator = match language {
        Language::Ru => NO_BREAK_SPACE,
        Language::En => ',',
    };
    let mut grouped = String::with_capacity(digits.len() * 2);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(separator);
        }
        grouped.push(digit);
    }
    grouped
}

fn bundle(code: &str, formatter: Formatter, files: &[&str]) -> Bundle {
    let language = code.parse::<LanguageIdentifier>().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![language]);
    // Isolation marks are invisible characters around every value; they break copying a number out of a message.
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(formatter));
    for file in files {
        // A file that does not parse still gives its sound messages; the tests refuse it.
        let resource = FluentResource::try_new((*file).to_owned()).unwrap_or_else(|(resource, _)| resource);
        bundle.add_resource_overriding(resource);
    }
    bundle
}

/// The no-break space between a number's groups and before a unit.
pub const NO_BREAK_SPACE: char = '\u{a0}';

/// The texts and formats of one reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Texts {
    language: Language,
    zone: Tz,
}

impl Texts {
    /// For a reader of `language` of a shop in `zone`.
    pub fn new(language: Language, zone: Tz) -> Texts {
        Texts { language, zone }
    }

    /// The reader's language.
    pub fn language(&self) -> Language {
        self.language
    }

    /// A text without variables.
    pub fn say(&self, key: &str) -> String {
        self.say_with(key, &[])
    }

    /// A text with its variables; a missing text shows its key (the tests see to it that none is missing).
    pub fn say_with(&self, key: &str, variables: &[(&str, Value)]) -> String {
        let bundle: &Bundle = match self.language {
            Language::Ru => &RUSSIAN,
            Language::En => &ENGLISH,
        };
        let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
            return key.to_owned();
        };
        let args: FluentArgs = variables.iter().map(|(name, value)| (*name, value.fluent())).collect();
        bundle.format_pattern(pattern, Some(&args), &mut Vec::new()).into_owned()
    }

    /// `11 000,00 ₽` or `RUB 11,000.00`.
    pub fn money(&self, money: Money) -> String {
        self.sum(Sum { amount: money.to_decimal(), currency: money.currency() })
    }

    /// A sum of money, written like [`Texts::money`].
    pub fn sum(&self, sum: Sum) -> String {
        let amount = sum.amount.to_string();
        let (whole, fraction) = amount.split_once('.').unwrap_or((&amount, ""));
        let whole = grouped(whole, self.language);
        match (self.language, fraction) {
            (Language::Ru, "") => format!("{whole}{NO_BREAK_SPACE}{}", russian_sign(sum.currency)),
            (Language::Ru, _) => format!("{whole},{fraction}{NO_BREAK_SPACE}{}", russian_sign(sum.currency)),
            (Language::En, "") => format!("{}{NO_BREAK_SPACE}{whole}", sum.currency),
            (Language::En, _) => format!("{}{NO_BREAK_SPACE}{whole}.{fraction}", sum.currency),
        }
    }

    /// Sums in several currencies, one after the other.
    pub fn sums(&self, sums: &[Sum]) -> String {
        sums.iter().map(|sum| self.sum(*sum)).collect::<Vec<_>>().join(" + ")
    }

    /// `1 000` or `1,000`.
    pub fn number(&self, number: u64) -> String {
        grouped(&number.to_string(), self.language)
    }

    /// `01.04.2015` or `1 Apr 2015`, in the shop's time zone.
    pub fn date(&self, at: DateTime<Utc>) -> String {
        self.day(self.local(at).date())
    }

    /// The date and `14:05`.
    pub fn date_time(&self, at: DateTime<Utc>) -> String {
        format!("{} {}", self.date(at), self.local(at).format("%H:%M"))
    }

    /// A day, written like [`Texts::date`].
    pub fn day(&self, day: NaiveDate) -> String {
        let format = match self.language {
            Language::Ru => "%d.%m.%Y",
            Language::En => "%-d %b %Y",
        };
        day.format(format).to_string()
    }

    /// What clocks in the shop show at an instant.
    pub fn local(&self, at: DateTime<Utc>) -> NaiveDateTime {
        at.with_timezone(&self.zone).naive_local()
    }

    /// A period's name, as it stands behind a colon.
    pub fn period(&self, period: Period) -> String {
        let year = |day: NaiveDate| ("year", day.year().to_string().into());
        let days = |first: NaiveDate, last: NaiveDate| {
            self.say_with("period-days", &[("first", self.day(first).into()), ("last", self.day(last).into())])
        };
        match (period, period.days()) {
            (Period::Day(day), _) => self.day(day),
            (Period::Month { first }, _) => {
                self.say_with("period-month", &[("month", u64::from(first.month()).into()), year(first)])
            }
            (Period::Year { first }, _) => self.say_with("period-year", &[year(first)]),
            (_, Some((first, last))) => days(first, last),
            (_, None) => self.say("period-all"),
        }
    }

    /// The word for a status.
    pub fn status(&self, status: Status) -> String {
        self.say(match status {
            Status::Placed => "status-placed",
            Status::Invoiced => "status-invoiced",
            Status::Completed => "status-completed",
            Status::Cancelled => "status-cancelled",
        })
    }

    /// The status that a word means: its code, or its name in any language.
    pub fn status_named(&self, word: &str) -> Option<Status> {
        let word = word.trim().to_lowercase();
        let named = |status: &Status| {
            let names = Language::ALL.map(|language| Texts { language, ..*self }.status(*status).to_lowercase());
            status.code() == word || names.contains(&word)
        };
        Status::ALL.into_iter().find(named)
    }
}

fn russian_sign(currency: Currency) -> String {
    if currency == Currency::RUB { "₽".to_owned() } else { currency.to_string() }
}

/// A variable of a text.
#[derive(Debug, Clone)]
pub enum Value {
    /// Shown as it is.
    Text(String),
    /// Shown grouped, and chooses the plural form.
    Count(u64),
}

impl Value {
    fn fluent<'a>(&self) -> FluentValue<'a> {
        match self {
            Value::Text(text) => FluentValue::String(text.clone().into()),
            Value::Count(count) => FluentValue::from(*count),
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Value {
        Value::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Value {
        Value::Text(text)
    }
}

impl From<u64> for Value {
    fn from(count: u64) -> Value {
        Value::Count(count)
    }
}
