//! Staff's open screens follow what becomes of orders, each edited in its place.

use chrono::{DateTime, TimeDelta, Utc};

use super::Desk;
use crate::chat::dialogue::{Change, Dialogue, Following, State};
use crate::store::{DialogueKey, OpenScreen, StoreError, Tx};

/// Lists change with every order. Several changes within this are one edit, since edits count against a group's limit
/// of twenty messages a minute.
const LISTS_FOLLOW_AFTER: TimeDelta = TimeDelta::seconds(15);
/// A screen that is drawn no sooner than this shows a change of now: no transaction takes so long.
const SURELY_BEHIND: TimeDelta = TimeDelta::seconds(5);

impl Desk {
    /// Has every screen of staff follow that shows one of these changes; `but` the one that this transaction saves.
    pub(super) async fn staff_screens_follow(
        &self,
        tx: &mut Tx,
        changes: &[Change],
        but: Option<DialogueKey>,
    ) -> Result<(), StoreError> {
        let now = self.clock().now();
        for screen in self.staff_screens(tx).await? {
            let Ok(Dialogue { place: State::Staff(place), .. }) = Dialogue::read(&screen.state) else { continue };
            let soonest = changes.iter().filter_map(|change| place.follows(*change)).min();
            let due = match soonest.filter(|_| but != Some(screen.key)) {
                Some(Following::AtOnce) => now,
                Some(Following::InAWhile) if waits_already(&screen, now) => continue,
                Some(Following::InAWhile) => now + LISTS_FOLLOW_AFTER,
                None => continue,
            };
            tx.follow_dialogue(screen.key, due).await?;
        }
        Ok(())
    }

    /// The screens of staff in their chat and of admins in private, always in the same order: two transactions that mark
    /// them at once wait for each other, and not in a circle.
    async fn staff_screens(&self, tx: &mut Tx) -> Result<Vec<OpenScreen>, StoreError> {
        let chat = self.shop.staff_chat(tx).await?;
        let mut screens = tx.screens_in(chat).await?;
        for admin in self.shop.admin_ids(tx).await? {
            screens.extend(tx.screens_in(admin.private_chat()).await?);
        }
        Ok(screens)
    }
}

/// Whether a screen is to be drawn soon anyway: marking it once more would only get in the way of whoever is at it.
fn waits_already(screen: &OpenScreen, now: DateTime<Utc>) -> bool {
    let behind = now + SURELY_BEHIND..=now + LISTS_FOLLOW_AFTER;
    screen.due.is_some_and(|due| behind.contains(&due))
}
