//! The only SQL of the project. One store on either database: a SQLite file or PostgreSQL.
//!
//! Every statement is written once and runs on both: `$n` placeholders, RETURNING, ON CONFLICT, 64-bit integers, and
//! times that the caller passes in, truncated to microseconds. A constraint violation that means something becomes a
//! domain outcome here; a [`StoreError`] is for the unexpected.

mod access;
mod accounts;
mod admins;
mod billing;
mod chats;
mod codes;
mod db;
mod dialogues;
mod due;
mod error;
mod file_jobs;
mod notices;
mod open;
mod orders;
mod outbox;
mod people;
mod placing;
mod price_lists;
mod probe;
mod proposals;
mod queue;
mod redraws;
mod reports;
mod serials;
mod stock;
mod updates;

pub use access::{AccessChange, AccessDecision, Asked, Decider};
pub use accounts::{Inviting, Removal};
pub use admins::{Appointment, AppointmentChange};
pub use db::{Store, Tx, Writers};
pub use dialogues::{DialogueKey, Lasting, LiveScreen, OpenScreen, SaveDialogue, Saved, ShowIn, StoredDialogue};
pub use error::StoreError;
pub use file_jobs::{FileJob, FileJobId, Finished, NewFileJob, Turn};
pub use notices::{Delivery, NoticeState};
pub use open::OpenError;
pub use orders::{Actor, NewEvent, Recorded};
pub use outbox::{Attempt, LaidAside, NewNotice, Notice, NoticeId, Wait};
pub use people::{Customer, Reachability};
pub use placing::Placement;
pub use price_lists::{Applied, PriceList};
pub use probe::Readiness;
pub use proposals::{Proposal, Proposed};
pub use redraws::{Drawn, Fresh, Redraw};
pub use serials::{FoundSerial, GivenSerial, Giving};
pub use stock::{Import, Imported, NumberedSerial, Repeated, Stock, StockImport};
pub use updates::{DeadLetter, Taken};
