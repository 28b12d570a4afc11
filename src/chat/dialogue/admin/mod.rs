//! The dialogue of the admins, beside what all of the staff do: look orders up, fill the stock, change the price list, say
//! who acts for the vendor.

mod banner;
mod input;
mod request;
mod state;
mod step;
mod withdrawal;
mod withdrawing;

pub use banner::{AdminBanner, Named, Naming, PriceBookRefusal};
pub use input::{AdminTurn, filed_command, needs};
pub use request::AdminRequest;
pub use state::AdminState;
pub use step::{resume, step};
pub use withdrawal::{Withdrawal, WithdrawalState};
