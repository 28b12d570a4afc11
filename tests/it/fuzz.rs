//! What nobody would write, in the places where people and programs write: no reader panics or takes a second, what is read
//! keeps within its bounds, and where something can be written back it reads the same.
//!
//! The inputs are examples that were cut, spliced and mixed with what matters there (`mutation.rs`, `json.rs`), drawn and made
//! small again by proptest. `cargo fuzz` would choose them by what code they reach, but needs a nightly compiler, and this crate
//! is built and proven with the one stable release that it names.
//!
//! `KEYDESK_FUZZ_SECONDS` goes on with each target for so long on the processor, `KEYDESK_FUZZ_SEED` draws the same inputs again. An input that
//! broke something is kept among the examples of its target.

mod books;
mod buttons;
mod harness;
mod json;
mod mutation;
mod price_lists;
mod serial_lists;
mod stored;
mod typed;
mod typed_orders;
mod updates;
