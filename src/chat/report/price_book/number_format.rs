//! Which number formats of a workbook show dates (ECMA-376, part 1, section 18.8.30).

/// Whether every program shows a date by the format of this number, which no code of the workbook explains.
pub(super) fn is_built_in_date(id: u32) -> bool {
    matches!(id, 14..=22 | 27..=36 | 45..=47 | 50..=58)
}

/// Whether a format's code shows a part of a date or a time; words in quotation marks, after a backslash and in brackets are
/// shown as they are, but for hours, minutes and seconds that count on.
pub(super) fn shows_date(code: &str) -> bool {
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
            'G' | 'g' if chars.as_str().to_ascii_lowercase().starts_with("eneral") => drop(chars.nth(5)),
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::shows_date;

    #[test]
    fn a_format_shows_a_date_by_its_letters_outside_of_words() {
        for code in ["dd.mm.yyyy", "m/d/yy h:mm", "[h]:mm:ss", "[$-419]d mmm;@", "[Red]yyyy"] {
            assert!(shows_date(code), "{code}");
        }
        for code in [
            "General",
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
}
