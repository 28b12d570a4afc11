//! Workbooks of serial numbers that somebody made to keep the bot busy.

use std::time::{Duration, Instant};

use keydesk::chat::report::serial_book::{Reading, lines};

use crate::support::workbooks::with_format;

/// Far more than two readings of like files differ by, and far less than one differs by whose work grows with the square.
const ALIKE: u32 = 50;

#[test]
fn no_letter_of_a_number_format_costs_more_than_another() {
    let code = |letter: &str| with_format(&letter.repeat(200_000));
    let time = |file: &[u8]| -> Duration {
        let began = Instant::now();
        assert_eq!(lines(file, Reading::Strict).unwrap(), b"TR-0001");
        began.elapsed()
    };
    let (plain, general) = (time(&code("x")), time(&code("g")));
    let bar = plain.max(Duration::from_millis(10)) * ALIKE;
    assert!(general < bar, "{general:?} for a format of g, {plain:?} for one of x");
}
