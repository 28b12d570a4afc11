//! The only SQL of the project. One store on either database: a SQLite file or PostgreSQL.
//!
//! Every statement is written once and runs on both: `$n` placeholders, RETURNING, ON CONFLICT, 64-bit integers, and
//! times that the caller passes in, truncated to microseconds. A constraint violation that means something becomes a
//! domain outcome here; a [`StoreError`] is for the unexpected.

mod accounts;
mod address;
mod announced_waits;
mod audit;
mod catalogue;
mod changes;
mod chats;
mod codes;
mod db;
mod dialogues;
mod error;
mod knowing;
mod known;
mod lost;
mod mark;
mod mounts;
mod open;
mod open_error;
mod orders;
mod outbox;
mod place;
mod pools;
mod private_file;
mod probe;
mod reports;
mod retention;
mod savepoint;
mod stock;
mod suitability;
mod turns;
mod updates;
mod waiting_updates;

pub use accounts::access::{AccessChange, AccessDecision, Asked, Decider};
pub use accounts::admins::{Appointment, AppointmentChange};
pub use accounts::customer::{Customer, Reachability};
pub use accounts::membership::{Inviting, Removal};
pub use accounts::staff_chat::SeenStanding;
pub use catalogue::price_lists::{Applied, PriceList};
pub use catalogue::proposals::{Proposal, Proposed};
pub use db::{Driver, Store, Tx, Writers};
pub use dialogues::key::{DialogueKey, Seat};
pub use dialogues::redraw::{Drawn, Redraw};
pub use dialogues::screen::{Fresh, Lasting, LiveScreen, ShowIn, Visibility};
pub use dialogues::stored::{SaveDialogue, Saved, StoredDialogue};
pub use dialogues::watch::Watch;
pub use error::StoreError;
pub use known::Known;
pub use lost::Lost;
pub use open_error::OpenError;
pub use orders::events::{NewEvent, Recorded};
pub use orders::placing::Placement;
pub use outbox::attempt::{Attempt, Wait};
pub use outbox::digests::{StaleDigest, WaitingNotice};
pub use outbox::due::Due;
pub use outbox::file_jobs::{FileJob, FileJobId, Finished, NewFileJob, Turn};
pub use outbox::following::Follower;
pub use outbox::messages::{NewOutboxMessage, OutboxMessage, OutboxMessageId};
pub use outbox::of_order::{Delivery, MessageState, Unreached};
pub use outbox::order_messages::MessageKind;
pub use outbox::parking::{Parked, Place};
pub use outbox::passed_on::PassedOn;
pub use outbox::topics::{Door, OrderTopic, StaleTopic};
pub use probe::Readiness;
pub use savepoint::Savepoint;
pub use stock::allocation::{Allocation, FoundSerial, IssuedSerial};
pub use stock::holding::Holding;
pub use stock::import::{Import, Imported, NumberedSerial, Repeated, Spelled, Staging, Stock};
pub use stock::of_account::{GivenFilter, GivenSerial};
pub use stock::withdrawing::StockMatch;
pub use updates::{DeadLetter, Dedup, Kept};
pub use waiting_updates::WaitingUpdate;
