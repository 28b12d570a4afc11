//! What a database is made of beside its rows. A trigger that no migration made does what its maker likes whenever a row is
//! written, a view in the place of a table whenever it is read, and neither stands in any check of the rows themselves.

mod look;
pub(in crate::store) mod server;
pub(in crate::store) mod sqlite;
pub(in crate::store) mod strange;
