//! How people talk to the shop: an update is understood, moves a dialogue on, and asks the shop for what was decided.
//! What is rendered into a message is decided here and nowhere else.

pub mod action;
pub mod answer;
mod copies;
mod customer;
mod desk;
pub mod dialogue;
mod digest;
mod dispatch;
mod error;
pub mod event;
mod failed_updates;
mod fetched;
mod file_purpose;
mod files;
mod hearing;
pub mod i18n;
mod invoice_files;
mod receipts;
mod render;
pub mod report;
mod reports;
mod screens;
mod serial_tables;
mod serials;
mod serials_file;
mod service;
mod session;
mod staff_chat;
mod threads;
pub mod topics;
mod undelivered;
mod updates;
mod vendor;
pub mod view;
mod withdrawals;

pub use dispatch::{Dispatch, Wording};
pub use error::ChatError;
pub use fetched::Fetched;
pub use receipts::{Receipt, Refusal};
pub use screens::Drawing;
pub use serial_tables::LARGEST_LOOK_UP;
pub use service::Chat;
pub use undelivered::FileTrouble;
pub use updates::{Handled, Menus};
