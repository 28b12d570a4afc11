//! Dialogues, and which of them are to be drawn.

pub(super) mod dialogues;
pub(super) mod redraws;
