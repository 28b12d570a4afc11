//! Staff's open screens follow what becomes of orders, each edited in its place.

use chrono::TimeDelta;

use super::Desk;
use super::customers::private_dialogue;
use crate::dialogue::{Change, Dialogue, Following, Place};
use crate::domain::PersonId;
use crate::store::{DialogueKey, StoreError, Tx};

/// Lists change with every order. Several changes within this are one edit, since edits count against a group's limit
/// of twenty messages a minute.
const LISTS_FOLLOW_AFTER: TimeDelta = TimeDelta::seconds(15);

impl Desk {
    /// Has every screen of staff follow that shows one of these changes; `but` the one that this transaction saves.
    pub(super) async fn staff_screens_follow(
        &self,
        tx: &mut Tx,
        changes: &[Change],
        but: Option<DialogueKey>,
    ) -> Result<(), StoreError> {
        let now = self.clock().now();
        for (key, state) in self.staff_dialogues(tx).await? {
            let Ok(Dialogue { place: Place::Staff(place), .. }) = Dialogue::read(&state) else { continue };
            let soonest = changes.iter().filter_map(|change| place.follows(*change)).min();
            let due = match soonest.filter(|_| but != Some(key)) {
                Some(Following::AtOnce) => now,
                Some(Following::InAWhile) => now + LISTS_FOLLOW_AFTER,
                None => continue,
            };
            tx.follow_dialogue(key, due).await?;
        }
        Ok(())
    }

    /// The dialogues of staff in their chat and of admins in private, always in the same order: two transactions that
    /// mark them at once wait for each other, and not in a circle.
    async fn staff_dialogues(&self, tx: &mut Tx) -> Result<Vec<(DialogueKey, String)>, StoreError> {
        let chat = self.staff_chat(tx).await?;
        let in_group = tx.dialogues_in(chat).await?;
        let mut dialogues: Vec<_> =
            in_group.into_iter().map(|(person, state)| (DialogueKey { chat, person }, state)).collect();
        let mut admins: Vec<PersonId> = self.config().telegram.admins.iter().copied().collect();
        admins.extend(tx.appointments().await?.into_iter().map(|appointment| appointment.person));
        admins.sort_unstable();
        admins.dedup();
        for admin in admins {
            let key = private_dialogue(admin);
            dialogues.extend(tx.dialogue(key).await?.map(|dialogue| (key, dialogue.state)));
        }
        Ok(dialogues)
    }
}
