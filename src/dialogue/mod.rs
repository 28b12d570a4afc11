//! Dialogues: what they wait for, and the pure functions that move them on, for customers and for staff.

pub mod account;
pub mod admin;
mod admin_input;
pub mod admin_notice;
pub mod asking;
pub mod billing;
mod billing_change;
pub mod input;
pub mod staff;
mod staff_answer;
pub mod staff_input;
pub mod staff_notice;
pub mod staff_question;
pub mod state;
pub mod step;

pub use account::{AccountContext, AccountEffect, AccountNotice, AccountPlace, BillingNeed};
pub use admin::{AdminCommand, AdminContext, AdminEffect, AdminPlace, Whom};
pub use admin_notice::{AdminNotice, Named, Naming};
pub use billing::{AfterBilling, BillingPlace};
pub use input::{Attached, Command, Input};
pub use staff::{
    Attachment, Question, Reply, StaffCommand, StaffContext, StaffEffect, StaffInput, StaffPlace, StaffStep, StaffToast,
};
pub use staff_notice::{FileRefusal, Overtaken, Shortage, StaffNotice};
pub use staff_question::{Change, Following};
pub use state::{Dialogue, Notice, Place};
pub use step::{Context, Effect, Step, Toast, step};
