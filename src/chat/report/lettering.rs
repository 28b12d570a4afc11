//! The letters of a chart: an embedded font, since servers have none.

use std::sync::LazyLock;

use plotters::prelude::*;
use plotters::style::{FontDesc, register_font, text_anchor::Pos};

use super::canvas::{Canvas, Drawn};

/// What the font is registered as.
const FAMILY: FontFamily<'static> = FontFamily::Name("keydesk");
/// Near black, softer on a white ground.
const INK: RGBColor = RGBColor(0x22, 0x29, 0x33);
/// Smaller letters cannot be read on a phone.
const SMALLEST: u32 = 26;

static REGISTERED: LazyLock<bool> = LazyLock::new(|| {
    let fonts: [(FontStyle, &'static [u8]); 2] = [
        (FontStyle::Normal, include_bytes!("../../../assets/fonts/DejaVuSans.ttf")),
        (FontStyle::Bold, include_bytes!("../../../assets/fonts/DejaVuSans-Bold.ttf")),
    ];
    fonts.into_iter().all(|(style, font)| register_font("keydesk", style, font).is_ok())
});

/// Makes the font known; false if it is broken.
pub(super) fn is_ready() -> bool {
    *REGISTERED
}

/// Letters of this height in pixels.
pub(super) fn letters(size: u32, weight: FontStyle) -> TextStyle<'static> {
    TextStyle::from(FontDesc::new(FAMILY, f64::from(size), weight)).color(&INK)
}

/// The width of a text in pixels.
pub(super) fn width(canvas: &Canvas, text: &str, style: &TextStyle) -> Drawn<i32> {
    let (width, _) = canvas.estimate_text_size(text, style)?;
    Ok(i32::try_from(width).unwrap_or(i32::MAX))
}

/// Writes a text at a point that `anchor` names.
pub(super) fn write(canvas: &Canvas, text: &str, at: (i32, i32), anchor: Pos, style: &TextStyle) -> Drawn<()> {
    canvas.draw(&Text::new(text.to_owned(), at, style.pos(anchor)))
}

/// Writes one line from `at` to the right, smaller if it must be to stay within `room` pixels, and cut if it still does not.
pub(super) fn write_within(
    canvas: &Canvas,
    text: &str,
    at: (i32, i32),
    room: i32,
    (size, weight): (u32, FontStyle),
) -> Drawn<()> {
    let mut text = text.to_owned();
    let mut style = letters(size, weight);
    for smaller in (SMALLEST..size).rev() {
        if width(canvas, &text, &style)? <= room {
            break;
        }
        style = letters(smaller, weight);
    }
    while width(canvas, &text, &style)? > room {
        let kept = text.chars().count().saturating_sub(2);
        text = text.chars().take(kept).chain(['…']).collect();
    }
    write(canvas, &text, at, Pos::default(), &style)
}
