//! What a database is made of beside its rows. A view or a trigger that no migration made does what its maker likes whenever a row is
//! read or written, and stands in no check of the rows themselves.

mod look;
pub(in crate::store) mod server;
pub(in crate::store) mod sqlite;
pub(in crate::store) mod strange;
