//! How this process stands among those that share its database.

use chrono::{DateTime, Utc};

use crate::domain::ChatId;

/// How a replica stands among the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// How many there are, this one included.
    pub replicas: u32,
    /// Until when this one leads, unless it renews that.
    pub leads_until: Option<DateTime<Utc>>,
    /// Until when the others count on its taking its share, unless it renews that.
    pub counts_until: DateTime<Utc>,
}

impl Standing {
    /// A process that has the database to itself.
    pub const ALONE: Standing =
        Standing { replicas: 1, leads_until: Some(DateTime::<Utc>::MAX_UTC), counts_until: DateTime::<Utc>::MAX_UTC };

    /// Whether this replica may write to anybody: one that the others have not heard of for a while has no share.
    pub fn counts(self, now: DateTime<Utc>) -> bool {
        self.replicas == 1 || now < self.counts_until
    }

    /// Whether this replica asks for updates and writes to groups: one does, so that a group's limits are kept in one place.
    pub fn leads(self, now: DateTime<Utc>) -> bool {
        self.leads_until.is_some_and(|until| now < until)
    }

    /// Whether this replica may write to a chat: to a group, one that leads.
    pub fn may_write_to(self, chat: ChatId, now: DateTime<Utc>) -> bool {
        self.counts(now) && self.writes_to(chat, now)
    }

    /// The ids of the chats that this replica writes to are all above this.
    pub(in crate::store) fn writes_above(self, now: DateTime<Utc>) -> i64 {
        if self.leads(now) { i64::MIN } else { 0 }
    }

    pub(in crate::store) fn writes_to(self, chat: ChatId, now: DateTime<Utc>) -> bool {
        chat.0 > self.writes_above(now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_is_written_to_by_the_leader_and_nobody_by_whom_others_do_not_count_on() {
        let at = |second| DateTime::from_timestamp(second, 0).unwrap();
        let (group, person) = (ChatId(-1), ChatId(1));
        let leader = Standing { replicas: 2, leads_until: Some(at(4)), counts_until: at(4) };
        let other = Standing { leads_until: None, ..leader };
        let may_write = |one: Standing, second| [group, person].map(|chat| one.may_write_to(chat, at(second)));
        assert_eq!((may_write(leader, 3), may_write(leader, 4)), ([true, true], [false, false]));
        assert_eq!((may_write(other, 3), may_write(other, 4)), ([false, true], [false, false]));
        assert_eq!(may_write(Standing::ALONE, 1_000_000), [true, true]);
    }
}
