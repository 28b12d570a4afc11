//! A steady pace with bursts: the generic cell rate algorithm. A send is due at a steady interval and may run ahead of it.

use chrono::{DateTime, TimeDelta, Utc};

use crate::domain::Lane;

#[derive(Debug, Clone, Copy)]
pub(super) struct Pace {
    pub(super) interval: TimeDelta,
    /// How many may go out at once, by their lane: what one lane leaves over is room for those before it.
    pub(super) bursts: [i32; 3],
}

impl Pace {
    /// What one of several replicas may take of it, each of them at any time.
    pub(super) fn shared(self, replicas: i32) -> Pace {
        let replicas = replicas.max(1);
        Pace { interval: self.interval * replicas, bursts: self.bursts.map(|burst| (burst / replicas).max(1)) }
    }

    /// When the next may go out, if `due` is when all that went out would have done so at the steady pace.
    pub(super) fn earliest(
        self,
        due: Option<DateTime<Utc>>,
        lane: Lane,
        strain: usize,
        now: DateTime<Utc>,
    ) -> Option<DateTime<Utc>> {
        let burst = (self.burst(lane) >> strain).max(1);
        self.genuine(due, now).map(|due| due - self.strained(strain) * (burst - 1))
    }

    pub(super) fn after(self, due: Option<DateTime<Utc>>, strain: usize, now: DateTime<Utc>) -> DateTime<Utc> {
        self.genuine(due, now).map_or(now, |due| due.max(now)) + self.strained(strain)
    }

    /// What is due after all that may go out at once has gone out at `now`.
    pub(super) fn spent(self, now: DateTime<Utc>) -> DateTime<Utc> {
        now + self.interval * self.burst(Lane::Tap)
    }

    /// How many may go out at once.
    pub(super) fn room(self, due: Option<DateTime<Utc>>, lane: Lane, now: DateTime<Utc>) -> u32 {
        let ahead = self.genuine(due, now).map_or(TimeDelta::zero(), |due| (due - now).max(TimeDelta::zero()));
        let taken = ahead.num_microseconds().unwrap_or(0) / self.interval.num_microseconds().unwrap_or(1).max(1);
        u32::try_from(i64::from(self.burst(lane)) - taken).unwrap_or(0).max(1)
    }

    fn burst(self, lane: Lane) -> i32 {
        let [tap, notice, bulk] = self.bursts;
        match lane {
            Lane::Tap => tap,
            Lane::Notice => notice,
            Lane::Bulk => bulk,
        }
    }

    /// Each 429 makes the interval longer by half.
    fn strained(self, strain: usize) -> TimeDelta {
        self.interval * (2 + i32::try_from(strain).unwrap_or(0)) / 2
    }

    /// A clock that was set back leaves instants further ahead than any burst can lead; they mean nothing.
    fn genuine(self, due: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        due.filter(|due| *due <= now + self.interval * 3 * (self.burst(Lane::Tap) + 1))
    }
}
