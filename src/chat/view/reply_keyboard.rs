//! What stands in place of a person's own keyboard.

use crate::chat::dialogue::Picking;

/// What a message does to the keyboard on which its reader types.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReplyKeyboard {
    /// A button lets its reader pick somebody, and another one gives that up.
    Contacts { pick: String, for_what: Picking, give_up: String },
    /// Their own is back.
    Own,
}
