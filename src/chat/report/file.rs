//! A file in the making: the bytes that it has so far, and why there is none in the end.

use std::io::{self, Write};

use rust_xlsxwriter::XlsxError;

use crate::domain::LARGEST_DOCUMENT;

/// Why there is no file of orders.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// More lines than a sheet can hold.
    #[error("a sheet holds {0} rows, and there are more: export a shorter period, or CSV")]
    TooManyRows(u32),
    /// More than can be sent.
    #[error("the file is larger than the {} MB that bots can send: export a shorter period", LARGEST_DOCUMENT / 1_000_000)]
    TooLarge,
    /// The workbook's writer failed.
    #[error("the workbook could not be written")]
    Workbook(#[from] XlsxError),
    /// The table's writer failed.
    #[error("the table could not be written")]
    Table(#[from] csv::Error),
}

/// What was written, as long as it can be sent.
pub(super) struct Sendable {
    bytes: Vec<u8>,
    is_too_large: bool,
}

impl Sendable {
    /// A file that begins so.
    pub(super) fn beginning(start: &str) -> Sendable {
        Sendable { bytes: start.as_bytes().to_vec(), is_too_large: false }
    }

    /// Whether more was to be written than can be sent.
    pub(super) fn is_too_large(&self) -> bool {
        self.is_too_large
    }

    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }
}

impl Write for Sendable {
    fn write(&mut self, more: &[u8]) -> io::Result<usize> {
        if self.bytes.len().saturating_add(more.len()) > LARGEST_DOCUMENT {
            self.is_too_large = true;
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.bytes.write(more)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
