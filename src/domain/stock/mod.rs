//! Serial numbers, the files in which they come, and what stands in the way of issuing them.

pub mod alphabet;
pub mod choice;
pub mod listing;
pub mod serial_file;
pub mod serial_number;
pub mod serial_pattern;
pub mod shortage;
pub mod typed_serials;
pub mod withdrawal;
