//! What goes first of what a commit brings about.

/// Lets the screens of a commit go out first, which people wait for: in one turn the delivery takes them up, in the next they
/// are sent.
pub(super) async fn after_screens() {
    for _ in 0..2 {
        tokio::task::yield_now().await;
    }
}
