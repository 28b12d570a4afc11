//! The picture of a period: how many orders there were and what became of them, to be read on a phone.

use plotters::prelude::*;

use super::canvas::{Canvas, DrawingFault, Drawn, MARGIN, colour};
use super::{bars, lettering};
use crate::chat::i18n::Texts;
use crate::domain::{Stats, Status};

/// A square fills a phone's width and is not cut in a chat's preview.
const SIZE: u32 = 1080;
/// Where the lines of the heading begin.
const TITLE_TOP: i32 = 46;
const SUM_TOP: i32 = 116;
const LEGEND_TOP: i32 = 196;
/// A row of the legend.
const LEGEND_ROW: i32 = 54;

/// Why there is no picture.
#[derive(Debug, thiserror::Error)]
pub enum ChartError {
    /// The embedded font cannot be read.
    #[error("the chart's font is broken")]
    Font,
    #[error("the chart could not be drawn")]
    Drawing(#[from] DrawingFault),
    /// The picture could not be packed.
    #[error("the chart could not be made a PNG")]
    Packing(#[from] png::EncodingError),
}

/// A PNG of 1080 by 1080 pixels: the number of orders by status, stacked in each of the period's buckets. Cancelled ones
/// are mentioned only.
pub fn chart(stats: &Stats, texts: &Texts) -> Result<Vec<u8>, ChartError> {
    if !lettering::is_ready() {
        return Err(ChartError::Font);
    }
    let mut pixels: Vec<u8> = std::iter::repeat_n(u8::MAX, (SIZE * SIZE * 3) as usize).collect();
    {
        let canvas = BitMapBackend::with_buffer(&mut pixels, (SIZE, SIZE)).into_drawing_area();
        draw(&canvas, stats, texts)?;
        canvas.present()?;
    }
    packed(&pixels)
}

fn draw(canvas: &Canvas, stats: &Stats, texts: &Texts) -> Drawn<()> {
    let side = i32::try_from(SIZE).unwrap_or(i32::MAX);
    let room = side - 2 * MARGIN;
    let title = texts.say_with("stats-title", &[("period", texts.period(stats.period).into())]);
    lettering::write_within(canvas, &title, (MARGIN, TITLE_TOP), room, (54, FontStyle::Bold))?;
    let standing = stats.figures.standing();
    if standing.orders == 0 {
        return lettering::write_within(
            canvas,
            &texts.say("stats-empty"),
            (MARGIN, side / 2),
            room,
            (44, FontStyle::Normal),
        );
    }
    let sum = [("count", standing.orders.into()), ("amount", texts.sums(&standing.sums).into())];
    lettering::write_within(
        canvas,
        &texts.say_with("chart-sum", &sum),
        (MARGIN, SUM_TOP),
        room,
        (44, FontStyle::Normal),
    )?;
    draw_legend(canvas, stats, room / 2, texts)?;
    bars::draw(canvas, (LEGEND_TOP + 2 * LEGEND_ROW, side), stats, texts)
}

fn draw_legend(canvas: &Canvas, stats: &Stats, column: i32, texts: &Texts) -> Drawn<()> {
    let places =
        [(0, 0), (1, 0), (0, 1)].map(|(across, down)| (MARGIN + across * column, LEGEND_TOP + down * LEGEND_ROW));
    for (status, (left, top)) in Status::STANDING.into_iter().zip(places) {
        let corners = [(left, top - 8), (left + 32, top + 24)];
        if let Some(colour) = colour(status) {
            canvas.draw(&Rectangle::new(corners, colour.filled()))?;
        }
        let entry = [("status", texts.status(status).into()), ("count", stats.figures.of(status).orders.into())];
        let text = texts.say_with("chart-legend", &entry);
        lettering::write_within(canvas, &text, (left + 48, top), column - 60, (34, FontStyle::Normal))?;
    }
    let cancelled = stats.figures.of(Status::Cancelled).orders;
    if cancelled == 0 {
        return Ok(());
    }
    let text = texts.say_with("chart-cancelled", &[("count", cancelled.into())]);
    let place = (MARGIN + column, LEGEND_TOP + LEGEND_ROW);
    lettering::write_within(canvas, &text, place, column - 12, (34, FontStyle::Normal))
}

fn packed(pixels: &[u8]) -> Result<Vec<u8>, ChartError> {
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, SIZE, SIZE);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(pixels)?;
    writer.finish()?;
    Ok(file)
}
