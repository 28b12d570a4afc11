//! Runs a target: for a moment in the ordinary run, for as long as it is told to in a long one.

use std::cell::RefCell;
use std::fs;
use std::time::Duration;

use proptest::strategy::Strategy;
use proptest::test_runner::{Config, RngAlgorithm, TestError, TestRng, TestRunner};

use crate::support::random::{Random, number_in};

/// Inputs that are drawn from one seed.
const INPUTS_OF_A_SEED: u32 = 64;
/// No reader may take longer over one input, where nothing is optimised and whatever else the machine does.
const LONGEST: Duration = Duration::from_secs(1);

/// Milliseconds in which a broken input is made small: one that takes seconds stays as it is.
const LONGEST_SHRINKING: u32 = 20_000;

/// What a target made of an input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Read {
    Taken,
    Refused,
}

impl Read {
    pub fn of<T, E>(outcome: &Result<T, E>) -> Read {
        if outcome.is_ok() { Read::Taken } else { Read::Refused }
    }
}

/// How much came of a run, so that a green one means something.
#[derive(Default)]
struct Tally {
    inputs: u64,
    taken: u64,
    slowest: Duration,
}

/// Holds for at least so many inputs, and for so long on the processor as `KEYDESK_FUZZ_SECONDS` says, whatever else the machine
/// does meanwhile. The target panics at what must not be.
pub fn fuzz<S: Strategy>(name: &str, least: u64, inputs: &S, target: impl Fn(S::Value) -> Read) {
    let seconds = Duration::from_secs(number_in("KEYDESK_FUZZ_SECONDS").unwrap_or(0));
    let only = number_in("KEYDESK_FUZZ_SEED");
    let mut seeds = Random::seeded(getrandom::u64().unwrap());
    let (began, tally) = (time_on_the_processor(), RefCell::new(Tally::default()));
    while tally.borrow().inputs < least || time_on_the_processor() - began < seconds {
        let seed = only.unwrap_or_else(|| seeds.number());
        let drawn = runner(seed).run(inputs, |input| {
            let before = time_on_the_processor();
            let read = target(input);
            let took = time_on_the_processor() - before;
            assert!(took < LONGEST, "it took {took:?}");
            let mut tally = tally.borrow_mut();
            tally.inputs += 1;
            tally.taken += u64::from(read == Read::Taken);
            tally.slowest = tally.slowest.max(took);
            Ok(())
        });
        match drawn {
            Ok(()) => {}
            Err(TestError::Fail(why, input)) => panic!("{name}: KEYDESK_FUZZ_SEED={seed}: {why}: {input:?}"),
            Err(TestError::Abort(why)) => panic!("{name}: KEYDESK_FUZZ_SEED={seed}: {why}"),
        }
        if only.is_some() {
            break;
        }
    }
    let Tally { inputs, taken, slowest } = tally.into_inner();
    println!(
        "fuzz {name}: {inputs} inputs in {:.0?}, {taken} taken, the slowest {slowest:.0?}",
        time_on_the_processor() - began
    );
    if only.is_none() {
        assert!(taken > 0 && taken < inputs, "{name}: {taken} of {inputs} were taken: too few of one kind");
    }
}

fn runner(seed: u64) -> TestRunner {
    let mut random = Random::seeded(seed);
    let bytes: Vec<u8> = (0..4).flat_map(|_| random.number().to_le_bytes()).collect();
    // What broke something is kept as an example by whoever mends it, not in a file beside the tests.
    let config = Config {
        cases: INPUTS_OF_A_SEED,
        failure_persistence: None,
        max_shrink_time: LONGEST_SHRINKING,
        ..Config::default()
    };
    TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &bytes))
}

/// How long this thread was computing: the clock on the wall counts what others do as well.
fn time_on_the_processor() -> Duration {
    let counted = fs::read_to_string("/proc/thread-self/schedstat").unwrap();
    Duration::from_nanos(counted.split(' ').next().unwrap().parse().unwrap())
}
