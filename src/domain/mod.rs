//! What the shop is made of, without clock, storage or messenger: money, catalogue, cart, orders and their rules.
//!
//! Everything here is pure and total: no function panics, whatever it is given.

pub mod access;
pub mod account;
pub mod billing;
pub mod buckets;
pub mod cart;
pub mod catalogue;
pub mod catalogue_diff;
pub mod catalogue_fault;
pub mod catalogue_file;
pub mod deed;
pub mod fault;
pub mod ids;
pub mod lookup;
pub mod money;
pub mod order;
pub mod period;
pub mod person;
pub mod report;
pub mod search;
pub mod sending;
pub mod serial_file;
pub mod serials;
pub mod status;
pub mod typed;
pub mod words;

pub use access::{Access, AccessPolicy};
pub use account::{Account, Invitation, InvitationToken, Invited, Inviter, Member};
pub use billing::{Billing, BillingFault, BillingPolicy};
pub use cart::{Draft, DraftLine};
pub use catalogue::{Catalogue, Group, Product};
pub use catalogue_fault::{CatalogueFault, CataloguePlace, CatalogueProblem};
pub use deed::{Deed, Invoice, ReadyReason, Reason, Request};
pub use fault::Fault;
pub use ids::{AccountId, ChatId, DraftId, MessageId, OrderNumber, PersonId, ProposalId, Sku, UpdateId};
pub use lookup::{AdminEntry, AdminRight, Crew, DeskOrder, DeskPage, Findings, SerialTrace, Standing, Target};
pub use money::{Currency, Money};
pub use order::{GivenCount, NewOrder, Order, OrderEvent, OrderLine, OrderPage, OrderSummary};
pub use period::Period;
pub use person::{Language, LocalName, Person};
pub use report::{ExportRow, Figures, Mark, Stats, Sum};
pub use search::SearchText;
pub use sending::Sending;
pub use serial_file::{Entry, FileFault, SerialFile};
pub use serials::{NotASerial, SerialNumber};
pub use status::{Role, Status};
pub use words::{KeptFile, LARGEST_DOCUMENT, Media, NoWords, Words};
