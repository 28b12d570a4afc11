//! The price list that was read last.

use std::sync::{Arc, RwLock};

use crate::domain::Catalogue;

/// The last price list that was read, by its id; clones share it.
#[derive(Debug, Clone, Default)]
pub(super) struct Prices(Arc<RwLock<Option<Cached>>>);

#[derive(Debug, Clone)]
struct Cached {
    id: i64,
    catalogue: Arc<Catalogue>,
}

impl Prices {
    pub(super) fn of(&self, id: Option<i64>) -> Option<Arc<Catalogue>> {
        let cached = self.0.read().ok().and_then(|cache| cache.clone());
        cached.filter(|cached| Some(cached.id) == id).map(|cached| cached.catalogue)
    }

    pub(super) fn keep(&self, id: i64, catalogue: &Arc<Catalogue>) {
        if let Ok(mut cache) = self.0.write() {
            *cache = Some(Cached { id, catalogue: Arc::clone(catalogue) });
        }
    }
}
