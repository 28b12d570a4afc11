//! What the shop is made of, without clock, storage or messenger: money, catalogue, orders, stock, accounts and their rules.
//!
//! Everything here is pure and total: no function panics, whatever it is given.

pub mod accounts;
pub mod audit;
pub mod billing;
pub mod catalogue;
pub mod fault;
pub mod ids;
pub mod language;
pub mod limits;
pub mod lookup;
pub mod maintenance;
pub mod money;
pub mod notification;
pub mod orders;
pub mod reports;
pub mod sending;
pub mod stock;
pub mod stored;
pub mod terms;
pub mod typed;

pub use accounts::access::{Access, AccessPolicy};
pub use accounts::account::{Account, Invitation, InvitationToken, Invited, Inviter, Member};
pub use accounts::person::Person;
pub use accounts::staff_chat::{Exclusion, Openness, SeenOpenness, StaffStanding};
pub use audit::{AuditAction, AuditEntry, AuditPage};
pub use billing::{Billing, BillingFault, BillingPolicy};
pub use catalogue::fault::{CatalogueFault, CataloguePlace, CatalogueProblem};
pub use catalogue::price_list::{Catalogue, Group, Product};
pub use catalogue::revision::{Offer, Revision};
pub use fault::Fault;
pub use ids::{AccountId, ChatId, DraftId, MessageId, OrderNumber, PersonId, ProposalId, Sku, TopicId, UpdateId};
pub use language::{Language, LocalName};
pub use limits::{LimitReached, Limits};
pub use lookup::{
    AdminEntry, AdminOrder, AdminPage, AdminRight, Findings, Queue, Roster, SerialTrace, Standing, Target,
};
pub use maintenance::Maintenance;
pub use money::{Currency, Money};
pub use notification::{AccountNotification, AdminNotification, Notification, UpdatesOf};
pub use orders::action::{ActionKind, Audience, OrderAction, Request};
pub use orders::actor::{Actor, Capacity};
pub use orders::draft::{Draft, DraftLine};
pub use orders::invoice::{Invoice, InvoiceStanding, Issued};
pub use orders::message::{
    Answered, InvalidBody, KeptFile, LARGEST_DOCUMENT, LARGEST_UPLOAD, Media, MessageBody, Sequence, Source,
};
pub use orders::order::{IssuedCount, NewOrder, Order, OrderEvent, OrderLine, OrderPage, OrderSummary};
pub use orders::reason::{PresetReason, Reason};
pub use orders::search::SearchText;
pub use orders::status::{Role, Status};
pub use orders::transition::{Refusal, TransitionError};
pub use orders::typed_order::{NotUnderstood, OrderWords, TypedFault, TypedLine};
pub use reports::figures::{Cancellation, ExportRow, Figures, Mark, Stats, Sum};
pub use reports::period::Period;
pub use sending::{Lane, Sending, Sharing};
pub use stock::choice::{SerialsChoice, SerialsFormat};
pub use stock::listing::ListRefusal;
pub use stock::serial_file::{
    Entry, FileFault, FileFaults, Junk, LineFault, ListedProducts, Remarks, SerialFile, SomeLines,
};
pub use stock::serial_number::{NotASerial, SerialNumber};
pub use stock::serial_pattern::{NotAPattern, SerialPattern};
pub use stock::shortage::{SerialRefusal, Shortage};
pub use stock::withdrawal::WithdrawalReason;
pub use stored::{Stored, Unreadable, Unwritable};
pub use terms::{Terms, TermsFault, Vocabulary};
