//! What counts as a picture, by its first bytes: names and media types are only what the sender says.

/// The largest picture that Telegram takes as a photo; a larger one travels as a file.
const LARGEST_PHOTO: usize = 10 * 1024 * 1024;
const WEBP_AT: usize = 8;

/// The media type of a still picture that every browser shows, else nothing.
pub(super) fn media_type(bytes: &[u8]) -> Option<&'static str> {
    let is_webp = bytes.starts_with(b"RIFF") && bytes.get(WEBP_AT..).is_some_and(|rest| rest.starts_with(b"WEBP"));
    if bytes.starts_with(b"\xff\xd8\xff") {
        Some("image/jpeg")
    } else if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        Some("image/png")
    } else {
        is_webp.then_some("image/webp")
    }
}

/// Whether a Telegram client would send this as a photo and not as a file.
pub(super) fn travels_as_photo(bytes: &[u8]) -> bool {
    bytes.len() <= LARGEST_PHOTO && media_type(bytes).is_some()
}

#[cfg(test)]
mod tests {
    use super::{media_type, travels_as_photo};

    #[test]
    fn a_picture_is_known_by_its_first_bytes() {
        assert_eq!(media_type(b"\xff\xd8\xff\xe0"), Some("image/jpeg"));
        assert_eq!(media_type(b"\x89PNG\r\n\x1a\n"), Some("image/png"));
        assert_eq!(media_type(b"RIFF\x10\0\0\0WEBPVP8 "), Some("image/webp"));
        for other in [&b""[..], b"RIFF\x10\0\0\0WAVE", b"RIFF", b"<svg onload='alert(1)'>", b"%PDF-1.4"] {
            assert_eq!(media_type(other), None, "{other:?}");
        }
    }

    #[test]
    fn a_picture_too_large_for_a_photo_travels_as_a_file() {
        let mut picture = b"\xff\xd8\xff".to_vec();
        picture.resize(10 * 1024 * 1024, 0);
        assert!(travels_as_photo(&picture));
        picture.push(0);
        assert!(!travels_as_photo(&picture));
    }
}
