//! Which release of the Bot API a server speaks.

use serde_json::Value;

/// A release of the Bot API. What is younger a server does not know: it passes over fields and refuses tags.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum BotApi {
    /// Of August 2025: no colours and icons on buttons, no disabled buttons, no `tg-time`.
    V9_2,
    /// Of 2026.
    #[default]
    V10_3,
}

/// Fields of buttons that came after 9.2.
const YOUNG_FIELDS: [&str; 3] = ["style", "icon_custom_emoji_id", "disabled"];

impl BotApi {
    /// A `reply_markup` as this release reads it: any kind of keyboard, rows of buttons in a list.
    pub(super) fn read_markup(self, markup: &mut Value) {
        if self == Self::V10_3 {
            return;
        }
        let keyboards = markup.as_object_mut().into_iter().flat_map(|fields| fields.values_mut());
        let rows = keyboards.filter_map(Value::as_array_mut).flatten();
        let buttons = rows.filter_map(Value::as_array_mut).flatten().filter_map(Value::as_object_mut);
        for button in buttons {
            button.retain(|name, _| !YOUNG_FIELDS.contains(&name.as_str()));
        }
    }

    /// Whether this release knows a tag of Telegram's HTML.
    pub(super) fn knows_tag(self, tag: &str) -> bool {
        self == Self::V10_3 || tag != "tg-time"
    }
}
