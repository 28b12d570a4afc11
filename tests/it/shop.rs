//! Conversations: the whole bot over HTTP, in the words of its people.

mod access;
mod accounts;
mod billing;
mod buttons;
mod cards;
mod drafts;
mod faults;
mod groups;
mod languages;
mod notes;
mod notifications;
mod order_list;
mod ordering;
mod pages;
mod prices;
mod quantities;
mod questions;
mod races;
mod refusals;
mod restarts;
mod secrets;
mod sending;
mod staff;
mod updates;
mod walls;
mod words;
