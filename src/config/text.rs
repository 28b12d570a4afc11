//! The text of a file that somebody wrote with whatever editor is at hand.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use crate::domain::Fault;

/// Far above what a configuration or a price list comes to, and no trouble in memory.
const LARGEST: u64 = 1024 * 1024;

/// Reads a file whole; the remedy is for one that cannot be read at all.
pub fn read(path: &Path, remedy: &str) -> Result<String, Fault> {
    let fault = |problem: String| Fault { place: path.display().to_string(), problem };
    let bytes = read_at_most(path, LARGEST).map_err(|error| fault(format!("cannot be read ({error}); {remedy}")))?;
    let Some(bytes) = bytes else {
        return Err(fault(format!("is larger than {} MB, which no such file needs; {remedy}", LARGEST / 1024 / 1024)));
    };
    decode(bytes).map_err(fault)
}

/// The bytes of a file; `None` if there are more than the limit.
pub(super) fn read_at_most(path: &Path, limit: u64) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    let read = File::open(path)?.take(limit + 1).read_to_end(&mut bytes)?;
    Ok((read as u64 <= limit).then_some(bytes))
}

/// The text, or what is wrong with its encoding and the remedy.
fn decode(bytes: Vec<u8>) -> Result<String, String> {
    const REMEDY: &str = "save the file as UTF-8 with your editor's \"Save As\"";
    if is_utf16(&bytes) {
        return Err(format!("is in UTF-16; {REMEDY}"));
    }
    String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let line = error.as_bytes().iter().take(valid).filter(|byte| **byte == b'\n').count() + 1;
        format!("is not in UTF-8, perhaps in Windows-1251 (line {line}); {REMEDY}")
    })
}

/// Whether a text begins with the mark of UTF-16, or with a letter and the zero byte that UTF-16 pads it with.
fn is_utf16(bytes: &[u8]) -> bool {
    match bytes {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => true,
        [first, second, ..] => (*first == 0) != (*second == 0),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_is_not_utf8_is_told_from_one_that_is() {
        let text = "[shop]\nname = \"Гардант\"\n";
        let marked = format!("\u{feff}{text}");
        for sound in [text, marked.as_str(), ""] {
            assert_eq!(decode(sound.as_bytes().to_vec()).as_deref(), Ok(sound));
        }
        let units: Vec<u16> = text.encode_utf16().collect();
        let little: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
        let big: Vec<u8> = units.iter().flat_map(|unit| unit.to_be_bytes()).collect();
        let utf16 = "is in UTF-16; save the file as UTF-8 with your editor's \"Save As\"";
        for bytes in [[b"\xff\xfe", &little[..]].concat(), [b"\xfe\xff", &big[..]].concat(), little, big] {
            assert_eq!(decode(bytes).unwrap_err(), utf16);
        }
        let cp1251 = b"[shop]\nname = \"\xc3\xe0\xf0\xe4\"".to_vec();
        let sentence =
            "is not in UTF-8, perhaps in Windows-1251 (line 2); save the file as UTF-8 with your editor's \"Save As\"";
        assert_eq!(decode(cp1251).unwrap_err(), sentence);
    }

    #[test]
    fn no_file_is_read_without_end() {
        let endless = read(Path::new("/dev/zero"), "name another").unwrap_err();
        assert_eq!(endless.to_string(), "/dev/zero: is larger than 1 MB, which no such file needs; name another");
    }
}
