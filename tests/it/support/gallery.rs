//! The reviewed screens, noted down for whoever makes pictures of them: what a bot would send, by the name of the snapshot.

use std::cell::RefCell;
use std::path::Path;
use std::{env, fs};

use keydesk::chat::view::{Button, Press, Screen, Style};
use serde_json::{Value, json};

thread_local! {
    static SCREENS: RefCell<Vec<Value>> = const { RefCell::new(Vec::new()) };
    static SCENES: RefCell<Vec<Value>> = const { RefCell::new(Vec::new()) };
}

/// Notes a screen of the scene that is being shown.
pub fn note(screen: &Screen) {
    let keyboard: Vec<Vec<Value>> = screen.keyboard.rows().iter().map(|row| row.iter().map(button).collect()).collect();
    let message = json!({
        "text": screen.text.as_str(), "parse_mode": "HTML", "reply_markup": { "inline_keyboard": keyboard },
    });
    SCREENS.with_borrow_mut(|screens| screens.push(message));
}

fn button(button: &Button) -> Value {
    let mut sent = match &button.press {
        Press::Act(_) => json!({ "callback_data": "x" }),
        Press::Open(url) => json!({ "url": url }),
        Press::Copy(text) => json!({ "copy_text": { "text": text.as_str() } }),
        Press::Inert(_) => json!({ "disabled": {} }),
    };
    sent["text"] = json!(button.label);
    if let Some(style) = button.style {
        sent["style"] = json!(match style {
            Style::Primary => "primary",
            Style::Success => "success",
            Style::Danger => "danger",
        });
    }
    sent
}

/// Forgets the screens that were noted since the last scene.
pub fn forget_screens() {
    SCREENS.take();
}

/// Makes a scene of the screens that were noted since the last one.
pub fn add_scene(title: &str) {
    let screens = SCREENS.take();
    if !screens.is_empty() {
        SCENES.with_borrow_mut(|scenes| scenes.push(json!({ "title": title, "screens": screens })));
    }
}

/// Writes the scenes since the last snapshot into the folder of `KEYDESK_GALLERY`, if that is set.
pub fn file_under(name: &str) {
    let scenes = SCENES.take();
    if let (Some(folder), false) = (env::var_os("KEYDESK_GALLERY"), scenes.is_empty()) {
        let path = Path::new(&folder).join(format!("{name}.json"));
        fs::write(&path, Value::from(scenes).to_string()).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    }
}
