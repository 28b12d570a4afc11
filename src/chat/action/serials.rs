//! The buttons of «Serial numbers».

use chrono::NaiveDate;

use crate::domain::{OrderNumber, Period, SerialsChoice, SerialsFormat, Sku};

/// What a button below the serial numbers does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SerialsAction {
    /// Shows the orders that have some.
    ByOrder {
        /// Counted from 0.
        page: u32,
    },
    /// Shows the products.
    ByProduct {
        /// Counted from 0.
        page: u32,
    },
    /// Asks for a period.
    ByPeriod,
    /// Asks for the format of a file.
    Choose(SerialsChoice),
    /// Sends a file.
    Send(SerialsFormat, SerialsChoice),
}

impl SerialsAction {
    pub(super) fn encode(&self) -> String {
        match self {
            SerialsAction::ByOrder { page } => format!("o:{page}"),
            SerialsAction::ByProduct { page } => format!("p:{page}"),
            SerialsAction::ByPeriod => "t".to_owned(),
            SerialsAction::Choose(choice) => format!("c:{}", code(choice)),
            SerialsAction::Send(format, choice) => format!("{}:{}", format.extension(), code(choice)),
        }
    }

    pub(super) fn parse(parts: &[&str]) -> Option<SerialsAction> {
        Some(match parts {
            ["o", page] => SerialsAction::ByOrder { page: page.parse().ok()? },
            ["p", page] => SerialsAction::ByProduct { page: page.parse().ok()? },
            ["t"] => SerialsAction::ByPeriod,
            ["c", choice] => SerialsAction::Choose(parse_choice(choice)?),
            [extension, choice] => {
                let format = SerialsFormat::ALL.into_iter().find(|format| format.extension() == *extension)?;
                SerialsAction::Send(format, parse_choice(choice)?)
            }
            _ => return None,
        })
    }
}

fn code(choice: &SerialsChoice) -> String {
    match choice {
        SerialsChoice::Order(number) => format!("o{number}"),
        SerialsChoice::Product(sku) => format!("p{sku}"),
        SerialsChoice::Period(period) => format!("t{}", period.written()),
    }
}

fn parse_choice(code: &str) -> Option<SerialsChoice> {
    let (kind, rest) = code.split_at_checked(1)?;
    Some(match kind {
        "o" => SerialsChoice::Order(OrderNumber::parse(rest)?),
        "p" => SerialsChoice::Product(Sku::parse(rest)?),
        // No word of it depends on the day.
        "t" => SerialsChoice::Period(Period::parse(rest, NaiveDate::default()).filter(|_| !rest.is_empty())?),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chat::action::Action;

    #[test]
    fn every_button_fits_and_is_read_back() {
        let day = NaiveDate::from_ymd_opt(2026, 11, 1).unwrap();
        let choices = [
            SerialsChoice::Order(OrderNumber(999_999_999_999_999)),
            SerialsChoice::Product(Sku::parse(&"s".repeat(32)).unwrap()),
            SerialsChoice::Period(Period::All),
            SerialsChoice::Period(Period::Day(day)),
            SerialsChoice::Period(Period::Month { first: day }),
            SerialsChoice::Period(Period::Year { first: NaiveDate::from_ymd_opt(2026, 1, 1).unwrap() }),
            SerialsChoice::Period(Period::Days { first: day, last: day.succ_opt().unwrap() }),
        ];
        for choice in choices {
            let mut actions = vec![SerialsAction::Choose(choice.clone())];
            actions.extend(SerialsFormat::ALL.map(|format| SerialsAction::Send(format, choice.clone())));
            for action in actions {
                let action = Action::SerialsBy(action);
                let data = action.encode();
                assert!(data.len() <= Action::MAX_BYTES, "{data}");
                assert_eq!(Action::parse(&data), Some(action));
            }
        }
        for forged in ["sn:c:today", "sn:c:ttoday", "sn:c:t", "sn:c:t2026-1", "sn:pdf:o1", "sn:c:o007"] {
            assert_eq!(Action::parse(forged), None, "{forged}");
        }
    }
}
