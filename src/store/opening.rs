//! A store by the address of its database, for each use that there is for it.

use crate::store::database::Database;
use crate::store::db::Store;
use crate::store::open::{self, Neighbours, WhenAbsent};
use crate::store::open_error::OpenError;
use crate::store::vault::Script;

impl Store {
    /// Opens `sqlite://FILE` or `postgres://…`, and brings its tables up to date. A missing file is created.
    pub async fn open<'a>(database: impl Into<Database<'a>>) -> Result<Store, OpenError> {
        let store = Store::opened(database.into(), Neighbours::None, WhenAbsent::Make).await?;
        store.take_key().await?;
        Ok(store)
    }

    /// Opens the database for a command that takes the whole of it, and that nobody must write beside.
    pub async fn open_alone<'a>(database: impl Into<Database<'a>>) -> Result<Store, OpenError> {
        Store::opened(database.into(), Neighbours::Refused, WhenAbsent::Refuse).await
    }

    /// The same for a command that fills it. A missing file is created.
    pub async fn open_to_fill<'a>(database: impl Into<Database<'a>>) -> Result<Store, OpenError> {
        Store::opened(database.into(), Neighbours::Refused, WhenAbsent::Make).await
    }

    /// Opens the database for a short command, which may run while a bot of the same release has the file.
    pub async fn open_beside<'a>(database: impl Into<Database<'a>>) -> Result<Store, OpenError> {
        Store::opened(database.into(), Neighbours::Welcome, WhenAbsent::Refuse).await
    }

    /// Opens alone what is filled anew with rows that are written with the key, whatever key those needed that make way.
    pub(in crate::store) async fn open_to_refill(database: Database<'_>) -> Result<Store, OpenError> {
        let pools = open::open(database.url, Neighbours::Refused, WhenAbsent::Make, None).await?;
        Ok(Store::of(pools, Script::of(database.key)))
    }

    async fn opened(
        database: Database<'_>,
        neighbours: Neighbours,
        when_absent: WhenAbsent,
    ) -> Result<Store, OpenError> {
        let script = Script::of(database.key);
        let pools = open::open(database.url, neighbours, when_absent, Some(&script)).await?;
        Ok(Store::of(pools, script))
    }
}
