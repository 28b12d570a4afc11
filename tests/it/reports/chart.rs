//! The picture.

use ab_glyph::{Font, FontRef};
use chrono::{DateTime, TimeDelta, Utc};
use keydesk::chat::report::chart;
use keydesk::domain::{Language, Money, OrderNumber, OrderSummary, Period, Status};

use super::{at, money, texts};
use crate::support::languages::{each_language, russian};
use crate::support::random::Random;
use crate::support::stats::counted;

const FONTS: [&[u8]; 2] = [
    include_bytes!("../../../assets/fonts/DejaVuSans.ttf"),
    include_bytes!("../../../assets/fonts/DejaVuSans-Bold.ttf"),
];

/// The picture's pixels, row by row; fails if it is no PNG of 1080 by 1080.
fn pixels(orders: &[OrderSummary], period: &str, language: Language) -> Vec<u8> {
    let period = Period::parse(period, "2026-04-15".parse().unwrap()).unwrap();
    let file = chart(&counted(orders, period), &texts(language)).unwrap();
    assert!(file.starts_with(b"\x89PNG\r\n\x1a\n"));
    // Telegram takes photos of up to 10 MB (https://core.telegram.org/bots/api#sendphoto).
    assert!(file.len() < 300_000, "{} bytes", file.len());
    let mut reader = png::Decoder::new(std::io::Cursor::new(file)).read_info().unwrap();
    assert_eq!((reader.info().width, reader.info().height), (1080, 1080));
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    reader.next_frame(&mut pixels).unwrap();
    pixels
}

/// In how many pixels this colour stands.
fn count(pixels: &[u8], colour: [u8; 3]) -> usize {
    pixels.as_chunks().0.iter().filter(|pixel| **pixel == colour).count()
}

const WHITE: [u8; 3] = [0xff; 3];
/// Placed, Invoiced, Completed.
const COLOURS: [[u8; 3]; 3] = [[0x2f, 0x6f, 0xb7], [0xf0, 0xa8, 0x30], [0x3f, 0x9b, 0x63]];

fn order(at: DateTime<Utc>, status: Status, total: Money) -> OrderSummary {
    OrderSummary { number: OrderNumber(1), placed_at: at, status, keys: 53, total }
}

#[test]
fn bars_are_as_high_as_there_are_orders() {
    let when = at("2026-04-15T12:00:00Z");
    let orders =
        [Status::Placed, Status::Completed, Status::Completed].map(|status| order(when, status, money(1, "RUB")));
    let pixels = pixels(&orders, "today", russian());
    // These have their square in the legend only.
    let [placed, invoiced, completed] = COLOURS.map(|colour| count(&pixels, colour));
    let (placed, completed) = (placed - invoiced, completed - invoiced);
    assert!(placed > 10_000, "{placed} pixels");
    let twice = completed.abs_diff(2 * placed);
    assert!(twice * 50 < completed, "{completed} pixels are not twice {placed}");
}

#[test]
fn cancelled_orders_make_no_bar_higher() {
    let when = at("2026-04-15T12:00:00Z");
    let [placed, cancelled] = [Status::Placed, Status::Cancelled].map(|status| order(when, status, money(1, "RUB")));
    let bars = |orders: &[OrderSummary]| COLOURS.map(|colour| count(&pixels(orders, "today", russian()), colour));
    assert_eq!(bars(&[placed.clone(), cancelled]), bars(&[placed]));
}

#[test]
fn a_period_without_orders_has_a_picture_that_says_so() {
    for period in ["month", "all"] {
        let pixels = pixels(&[], period, russian());
        let blank = count(&pixels, WHITE);
        assert!((1_000_000..1_160_000).contains(&blank), "{blank} blank pixels");
        assert_eq!(COLOURS.map(|colour| count(&pixels, colour)), [0; 3]);
    }
}

#[test]
fn every_period_and_sum_can_be_drawn_in_both_languages() {
    let mut random = Random::seeded(7);
    let orders: Vec<_> = (0..3_000)
        .map(|_| {
            let when = at("2015-01-01T00:00:00Z") + TimeDelta::hours(i64::try_from(random.below(100_000)).unwrap());
            let currency = random.pick(&["RUB", "RUB", "USD", "EUR", "KWD", "JPY"]);
            order(when, random.pick(&Status::ALL), money(Money::MAX_MINOR, currency))
        })
        .collect();
    for period in ["today", "week", "month", "2026-01 2026-06", "2025", "2024 2026", "all", "2000 2999"] {
        for language in Language::all().iter().copied() {
            let pixels = pixels(&orders, period, language);
            let edge = pixels.chunks(1080 * 3).flat_map(|row| row[row.len() - 30..].iter());
            assert!(edge.into_iter().all(|value| *value == 0xff), "{period}: something reaches the right edge");
        }
    }
}

#[test]
fn the_font_has_every_letter_of_a_chart() {
    let texts = ["common", "reports"].map(|file| each_language(|language| locale(language, file)).concat());
    for font in FONTS.map(|font| FontRef::try_from_slice(font).unwrap()) {
        let letters = texts.concat() + "₽\u{a0}…ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
        let missing: String = letters.chars().filter(|c| *c != '\n' && font.glyph_id(*c).0 == 0).collect();
        assert_eq!(missing, "");
    }
}

fn locale(language: Language, file: &str) -> String {
    let path = format!("{}/locales/{}/{file}.ftl", env!("CARGO_MANIFEST_DIR"), language.code());
    std::fs::read_to_string(path).unwrap()
}
