//! Lists in statements: of few lengths, so that the text of each statement is one of few and stays prepared. Otherwise every
//! batch, being of another length, would have its statements parsed anew.
//!
//! SQLite also parses a statement anew at each binding of a parameter that is its whole `LIMIT`, to plan for that number. A
//! statement of every second has `LIMIT $1 + 0`, which says no less and stays prepared.

use std::iter;

/// The most rows of one statement: far from either database's limit on parameters.
const MOST: usize = 64;
/// What is longer is a multiple of this long, so that up to [`MOST`] rows are two statements at most, of fifteen lengths.
const STEP: usize = 8;

/// The parts of a list that is written: each of one of few lengths, the longest first.
pub(in crate::store) fn portions<T>(mut rows: &[T]) -> impl Iterator<Item = &[T]> {
    iter::from_fn(move || {
        let length = match rows.len().min(MOST) {
            0 => return None,
            few @ ..STEP => few,
            many => many - many % STEP,
        };
        let (portion, rest) = rows.split_at_checked(length)?;
        rows = rest;
        Some(portion)
    })
}

/// What is looked for, as long as a power of two: the last key stands there several times, which finds nothing more.
pub(in crate::store) fn padded<T: Clone>(keys: &[T]) -> impl Iterator<Item = T> {
    keys.iter().chain(iter::repeat_n(keys.last(), keys.len().next_power_of_two() - keys.len()).flatten()).cloned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn portions_are_the_list(length in 0_usize..500) {
            let rows: Vec<usize> = (0..length).collect();
            let parts: Vec<&[usize]> = portions(&rows).collect();
            prop_assert_eq!(&parts.concat(), &rows);
            let is_prepared = |length: usize| (1..STEP).contains(&length) || (length.is_multiple_of(STEP) && length <= MOST);
            prop_assert!(parts.iter().all(|part| is_prepared(part.len())));
            prop_assert!(parts.len() <= length / MOST + 2);
        }

        #[test]
        fn padding_repeats_the_last(length in 1_usize..500) {
            let keys: Vec<usize> = (0..length).collect();
            let padded: Vec<usize> = padded(&keys).collect();
            prop_assert!(padded.len().is_power_of_two());
            prop_assert_eq!(&padded[..length], &keys[..]);
            prop_assert!(padded[length..].iter().all(|key| *key == length - 1));
        }
    }
}
