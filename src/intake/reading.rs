//! From raw JSON to an update, whatever stands in it.

use std::panic::AssertUnwindSafe;

use futures_util::FutureExt;
use serde_json::value::RawValue;

use super::failure::Failure;
use crate::chat::event::Incoming;
use crate::telegram::Router;
use crate::telegram::incoming::Unreadable;

/// What an update means, or why it means nothing; a reader that panics has not read it.
pub(super) async fn read(router: &Router, raw: &RawValue) -> Result<Incoming, String> {
    match AssertUnwindSafe(router.route(raw)).catch_unwind().await {
        Ok(Ok(incoming)) => Ok(incoming),
        Ok(Err(Unreadable(reason))) => Err(reason),
        Err(panic) => Err(Failure::of_panic(panic.as_ref()).to_string()),
    }
}
