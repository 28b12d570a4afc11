//! What is wrong with the configuration file as TOML, with the remedy for what people often write.

use std::path::Path;

use crate::domain::Fault;
use crate::domain::fault::line_of;

/// Minus signs that word processors and phones make of a hyphen.
const OTHER_MINUSES: [char; 4] = ['\u{2212}', '\u{2013}', '\u{2014}', '\u{2011}'];

pub(super) fn explained(text: &str, error: &toml::de::Error, path: &Path) -> Fault {
    let line = line_of(text, error);
    let said = error.message().replace('\n', " ");
    let written = text.lines().nth(line - 1).unwrap_or_default();
    let remedy = remedy(&said, written);
    let misfit = misfit(&said);
    let syntax = if misfit.is_some() { Syntax::Sound } else { Syntax::InDoubt };
    let key = key_at(text, line, syntax).map(|key| format!(", key `{key}`")).unwrap_or_default();
    let problem = match misfit {
        Some(misfit) => misfit,
        None if said.starts_with(UNQUOTED) => {
            let (_, value) = written.split_once('=').unwrap_or_default();
            format!("`{}` is neither a text in quotes nor a number, true or false", value.trim())
        }
        None => said,
    };
    Fault { place: format!("{}, line {line}{key}", path.display()), problem: format!("{problem}; {remedy}") }
}

/// How the parser speaks of a value that it takes for a text without quotes.
const UNQUOTED: &str = "string values must be quoted";

/// A value of the wrong kind in people's words: what is wanted, and what stands there.
fn misfit(said: &str) -> Option<String> {
    let said = said.strip_prefix("invalid type: ").or_else(|| said.strip_prefix("invalid value: "))?;
    let (found, wanted) = said.rsplit_once(", expected ")?;
    let wanted = match wanted {
        "a boolean" => "true or false",
        "a string" => "a text in quotes",
        "a sequence" => "a list such as [1, 2]",
        "u8" | "u16" | "u32" | "u64" | "usize" => "a whole number from 0",
        "i8" | "i16" | "i32" | "i64" | "isize" => "a whole number",
        _ => return None,
    };
    let found = match found {
        "sequence" => "a list",
        "map" => "a section",
        found => found.strip_prefix("string ").or_else(|| found.split('`').nth(1)).unwrap_or(found),
    };
    Some(format!("{wanted} is wanted instead of {found}"))
}

/// Whether what stands before a fault is TOML.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Syntax {
    Sound,
    InDoubt,
}

/// The key that a line is about, with its section. A line without one may go on with the value of a key above, unless it is broken.
fn key_at(text: &str, line: usize, syntax: Syntax) -> Option<String> {
    let before: Vec<&str> = text.lines().take(line).collect();
    let is_header = |line: &&&str| line.trim_start().starts_with('[');
    let key_in = |line: &str| {
        let (key, _) = line.trim().split_once('=')?;
        let key = key.trim();
        let is_key = !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || "._-".contains(c));
        is_key.then(|| key.to_owned())
    };
    let own = before.last().copied()?;
    let key = match key_in(own) {
        Some(key) => key,
        None if syntax == Syntax::Sound && !is_header(&&own) => before.iter().rev().find_map(|line| key_in(line))?,
        None => return None,
    };
    let section = before.iter().rev().find(|line| line.starts_with('[') && line.trim_end().ends_with(']'));
    let section = section.map(|line| line.trim().trim_matches(['[', ']']));
    Some(section.map_or_else(|| key.clone(), |section| format!("{section}.{key}")))
}

/// What to do about an error, by its text and the line that it is about.
fn remedy(said: &str, line: &str) -> &'static str {
    let (key, value) = line.split_once('=').unwrap_or_default();
    let (key, value) = (key.trim(), value.trim());
    if value.starts_with(OTHER_MINUSES) {
        return "write the minus as the keyboard's - (hyphen)";
    }
    if said.starts_with(UNQUOTED) {
        let word = value.split(['#', ' ']).next().unwrap_or_default().to_ascii_lowercase();
        let is_answer = ["yes", "no", "on", "off", "true", "false"].contains(&word.as_str());
        return if is_answer { "write true or false" } else { "write it in quotes" };
    }
    let wanted = said.split_once("expected ").map_or("", |(_, wanted)| wanted);
    let is_number = |text: &str| text.strip_prefix(['i', 'u']).is_some_and(|bits| bits.starts_with(char::is_numeric));
    if let Some(found) = said.strip_prefix("invalid type: string \"").and_then(|rest| rest.split('"').next()) {
        let digits = found.trim_start_matches(OTHER_MINUSES).trim_start_matches('-');
        return match (wanted, is_number(wanted)) {
            ("a boolean", _) => "write true or false, without quotes",
            (_, true) if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) => {
                "write the number without quotes"
            }
            (_, true) if key == "staff_chat" || key == "admins" => {
                "write the numeric id instead of a name; it stands after the # in the address bar of https://web.telegram.org/a"
            }
            (_, true) => "write a whole number, in digits",
            _ => EXAMPLE,
        };
    }
    match (said.starts_with("invalid type: floating point"), wanted) {
        (true, wanted) if is_number(wanted) => "write a whole number, in digits",
        (_, "a sequence") => "write a list in brackets, such as [111111111]",
        (_, "a string") => "write it in quotes",
        _ => EXAMPLE,
    }
}

const EXAMPLE: &str = "keydesk.example.toml documents every key";

#[cfg(test)]
mod tests {
    use super::super::Config;
    use super::*;

    fn refusal(telegram: &str, shop: &str) -> String {
        let text = format!("[telegram]\n{telegram}\n[shop]\nname = \"A\"\ncatalog = \"c.toml\"\n{shop}");
        let faults = Config::parse(&text, Path::new("keydesk.toml")).unwrap_err();
        faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn ids_as_people_write_them_are_refused_with_the_remedy() {
        let told: Vec<String> = [
            "staff_chat = \"-1001234567890\"",
            "staff_chat = \"@sales\"",
            "staff_chat = \u{2212}1001234567890",
            "staff_chat = \"\u{2212}1001234567890\"",
            "staff_chat = -1.0e12",
            "staff_chat = 1234567890",
            "staff_chat = -5\nadmins = [\"@boss\"]",
            "staff_chat = -5\nadmins = [\"111\"]",
            "staff_chat = -5\nadmins = [\n    111,\n    \"@boss\",\n]",
            "staff_chat = -5\nadmins = 111",
            "staff_chat = -5\nallow_plain_http = \"true\"",
        ]
        .iter()
        .map(|written| format!("{written}\n    {}", refusal(written, "")))
        .collect();
        insta::assert_snapshot!(told.join("\n"));
    }

    #[test]
    fn other_values_of_the_wrong_kind_are_refused_with_the_remedy() {
        let told = [
            "low_stock = \"50\"",
            "low_stock = \"few\"",
            "low_stock = -5",
            "contact = 5",
            "protect_serials = yes",
            "protect_serials = 1",
            "access = open",
            "contact = [\n    5,\n]",
        ];
        let told = told.map(|written| format!("{written}\n    {}", refusal("staff_chat = -5", written)));
        insta::assert_snapshot!(told.join("\n"));
    }
}
