//! Why an update did not take effect, and what follows from that.

use std::time::Duration;

use crate::chat::ChatError;
use crate::shop::ShopError;
use crate::store::StoreError;

/// How often an update that fails by its own fault is tried before it is given up.
const TRIES: u32 = 3;
/// How often two who are in each other's way are let try again before that counts as a failure.
const CONFLICTS: u32 = 5;

#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    #[error(transparent)]
    Chat(ChatError),
    #[error("it was not done in {0:?}")]
    TimedOut(Duration),
    #[error("panic: {0}")]
    Panic(String),
}

/// Whether another update would have taken effect at the moment when this one failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Others {
    /// Nobody knows: it was not tried both before and after.
    Unknown,
    /// They would not: everybody waits.
    Fail,
    /// They would: this one fails alone.
    Pass,
}

/// What to do with an update that did not take effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Try it again soon.
    TryAgain,
    /// Wait, with everybody else.
    WaitForAll,
    /// Let it wait by itself, out of the others' way.
    SetAside,
    /// No repetition helps.
    GiveUp,
}

/// The failures of one update, so far.
#[derive(Debug, Default)]
pub(super) struct Failures {
    own: u32,
    conflicts: u32,
}

impl Failure {
    pub(super) fn of_panic(panic: &(dyn std::any::Any + Send)) -> Failure {
        let text = panic.downcast_ref::<&str>().copied().map(str::to_owned);
        let text = text.or_else(|| panic.downcast_ref::<String>().cloned());
        Failure::Panic(text.unwrap_or_else(|| "a panic without a text".to_owned()))
    }

    /// Whether two transactions were in each other's way.
    fn is_conflict(&self) -> bool {
        matches!(self, Failure::Chat(ChatError::Overtaken | ChatError::Shop(ShopError::Store(StoreError::Conflict(_)))))
    }

    /// Whether the fault lies in the update and nowhere else.
    pub(super) fn is_its_own(&self) -> bool {
        match self {
            Failure::Chat(error) => !error.is_transient(),
            Failure::TimedOut(_) => false,
            Failure::Panic(_) => true,
        }
    }
}

impl Failures {
    /// Notes one more.
    pub(super) fn judge(&mut self, failure: &Failure, others: Others) -> Verdict {
        if failure.is_conflict() && self.conflicts < CONFLICTS {
            self.conflicts += 1;
            return Verdict::TryAgain;
        }
        // A panic is never the database's. What the database refuses may be its own fault as long as it refuses everybody.
        let is_certain = matches!(failure, Failure::Panic(_)) || (failure.is_its_own() && others == Others::Pass);
        if is_certain {
            self.own += 1;
            return if self.own < TRIES { Verdict::TryAgain } else { Verdict::GiveUp };
        }
        match others {
            Others::Unknown => Verdict::TryAgain,
            Others::Fail => Verdict::WaitForAll,
            Others::Pass => Verdict::SetAside,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Unreadable;
    use crate::store::Lost;

    fn panicked() -> Failure {
        Failure::Panic("out of paper".to_owned())
    }

    fn refused() -> Failure {
        Failure::Chat(StoreError::from(Unreadable("a state".to_owned())).into())
    }

    fn away() -> Failure {
        Failure::Chat(StoreError::from(Lost::Gone("keydesk.db".into())).into())
    }

    fn verdicts(failure: &Failure, others: &[Others]) -> Vec<Verdict> {
        let mut failures = Failures::default();
        others.iter().map(|others| failures.judge(failure, *others)).collect()
    }

    #[test]
    fn whatever_everybody_meets_is_waited_for_however_often_it_is_met() {
        for failure in [away(), Failure::TimedOut(Duration::from_secs(15)), refused()] {
            let verdicts = verdicts(&failure, &[Others::Fail; 1_000]);
            assert!(verdicts.iter().all(|verdict| *verdict == Verdict::WaitForAll), "{failure}");
        }
    }

    #[test]
    fn nothing_is_decided_before_it_is_known_how_others_fare() {
        for failure in [away(), refused()] {
            assert!(verdicts(&failure, &[Others::Unknown; 100]).iter().all(|verdict| *verdict == Verdict::TryAgain));
        }
    }

    #[test]
    fn what_fails_alone_for_no_fault_of_its_own_waits_and_is_not_given_up() {
        assert_eq!(verdicts(&away(), &[Others::Pass; 3]), [Verdict::SetAside; 3]);
    }

    #[test]
    fn only_the_third_fault_of_its_own_is_the_last() {
        use Verdict::{GiveUp, TryAgain, WaitForAll};
        assert_eq!(verdicts(&panicked(), &[Others::Unknown; 3]), [TryAgain, TryAgain, GiveUp]);
        let others = [Others::Pass, Others::Fail, Others::Pass, Others::Unknown, Others::Pass];
        assert_eq!(verdicts(&refused(), &others), [TryAgain, WaitForAll, TryAgain, TryAgain, GiveUp]);
    }

    #[test]
    fn two_who_are_in_each_others_way_try_again_at_once() {
        let conflicts = verdicts(&Failure::Chat(ChatError::Overtaken), &[Others::Pass; 6]);
        assert_eq!(conflicts[..5], [Verdict::TryAgain; 5]);
        assert_eq!(conflicts[5], Verdict::SetAside);
    }
}
