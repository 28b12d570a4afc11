//! The running program, as the vendor's machine runs it: killed, stopped, misconfigured, left alone.

mod account_book;
mod busy_chat;
mod crowd;
mod database;
mod demo;
mod faults;
mod files;
mod flood;
mod health;
mod killed;
mod logs;
mod long;
mod many_keys;
mod memory;
mod million;
mod network;
mod outages;
mod private;
mod proxy;
mod quiet;
mod replicas;
mod secrets;
mod staff_chat;
mod stopped;
mod webhook;
mod witness;
