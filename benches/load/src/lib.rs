//! keydesk under load, beside bots of the usual kind: `scripts/bench` runs it.
//!
//! Each bot is a process on the first core, with a fresh database on disk; the Bot API and the people share the other
//! cores. What counts are the ratios of one run: the machine's own speed cancels out.

#![expect(clippy::float_arithmetic, reason = "a benchmark computes figures")]

pub mod bots;
pub mod cell;
pub mod fan_out;
pub mod figures;
pub mod people;
pub mod plot;
pub mod report;
pub mod stage;
pub mod start_up;
pub mod tables;

#[path = "../../lookups/fill.rs"]
pub mod fill;
