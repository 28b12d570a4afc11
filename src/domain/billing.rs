//! Billing details: whom an invoice is made out to. Every value was checked when it came to be.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::domain::typed::{clean_line, visible};

/// Why an answer is no billing detail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum BillingFault {
    /// Not 1 to [`CompanyName::MAX`] characters.
    #[error("not a company's name")]
    #[serde(rename = "firm")]
    Company,
    /// Not 10 or 12 digits.
    #[error("not an INN")]
    InnLength,
    /// The check digits do not fit the others.
    #[error("the INN's check digits are wrong")]
    InnCheckDigits,
    /// Not of the form NNNNPPXXX.
    #[error("not a KPP")]
    Kpp,
    /// Not a tax number of another country.
    #[error("not a tax number")]
    ForeignTaxNumber,
    /// Not an e-mail address.
    #[error("not an e-mail address")]
    Email,
}

/// A text that was checked; what is stored is checked again when it is read.
macro_rules! checked_text {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// The value as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = BillingFault;

            fn try_from(text: String) -> Result<$name, BillingFault> {
                $name::parse(&text)
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> String {
                value.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

checked_text! {
    /// A company's name: one line without hidden characters.
    CompanyName
}
checked_text! {
    /// The taxpayer number of a Russian organisation (10 digits) or of a person (12 digits).
    Inn
}
checked_text! {
    /// The code of the reason for which a Russian organisation stands in a tax office's register: NNNNPPXXX.
    Kpp
}
checked_text! {
    /// The tax number of a company elsewhere.
    ForeignTaxNumber
}
checked_text! {
    Email
}

impl CompanyName {
    /// The longest name, in characters; the longest of the Russian register are cut by invoices too.
    pub const MAX: usize = 160;

    pub fn parse(text: &str) -> Result<CompanyName, BillingFault> {
        let name = clean_line(text, usize::MAX);
        let fits = (1..=Self::MAX).contains(&name.chars().count());
        if fits { Ok(CompanyName(name)) } else { Err(BillingFault::Company) }
    }
}

/// Whom an INN belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InnOf {
    /// An organisation, which has a KPP too.
    Organisation,
    /// A person or a sole trader, who has none.
    Person,
}

/// The weights of the check digits by the Federal Tax Service's algorithm, in the order of the digits before them.
const TENTH: [u32; 9] = [2, 4, 10, 3, 5, 9, 4, 6, 8];
const ELEVENTH: [u32; 10] = [7, 2, 4, 10, 3, 5, 9, 4, 6, 8];
const TWELFTH: [u32; 11] = [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8];

impl Inn {
    /// Accepts 10 or 12 digits, with spaces anywhere, whose check digits are right.
    pub fn parse(text: &str) -> Result<Inn, BillingFault> {
        let number = without_spaces(text);
        let all_digits = number.bytes().all(|byte| byte.is_ascii_digit());
        if !all_digits || !matches!(number.len(), 10 | 12) {
            return Err(BillingFault::InnLength);
        }
        let digits: Vec<u32> = number.chars().filter_map(|c| c.to_digit(10)).collect();
        let is_right = match digits.len() {
            10 => is_checked(&digits, &TENTH),
            _ => is_checked(&digits, &ELEVENTH) && is_checked(&digits, &TWELFTH),
        };
        // No region has the code 00, and a row of noughts would pass the check.
        if is_right && !number.starts_with("00") { Ok(Inn(number)) } else { Err(BillingFault::InnCheckDigits) }
    }

    /// Reads what a company's card shows: an INN, perhaps behind its label and with the KPP beside it.
    pub fn from_card(text: &str) -> Result<(Inn, Option<Kpp>), BillingFault> {
        match Inn::parse(text) {
            Err(BillingFault::InnLength) => {}
            read => return Ok((read?, None)),
        }
        let codes = codes_in(text);
        match (codes.get(..10), codes.get(10..)) {
            (Some(inn), Some(kpp)) if kpp.len() == 9 => Ok((Inn::parse(inn)?, Some(Kpp::parse(kpp)?))),
            _ => Ok((Inn::parse(&codes)?, None)),
        }
    }

    /// Whom it belongs to.
    pub fn of(&self) -> InnOf {
        if self.0.len() == 10 { InnOf::Organisation } else { InnOf::Person }
    }
}

fn is_checked(digits: &[u32], weights: &[u32]) -> bool {
    let sum: u32 = weights.iter().zip(digits).map(|(weight, digit)| weight * digit).sum();
    digits.get(weights.len()) == Some(&(sum % 11 % 10))
}

impl Kpp {
    /// Accepts four digits, two digits or capital Latin letters, three digits; spaces anywhere, small letters too.
    pub fn parse(text: &str) -> Result<Kpp, BillingFault> {
        let code = without_spaces(text).to_ascii_uppercase();
        let fits = code.len() == 9
            && code.bytes().enumerate().all(|(place, byte)| match place {
                4 | 5 => byte.is_ascii_digit() || byte.is_ascii_uppercase(),
                _ => byte.is_ascii_digit(),
            });
        if fits { Ok(Kpp(code)) } else { Err(BillingFault::Kpp) }
    }
}

impl Kpp {
    /// Reads what a company's card shows: a KPP, perhaps behind its label and beside the INN.
    pub fn from_card(text: &str) -> Result<(Option<Inn>, Kpp), BillingFault> {
        if let Ok(kpp) = Kpp::parse(text) {
            return Ok((None, kpp));
        }
        let codes = codes_in(text);
        match (codes.get(..10), codes.get(10..)) {
            (Some(inn), Some(kpp)) if kpp.len() == 9 => Ok((Some(Inn::parse(inn)?), Kpp::parse(kpp)?)),
            _ => Ok((None, Kpp::parse(&codes)?)),
        }
    }
}

/// The codes of a text, one behind the other: words without a digit are labels, and so are letters before one.
fn codes_in(text: &str) -> String {
    let words = visible(text);
    let words = words.split(|c: char| !c.is_alphanumeric()).map(|word| word.trim_start_matches(char::is_alphabetic));
    words.collect()
}

impl ForeignTaxNumber {
    /// The longest number, in characters; the longest in use have about 20.
    pub const MAX: usize = 32;

    /// Accepts letters, digits, spaces, hyphens, points and strokes, with a digit among them.
    pub fn parse(text: &str) -> Result<ForeignTaxNumber, BillingFault> {
        let number = clean_line(text, usize::MAX);
        let allowed = |c: char| c.is_alphabetic() || c.is_ascii_digit() || " -./".contains(c);
        let fits = (4..=Self::MAX).contains(&number.chars().count())
            && number.chars().all(allowed)
            && number.contains(|c: char| c.is_ascii_digit());
        if fits { Ok(ForeignTaxNumber(number)) } else { Err(BillingFault::ForeignTaxNumber) }
    }
}

impl Email {
    /// The longest address (RFC 5321, section 4.5.3.1.3, without the brackets).
    pub const MAX: usize = 254;

    /// Accepts one address of the common form; letters of any alphabet, since domains have them.
    pub fn parse(text: &str) -> Result<Email, BillingFault> {
        let address = visible(text);
        let address = address.trim();
        let is_address = |(local, domain): (&str, &str)| is_local_part(local) && is_domain(domain);
        let fits = address.chars().count() <= Self::MAX && address.split_once('@').is_some_and(is_address);
        if fits { Ok(Email(address.to_owned())) } else { Err(BillingFault::Email) }
    }
}

fn is_local_part(local: &str) -> bool {
    let allowed = |c: char| c.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(c);
    local.chars().count() <= 64 && local.split('.').all(|atom| !atom.is_empty() && atom.chars().all(allowed))
}

fn is_domain(domain: &str) -> bool {
    let label = |label: &str| {
        let inner = label.chars().all(|c| c.is_alphanumeric() || c == '-');
        !label.is_empty() && inner && !label.starts_with('-') && !label.ends_with('-')
    };
    domain.contains('.') && domain.split('.').all(label)
}

fn without_spaces(text: &str) -> String {
    visible(text).chars().filter(|c| !c.is_whitespace()).collect()
}

/// A tax number, of Russia or elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TaxNumber {
    /// Of a Russian organisation.
    Organisation {
        /// Ten digits.
        inn: Inn,
        kpp: Kpp,
    },
    /// Of a Russian sole trader.
    Person {
        /// Twelve digits.
        inn: Inn,
    },
    /// Of a company elsewhere.
    Foreign(ForeignTaxNumber),
}

/// Whom an account's invoices are made out to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Billing {
    #[serde(rename = "firm")]
    pub company: CompanyName,
    pub tax: TaxNumber,
    /// Where accounting documents go.
    pub email: Email,
}

/// One of the details, as it is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BillingDetail {
    #[serde(rename = "firm")]
    Company,
    /// The INN of an organisation or of a sole trader.
    Inn,
    /// The KPP of an organisation.
    Kpp,
    /// The tax number of another country.
    ForeignNumber,
    Email,
}

impl Billing {
    /// The details that it has, in the order in which they are shown.
    pub fn details(&self) -> Vec<BillingDetail> {
        let tax: &[BillingDetail] = match self.tax {
            TaxNumber::Organisation { .. } => &[BillingDetail::Inn, BillingDetail::Kpp],
            TaxNumber::Person { .. } => &[BillingDetail::Inn],
            TaxNumber::Foreign(_) => &[BillingDetail::ForeignNumber],
        };
        [&[BillingDetail::Company], tax, &[BillingDetail::Email]].concat()
    }

    /// The value of one detail, if there is such a one.
    pub fn detail(&self, detail: BillingDetail) -> Option<&str> {
        match (detail, &self.tax) {
            (BillingDetail::Company, _) => Some(self.company.as_str()),
            (BillingDetail::Inn, TaxNumber::Organisation { inn, .. } | TaxNumber::Person { inn }) => Some(inn.as_str()),
            (BillingDetail::Kpp, TaxNumber::Organisation { kpp, .. }) => Some(kpp.as_str()),
            (BillingDetail::ForeignNumber, TaxNumber::Foreign(number)) => Some(number.as_str()),
            (BillingDetail::Email, _) => Some(self.email.as_str()),
            (BillingDetail::Inn | BillingDetail::Kpp | BillingDetail::ForeignNumber, _) => None,
        }
    }
}

/// Whether orders wait for billing details.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BillingPolicy {
    /// The first order asks for them.
    Required,
    /// They may be filled in.
    Optional,
}

impl BillingPolicy {
    /// Reads the word of the configuration.
    pub fn parse(word: &str) -> Option<BillingPolicy> {
        match word {
            "required" => Some(BillingPolicy::Required),
            "optional" => Some(BillingPolicy::Optional),
            _ => None,
        }
    }
}
