//! The price list: its file, what can be wrong in one, and what a new one changes.

pub mod diff;
pub mod fault;
pub mod file;
mod form;
mod place;
pub mod price_list;
pub mod revision;
pub mod sheet;
mod toml_form;
mod toml_text;
