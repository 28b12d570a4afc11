//! The price list that holds: applied from a file, read once for each version.

use std::sync::Arc;

use super::{Desk, DeskError};
use crate::domain::Catalogue;
use crate::domain::catalogue::file as catalogue_file;
use crate::store::{Applied, Tx};

/// The last price list that was read, by its id.
pub(super) type PriceCache = Option<(i64, Arc<Catalogue>)>;

/// By what hand a price list came that was read at the start.
const CATALOGUE_FILE: &str = "catalogue file";

/// People, notes and firms that one transaction makes searchable: another one of theirs does not wait for long.
const INDEXED_AT_ONCE: u32 = 1_000;

impl Desk {
    /// The price list as of this transaction.
    pub(super) async fn catalogue(&self, tx: &mut Tx) -> Result<Arc<Catalogue>, DeskError> {
        let id = tx.current_price_list_id().await?;
        let cached = self.prices.read().ok().and_then(|cache| cache.clone());
        if let Some((_, catalogue)) = cached.filter(|(cached, _)| Some(*cached) == id) {
            return Ok(catalogue);
        }
        let list = tx.current_price_list().await?.ok_or_else(|| DeskError::NoPrices("none was applied".to_owned()))?;
        let catalogue =
            catalogue_file::parse(&list.source, self.config.shop.currency, self.config.shop.default_language)
                .map_err(|faults| DeskError::NoPrices(faults.first().map(ToString::to_string).unwrap_or_default()))?;
        let catalogue = Arc::new(catalogue);
        if let Ok(mut cache) = self.prices.write() {
            *cache = Some((list.id, Arc::clone(&catalogue)));
        }
        Ok(catalogue)
    }

    /// Makes a catalogue file's text the price list that holds. The text has been checked.
    pub async fn apply_prices(&self, source: &str, applied_by: &str) -> Result<Applied, DeskError> {
        let mut tx = self.store.begin().await?;
        let applied = tx.apply_price_list(source, applied_by, self.clock.now()).await?;
        tx.commit().await?;
        Ok(applied)
    }

    /// Lets people, notes and firms be found that an older release stored.
    async fn make_searchable(&self) -> Result<(), DeskError> {
        loop {
            let mut tx = self.store.begin().await?;
            let indexed = tx.index_unsearchable(INDEXED_AT_ONCE).await?;
            tx.commit().await?;
            if indexed == 0 {
                return Ok(());
            }
            tracing::info!("made {indexed} people, notes and firms searchable");
        }
    }

    /// Makes the shop ready to serve: order numbers begin where the configuration says, the staff chat hears what it
    /// has not heard yet, and a catalogue file that changed since it was last applied becomes the price list. One that
    /// did not change does not undo what came after it.
    pub async fn open_shop(&self, source: &str) -> Result<(), DeskError> {
        self.make_searchable().await?;
        let now = self.clock.now();
        let mut tx = self.store.begin().await?;
        tx.start_order_numbers_at(self.config.shop.first_order_number.0).await?;
        let staff_chat = self.staff_chat(&mut tx).await?;
        tx.gather_staff_messages(staff_chat, now).await?;
        if tx.last_applied_by(CATALOGUE_FILE).await?.as_deref() != Some(source) {
            tx.apply_price_list(source, CATALOGUE_FILE, now).await?;
            tracing::info!(file = %self.config.shop.catalog.display(), "applied a new price list");
        }
        self.catalogue(&mut tx).await?;
        tx.commit().await?;
        Ok(())
    }
}
