//! The tests, in the words of a shop.
// Tells clippy that helpers beside the tests may unwrap as well (clippy.toml).
#![cfg(test)]
// Optimised, the futures of a whole conversation are looked into deeper than the compiler goes by itself.
#![recursion_limit = "256"]

mod billing_details;
mod catalogue_bounds;
mod commands;
mod demo_page;
mod demo_server;
mod deployment;
mod dialogue_laws;
mod dialogue_model;
mod emulator;
mod formats;
mod fuzz;
mod guides;
mod older_servers;
mod order_model;
mod price_tables;
mod process;
mod reports;
mod screens;
mod serial_files;
mod shop;
mod shop_life;
mod simulation;
mod store;
mod support;
mod telegram_files;
mod tidy;
mod typed_orders;
mod upgrade;
