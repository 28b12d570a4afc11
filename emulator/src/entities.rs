//! Marked stretches of a text, and those that Telegram finds by itself.

use super::json::Fields;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// A marked stretch of a text, in UTF-16 code units.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entity {
    pub kind: EntityKind,
    pub offset: usize,
    /// How long it is.
    pub length: usize,
}

/// What a marked stretch is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each is the Bot API's entity type of the same name")]
pub enum EntityKind {
    Mention,
    Hashtag,
    BotCommand,
    Url,
    Email,
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
    DateTime { unix: i32, format: String },
}

impl EntityKind {
    /// The Bot API's name of the type.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Mention => "mention",
            Self::Hashtag => "hashtag",
            Self::BotCommand => "bot_command",
            Self::Url => "url",
            Self::Email => "email",
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
            Self::DateTime { .. } => "date_time",
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
            EntityKind::DateTime { unix, format } => {
                json.set("unix_time", json!(unix));
                json.set("date_time_format", json!(format));
            }
            _ => {}
        }
        json
    }

    /// One past its last code unit.
    pub fn end(&self) -> usize {
        self.offset + self.length
    }
}

/// The format of an instant as Telegram gives it back; none if there is no such format.
pub fn moment_format(given: &str) -> Option<String> {
    if matches!(given, "r" | "R") {
        return Some("r".to_owned());
    }
    let has = |c: char| given.contains(c);
    let precision = |short: char, long: char| if has(short) { Some(short) } else { has(long).then_some(long) };
    let parts = [(has('w') || has('W')).then_some('w'), precision('d', 'D'), precision('t', 'T')];
    given.chars().all(|c| "wWdDtT".contains(c)).then(|| parts.into_iter().flatten().collect())
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
        let hit = hit.or_else(|| bare_address(before, rest));
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

/// Ends of addresses that Telegram takes for links without `https://`: a few of those that are met most.
const COMMON_DOMAINS: [&str; 14] =
    ["com", "org", "net", "info", "io", "me", "app", "dev", "eu", "de", "ru", "su", "рф", "online"];

/// `example.com/path` or `anna@example.com`.
fn bare_address(before: Option<char>, rest: &[char]) -> Option<(EntityKind, usize)> {
    let fence = |c: char| is_word(c) || matches!(c, '.' | '-' | '@' | '/' | '+');
    if before.is_some_and(fence) || !rest.first().is_some_and(|c| c.is_alphanumeric()) {
        return None;
    }
    let is_local = |c: &&char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '+');
    let local = rest.iter().take_while(is_local).count();
    if rest.get(local) == Some(&'@') {
        let domain = domain_length(rest.get(local + 1..)?)?;
        return Some((EntityKind::Email, local + 1 + domain));
    }
    let domain = domain_length(rest)?;
    let stop = |c: &char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '«' | '»' | ',' | ';' | ')');
    let path = match rest.get(domain) {
        Some('/' | '?' | '#') => rest.iter().skip(domain).take_while(|c| !stop(c)).count(),
        _ => 0,
    };
    Some((EntityKind::Url, domain + path))
}

/// How long a domain is that ends like a common one.
fn domain_length(rest: &[char]) -> Option<usize> {
    let taken: String = rest.iter().take_while(|c| c.is_alphanumeric() || matches!(c, '.' | '-')).collect();
    let domain = taken.trim_end_matches(['.', '-']);
    let (name, end) = domain.rsplit_once('.')?;
    let is_common = COMMON_DOMAINS.contains(&end.to_lowercase().as_str());
    (is_common && !name.is_empty() && !name.contains("..")).then(|| domain.chars().count())
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
    fn addresses_are_found_without_their_scheme() {
        assert_eq!(seen("см. evil.com/a?b, t.me/x и (почта@a.com)"), [("url", 4, 12), ("url", 18, 6)]);
        assert_eq!(seen("buh@romashka.ru, пример.рф."), [("email", 0, 15), ("url", 17, 9)]);
        assert_eq!(seen("01.04.2015, Счет.pdf, 11 000.00, т.е. и т.д."), []);
    }

    #[test]
    fn nothing_is_found_within_code() {
        let code = super::Entity { kind: EntityKind::Code, offset: 0, length: 6 };
        assert_eq!(with_automatic("/start /help", vec![code]).len(), 2);
    }
}
