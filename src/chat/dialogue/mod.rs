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

pub use account::{AccountBanner, AccountContext, AccountEffect, AccountState, BillingNeed};
pub use admin::{AdminCommand, AdminContext, AdminEffect, AdminState, Whom};
pub use admin_notice::{AdminBanner, Named, Naming};
pub use billing::{AfterBilling, BillingState};
pub use input::{Attached, Command, Input};
pub use staff::{
    Prompt, Reply, StaffCommand, StaffContext, StaffEffect, StaffInput, StaffState, StaffStep, StaffToast, Upload,
};
pub use staff_notice::{FileRefusal, Overtaken, Shortage, StaffBanner};
pub use state::{Banner, Dialogue, State};
pub use step::{Context, Effect, Step, Toast, step};
