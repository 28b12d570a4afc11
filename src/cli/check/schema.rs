//! What of the database's schema is not as keydesk made it: no fault that keeps the bot from starting.

use crate::chat::reads;
use crate::cli::findings::note;
use crate::domain::Fault;
use crate::store::{Check, Database, Store};

/// A note on each kind of it; a database that cannot be asked has a line of its own.
pub(super) async fn notes(place: &str, database: Database<'_>) -> Vec<Fault> {
    let Ok(store) = Store::open_beside(database).await else { return Vec::new() };
    let mut notes = Vec::new();
    for check in [Check::Tables, Check::Schema] {
        if let Ok(Some(finding)) = store.read().examine(check, reads).await {
            notes.push(Fault { place: place.to_owned(), problem: note(&finding) });
        }
    }
    store.close().await;
    notes
}
