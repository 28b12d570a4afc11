//! Why a file of serial numbers is refused. The sentences here are for the command line; the bot says the same in its
//! reader's language.

use std::io::ErrorKind;

use serde::{Deserialize, Serialize};

use crate::domain::stock::serial_number::{NotASerial, SerialNumber};

/// The longest line, in bytes: many times what two columns need, and little to hold in memory.
pub(super) const MAX_LINE: usize = 4096;

/// Why a file is refused, with the remedy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum FileFault {
    /// The system does not give the file's bytes.
    #[serde(skip)]
    #[error("line {line} cannot be read ({kind}); try again")]
    Unreadable {
        /// Where reading broke off.
        line: u64,
        /// What the system says.
        kind: ErrorKind,
    },
    /// Another encoding, or no text at all.
    #[error("line {line} is not UTF-8 text; save the file as UTF-8, in a spreadsheet as \"CSV UTF-8\"")]
    NotUtf8 { line: u64 },
    /// No line of a list of serial numbers.
    #[error("line {line} is longer than {MAX_LINE} bytes; write one serial number per line")]
    LineTooLong { line: u64 },
    /// A quote that does not end, or that something follows.
    #[error("line {line} has a quotation mark without its pair; remove it")]
    Quotes { line: u64 },
    /// More than two columns.
    #[error("line {line} has more than two columns; keep the serial number, and its SKU if you wish")]
    Columns { line: u64 },
    /// Two columns, and neither is a SKU of the price list.
    #[error(
        "line {line} has two columns and neither is a SKU of the price list; correct the SKU, or keep only the serial number"
    )]
    NoProduct { line: u64 },
    /// What stands there is no serial number.
    #[error("line {line} {}", problem(*reason))]
    Serial {
        line: u64,
        /// What is wrong with it.
        reason: NotASerial,
    },
    /// What stands there could be written, but nobody would sell it.
    #[error("line {line} {}", what(*kind))]
    Junk { line: u64, kind: Junk },
    /// The same serial number twice.
    #[error("line {again} repeats the serial number of line {first}; remove one of them")]
    Repeated {
        /// The line where it stands first.
        first: u64,
        /// The line where it stands again.
        again: u64,
    },
    /// The same serial number twice, in two spellings.
    #[error(
        "line {again} repeats the serial number of line {first} in another spelling (capitals, braces); remove one of them"
    )]
    Respelled { first: u64, again: u64 },
    /// Nothing but blank lines and a heading.
    #[error("the file has no serial number; write one per line")]
    Empty,
}

/// What programs and people put around, between and below serial numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Junk {
    /// A remark, a mark of a list or on a serial number, markup, an address or a total.
    Marks,
    /// Two serial numbers.
    Pair,
    /// A date, a sum, a telephone number or a count.
    Figures,
    /// Written for an address or a web page: `%2D`, `&amp;`.
    Escaped,
    /// A formula of a spreadsheet.
    Formula,
    /// A number that a spreadsheet has rounded.
    Rounded,
    /// A number that a spreadsheet shows otherwise than it stores it.
    Formatted,
    /// Characters that look like others: of two alphabets, of full width, a dash in the place of a hyphen.
    LookAlike,
    /// It is unlike the other lines, as a heading, a word or a page number is.
    Unlike,
    /// It has not the form that the price list gives the product's serial numbers.
    Pattern,
}

fn problem(reason: NotASerial) -> String {
    match reason {
        NotASerial::Empty => "has a SKU without a serial number; complete the line, or remove it".to_owned(),
        NotASerial::TooLong => {
            format!("has more than {} characters; write one serial number per line", SerialNumber::MAX_CHARS)
        }
        NotASerial::Space => "has a space: remove it, or the whole line if it has more than a serial number".to_owned(),
        NotASerial::Invisible => "has a character that nobody can see; write the line again".to_owned(),
    }
}

fn what(kind: Junk) -> &'static str {
    match kind {
        Junk::Marks => {
            "is a remark, markup or a total, or has a mark on its serial number; keep only the serial number, or remove the line"
        }
        Junk::Pair => {
            "has two serial numbers: write one per line; if it is a single one, give the product a `serial_pattern` in the price list"
        }
        Junk::Figures => {
            "is a date, a sum, a telephone number or a count: keep only the column of serial numbers; if it is a serial number, give the product a `serial_pattern` in the price list"
        }
        Junk::Escaped => "was written for a web page or an address (`&amp;`, `%2D`); save the file as plain text",
        Junk::Formula => "is a formula; save the file with values in its place",
        Junk::Rounded => {
            "has a number that a spreadsheet has rounded: its last digits are lost; format the column as text, enter the serial numbers again and save the file once more"
        }
        Junk::Formatted => {
            "has a number that a spreadsheet shows otherwise than it stores it; format the column as text, enter the serial numbers anew and save the file again"
        }
        Junk::LookAlike => {
            "has characters that look like others (letters of two alphabets, a dash in place of a hyphen, full width); copy the serial number from its source again"
        }
        Junk::Unlike => {
            "is unlike the others: if it is a heading or a remark, remove it; if it is a serial number, give the product a `serial_pattern` in the price list"
        }
        Junk::Pattern => {
            "does not match the product's `serial_pattern`; correct the line, or the pattern in the price list"
        }
    }
}
