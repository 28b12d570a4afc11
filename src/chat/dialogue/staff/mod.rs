//! The dialogue of the staff: pure functions from a state and an input to the next state and a request to the shop.

mod answer;
mod banner;
mod input;
mod invoice;
mod prompt;
mod reply;
mod request;
mod state;
mod step;
mod words;

pub use banner::{FileRefusal, How, Overtaken, StaffBanner};
pub use input::{StaffTurn, needs};
pub use prompt::Prompt;
pub use request::StaffRequest;
pub use state::{MOST_OFFERED, StaffState};
pub use step::{resume, step};
