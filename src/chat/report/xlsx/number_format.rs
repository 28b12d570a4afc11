//! What number formats of a workbook show (ECMA-376, part 1, section 18.8.30).

/// Characters of a format's code; no spreadsheet program writes a longer one.
const LONGEST_CODE: usize = 255;
/// What follows the first letter of the format `General`.
const REST_OF_GENERAL: &str = "eneral";

/// How a number is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberFormat {
    /// As it is stored, if it is a whole one.
    Plain,
    /// As a date or a time.
    Date,
    /// With something left out, filled up or put beside it.
    Other,
}

impl NumberFormat {
    /// A format that every program knows by its number, which no code of the workbook explains.
    pub(super) fn built_in(id: u32) -> NumberFormat {
        match id {
            0 | 1 | 49 => NumberFormat::Plain,
            id if is_built_in_date(id) => NumberFormat::Date,
            _ => NumberFormat::Other,
        }
    }

    pub(super) fn of_code(code: &str) -> NumberFormat {
        // A crafted one may be megabytes long.
        if code.chars().nth(LONGEST_CODE).is_some() {
            return NumberFormat::Other;
        }
        match code.trim().to_ascii_lowercase().as_str() {
            "general" | "0" | "#" | "@" => NumberFormat::Plain,
            _ if shows_date(code) => NumberFormat::Date,
            _ => NumberFormat::Other,
        }
    }
}

fn is_built_in_date(id: u32) -> bool {
    matches!(id, 14..=22 | 27..=36 | 45..=47 | 50..=58)
}

/// Whether a format's code shows a part of a date or a time; words in quotation marks, after a backslash and in brackets are
/// shown as they are, but for hours, minutes and seconds that count on.
fn shows_date(code: &str) -> bool {
    let mut chars = code.chars();
    while let Some(c) = chars.next() {
        match c {
            '"' => while chars.next().is_some_and(|c| c != '"') {},
            '\\' | '_' | '*' => drop(chars.next()),
            '[' => {
                let within: String = chars.by_ref().take_while(|c| *c != ']').collect();
                let counts_on =
                    |letter: char| !within.is_empty() && within.chars().all(|c| c.eq_ignore_ascii_case(&letter));
                if ['h', 'm', 's'].into_iter().any(counts_on) {
                    return true;
                }
            }
            'd' | 'm' | 'y' | 'h' | 's' | 'D' | 'M' | 'Y' | 'H' | 'S' => return true,
            // `General` is a word, and its letters are no parts of a date.
            'G' | 'g' if goes_on_as_general(chars.as_str()) => drop(chars.nth(REST_OF_GENERAL.len() - 1)),
            _ => {}
        }
    }
    false
}

fn goes_on_as_general(rest: &str) -> bool {
    let begins = rest.as_bytes().get(..REST_OF_GENERAL.len());
    begins.is_some_and(|begins| begins.eq_ignore_ascii_case(REST_OF_GENERAL.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::{LONGEST_CODE, NumberFormat, shows_date};

    #[test]
    fn a_format_shows_a_date_by_its_letters_outside_of_words() {
        for code in ["dd.mm.yyyy", "m/d/yy h:mm", "[h]:mm:ss", "[$-419]d mmm;@", "[Red]yyyy"] {
            assert!(shows_date(code), "{code}");
        }
        for code in [
            "General",
            "GENERAL;-general",
            "# ##0.00",
            "0.00\" руб. (in rubles, my dear)\"",
            "\\d0",
            "[Red]-0",
            "[$₽-419]0",
            "0.00E+00",
            "@",
            "_-* #,##0_-",
        ] {
            assert!(!shows_date(code), "{code}");
        }
    }

    #[test]
    fn only_a_plain_format_shows_what_is_stored() {
        assert_eq!(NumberFormat::of_code(&"d".repeat(LONGEST_CODE)), NumberFormat::Date);
        assert_eq!(NumberFormat::of_code(&"d".repeat(LONGEST_CODE + 1)), NumberFormat::Other);
        for code in ["General", "0", "@"] {
            assert_eq!(NumberFormat::of_code(code), NumberFormat::Plain, "{code}");
        }
        for code in ["00000000", "# ##0", "0.00", "\"SP-\"0", "0.00E+00"] {
            assert_eq!(NumberFormat::of_code(code), NumberFormat::Other, "{code}");
        }
    }
}
