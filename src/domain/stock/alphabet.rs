//! Which alphabet a letter is of, as far as serial numbers need it.

/// An alphabet whose letters may stand beside each other in a serial number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alphabet {
    Latin,
    Cyrillic,
    /// Another one, by the range of its letters.
    Other(u32),
}

/// The alphabet of a letter; `None` for what only looks like a letter, a digit or a hyphen of it: full width, styled and
/// enclosed forms, digits of other scripts, dashes, accents, symbols.
pub fn alphabet(c: char) -> Option<Alphabet> {
    /// Letters that are drawn as others are: the dotless i, the long s, kra.
    const DISGUISED: [char; 5] = ['\u{131}', '\u{138}', '\u{149}', '\u{17f}', '\u{237}'];
    if !c.is_alphabetic() || DISGUISED.contains(&c) {
        return None;
    }
    match u32::from(c) {
        0x41..=0x5a | 0x61..=0x7a | 0xc0..=0x17f => Some(Alphabet::Latin),
        // Phonetic and modifier letters, then what Unicode has only for the sake of older character sets.
        0xaa | 0xba | 0x180..=0x2ff | 0x1d00..=0x1dbf | 0x1e00..=0x1eff => None,
        0x2100..=0x218f | 0x2460..=0x24ff | 0x2c60..=0x2c7f | 0xa720..=0xa7ff | 0xab30..=0xab6f => None,
        0xf900..=0xfaff | 0xfb00..=0xffff | 0x1d400..=0x1d7ff | 0x1f100..=0x1f1ff => None,
        0x400..=0x52f => Some(Alphabet::Cyrillic),
        // Hiragana, katakana and Chinese characters are written together.
        0x3040..=0x30ff | 0x3400..=0x9fff | 0x20000..=0x3ffff => Some(Alphabet::Other(0x3040)),
        0x1100..=0x11ff | 0x3130..=0x318f | 0xac00..=0xd7af => Some(Alphabet::Other(0xac00)),
        other => Some(Alphabet::Other(other >> 8)),
    }
}
