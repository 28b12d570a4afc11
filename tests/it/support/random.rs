//! A generator of random choices that a seed repeats exactly, on every machine.

use std::panic::{AssertUnwindSafe, catch_unwind};

/// SplitMix64 (<https://prng.di.unimi.it/splitmix64.c>): small, and good enough to choose with.
pub struct Random(u64);

/// How much of a model's run there was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Run {
    /// As many steps as an ordinary run has, or more: it must have come to everything.
    Whole,
    /// One seed again, or fewer steps.
    Part,
}

/// Lives through `steps` (or `KEYDESK_MODEL_STEPS`), so many with each seed; with `KEYDESK_MODEL_SEED` through that one
/// alone. A failure names its seed.
pub fn live_with_seeds(steps: u64, steps_of_one: u64, first_seed: u64, mut live: impl FnMut(Random)) -> Run {
    let wanted = number_in("KEYDESK_MODEL_STEPS").unwrap_or(steps);
    assert!(wanted > 0, "KEYDESK_MODEL_STEPS=0 would prove nothing: please give at least 1");
    let only = number_in("KEYDESK_MODEL_SEED");
    let seeds = match only {
        Some(seed) => seed..=seed,
        None => first_seed..=first_seed + wanted.div_ceil(steps_of_one) - 1,
    };
    for seed in seeds {
        let lived = catch_unwind(AssertUnwindSafe(|| live(Random::seeded(seed))));
        assert!(lived.is_ok(), "KEYDESK_MODEL_SEED={seed} repeats this failure");
    }
    if only.is_none() && wanted >= steps { Run::Whole } else { Run::Part }
}

/// The whole number in an environment variable, if it is set.
pub fn number_in(variable: &str) -> Option<u64> {
    let text = std::env::var(variable).ok()?;
    Some(text.parse().unwrap_or_else(|_| panic!("{variable}={text} is no whole number")))
}

impl Random {
    /// The choices of this seed.
    pub fn seeded(seed: u64) -> Random {
        Random(seed)
    }

    /// Any number.
    pub fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 up to, but not including, `end`.
    pub fn below(&mut self, end: u64) -> u64 {
        self.number() % end
    }

    /// True this often in a hundred.
    pub fn percent(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    /// One of these.
    pub fn pick<T: Clone>(&mut self, choices: &[T]) -> T {
        let index = usize::try_from(self.below(choices.len() as u64)).unwrap();
        choices[index].clone()
    }
}
