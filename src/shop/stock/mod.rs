//! The stock of serial numbers.

mod given;
pub(super) mod import;
pub(super) mod withdraw;
