//! The program's commands, run as processes: what they write, how they end and what they leave in the database.

mod absent;
mod backup;
mod backup_forms;
mod catalog;
mod db;
mod dead_letters;
mod doctor;
mod manual;
mod orders;
mod output;
mod person;
mod premises;
mod serials;
mod stock;
mod stock_keys;
mod strange_backups;
