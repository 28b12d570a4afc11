//! Serial numbers, the files in which they come, and what stands in the way of issuing them.

pub mod listing;
pub mod serial_file;
pub mod serial_number;
pub mod shortage;
