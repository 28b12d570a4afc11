//! What people read: Fluent texts from `locales/`, built into the binary, and the formats of money, dates and numbers.

mod locale;
mod typed;
mod value;

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, Utc};
use chrono_tz::Tz;

pub use locale::Locale;
pub use typed::{order_words, vocabulary};
pub use value::Value;

use crate::domain::{Language, Money, Period, PresetReason, Reason, Status, Sum};

/// The texts and formats of one reader.
#[derive(Clone, Copy)]
pub struct Texts {
    locale: &'static Locale,
    zone: Tz,
}

impl Texts {
    /// For a reader of `language` of a shop in `zone`.
    pub fn new(language: Language, zone: Tz) -> Texts {
        Texts::of(Locale::built_in(language), zone)
    }

    /// In the words of `locale`.
    pub fn of(locale: &'static Locale, zone: Tz) -> Texts {
        Texts { locale, zone }
    }

    pub fn language(&self) -> Language {
        self.locale.language()
    }

    /// What a language calls itself.
    pub fn name_of(&self, language: Language) -> String {
        Locale::built_in(language).say("language-name", &[])
    }

    /// A text without variables.
    pub fn say(&self, key: &str) -> String {
        self.say_with(key, &[])
    }

    /// A text with its variables.
    pub fn say_with(&self, key: &str, variables: &[(&str, Value)]) -> String {
        self.locale.say(key, variables)
    }

    /// `11 000,00 ₽` or `RUB 11,000.00`.
    pub fn money(&self, money: Money) -> String {
        self.sum(Sum { amount: money.to_decimal(), currency: money.currency() })
    }

    /// A sum of money, written like [`Texts::money`].
    pub fn sum(&self, sum: Sum) -> String {
        let amount = sum.amount.to_string();
        let amount = match amount.split_once('.') {
            None => self.locale.grouped(&amount),
            Some((whole, fraction)) => {
                format!("{}{}{fraction}", self.locale.grouped(whole), self.locale.decimal_mark())
            }
        };
        self.say_with("money", &[("amount", amount.into()), ("currency", sum.currency.code().into())])
    }

    /// What stands between an amount's whole and its fraction.
    pub fn decimal_mark(&self) -> &str {
        self.locale.decimal_mark()
    }

    /// Sums in several currencies, one after the other.
    pub fn sums(&self, sums: &[Sum]) -> String {
        sums.iter().map(|sum| self.sum(*sum)).collect::<Vec<_>>().join(" + ")
    }

    /// `1 000` or `1,000`.
    pub fn number(&self, number: u64) -> String {
        self.locale.grouped(&number.to_string())
    }

    /// `01.04.2015` or `1 Apr 2015`, in the shop's time zone.
    pub fn date(&self, at: DateTime<Utc>) -> String {
        self.day(self.local(at).date())
    }

    /// The date and `14:05`.
    pub fn date_time(&self, at: DateTime<Utc>) -> String {
        let time = self.local(at).format("%H:%M").to_string();
        self.say_with("date-time", &[("date", self.date(at).into()), ("time", time.into())])
    }

    /// A day, written like [`Texts::date`].
    pub fn day(&self, day: NaiveDate) -> String {
        self.day_as("date", day)
    }

    /// A day in digits alone, as people type it and spreadsheets read it: `01.04.2015` or `2015-04-01`.
    pub fn numeric_day(&self, day: NaiveDate) -> String {
        self.day_as("date-numeric", day)
    }

    fn day_as(&self, key: &str, day: NaiveDate) -> String {
        self.say_with(
            key,
            &[
                ("day", day.day().to_string().into()),
                ("dd", format!("{:02}", day.day()).into()),
                ("month", u64::from(day.month()).into()),
                ("mm", format!("{:02}", day.month()).into()),
                ("year", format!("{:04}", day.year()).into()),
            ],
        )
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

    /// A reason in the reader's language, or as it was typed.
    pub fn reason(&self, reason: &Reason) -> String {
        match reason {
            Reason::Ready(ready) => self.preset_reason(*ready),
            Reason::Typed(text) => text.clone(),
        }
    }

    /// A ready reason in the reader's language.
    pub fn preset_reason(&self, reason: PresetReason) -> String {
        self.say(match reason {
            PresetReason::CustomerAsked => "reason-customer-asked",
            PresetReason::NotPaid => "reason-not-paid",
            PresetReason::NotAvailable => "reason-not-available",
            PresetReason::Duplicate => "reason-duplicate",
        })
    }

    /// The status that a word means: its code, or its name in any language.
    pub fn status_named(&self, word: &str) -> Option<Status> {
        let word = word.trim().to_lowercase();
        let named = |status: &Status| {
            let mut names = Language::all().iter().map(|language| Texts::new(*language, self.zone).status(*status));
            status.code() == word || names.any(|name| name.to_lowercase() == word)
        };
        Status::ALL.into_iter().find(named)
    }
}
