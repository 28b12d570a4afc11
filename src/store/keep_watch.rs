//! Whether what a store writes still goes where the next start looks for it.

use std::path::Path;
use std::sync::Arc;

use crate::store::db::Store;
use crate::store::error::StoreError;
use crate::store::place::Place;
use crate::store::pools::Pools;

impl Store {
    /// Finds out whether what is written still goes where the next start looks for it.
    pub fn stands(&self) -> Result<(), StoreError> {
        self.place().map_or(Ok(()), |place| Ok(place.check()?))
    }

    /// The same, and marks the file where nobody wrote to it for a while.
    pub async fn keep_watch(&self) -> Result<(), StoreError> {
        self.stands()?;
        match self.place().is_some_and(|place| place.is_mark_due()) {
            true => self.begin().await?.commit().await,
            false => Ok(()),
        }
    }

    /// Where the file lies that this process holds.
    pub(in crate::store) fn folder(&self) -> Option<&Path> {
        Some(self.place()?.folder())
    }

    pub(in crate::store) fn place(&self) -> Option<&Arc<Place>> {
        match &self.pools {
            Pools::Sqlite { place, .. } => place.as_ref(),
            Pools::Postgres(_) => None,
        }
    }
}
