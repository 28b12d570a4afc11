//! The serial numbers that an account was given, row by row.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::domain::{AccountId, SerialNumber};
use crate::shop::rows::{Rows, rows};
use crate::shop::{Shop, ShopError};
use crate::store::{GivenFilter, GivenSerial, Tx};

/// Few enough to be nothing in memory, many enough that asking for them is not what takes long.
const AT_ONCE: u64 = 1_000;

impl Shop {
    /// Those of an account that a filter leaves, from the one place in their order up to, but not including, the other; see
    /// [`Rows`].
    pub fn given<'t>(
        &self,
        tx: &'t mut Tx,
        account: AccountId,
        filter: &'t GivenFilter,
        places: Range<u64>,
    ) -> (Rows<GivenSerial>, impl Future<Output = Result<(), ShopError>> + Send + use<'t>) {
        let (pages, rows) = rows();
        let sending = async move {
            let (mut skipped, mut wanted) = (places.start, places.end.saturating_sub(places.start));
            let mut after: Option<GivenSerial> = None;
            while wanted > 0 {
                let page = tx.given(account, filter, after.as_ref(), skipped, wanted.min(AT_ONCE)).await?;
                let Some(last) = page.last().cloned() else { break };
                (skipped, wanted, after) = (0, wanted.saturating_sub(page.len() as u64), Some(last));
                // Whoever reads no longer has said why.
                if pages.send(page).await.is_err() {
                    break;
                }
            }
            Ok(())
        };
        (rows, sending)
    }

    /// Those that an account was given among what may be serial numbers, of each line at most one; the future gives how many
    /// lines have none. See [`Rows`].
    pub fn given_among<'t>(
        &self,
        tx: &'t mut Tx,
        account: AccountId,
        mut lines: impl Iterator<Item = Vec<SerialNumber>> + Send + 't,
    ) -> (Rows<GivenSerial>, impl Future<Output = Result<u64, ShopError>> + Send) {
        let (pages, rows) = rows();
        let sending = async move {
            let mut unknown = 0;
            loop {
                let page: Vec<_> = lines.by_ref().take(AT_ONCE as usize).collect();
                if page.is_empty() {
                    return Ok(unknown);
                }
                let all: Vec<SerialNumber> = page.iter().flatten().cloned().collect();
                let given = tx.given_among(account, &all).await?.into_iter();
                let given: BTreeMap<_, _> = given.map(|one| (one.serial.clone(), one)).collect();
                let found = page.iter().map(|line| line.iter().find_map(|cell| given.get(cell)).cloned());
                let found: Vec<_> = found.collect();
                unknown += found.iter().filter(|one| one.is_none()).count() as u64;
                if pages.send(found.into_iter().flatten().collect()).await.is_err() {
                    return Ok(unknown);
                }
            }
        };
        (rows, sending)
    }
}
