//! The dialogue of a customer: pure functions from a state and an input to the next state and a request to the shop.

mod account;
mod banner;
mod billing;
mod billing_change;
mod card;
mod conversation;
mod input;
mod order_form;
mod request;
mod serials;
mod serials_state;
mod state;
mod step;
mod typed_order;

pub use banner::{AccountBanner, Banner};
pub use conversation::GOES_ON_FOR;
pub use input::{Turn, needs};
pub use request::{AccountRequest, Context, CustomerOutcome, CustomerRequest, Step, Toast};
pub use serials_state::{FoundSerials, LookUp, SerialsState};
pub use state::{AccountState, AfterBilling, BillingState, Dialogue, OpenAlbum, OpenConversation, State, Unsent};
pub use step::{resume, step};
