//! What the shop is made of, without clock, storage or messenger: money, catalogue, cart, orders and their rules.
//!
//! Everything here is pure and total: no function panics, whatever it is given.

pub mod access;
pub mod account;
pub mod billing;
pub mod cart;
pub mod catalogue;
pub mod catalogue_file;
pub mod fault;
pub mod ids;
pub mod money;
pub mod order;
pub mod person;
pub mod sending;
pub mod serial_file;
pub mod serials;
pub mod status;
pub mod typed;

pub use access::{Access, AccessPolicy};
pub use account::{Account, Invitation, InvitationToken, Invited, Inviter, Member};
pub use billing::{Billing, BillingFault, BillingPolicy};
pub use cart::{Draft, DraftLine};
pub use catalogue::{Catalogue, Group, Product};
pub use fault::Fault;
pub use ids::{AccountId, ChatId, DraftId, MessageId, OrderNumber, PersonId, Sku, UpdateId};
pub use money::{Currency, Money};
pub use order::{NewOrder, Order, OrderEvent, OrderLine, OrderPage, OrderSummary};
pub use person::{Language, LocalName, Person};
pub use sending::Sending;
pub use serial_file::{Entry, FileFault, SerialFile};
pub use serials::{NotASerial, SerialNumber};
pub use status::{Role, Status};
