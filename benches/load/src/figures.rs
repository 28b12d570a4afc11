//! What is computed from what was seen.

use std::time::Duration;

use crate::people::Measured;

/// One round of one bot.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Round {
    pub per_second: f64,
    /// Seconds of processor time for 10 000 interactions.
    pub cpu: f64,
    /// Milliseconds from a tap to its screen.
    pub p50: f64,
    pub p99: f64,
    /// The most memory that the process ever had, in MiB.
    pub memory: f64,
    pub stuck: u64,
}

impl Round {
    pub fn of(mut measured: Measured, took: Duration, cpu: Duration, memory: u64) -> Round {
        measured.latencies.sort_unstable();
        let count = measured.latencies.len() as f64;
        Round {
            per_second: count / took.as_secs_f64(),
            cpu: cpu.as_secs_f64() * 10_000.0 / count,
            p50: percentile(&measured.latencies, 50) / 1_000.0,
            p99: percentile(&measured.latencies, 99) / 1_000.0,
            memory: memory as f64 / 1_048_576.0,
            stuck: measured.stuck,
        }
    }

    /// Each figure's median by itself; all that were stuck.
    pub fn median(rounds: &[Round]) -> Round {
        let of = |figure: fn(&Round) -> f64| median(rounds.iter().map(figure).collect());
        Round {
            per_second: of(|round| round.per_second),
            cpu: of(|round| round.cpu),
            p50: of(|round| round.p50),
            p99: of(|round| round.p99),
            memory: of(|round| round.memory),
            stuck: rounds.iter().map(|round| round.stuck).sum(),
        }
    }
}

/// The figure in the middle, or the mean of the two there; no number if there are none.
pub fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    let at = |place: usize| figures.get(place).copied().unwrap_or(f64::NAN);
    let middle = figures.len() / 2;
    match figures.len() {
        0 => f64::NAN,
        count if count.is_multiple_of(2) => f64::midpoint(at(middle - 1), at(middle)),
        _ => at(middle),
    }
}

/// The least of these that `part` in a hundred of them do not exceed; no number if there are none.
pub fn percentile(sorted: &[u32], part: usize) -> f64 {
    let place = (sorted.len() * part).div_ceil(100).saturating_sub(1);
    sorted.get(place).map_or(f64::NAN, |figure| f64::from(*figure))
}

/// How often `other` goes into `figure`; none where either is no number, or `other` nothing.
pub fn ratio(figure: f64, other: f64) -> Option<f64> {
    Some(figure / other).filter(|ratio| ratio.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_in_the_middle_whatever_the_order() {
        assert_eq!(median(vec![9.0, 1.0, 4.0]), 4.0);
        assert_eq!(median(vec![9.0, 1.0, 4.0, 2.0]), 3.0);
        assert_eq!(median(vec![7.0]), 7.0);
        assert!(median(Vec::new()).is_nan());
    }

    #[test]
    fn a_percentile_is_one_of_the_figures_by_its_nearest_rank() {
        let hundred: Vec<u32> = (1..=100).collect();
        assert_eq!(percentile(&hundred, 50), 50.0);
        assert_eq!(percentile(&hundred, 99), 99.0);
        assert_eq!(percentile(&hundred, 100), 100.0);
        // Of few, the 99th in a hundred is the worst.
        assert_eq!(percentile(&[3, 5, 8], 99), 8.0);
        assert_eq!(percentile(&[3, 5, 8], 50), 5.0);
        assert!(percentile(&[], 99).is_nan());
    }

    #[test]
    fn a_ratio_is_there_only_where_both_were_measured() {
        assert_eq!(ratio(6.0, 2.0), Some(3.0));
        assert_eq!(ratio(6.0, 0.0), None);
        assert_eq!(ratio(0.0, 0.0), None);
        assert_eq!(ratio(f64::NAN, 2.0), None);
        assert_eq!(ratio(2.0, f64::NAN), None);
    }

    #[test]
    fn a_round_counts_per_second_per_10_000_and_in_milliseconds() {
        let measured = Measured { latencies: vec![4_000, 2_000, 3_000, 1_000], stuck: 1, ..Measured::default() };
        let round = Round::of(measured, Duration::from_secs(2), Duration::from_millis(10), 3 * 1_048_576);
        assert_eq!(round, Round { per_second: 2.0, cpu: 25.0, p50: 2.0, p99: 4.0, memory: 3.0, stuck: 1 });
    }
}
