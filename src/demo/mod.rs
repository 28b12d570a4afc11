//! The page of `keydesk demo`: the chats of the emulator side by side in a browser, for a visitor to play every part.
//!
//! The page knows the emulator and nothing of the bot: what it shows is what any Telegram client would show. Its texts,
//! looks and behaviour are the plain files in `page/`; here are the server that hands them out ([`serve`]), the view of
//! the chats as JSON (`view`), what a visitor can do (`act`), and the guard that keeps other web sites out (`guard`).

mod act;
mod assets;
mod cast;
mod events;
mod guard;
mod keeping;
mod message;
mod picture;
mod refusal;
mod rehearsal;
mod server;
mod service;
mod stage;
mod stock;
mod view;

pub use cast::{Cast, Pane, Person, Standing};
pub use keeping::keep_chats;
pub use rehearsal::{Rehearsal, Wishes};
pub use server::serve;
pub use stock::fill_stock;
