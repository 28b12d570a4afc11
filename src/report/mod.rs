//! Orders as files: a picture of a period's figures, a workbook and CSV of its orders.
//!
//! Everything here is pure, and may take seconds for very many orders: call it from a thread that may block.

pub mod chart;
pub mod table;
pub mod workbook;

mod bars;
mod columns;
mod labels;
mod lettering;

pub use chart::{ChartError, chart};
pub use table::table;
pub use workbook::{WorkbookError, workbook};
