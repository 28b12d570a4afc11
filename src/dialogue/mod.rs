//! Dialogues: what they wait for, and the pure functions that move them on, for customers and for staff.

pub mod account;
pub mod admin;
pub mod admin_notice;
pub mod asking;
pub mod billing;
pub mod input;
pub mod staff;
pub mod staff_input;
pub mod staff_notice;
pub mod state;
pub mod step;
mod whom;

pub use account::{AccountContext, AccountEffect, AccountNotice, AccountPlace, BillingNeed};
pub use admin::{AdminCommand, AdminContext, AdminEffect, AdminPlace, Whom};
pub use admin_notice::{AdminNotice, Naming};
pub use billing::{AfterBilling, BillingPlace};
pub use input::{Attached, Command, Input};
pub use staff::{
    Question, Reply, StaffCommand, StaffContext, StaffEffect, StaffInput, StaffPlace, StaffStep, StaffToast,
};
pub use staff_notice::{FileRefusal, Overtaken, Shortage, StaffNotice};
pub use state::{Dialogue, Notice, Place};
pub use step::{Context, Effect, Step, Toast, step};
