//! Marked stretches of a text, and those that Telegram finds by itself.

use super::json::Fields;
use serde_json::{Value, json};

/// A marked stretch of a text, in UTF-16 code units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entity {
    pub kind: EntityKind,
    pub offset: usize,
    /// How long it is.
    pub length: usize,
}

/// What a marked stretch is.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is the Bot API's entity type of the same name")]
pub enum EntityKind {
    Mention,
    Hashtag,
    BotCommand,
    Url,
    Bold,
    Italic,
    Underline,
    Strikethrough,
    Spoiler,
    Blockquote,
    ExpandableBlockquote,
    Code,
    Pre { language: Option<String> },
    TextLink { url: String },
    TextMention { user: i64 },
    CustomEmoji { id: String },
}

impl EntityKind {
    /// The Bot API's name of the type.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Mention => "mention",
            Self::Hashtag => "hashtag",
            Self::BotCommand => "bot_command",
            Self::Url => "url",
            Self::Bold => "bold",
            Self::Italic => "italic",
            Self::Underline => "underline",
            Self::Strikethrough => "strikethrough",
            Self::Spoiler => "spoiler",
            Self::Blockquote => "blockquote",
            Self::ExpandableBlockquote => "expandable_blockquote",
            Self::Code => "code",
            Self::Pre { .. } => "pre",
            Self::TextLink { .. } => "text_link",
            Self::TextMention { .. } => "text_mention",
            Self::CustomEmoji { .. } => "custom_emoji",
        }
    }

    fn hides_automatic(&self) -> bool {
        matches!(self, Self::Code | Self::Pre { .. } | Self::TextLink { .. } | Self::TextMention { .. })
    }
}

impl Entity {
    /// The entity as JSON; `user` gives the `User` object of a text mention.
    pub fn to_json(&self, user: impl Fn(i64) -> Value) -> Value {
        let mut json = json!({
            "type": self.kind.name(),
            "offset": self.offset,
            "length": self.length,
        });
        match &self.kind {
            EntityKind::Pre { language: Some(language) } => json.set("language", json!(language)),
            EntityKind::TextLink { url } => json.set("url", json!(url)),
            EntityKind::TextMention { user: id } => json.set("user", user(*id)),
            EntityKind::CustomEmoji { id } => json.set("custom_emoji_id", json!(id)),
            _ => {}
        }
        json
    }

    /// One past its last code unit.
    pub fn end(&self) -> usize {
        self.offset + self.length
    }
}

/// Length in UTF-16 code units, which is how Telegram counts characters.
pub fn utf16_len(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}

/// The given entities together with the commands, mentions, hashtags and links that stand in the text.
pub fn with_automatic(text: &str, mut entities: Vec<Entity>) -> Vec<Entity> {
    let found: Vec<Entity> = automatic(text)
        .into_iter()
        .filter(|candidate| {
            !entities.iter().any(|given| {
                given.kind.hides_automatic() && candidate.offset < given.end() && given.offset < candidate.end()
            })
        })
        .collect();
    entities.extend(found);
    entities.sort_by_key(|entity| (entity.offset, std::cmp::Reverse(entity.length)));
    entities
}

/// What Telegram finds in a plain text.
pub fn automatic(text: &str) -> Vec<Entity> {
    let chars: Vec<char> = text.chars().collect();
    let mut found = Vec::new();
    let mut at = 0;
    let mut offset = 0;
    while let Some(&c) = chars.get(at) {
        let before = at.checked_sub(1).and_then(|i| chars.get(i)).copied();
        let rest = chars.get(at..).unwrap_or_default();
        let hit = match c {
            '/' => command_length(before, rest).map(|n| (EntityKind::BotCommand, n)),
            '@' => mention_length(before, rest).map(|n| (EntityKind::Mention, n)),
            '#' => hashtag_length(before, rest).map(|n| (EntityKind::Hashtag, n)),
            'h' | 'H' => url_length(before, rest).map(|n| (EntityKind::Url, n)),
            _ => None,
        };
        let taken = hit.as_ref().map_or(1, |(_, n)| *n);
        let units: usize = rest.iter().take(taken).map(|c| c.len_utf16()).sum();
        if let Some((kind, _)) = hit {
            found.push(Entity { kind, offset, length: units });
        }
        at += taken;
        offset += units;
    }
    found
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn is_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

fn name_length(chars: &[char]) -> usize {
    chars.iter().take_while(|c| is_name(**c)).count()
}

fn command_length(before: Option<char>, rest: &[char]) -> Option<usize> {
    let fence = |c: char| is_word(c) || matches!(c, '/' | '<' | '>');
    if before.is_some_and(fence) {
        return None;
    }
    let name = name_length(rest.get(1..)?);
    if !(1..=64).contains(&name) {
        return None;
    }
    let mut length = 1 + name;
    if rest.get(length) == Some(&'@') {
        let bot = name_length(rest.get(length + 1..)?);
        if !(3..=32).contains(&bot) {
            return None;
        }
        length += 1 + bot;
    }
    let after = rest.get(length).copied();
    (!after.is_some_and(fence)).then_some(length)
}

fn mention_length(before: Option<char>, rest: &[char]) -> Option<usize> {
    if before.is_some_and(is_word) {
        return None;
    }
    let name = name_length(rest.get(1..)?);
    let after = rest.get(1 + name).copied();
    ((2..=32).contains(&name) && !after.is_some_and(is_word)).then_some(1 + name)
}

fn hashtag_length(before: Option<char>, rest: &[char]) -> Option<usize> {
    if before.is_some_and(is_word) {
        return None;
    }
    let tag = rest.get(1..)?;
    let length = tag.iter().take_while(|c| is_word(**c)).count();
    let has_letter = tag.iter().take(length).any(|c| c.is_alphabetic());
    let fits = (1..=256).contains(&length) && has_letter && tag.get(length) != Some(&'#');
    fits.then_some(1 + length)
}

fn url_length(before: Option<char>, rest: &[char]) -> Option<usize> {
    if before.is_some_and(is_word) {
        return None;
    }
    let head: String = rest.iter().take(8).collect::<String>().to_lowercase();
    let scheme = ["https://", "http://"].into_iter().find(|scheme| head.starts_with(scheme))?.len();
    let stop = |c: &char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '«' | '»');
    let mut length = rest.iter().take_while(|c| !stop(c)).count();
    while rest.get(length.checked_sub(1)?).is_some_and(|c| matches!(c, '.' | ',' | ':' | ';' | '!' | '?' | ')' | '\''))
    {
        length -= 1;
    }
    let host: String = rest.get(scheme..length)?.iter().take_while(|c| !matches!(c, '/' | '?' | '#')).collect();
    host.contains('.').then_some(length)
}

#[cfg(test)]
mod tests {
    use super::{EntityKind, automatic, utf16_len, with_automatic};

    fn seen(text: &str) -> Vec<(&'static str, usize, usize)> {
        automatic(text).iter().map(|entity| (entity.kind.name(), entity.offset, entity.length)).collect()
    }

    #[test]
    fn commands_are_found_with_and_without_the_bots_name() {
        assert_eq!(seen("/start order_449"), [("bot_command", 0, 6)]);
        assert_eq!(seen("/orders@keydesk_bot"), [("bot_command", 0, 19)]);
        assert_eq!(seen("Карточка: /order_449"), [("bot_command", 10, 10)]);
        assert_eq!(seen("a/b и /привет и //x"), []);
    }

    #[test]
    fn offsets_count_utf16_code_units() {
        assert_eq!(seen("🏟 @anna_k"), [("mention", 3, 7)]);
        assert_eq!(utf16_len("🏟"), 2);
    }

    #[test]
    fn links_and_hashtags_are_found() {
        assert_eq!(seen("см. https://example.com/a?b=1. #заказ"), [("url", 4, 25), ("hashtag", 31, 6)]);
        assert_eq!(seen("http://localhost #1"), []);
    }

    #[test]
    fn nothing_is_found_within_code() {
        let code = super::Entity { kind: EntityKind::Code, offset: 0, length: 6 };
        assert_eq!(with_automatic("/start /help", vec![code]).len(), 2);
    }
}
