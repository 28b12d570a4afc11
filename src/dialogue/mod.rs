//! The customer's dialogue: what it waits for, and the pure function that moves it on.

pub mod account;
pub mod billing;
pub mod input;
pub mod state;
pub mod step;

pub use account::{AccountContext, AccountEffect, AccountNotice, AccountPlace, BillingNeed};
pub use billing::{AfterBilling, BillingPlace};
pub use input::{Command, Input};
pub use state::{Dialogue, Notice, Place};
pub use step::{Context, Effect, Step, Toast, step};
