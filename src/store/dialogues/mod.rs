//! Dialogues and drafts, and which screens are to be drawn.

pub(super) mod drafts;
pub(super) mod key;
pub(super) mod loaded;
pub(super) mod loading;
pub(super) mod redraw;
pub(super) mod redraws;
pub(super) mod row;
pub(super) mod saving;
pub(super) mod screen;
pub(super) mod settling;
pub(super) mod stored;
pub(super) mod takeover;
pub(super) mod watch;
