//! The only SQL of the project. One store on either database: a SQLite file or PostgreSQL.
//!
//! Every statement is written once and runs on both: `$n` placeholders, RETURNING, ON CONFLICT, 64-bit integers, and
//! times that the caller passes in, truncated to microseconds. A constraint violation that means something becomes a
//! domain outcome here; a [`StoreError`] is for the unexpected.

mod accounts;
mod audit;
mod catalogue;
mod changes;
mod chats;
mod codes;
mod db;
mod dialogues;
mod error;
mod open;
mod orders;
mod outbox;
mod pools;
mod probe;
mod reports;
mod retention;
mod savepoint;
mod stock;
mod updates;

pub use accounts::access::{AccessChange, AccessDecision, Asked, Decider};
pub use accounts::admins::{Appointment, AppointmentChange};
pub use accounts::membership::{Inviting, Removal};
pub use accounts::people::{Customer, Reachability};
pub use accounts::staff_chat::SeenStanding;
pub use catalogue::price_lists::{Applied, PriceList};
pub use catalogue::proposals::{Proposal, Proposed};
pub use db::{Driver, Store, Tx, Writers};
pub use dialogues::key::{DialogueKey, Seat};
pub use dialogues::redraws::{Drawn, Redraw};
pub use dialogues::saving::{SaveDialogue, Saved, StoredDialogue};
pub use dialogues::screen::{Fresh, Lasting, LiveScreen, ShowIn, Visibility};
pub use dialogues::watch::Watch;
pub use error::StoreError;
pub use open::OpenError;
pub use orders::events::{NewEvent, Recorded};
pub use orders::placing::Placement;
pub use outbox::attempt::Attempt;
pub use outbox::file_jobs::{FileJob, FileJobId, Finished, NewFileJob, Turn};
pub use outbox::messages::{NewOutboxMessage, OutboxMessage, OutboxMessageId, Parked, Wait};
pub use outbox::of_order::{Delivery, MessageState, Unreached};
pub use outbox::order_messages::MessageKind;
pub use probe::Readiness;
pub use savepoint::Savepoint;
pub use stock::allocation::{Allocation, FoundSerial, IssuedSerial};
pub use stock::import::{Import, Imported, NumberedSerial, Repeated, Stock, StockImport};
pub use updates::{DeadLetter, Dedup};
