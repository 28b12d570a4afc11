//! What a photo must be: a picture whose size can be read, neither too large nor too long.

/// The largest photo, in bytes.
const LARGEST: usize = 10 * 1024 * 1024;
/// Width and height together.
const MOST_PIXELS: u32 = 10_000;
/// The longer side by the shorter one.
const LONGEST_RATIO: u32 = 20;

/// Width and height of a picture.
pub type Dimensions = (u32, u32);

/// Why Telegram does not take these bytes as a photo.
pub fn refusal(bytes: &[u8]) -> Option<String> {
    if bytes.len() > LARGEST {
        let size = bytes.len();
        return Some(format!("file of size {size} bytes is too big for a photo; the maximum size is {LARGEST} bytes"));
    }
    let Some((width, height)) = dimensions(bytes).filter(|(width, height)| *width > 0 && *height > 0) else {
        return Some("IMAGE_PROCESS_FAILED".to_owned());
    };
    let is_fine = width.saturating_add(height) <= MOST_PIXELS
        && width.max(height) <= width.min(height).saturating_mul(LONGEST_RATIO);
    (!is_fine).then(|| "PHOTO_INVALID_DIMENSIONS".to_owned())
}

/// The size of a PNG, GIF, JPEG or WebP by its first bytes.
pub fn dimensions(bytes: &[u8]) -> Option<Dimensions> {
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        return Some((big_endian(bytes, 16, 4)?, big_endian(bytes, 20, 4)?));
    }
    if bytes.starts_with(b"GIF8") {
        return Some((little_endian(bytes, 6, 2)?, little_endian(bytes, 8, 2)?));
    }
    if bytes.starts_with(b"\xff\xd8\xff") {
        return jpeg_dimensions(bytes);
    }
    if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        return webp_dimensions(bytes);
    }
    None
}

fn jpeg_dimensions(bytes: &[u8]) -> Option<Dimensions> {
    let mut at = 2;
    loop {
        if bytes.get(at) != Some(&0xff) {
            return None;
        }
        match *bytes.get(at + 1)? {
            0xff => at += 1,
            0xc0..=0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf => {
                return Some((big_endian(bytes, at + 7, 2)?, big_endian(bytes, at + 5, 2)?));
            }
            0xd9 | 0xda => return None,
            _ => at += 2 + usize::try_from(big_endian(bytes, at + 2, 2)?).ok()?,
        }
    }
}

fn webp_dimensions(bytes: &[u8]) -> Option<Dimensions> {
    match bytes.get(12..16)? {
        b"VP8 " => Some((little_endian(bytes, 26, 2)? & 0x3fff, little_endian(bytes, 28, 2)? & 0x3fff)),
        b"VP8L" => {
            let bits = little_endian(bytes, 21, 4)?;
            Some(((bits & 0x3fff) + 1, ((bits >> 14) & 0x3fff) + 1))
        }
        b"VP8X" => Some((little_endian(bytes, 24, 3)? + 1, little_endian(bytes, 27, 3)? + 1)),
        _ => None,
    }
}

fn big_endian(bytes: &[u8], at: usize, length: usize) -> Option<u32> {
    Some(bytes.get(at..at + length)?.iter().fold(0, |number, byte| (number << 8) | u32::from(*byte)))
}

fn little_endian(bytes: &[u8], at: usize, length: usize) -> Option<u32> {
    Some(bytes.get(at..at + length)?.iter().rev().fold(0, |number, byte| (number << 8) | u32::from(*byte)))
}

#[cfg(test)]
mod tests {
    use super::{dimensions, refusal};

    fn png(width: u32, height: u32) -> Vec<u8> {
        let head = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
        [&head[..], &width.to_be_bytes(), &height.to_be_bytes()].concat()
    }

    #[test]
    fn sizes_are_read_from_every_kind_of_picture() {
        assert_eq!(dimensions(&png(640, 480)), Some((640, 480)));
        assert_eq!(dimensions(b"GIF89a\x40\x01\xf0\x00"), Some((320, 240)));
        let jpeg = b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc0\x00\x11\x08\x00\xf0\x01\x40";
        assert_eq!(dimensions(jpeg), Some((320, 240)));
        assert_eq!(dimensions(b"RIFF\0\0\0\0WEBPVP8X\n\0\0\0\0\0\0\0\x3f\x01\0\xef\0\0"), Some((320, 240)));
        assert_eq!(dimensions(b"RIFF\0\0\0\0WEBPVP8L\0\0\0\0\x2f\x3f\xc1\x3b\0"), Some((320, 240)));
        assert_eq!(dimensions(b"\xff\xd8\xff\xe0"), None);
        assert_eq!(dimensions(b"%PDF-1.7"), None);
    }

    #[test]
    fn a_photo_has_its_limits() {
        let refused = |bytes: &[u8]| refusal(bytes);
        assert_eq!(refused(&png(5000, 5000)), None);
        assert_eq!(refused(&png(2000, 100)), None);
        assert_eq!(refused(&png(5001, 5000)).as_deref(), Some("PHOTO_INVALID_DIMENSIONS"));
        assert_eq!(refused(&png(100, 2001)).as_deref(), Some("PHOTO_INVALID_DIMENSIONS"));
        assert_eq!(refused(&png(0, 1)).as_deref(), Some("IMAGE_PROCESS_FAILED"));
        assert_eq!(refused(b"x").as_deref(), Some("IMAGE_PROCESS_FAILED"));
        let mut large = png(10, 10);
        large.resize(10 * 1024 * 1024 + 1, 0);
        let why = "file of size 10485761 bytes is too big for a photo; the maximum size is 10485760 bytes";
        assert_eq!(refused(&large).as_deref(), Some(why));
    }
}
