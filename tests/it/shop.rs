//! Conversations: the whole bot over HTTP, in the words of its people.

mod access;
mod accounts;
mod admins;
mod admins_catalogue;
mod admins_people;
mod admins_reports;
mod admins_stock;
mod billing;
mod buttons;
mod cards;
mod drafts;
mod faults;
mod groups;
mod languages;
mod notes;
mod order_list;
mod ordering;
mod pages;
mod prices;
mod quantities;
mod restarts;
mod sending;
mod staff;
mod updates;
mod words;
