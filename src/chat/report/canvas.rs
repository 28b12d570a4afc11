//! What a chart is drawn on, and the colours and margins that its parts share.

use plotters::coord::Shift;
use plotters::prelude::*;

use crate::domain::Status;

/// The ground around everything.
pub(super) const MARGIN: i32 = 50;

/// What is drawn on.
pub(super) type Canvas<'a> = DrawingArea<BitMapBackend<'a>, Shift>;
/// The outcome of a stroke.
pub(super) type Drawn<T> = Result<T, DrawingFault>;
pub(super) type DrawingFault = DrawingAreaErrorKind<<BitMapBackend<'static> as DrawingBackend>::ErrorType>;

/// What a status is painted with; apart in brightness too, for those who see no colours.
/// `None` for what is not drawn.
pub(super) fn colour(status: Status) -> Option<RGBColor> {
    match status {
        Status::Placed => Some(RGBColor(0x2f, 0x6f, 0xb7)),
        Status::Invoiced => Some(RGBColor(0xf0, 0xa8, 0x30)),
        Status::Completed => Some(RGBColor(0x3f, 0x9b, 0x63)),
        Status::Cancelled => None,
    }
}
