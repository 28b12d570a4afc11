//! Dialogues: what they wait for, and the pure functions that move them on, for customers, staff and admins.
//!
//! Each machine has three functions: `needs` names what an input is about, `step` takes the input with all of that loaded
//! and gives the next state and a request to the shop, `resume` goes on when the request was served.

pub mod admin;
mod command;
pub mod customer;
mod input;
pub mod machine;
pub mod staff;
mod stage;
mod stored;
mod vendor;
mod whom;

pub use admin::{
    AdminBanner, AdminRequest, AdminState, AdminTurn, Named, Naming, PriceBookRefusal, Withdrawal, WithdrawalState,
};
pub use command::{AdminCommand, Command};
pub use customer::{
    AccountBanner, AccountRequest, AccountState, AfterBilling, Banner, BillingState, CustomerOutcome, CustomerRequest,
    Dialogue, FoundSerials, LookUp, SerialsState, State, Toast, Unsent,
};
pub use input::{Input, Message, Picked, Picking, Reply, Upload, VendorInput};
pub use machine::VendorTurn;
pub use staff::{FileRefusal, How, Overtaken, Prompt, StaffBanner, StaffRequest, StaffState, StaffTurn};
pub use stage::{Asked, BillingNeed, Holder, Issued, Loaded, Spoken, Stage};
pub use vendor::{
    Next, Reaction, Receipts, Shown, StaffToast, VendorBanner, VendorContext, VendorDialogue, VendorOutcome,
    VendorRequest, VendorState, VendorStep,
};
pub use whom::Whom;
