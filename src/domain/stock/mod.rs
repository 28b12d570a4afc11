//! Serial numbers, and the files in which they come.

pub mod serial_file;
pub mod serial_number;
