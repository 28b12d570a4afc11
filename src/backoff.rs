//! Pauses between tries of one thing: each twice as long as the one before, up to a longest.

use std::time::Duration;

/// The pauses of one thing that fails again and again.
#[derive(Debug, Clone, Copy)]
pub struct Backoff {
    next: Duration,
    first: Duration,
    longest: Duration,
}

impl Backoff {
    /// Begins with `first`.
    pub const fn new(first: Duration, longest: Duration) -> Backoff {
        Backoff { next: first, first, longest }
    }

    /// The pause after the next failure.
    pub fn pause(&mut self) -> Duration {
        let pause = self.next;
        self.next = (pause * 2).min(self.longest);
        pause
    }

    /// Begins anew, after a success.
    pub fn reset(&mut self) {
        self.next = self.first;
    }

    /// The pause after so many failures, counted from 1.
    pub fn after(&self, failures: i64) -> Duration {
        let doublings = u32::try_from(failures.clamp(1, 17) - 1).unwrap_or(0);
        (self.first * 2_u32.pow(doublings)).min(self.longest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_up_to_the_longest() {
        let mut backoff = Backoff::new(Duration::from_secs(1), Duration::from_secs(5));
        let pauses: Vec<u64> = (0..5).map(|_| backoff.pause().as_secs()).collect();
        assert_eq!(pauses, [1, 2, 4, 5, 5]);
        backoff.reset();
        assert_eq!(backoff.pause().as_secs(), 1);
        assert_eq!([0, 1, 2, 3, 4, 99].map(|failures| backoff.after(failures).as_secs()), [1, 1, 2, 4, 5, 5]);
    }
}
