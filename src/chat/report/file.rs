//! A file in the making: the bytes that it has so far, and why there is none in the end.

use std::io::{self, Write};

use rust_xlsxwriter::XlsxError;

use crate::domain::LARGEST_DOCUMENT;

/// Why there is no file of orders.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// More than can be sent.
    #[error("the file is larger than the {} MB that bots can send: export a shorter period", LARGEST_DOCUMENT / 1_000_000)]
    TooLarge,
    /// The workbook's writer failed.
    #[error("the workbook could not be written")]
    Workbook(#[from] XlsxError),
    /// The table's writer failed.
    #[error("the table could not be written")]
    Table(#[from] csv::Error),
    #[error("the file could not be written")]
    File(#[from] io::Error),
}

/// What was written, as long as it can be sent. What comes after the first refusal is taken and not kept: it is how the
/// workbook's writer closes a file that it gave up, and would complain about on standard error otherwise.
#[derive(Debug, Default)]
pub struct Sendable {
    bytes: Vec<u8>,
    is_too_large: bool,
}

impl Sendable {
    /// The file; `outcome` is what came of writing it.
    pub fn finish(self, outcome: Result<(), ExportError>) -> Result<Vec<u8>, ExportError> {
        if self.is_too_large {
            return Err(ExportError::TooLarge);
        }
        outcome.map(|()| self.bytes)
    }
}

impl Write for Sendable {
    fn write(&mut self, more: &[u8]) -> io::Result<usize> {
        if self.is_too_large {
            return Ok(more.len());
        }
        if self.bytes.len().saturating_add(more.len()) > LARGEST_DOCUMENT {
            self.is_too_large = true;
            self.bytes = Vec::new();
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.bytes.write(more)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
