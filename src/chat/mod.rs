//! How people talk to the shop: buttons, texts, dialogues and screens.

pub mod action;
pub mod answer;
pub mod desk;
pub mod dialogue;
pub mod i18n;
pub mod report;
pub mod view;
