//! Drafts of orders, as the store keeps them.

use chrono::{DateTime, Utc};

use super::ChatError;
use crate::domain::{Draft, DraftId, PersonId, Stored};
use crate::shop::ShopError;
use crate::store::Tx;

pub(super) async fn open_draft(tx: &mut Tx, person: PersonId) -> Result<Option<Draft>, ChatError> {
    let stored = tx.draft(person).await?;
    Ok(stored.map(|stored| Draft::decode(&stored)).transpose()?)
}

pub(super) async fn keep_draft(
    tx: &mut Tx,
    person: PersonId,
    before: Option<&Draft>,
    after: Option<&Draft>,
    now: DateTime<Utc>,
) -> Result<(), ChatError> {
    match after {
        _ if before == after => {}
        Some(draft) => tx.save_draft(person, draft.id, &draft.encode()?, now).await?,
        None => tx.drop_draft(person).await?,
    }
    Ok(())
}

pub(super) fn fresh_draft() -> Result<DraftId, ChatError> {
    let random = getrandom::u64().map_err(ShopError::NoRandomness)?;
    // Without the sign bit, so that a button's hexadecimal form reads back.
    Ok(DraftId(i64::try_from(random >> 1).unwrap_or(0)))
}
