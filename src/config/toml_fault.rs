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
    Fault { place: format!("{}, line {line}", path.display()), problem: format!("{said}; {remedy}") }
}

/// What to do about an error, by its text and the line that it is about.
fn remedy(said: &str, line: &str) -> &'static str {
    let (key, value) = line.split_once('=').unwrap_or_default();
    let (key, value) = (key.trim(), value.trim());
    if value.starts_with(OTHER_MINUSES) {
        return "write the minus as the keyboard's - (hyphen)";
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
        let told = ["low_stock = \"50\"", "low_stock = \"few\"", "low_stock = -5", "contact = 5"];
        let told = told.map(|written| format!("{written}\n    {}", refusal("staff_chat = -5", written)));
        insta::assert_snapshot!(told.join("\n"));
    }
}
