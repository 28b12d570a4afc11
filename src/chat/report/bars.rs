//! The bars of a chart with their axes.

use plotters::coord::types::{RangedCoordi32, RangedCoordu64};
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use super::canvas::{Canvas, Drawn, MARGIN, colour};
use super::labels::labels;
use super::lettering::{letters, width, write, write_within};
use crate::chat::i18n::Texts;
use crate::domain::reports::buckets::Grain;
use crate::domain::reports::figures::Bucket;
use crate::domain::{Stats, Status};

/// From the bottom of a bar: what is settled lies below what is open.
const STACK: [Status; 3] = [Status::Completed, Status::Invoiced, Status::Placed];
/// The widest that a bar gets is this part of the chart.
const FEWEST_SLOTS: i32 = 5;
/// Horizontal units of a bar with the gaps beside it.
const SLOT: i32 = 10;
const GAP: i32 = 1;
/// Steps of the vertical axis.
const MOST_STEPS: u64 = 5;
/// Room for the vertical axis's title and a number over the highest bar, and for the labels and the horizontal axis's title.
const HEADROOM: i32 = 104;
const FOOTROOM: i32 = 126;
/// Between a label and its axis.
const SPACE: i32 = 16;
const APART: i32 = 10;
/// Digits have no descenders, so that the middle of their line is above their own.
const DIGITS_DOWN: i32 = 5;
/// Letters of the axes, and of what they are called.
const LABEL: u32 = 32;
const AXIS: (u32, FontStyle) = (30, FontStyle::Normal);
const LINE: RGBColor = RGBColor(0xdd, 0xe1, 0xe6);

type Plot<'a> = DrawingArea<BitMapBackend<'a>, Cartesian2d<RangedCoordi32, RangedCoordu64>>;

/// Draws the bars between these heights of the canvas.
pub(super) fn draw(canvas: &Canvas, (top, bottom): (i32, i32), stats: &Stats, texts: &Texts) -> Drawn<()> {
    let style = letters(LABEL, FontStyle::Normal);
    let highest = stats.buckets.iter().map(|bucket| bucket.figures.standing().orders).max().unwrap_or_default();
    let step = step(highest);
    let ceiling = highest.div_ceil(step).max(1).saturating_mul(step);
    let widest = width(canvas, &texts.number(ceiling), &style)?;
    let (left, right) = (MARGIN + widest + SPACE, bottom - MARGIN);

    let count = i32::try_from(stats.buckets.len()).unwrap_or(i32::MAX / SLOT);
    let slots = count.max(FEWEST_SLOTS);
    let across = RangedCoordi32::from(0..slots * SLOT);
    let up = RangedCoordu64::from(0..ceiling);
    let pixels = (left..right, bottom - FOOTROOM..top + HEADROOM);
    let plot: Plot = canvas.clone().apply_coord_spec(Cartesian2d::new(across, up, pixels));

    draw_axis(canvas, &plot, (0..=ceiling).step_by(usize::try_from(step).unwrap_or(usize::MAX)), slots, texts)?;
    let first = (slots - count) * SLOT / 2;
    for (start, bucket) in (first..).step_by(SLOT.unsigned_abs() as usize).zip(&stats.buckets) {
        draw_bar(&plot, start, bucket)?;
    }
    draw_counts(canvas, &plot, first, stats, texts)?;
    draw_labels(canvas, &plot, first, &labels(stats, texts))?;
    let (heights, buckets) = axis_titles(stats.grain);
    write_within(canvas, &texts.say(heights), (MARGIN, top + SPACE), right - MARGIN, AXIS)?;
    write_within(canvas, &texts.say(buckets), (left, bottom - MARGIN - APART), right - left, AXIS)
}

/// What the bars' heights count, and what a bar stands for.
fn axis_titles(grain: Grain) -> (&'static str, &'static str) {
    match grain {
        Grain::Day => ("chart-orders-a-day", "chart-days"),
        Grain::Week => ("chart-orders-a-week", "chart-weeks"),
        Grain::Month => ("chart-orders-a-month", "chart-months"),
        Grain::Year => ("chart-orders-a-year", "chart-years"),
    }
}

/// 1, 2 or 5 with zeros: the smallest that leads to `highest` in few steps.
fn step(highest: u64) -> u64 {
    let rounds = (0..18).flat_map(|power| [1, 2, 5].map(|digit| digit * 10_u64.pow(power)));
    rounds.into_iter().find(|step| highest.div_ceil(*step) <= MOST_STEPS).unwrap_or(u64::MAX)
}

fn draw_axis(canvas: &Canvas, plot: &Plot, heights: impl Iterator<Item = u64>, slots: i32, texts: &Texts) -> Drawn<()> {
    let style = letters(LABEL, FontStyle::Normal);
    for height in heights {
        plot.draw(&PathElement::new([(0, height), (slots * SLOT, height)], LINE.stroke_width(2)))?;
        let (x, y) = plot.map_coordinate(&(0, height));
        write(
            canvas,
            &texts.number(height),
            (x - SPACE, y + DIGITS_DOWN),
            Pos::new(HPos::Right, VPos::Center),
            &style,
        )?;
    }
    Ok(())
}

fn draw_bar(plot: &Plot, start: i32, bucket: &Bucket) -> Drawn<()> {
    let mut base = 0_u64;
    for status in STACK {
        let top = base.saturating_add(bucket.figures.of(status).orders);
        if top > base {
            let corners = [(start + GAP, base), (start + SLOT - GAP, top)];
            if let Some(colour) = colour(status) {
                plot.draw(&Rectangle::new(corners, colour.filled()))?;
            }
        }
        base = top;
    }
    Ok(())
}

/// The number of orders over each bar, when all of these numbers have room.
fn draw_counts(canvas: &Canvas, plot: &Plot, first: i32, stats: &Stats, texts: &Texts) -> Drawn<()> {
    let style = letters(LABEL, FontStyle::Bold);
    let counts: Vec<u64> = stats.buckets.iter().map(|bucket| bucket.figures.standing().orders).collect();
    let mut widest = 0;
    for count in &counts {
        widest = widest.max(width(canvas, &texts.number(*count), &style)?);
    }
    if widest + APART > slot_width(plot) {
        return Ok(());
    }
    for (middle, count) in (first + SLOT / 2..).step_by(SLOT.unsigned_abs() as usize).zip(counts) {
        if count > 0 {
            let (x, y) = plot.map_coordinate(&(middle, count));
            write(canvas, &texts.number(count), (x, y - 8), Pos::new(HPos::Center, VPos::Bottom), &style)?;
        }
    }
    Ok(())
}

/// Every label, or every second, third …, so that none touches its neighbour.
fn draw_labels(canvas: &Canvas, plot: &Plot, first: i32, labels: &[String]) -> Drawn<()> {
    let style = letters(LABEL, FontStyle::Normal);
    let mut widest = 0;
    for label in labels {
        widest = widest.max(width(canvas, label, &style)?);
    }
    let every = (1..).find(|every: &i32| every.saturating_mul(slot_width(plot).max(1)) >= widest + APART).unwrap_or(1);
    let starts = (first..).step_by(SLOT.unsigned_abs() as usize).zip(labels);
    for (start, label) in starts.step_by(usize::try_from(every).unwrap_or(1)) {
        let (x, y) = plot.map_coordinate(&(start + SLOT / 2, 0));
        write(canvas, label, (x, y + SPACE), Pos::new(HPos::Center, VPos::Top), &style)?;
    }
    Ok(())
}

fn slot_width(plot: &Plot) -> i32 {
    plot.map_coordinate(&(SLOT, 0)).0 - plot.map_coordinate(&(0, 0)).0
}
