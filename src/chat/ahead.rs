//! Drawing screens while the commit that leases them is under way, which is mostly waiting for the disk.

use std::panic::AssertUnwindSafe;

use futures_util::FutureExt;
use futures_util::future::BoxFuture;

use super::redraws::Leased;
use super::screenful::Screenful;
use crate::store::{Redraw, StoreError};

/// Commits, and draws meanwhile as many of these as there is time for.
pub(super) async fn draw_during(
    mut commit: BoxFuture<'_, Result<(), StoreError>>,
    leased: Vec<Redraw>,
    draw: impl AsyncFn(&Redraw) -> Option<Screenful>,
) -> Result<Vec<Leased>, StoreError> {
    let (mut leased, mut handed) = (leased.into_iter(), Vec::new());
    loop {
        tokio::select! {
            biased;
            committed = &mut commit => break committed?,
            // Between two screens the runtime hears from the database.
            () = tokio::task::yield_now(), if leased.len() > 0 => {}
        }
        if let Some(redraw) = leased.next() {
            // What panics here does so again where nobody else's screens wait for it.
            let drawn = AssertUnwindSafe(draw(&redraw)).catch_unwind().await;
            handed.push(Leased { drawn: drawn.unwrap_or_default(), redraw });
        }
    }
    handed.extend(leased.map(Leased::from));
    Ok(handed)
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use tokio::sync::Notify;

    use super::*;
    use crate::chat::redraws::tests::redraw;
    use crate::chat::view::Screen;
    use crate::store::Lasting;

    fn screenful() -> Option<Screenful> {
        Some(Screenful { screen: Screen::sentence("drawn"), lasting: Lasting::Transient, about: None })
    }

    fn is_drawn(leased: &[Leased]) -> Vec<(i64, bool)> {
        leased.iter().map(|leased| (leased.redraw.version, leased.drawn.is_some())).collect()
    }

    /// Draws three while a commit is under way that ends as the second is drawn.
    async fn draws_three(ends: fn() -> Result<(), StoreError>, second: fn()) -> Result<Vec<Leased>, StoreError> {
        let (committed, drawn) = (Notify::new(), AtomicU32::new(0));
        let commit = async {
            committed.notified().await;
            ends()
        };
        let draw = async |_: &Redraw| {
            if drawn.fetch_add(1, Ordering::Relaxed) == 1 {
                committed.notify_one();
                second();
            }
            screenful()
        };
        draw_during(Box::pin(commit), vec![redraw(1), redraw(2), redraw(3)], draw).await
    }

    #[tokio::test]
    async fn what_there_was_no_time_for_is_handed_on_undrawn() {
        let leased = draws_three(|| Ok(()), || {}).await.unwrap();
        assert_eq!(is_drawn(&leased), [(1, true), (2, true), (3, false)]);
    }

    #[tokio::test]
    async fn a_commit_that_fails_hands_nothing_on() {
        let refused = draws_three(|| Err(StoreError::NotTold), || {}).await;
        assert!(matches!(refused, Err(StoreError::NotTold)));
    }

    #[tokio::test]
    async fn a_screen_that_panics_is_handed_on_undrawn_with_the_others() {
        let leased = draws_three(|| Ok(()), || panic!("a screen that cannot be drawn")).await.unwrap();
        assert_eq!(is_drawn(&leased), [(1, true), (2, false), (3, false)]);
    }
}
