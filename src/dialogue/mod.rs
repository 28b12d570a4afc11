//! Dialogues: what they wait for, and the pure functions that move them on, for customers and for staff.

pub mod asking;
pub mod input;
pub mod staff;
pub mod staff_notice;
pub mod state;
pub mod step;

pub use input::{Attached, Command, Input};
pub use staff::{
    Question, Reply, StaffCommand, StaffContext, StaffEffect, StaffInput, StaffPlace, StaffStep, StaffToast,
};
pub use staff_notice::{FileRefusal, Overtaken, Shortage, StaffNotice};
pub use state::{Dialogue, Notice, Place};
pub use step::{Context, Effect, Step, Toast, step};
