//! The program's commands, run as processes: what they write, how they end and what they leave in the database.

mod backup;
mod dead_letters;
mod doctor;
mod output;
mod premises;
mod serials;
mod stock;
