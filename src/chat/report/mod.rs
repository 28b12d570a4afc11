//! Files for the vendor: a picture of a period's figures, a workbook and CSV of its orders, and the price list as a workbook.
//!
//! Everything here is pure but for a file that a workbook has while it is written, and may take seconds for very many orders: call it from a thread that may block.
//! The rows of an export are taken one by one, and none is kept.

pub mod chart;
pub mod price_book;
pub mod serial_book;
pub mod serials;
pub mod table;
pub mod workbook;

mod bars;
mod canvas;
mod columns;
mod file;
mod labels;
mod lettering;
mod patience;
mod xlsx;

pub use chart::{ChartError, chart};
pub use file::{ExportError, Sendable};
pub use patience::Patience;
pub use serials::{SerialRow, serials};
pub use table::{table, table_into};
pub use workbook::{workbook, workbook_into};
pub use xlsx::is_packed;
