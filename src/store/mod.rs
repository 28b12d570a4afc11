//! The only SQL of the project. One store on either database: a SQLite file or PostgreSQL.
//!
//! Every statement is written once and runs on both: `$n` placeholders, RETURNING, ON CONFLICT, 64-bit integers, and
//! times that the caller passes in, truncated to microseconds. A constraint violation that means something becomes a
//! domain outcome here; a [`StoreError`] is for the unexpected.

mod accounts;
mod catalogue;
mod chats;
mod codes;
mod db;
mod dialogues;
mod error;
mod open;
mod orders;
mod outbox;
mod probe;
mod reports;
mod shim;
mod stock;
mod updates;

pub use accounts::access::{AccessChange, AccessDecision, Asked, Decider};
pub use accounts::accounts::{Inviting, Removal};
pub use accounts::admins::{Appointment, AppointmentChange};
pub use accounts::people::{Customer, Reachability};
pub use catalogue::price_lists::{Applied, PriceList};
pub use catalogue::proposals::{Proposal, Proposed};
pub use db::{Store, Tx, Writers};
pub use dialogues::dialogues::{
    DialogueKey, Lasting, LiveScreen, OpenScreen, SaveDialogue, Saved, ShowIn, StoredDialogue,
};
pub use dialogues::redraws::{Drawn, Fresh, Redraw};
pub use error::StoreError;
pub use open::OpenError;
pub use orders::orders::{NewEvent, Recorded};
pub use orders::placing::Placement;
pub use outbox::file_jobs::{FileJob, FileJobId, Finished, NewFileJob, Turn};
pub use outbox::messages::{Attempt, NewOutboxMessage, OutboxMessage, OutboxMessageId, Parked, Wait};
pub use outbox::of_order::{Delivery, MessageState};
pub use probe::Readiness;
pub use shim::*;
pub use stock::allocation::{Allocation, FoundSerial, IssuedSerial};
pub use stock::import::{Import, Imported, NumberedSerial, Repeated, Stock, StockImport};
pub use updates::{DeadLetter, Dedup};
