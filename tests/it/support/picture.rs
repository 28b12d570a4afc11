//! PNGs with few colours: a fifth of the size, and text looks the same.

use std::collections::BTreeMap;
use std::io::Cursor;

/// A picture of at most 256 colours.
#[derive(Clone)]
pub struct Picture {
    pub width: u32,
    pub height: u32,
    /// Red, green and blue of each point, row by row.
    points: Vec<[u8; 3]>,
}

/// Colours of a palette.
const MOST_COLOURS: usize = 256;
const UNCOMMON: usize = 24;

impl Picture {
    /// Reads a PNG of 8 bits a channel, as a browser makes it.
    pub fn read(png: &[u8]) -> Picture {
        let mut reader = png::Decoder::new(Cursor::new(png)).read_info().expect("a PNG");
        let mut buffer = vec![0; reader.output_buffer_size().expect("a picture that fits into memory")];
        let info = reader.next_frame(&mut buffer).expect("a whole PNG");
        let channels = info.color_type.samples();
        let points = buffer[..info.buffer_size()].chunks_exact(channels).map(|point| [point[0], point[1], point[2]]);
        Picture { width: info.width, height: info.height, points: points.collect() }
    }

    /// The pictures as frames of one PNG that plays them again and again, each shown so many milliseconds; one alone stands
    /// still.
    pub fn write(frames: &[(Picture, u16)]) -> Vec<u8> {
        let Palette { colours, numbers } = palette(frames);
        let (first, _) = &frames[0];
        let mut png = Vec::new();
        let mut encoder = png::Encoder::new(&mut png, first.width, first.height);
        encoder.set_color(png::ColorType::Indexed);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.set_compression(png::Compression::High);
        encoder.set_palette(colours.concat());
        if frames.len() > 1 {
            encoder.set_animated(u32::try_from(frames.len()).unwrap(), 0).unwrap();
        }
        let mut writer = encoder.write_header().unwrap();
        let mut before: Option<&Picture> = None;
        for (picture, milliseconds) in frames {
            // Only what changed is stored.
            let (left, top, right, bottom) =
                before.map_or((0, 0, picture.width, picture.height), |it| picture.changed(it));
            if frames.len() > 1 {
                // The encoder holds each against the other, also against what the frame before left.
                writer.set_frame_position(0, 0).unwrap();
                writer.set_frame_dimension(right - left, bottom - top).unwrap();
                writer.set_frame_position(left, top).unwrap();
                writer.set_frame_delay(*milliseconds, 1000).unwrap();
            }
            let rows = (top..bottom).flat_map(|y| (left..right).map(move |x| (x, y)));
            let indexes: Vec<u8> = rows.map(|(x, y)| numbers[&rounded(picture.at(x, y))]).collect();
            writer.write_image_data(&indexes).unwrap();
            before = Some(picture);
        }
        writer.finish().unwrap();
        png
    }

    fn at(&self, x: u32, y: u32) -> [u8; 3] {
        self.points[usize::try_from(y * self.width + x).unwrap()]
    }

    /// The smallest rectangle outside of which both are the same, of one point at least.
    fn changed(&self, before: &Picture) -> (u32, u32, u32, u32) {
        let differs = |x: u32, y: u32| self.at(x, y) != before.at(x, y);
        let rows: Vec<u32> = (0..self.height).filter(|y| (0..self.width).any(|x| differs(x, *y))).collect();
        let columns: Vec<u32> = (0..self.width).filter(|x| (0..self.height).any(|y| differs(*x, y))).collect();
        let span = |of: &[u32]| of.first().zip(of.last()).map_or((0, 1), |(first, last)| (*first, last + 1));
        let ((left, right), (top, bottom)) = (span(&columns), span(&rows));
        (left, top, right, bottom)
    }
}

/// What stands for each colour, by what it is rounded to: the commonest ones for themselves, and some that are least like
/// them, for small things such as an emoji; for others the nearest of these.
struct Palette {
    colours: Vec<[u8; 3]>,
    numbers: BTreeMap<[u8; 3], u8>,
}

fn palette(frames: &[(Picture, u16)]) -> Palette {
    let mut uses: BTreeMap<[u8; 3], BTreeMap<[u8; 3], u32>> = BTreeMap::new();
    for point in frames.iter().flat_map(|(picture, _)| &picture.points) {
        *uses.entry(rounded(*point)).or_default().entry(*point).or_default() += 1;
    }
    let commonest = |points: &BTreeMap<[u8; 3], u32>| *points.iter().max_by_key(|(_, count)| **count).unwrap().0;
    let mut ranked: Vec<_> = uses.values().map(|points| (points.values().sum::<u32>(), commonest(points))).collect();
    ranked.sort_unstable_by(|one, other| other.cmp(one));
    let ranked: Vec<[u8; 3]> = ranked.into_iter().map(|(_, colour)| colour).collect();
    let mut colours: Vec<[u8; 3]> = ranked.iter().copied().take(MOST_COLOURS - UNCOMMON).collect();
    while colours.len() < MOST_COLOURS.min(ranked.len()) {
        let lost = |colour: &&[u8; 3]| distance(**colour, colours[usize::from(nearest(**colour, &colours))]);
        let most_lost = *ranked.iter().max_by_key(lost).unwrap();
        colours.push(most_lost);
    }
    let numbers = uses.iter().map(|(rounded, points)| (*rounded, nearest(commonest(points), &colours))).collect();
    Palette { colours, numbers }
}

fn nearest(colour: [u8; 3], among: &[[u8; 3]]) -> u8 {
    let (number, _) = (0..=u8::MAX).zip(among).min_by_key(|(_, other)| distance(colour, **other)).unwrap();
    number
}

fn distance(one: [u8; 3], other: [u8; 3]) -> u32 {
    (0..3).map(|channel| u32::from(one[channel].abs_diff(other[channel])).pow(2)).sum()
}

/// To six bits a channel, of which nobody sees the difference.
fn rounded(point: [u8; 3]) -> [u8; 3] {
    point.map(|channel| channel >> 2)
}
