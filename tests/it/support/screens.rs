//! Screens as a person sees them, and whether Telegram would take them.

use keydesk::chat::action::Action;
use keydesk::chat::view::{Button, Press, Screen, Style};

/// Characters of a message after its markup is parsed (<https://core.telegram.org/bots/api#sendmessage>).
const LONGEST_TEXT: usize = 4096;
/// Buttons of one message.
const MOST_BUTTONS: usize = 100;
/// Bytes of `callback_data` (<https://core.telegram.org/bots/api#inlinekeyboardbutton>).
const LONGEST_DATA: usize = 64;

/// All buttons, row by row.
pub fn buttons(screen: &Screen) -> Vec<Button> {
    screen.keyboard.rows().concat()
}

/// What the buttons tell the bot.
pub fn actions(screen: &Screen) -> Vec<Action> {
    let told = |button: Button| match button.press {
        Press::Act(action) | Press::Inert(action) => Some(action),
        Press::Open(_) | Press::Copy(_) => None,
    };
    buttons(screen).into_iter().filter_map(told).collect()
}

/// Fails when Telegram would refuse the screen, or when a person could not go on from it.
#[track_caller]
pub fn assert_fits(screen: &Screen) {
    let text = plain(screen.text.as_str());
    let length = text.encode_utf16().count();
    assert!((1..=LONGEST_TEXT).contains(&length), "{length} characters:\n{text}");
    let buttons = buttons(screen);
    assert!((1..=MOST_BUTTONS).contains(&buttons.len()), "{} buttons below:\n{text}", buttons.len());
    assert!(screen.keyboard.rows().iter().all(|row| (1..=8).contains(&row.len())), "a row of no or many buttons");
    for button in &buttons {
        assert!(!button.label.trim().is_empty(), "a button without a label below:\n{text}");
    }
    let actions = actions(screen);
    assert!(!actions.is_empty(), "no way on from:\n{text}");
    for action in actions {
        let data = action.encode();
        assert!((1..=LONGEST_DATA).contains(&data.len()), "{} bytes: {data}", data.len());
        assert_eq!(Action::parse(&data), Some(action), "{data}");
    }
}

/// The text without its markup; fails on markup that Telegram would not parse.
#[track_caller]
pub fn plain(html: &str) -> String {
    read(html, |_| "")
}

/// The text with `*bold*`, `_italic_` and `[links]`, then the keyboard, a row a line.
pub fn readable(screen: &Screen) -> String {
    super::gallery::note(screen);
    let text = read(screen.text.as_str(), |tag| match tag.split_once(" unix=").map_or(tag, |(tag, _)| tag) {
        "b" | "/b" => "*",
        "i" | "/i" => "_",
        "blockquote" => "> ",
        "blockquote expandable" => "≫ ",
        "/blockquote" => "",
        "tg-time" => "⟨",
        "/tg-time" => "⟩",
        "code" | "/code" => "`",
        "/a" => "]",
        _ => "[",
    });
    let rows = screen.keyboard.rows().iter().map(|row| {
        let label = |button: &Button| match &button.press {
            Press::Act(_) => format!("[ {}{} ]", colour(button.style), button.label),
            Press::Copy(text) => format!("[ {} → copies {} ]", button.label, text.as_str()),
            Press::Inert(_) => format!("[ {} ] (disabled)", button.label),
            Press::Open(url) => format!("[ {} → {url} ]", button.label),
        };
        row.iter().map(label).collect::<Vec<_>>().join(" ")
    });
    let rows: Vec<String> = rows.collect();
    // No-break spaces look like spaces; a snapshot should tell them apart.
    [text, String::new(), rows.join("\n")].join("\n").trim_end().replace('\u{a0}', "~")
}

fn colour(style: Option<Style>) -> &'static str {
    match style {
        None => "",
        Some(Style::Primary) => "🔵 ",
        Some(Style::Success) => "🟢 ",
        Some(Style::Danger) => "🔴 ",
    }
}

#[track_caller]
fn read(html: &str, mark: impl Fn(&str) -> &'static str) -> String {
    let mut open = Vec::new();
    let mut text = String::new();
    let mut rest = html;
    while let Some(at) = rest.find(['<', '>', '&', '"']) {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some(inner) = rest.strip_prefix('<') {
            let (tag, after) = inner.split_once('>').expect("a tag ends");
            match tag.strip_prefix('/') {
                Some(name) => assert_eq!(open.pop(), Some(name), "tags nest: {html}"),
                None => open.push(tag.split(' ').next().unwrap()),
            }
            text.push_str(mark(tag));
            rest = after;
            continue;
        }
        let entities = [("&lt;", '<'), ("&gt;", '>'), ("&amp;", '&'), ("&quot;", '"')];
        let entity = entities.iter().find(|(entity, _)| rest.starts_with(entity));
        let (entity, c) = entity.unwrap_or_else(|| panic!("not escaped: {html}"));
        text.push(*c);
        rest = &rest[entity.len()..];
    }
    assert!(open.is_empty(), "open tags: {html}");
    text + rest
}
