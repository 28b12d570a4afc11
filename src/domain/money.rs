//! Exact money: whole minor units of a currency. Decimal parses and shows it; floats never touch it.

use std::fmt;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// An ISO 4217 currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Currency([u8; 3]);

impl Currency {
    pub const RUB: Currency = Currency(*b"RUB");

    /// Accepts a three-letter code such as `RUB`.
    pub fn parse(code: &str) -> Option<Currency> {
        let bytes: [u8; 3] = code.as_bytes().try_into().ok()?;
        bytes.iter().all(u8::is_ascii_uppercase).then_some(Currency(bytes))
    }

    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("XXX")
    }

    /// The sign that stands for it alone, or for which it is the usual one.
    pub fn sign(self) -> Option<&'static str> {
        Some(match &self.0 {
            b"RUB" => "₽",
            b"USD" => "$",
            b"EUR" => "€",
            b"GBP" => "£",
            b"CNY" | b"JPY" => "¥",
            b"KZT" => "₸",
            b"UAH" => "₴",
            b"GEL" => "₾",
            b"AZN" => "₼",
            b"AMD" => "֏",
            b"TRY" => "₺",
            b"INR" => "₹",
            b"ILS" => "₪",
            b"KRW" => "₩",
            b"PLN" => "zł",
            b"CZK" => "Kč",
            _ => return None,
        })
    }

    /// Digits after the decimal mark (ISO 4217, "minor unit").
    pub fn minor_digits(self) -> u32 {
        match &self.0 {
            b"BIF" | b"CLP" | b"DJF" | b"GNF" | b"ISK" | b"JPY" | b"KMF" | b"KRW" | b"PYG" | b"RWF" | b"UGX"
            | b"VND" | b"VUV" | b"XAF" | b"XOF" | b"XPF" => 0,
            b"BHD" | b"IQD" | b"JOD" | b"KWD" | b"LYD" | b"OMR" | b"TND" => 3,
            _ => 2,
        }
    }
}

impl TryFrom<String> for Currency {
    type Error = String;

    fn try_from(code: String) -> Result<Currency, String> {
        Currency::parse(&code).ok_or_else(|| format!("`{code}` is not a currency: three capital letters, such as RUB"))
    }
}

impl From<Currency> for String {
    fn from(currency: Currency) -> String {
        currency.code().to_owned()
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// An amount that is not negative, in whole minor units of its currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Money {
    minor: i64,
    currency: Currency,
}

/// Why an amount cannot be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum MoneyError {
    #[error("an amount is never negative")]
    Negative,
    /// More digits after the decimal mark than the currency has.
    #[error("{} decimal places are allowed", at_most(*.0))]
    TooPrecise(u32),
    /// Above [`Money::MAX_MINOR`].
    #[error("the amount is too large")]
    TooLarge,
    /// Two currencies in one sum.
    #[error("amounts in different currencies do not add up")]
    Mixed,
}

fn at_most(places: u32) -> String {
    if places == 0 { "no".to_owned() } else { format!("at most {places}") }
}

impl Money {
    /// The largest amount, in minor units. Far above any order, and small enough that ten thousand of them still fit
    /// the 64-bit sums that the databases make.
    pub const MAX_MINOR: i64 = 100_000_000_000_000;

    pub fn zero(currency: Currency) -> Money {
        Money { minor: 0, currency }
    }

    /// An amount from minor units, as stored.
    pub fn from_minor(minor: i64, currency: Currency) -> Result<Money, MoneyError> {
        match minor {
            i64::MIN..0 => Err(MoneyError::Negative),
            0..=Self::MAX_MINOR => Ok(Money { minor, currency }),
            _ => Err(MoneyError::TooLarge),
        }
    }

    /// An amount from a decimal number of whole units.
    pub fn from_decimal(amount: Decimal, currency: Currency) -> Result<Money, MoneyError> {
        let digits = currency.minor_digits();
        let amount = amount.normalize();
        if amount.scale() > digits {
            return Err(MoneyError::TooPrecise(digits));
        }
        let minor = amount.checked_mul(Decimal::from(10_i64.pow(digits))).ok_or(MoneyError::TooLarge)?;
        Money::from_minor(i64::try_from(minor).map_err(|_| MoneyError::TooLarge)?, currency)
    }

    /// Minor units, as stored.
    pub fn minor(self) -> i64 {
        self.minor
    }

    pub fn currency(self) -> Currency {
        self.currency
    }

    /// The amount in whole units, with exactly the currency's digits after the mark.
    pub fn to_decimal(self) -> Decimal {
        Decimal::new(self.minor, self.currency.minor_digits())
    }

    /// Whether it is more than twice the other amount or less than half of it: between them a slip of the finger is likely.
    pub fn is_far_from(self, other: Money) -> bool {
        self.minor > other.minor * 2 || other.minor > self.minor * 2
    }

    /// Whether there is nothing to pay.
    pub fn is_zero(self) -> bool {
        self.minor == 0
    }

    /// The sum of two amounts of one currency.
    pub fn plus(self, other: Money) -> Result<Money, MoneyError> {
        if self.currency != other.currency {
            return Err(MoneyError::Mixed);
        }
        let minor = self.minor.checked_add(other.minor).ok_or(MoneyError::TooLarge)?;
        Money::from_minor(minor, self.currency)
    }

    /// The amount taken `count` times.
    pub fn times(self, count: u32) -> Result<Money, MoneyError> {
        let minor = self.minor.checked_mul(i64::from(count)).ok_or(MoneyError::TooLarge)?;
        Money::from_minor(minor, self.currency)
    }

    /// The sum of many amounts; zero of `currency` when there are none.
    pub fn sum(amounts: impl IntoIterator<Item = Money>, currency: Currency) -> Result<Money, MoneyError> {
        amounts.into_iter().try_fold(Money::zero(currency), Money::plus)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn roubles(text: &str) -> Result<Money, MoneyError> {
        Money::from_decimal(text.parse().unwrap(), Currency::RUB)
    }

    #[test]
    fn a_price_keeps_its_kopecks() {
        assert_eq!(roubles("11000.00").unwrap().minor(), 1_100_000);
        assert_eq!(roubles("0.01").unwrap().to_decimal().to_string(), "0.01");
        assert_eq!(roubles("1.000").unwrap().minor(), 100);
        assert_eq!(roubles("0.001"), Err(MoneyError::TooPrecise(2)));
        assert_eq!(roubles("-1"), Err(MoneyError::Negative));
        assert_eq!(roubles("99999999999999999999999999"), Err(MoneyError::TooLarge));
    }

    #[test]
    fn a_currency_has_its_own_minor_unit() {
        let yen = Currency::parse("JPY").unwrap();
        assert_eq!(Money::from_decimal(Decimal::from(500), yen).unwrap().minor(), 500);
        assert_eq!(Money::from_decimal("0.5".parse().unwrap(), yen), Err(MoneyError::TooPrecise(0)));
        assert_eq!(Currency::parse("rub"), None);
        assert_eq!(Money::zero(yen).plus(Money::zero(Currency::RUB)), Err(MoneyError::Mixed));
    }

    #[test]
    fn more_than_twice_and_less_than_half_are_far() {
        let is_far = |one: &str| roubles(one).unwrap().is_far_from(roubles("11000").unwrap());
        assert!(!["5500", "11000", "22000"].into_iter().any(is_far));
        assert!(["5499.99", "22000.01", "0.01"].into_iter().all(is_far));
        assert!(roubles("1").unwrap().is_far_from(Money::zero(Currency::RUB)));
    }

    proptest! {
        #[test]
        fn minor_units_and_decimals_are_the_same_amount(minor in 0..=Money::MAX_MINOR) {
            let money = Money::from_minor(minor, Currency::RUB).unwrap();
            prop_assert_eq!(Money::from_decimal(money.to_decimal(), Currency::RUB), Ok(money));
        }

        #[test]
        fn arithmetic_is_exact_or_refused(a in 0..=Money::MAX_MINOR, b in 0..=Money::MAX_MINOR, count in any::<u32>()) {
            let (x, y) = (Money::from_minor(a, Currency::RUB).unwrap(), Money::from_minor(b, Currency::RUB).unwrap());
            let fits = |wide: i128| (wide <= i128::from(Money::MAX_MINOR)).then_some(wide);
            prop_assert_eq!(x.plus(y).ok().map(|m| i128::from(m.minor())), fits(i128::from(a) + i128::from(b)));
            prop_assert_eq!(x.times(count).ok().map(|m| i128::from(m.minor())), fits(i128::from(a) * i128::from(count)));
        }
    }
}
