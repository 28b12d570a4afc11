//! The stock of serial numbers.

pub(super) mod import;
pub(super) mod withdraw;
