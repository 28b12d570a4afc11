//! One visible screen for a person in private, whichever seat they take.

use crate::store::db::Tx;
use crate::store::dialogues::key::DialogueKey;
use crate::store::error::StoreError;

impl Tx {
    /// Lets the screen of this dialogue, which is about to be sent, take the place of the other seat's: the other one's message
    /// goes when this one is drawn, unless it is kept, and what waited to be drawn there is not drawn any more.
    pub(in crate::store) async fn take_over(&mut self, key: DialogueKey) -> Result<(), StoreError> {
        let Some(opposite) = key.opposite() else { return Ok(()) };
        let Some(other) = self.row_mut(opposite).await?.filter(|other| other.has_screen()) else { return Ok(()) };
        if other.is_kept() {
            other.give_up_sending();
            return Ok(());
        }
        let going = other.message_id.or(other.retiring);
        if let (Some(message), Some(row)) = (going, self.row_mut(key).await?)
            && !row.retire(message)
        {
            return Ok(());
        }
        if let Some(other) = self.row_mut(opposite).await? {
            other.close();
        }
        Ok(())
    }
}
