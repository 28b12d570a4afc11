//! Which of its serial numbers an account wants to have, and as what file.

use serde::{Deserialize, Serialize};

use crate::domain::ids::{OrderNumber, Sku};
use crate::domain::reports::period::Period;

/// Which of an account's serial numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SerialsChoice {
    Order(OrderNumber),
    Product(Sku),
    /// Those that were given in it.
    Period(Period),
}

/// What file serial numbers come as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SerialsFormat {
    /// One to a line and nothing else.
    Text,
    /// With product, order and date, for any program.
    Table,
    /// The same for a spreadsheet.
    Workbook,
}

impl SerialsFormat {
    pub const ALL: [SerialsFormat; 3] = [SerialsFormat::Text, SerialsFormat::Table, SerialsFormat::Workbook];

    /// The ending of the file's name.
    pub fn extension(self) -> &'static str {
        match self {
            SerialsFormat::Text => "txt",
            SerialsFormat::Table => "csv",
            SerialsFormat::Workbook => "xlsx",
        }
    }
}
