//! Telegram's HTML: parsing with its error texts, and writing a text back as HTML.

use super::bot_api::BotApi;
use super::entities::{Entity, EntityKind, moment_format};
use super::link;

/// A text without its marks, and the marks.
pub type Marked = (String, Vec<Entity>);

const TAGS: [&str; 17] = [
    "a",
    "b",
    "strong",
    "i",
    "em",
    "s",
    "strike",
    "del",
    "u",
    "ins",
    "tg-spoiler",
    "tg-emoji",
    "tg-time",
    "span",
    "pre",
    "code",
    "blockquote",
];

struct Open {
    tag: String,
    argument: String,
    /// Of an instant.
    unix: i32,
    offset: usize,
    begin: usize,
}

/// Parses HTML as the Bot API does; the error is Telegram's text after `can't parse entities: `.
pub fn parse(html: &str, bot_api: BotApi) -> Result<Marked, String> {
    let mut parser = Parser {
        input: html,
        bot_api,
        at: 0,
        text: String::new(),
        offset: 0,
        open: Vec::new(),
        entities: Vec::new(),
        code_language: None,
        is_broken: false,
    };
    while let Some(c) = parser.peek() {
        match c {
            '&' => parser.reference(),
            '<' if parser.input.get(parser.at + 1..).is_some_and(|r| r.starts_with('/')) => {
                parser.close_tag()?;
            }
            '<' => parser.open_tag()?,
            _ => parser.push(c, c.len_utf8()),
        }
    }
    if let Some(open) = parser.open.last() {
        return Err(format!("Can't find end tag corresponding to start tag \"{}\"", open.tag));
    }
    if parser.is_broken {
        return Err("Text contains invalid Unicode characters after decoding HTML entities, check for unmatched \
             surrogate code units"
            .to_owned());
    }
    let mut entities = parser.entities;
    entities.sort_by_key(|entity| (entity.offset, std::cmp::Reverse(entity.length)));
    Ok((parser.text, entities))
}

struct Parser<'a> {
    input: &'a str,
    bot_api: BotApi,
    at: usize,
    text: String,
    offset: usize,
    open: Vec<Open>,
    entities: Vec<Entity>,
    code_language: Option<String>,
    /// Whether a reference named half of a surrogate pair.
    is_broken: bool,
}

impl Parser<'_> {
    fn peek(&self) -> Option<char> {
        self.input.get(self.at..)?.chars().next()
    }

    fn push(&mut self, c: char, taken: usize) {
        self.text.push(c);
        self.offset += c.len_utf16();
        self.at += taken;
    }

    fn reference(&mut self) {
        let rest = self.input.get(self.at..).unwrap_or_default();
        let (c, taken) = decode_reference(rest).unwrap_or((Some('&'), 1));
        self.is_broken |= c.is_none();
        self.push(c.unwrap_or(char::REPLACEMENT_CHARACTER), taken);
    }

    fn skip_while(&mut self, wanted: impl Fn(char) -> bool) {
        while let Some(c) = self.peek() {
            if !wanted(c) {
                break;
            }
            self.at += c.len_utf8();
        }
    }

    fn slice_from(&self, start: usize) -> &str {
        self.input.get(start..self.at).unwrap_or_default()
    }

    fn open_tag(&mut self) -> Result<(), String> {
        let begin = self.at;
        self.at += 1;
        let name_at = self.at;
        self.skip_while(|c| !is_space(c) && c != '>');
        if self.peek().is_none() {
            return Err(format!("Unclosed start tag at byte offset {begin}"));
        }
        let tag = self.slice_from(name_at).to_ascii_lowercase();
        if !TAGS.contains(&tag.as_str()) || !self.bot_api.knows_tag(&tag) {
            return Err(format!("Unsupported start tag \"{tag}\" at byte offset {begin}"));
        }
        let (mut argument, mut unix) = (String::new(), 0);
        loop {
            self.skip_while(is_space);
            match self.peek() {
                Some('>') => break,
                None => return Err(unclosed(&tag, begin)),
                Some(_) => {}
            }
            let (name, value) = self.attribute(&tag, begin)?;
            match (tag.as_str(), name.as_str()) {
                ("a", "href") | ("tg-emoji", "emoji-id") | ("tg-time", "format") => argument = value,
                ("tg-time", "unix") => unix = value.parse().unwrap_or_default(),
                ("code", "class") => {
                    if let Some(language) = value.strip_prefix("language-") {
                        argument = language.to_owned();
                    }
                }
                ("span", "class") => {
                    if let Some(class) = value.strip_prefix("tg-") {
                        argument = class.to_owned();
                    }
                }
                ("blockquote", "expandable") => argument = "1".to_owned(),
                _ => {}
            }
        }
        self.at += 1;
        if tag == "span" && argument != "spoiler" {
            return Err(format!("Tag \"span\" must have class \"tg-spoiler\" at byte offset {begin}"));
        }
        self.open.push(Open { tag, argument, unix, offset: self.offset, begin: self.text.len() });
        Ok(())
    }

    fn attribute(&mut self, tag: &str, begin: usize) -> Result<(String, String), String> {
        let name_at = self.at;
        self.skip_while(|c| !is_space(c) && !matches!(c, '=' | '>' | '/' | '"' | '\''));
        let name = self.slice_from(name_at).to_owned();
        if name.is_empty() {
            return Err(format!("Empty attribute name in the tag \"{tag}\" at byte offset {begin}"));
        }
        self.skip_while(is_space);
        match self.peek() {
            Some('=') => self.at += 1,
            None => return Err(unclosed(tag, begin)),
            Some(_) => return Ok((name, String::new())),
        }
        self.skip_while(is_space);
        let value = match self.peek() {
            None => return Err(unclosed(tag, begin)),
            Some(quote @ ('\'' | '"')) => self.literal(quote),
            Some(_) => self.token()?,
        };
        if self.peek().is_none() {
            return Err(format!("Unclosed start tag at byte offset {begin}"));
        }
        Ok((name, value))
    }

    fn token(&mut self) -> Result<String, String> {
        let start = self.at;
        self.skip_while(|c| c.is_ascii_alphanumeric() || c == '.' || c == '-');
        let value = self.slice_from(start).to_ascii_lowercase();
        match self.peek() {
            Some(c) if !is_space(c) && c != '>' => Err(format!("Unexpected end of name token at byte offset {start}")),
            _ => Ok(value),
        }
    }

    fn literal(&mut self, quote: char) -> String {
        self.at += 1;
        let mut value = String::new();
        while let Some(c) = self.peek() {
            if c == quote {
                self.at += 1;
                break;
            }
            let rest = self.input.get(self.at..).unwrap_or_default();
            let (c, taken) = match c {
                '&' => decode_reference(rest).unwrap_or((Some('&'), 1)),
                _ => (Some(c), c.len_utf8()),
            };
            value.push(c.unwrap_or(char::REPLACEMENT_CHARACTER));
            self.at += taken;
        }
        value
    }

    fn close_tag(&mut self) -> Result<(), String> {
        let begin = self.at;
        let Some(open) = self.open.pop() else {
            return Err(format!("Unexpected end tag at byte offset {begin}"));
        };
        self.at += 2;
        let name_at = self.at;
        self.skip_while(|c| !is_space(c) && c != '>');
        let name = self.slice_from(name_at).to_ascii_lowercase();
        self.skip_while(is_space);
        if self.peek() != Some('>') {
            return Err(format!("Unclosed end tag at byte offset {begin}"));
        }
        if !name.is_empty() && name != open.tag {
            return Err(format!(
                "Unmatched end tag at byte offset {begin}, expected \"</{}>\", found \"</{name}>\"",
                open.tag
            ));
        }
        self.at += 1;
        if self.offset > open.offset {
            self.add_entity(open)?;
        }
        Ok(())
    }

    fn add_entity(&mut self, open: Open) -> Result<(), String> {
        let (offset, length) = (open.offset, self.offset - open.offset);
        let same_place = |entity: &&mut Entity| entity.offset == offset && entity.length == length;
        let mut language = None;
        let kind = match open.tag.as_str() {
            "i" | "em" => EntityKind::Italic,
            "b" | "strong" => EntityKind::Bold,
            "s" | "strike" | "del" => EntityKind::Strikethrough,
            "u" | "ins" => EntityKind::Underline,
            "tg-spoiler" | "span" => EntityKind::Spoiler,
            "tg-emoji" => match open.argument.parse::<i64>() {
                Ok(id) if id != 0 => EntityKind::CustomEmoji { id: open.argument },
                _ => return Err("Invalid custom emoji identifier specified".to_owned()),
            },
            "tg-time" => match moment_format(&open.argument) {
                None => return Err("Invalid date format used".to_owned()),
                Some(_) if open.unix <= 0 => return Ok(()),
                Some(format) => EntityKind::DateTime { unix: open.unix, format },
            },
            "blockquote" if open.argument.is_empty() => EntityKind::Blockquote,
            "blockquote" => EntityKind::ExpandableBlockquote,
            "a" => {
                let shown = self.text.get(open.begin..).unwrap_or_default();
                let target = match open.argument.as_str() {
                    "" => shown,
                    href => href,
                };
                match (link::user_of(target), link::checked(target)) {
                    (Some(user), _) => EntityKind::TextMention { user },
                    (None, Ok(url)) => EntityKind::TextLink { url },
                    // A link that Telegram cannot follow loses its mark, and the text stays.
                    (None, Err(_)) => return Ok(()),
                }
            }
            "code" => {
                if let Some(last) = self.entities.last_mut().filter(same_place)
                    && last.kind == (EntityKind::Pre { language: None })
                    && !open.argument.is_empty()
                {
                    last.kind = EntityKind::Pre { language: Some(open.argument) };
                    return Ok(());
                }
                language = Some(open.argument).filter(|argument| !argument.is_empty());
                EntityKind::Code
            }
            _ => {
                // `<pre><code class="language-…">` is one block.
                if let Some(last) = self.entities.last_mut().filter(same_place)
                    && last.kind == EntityKind::Code
                    && let Some(language) = self.code_language.take()
                {
                    last.kind = EntityKind::Pre { language: Some(language) };
                    return Ok(());
                }
                EntityKind::Pre { language: None }
            }
        };
        self.entities.push(Entity { kind, offset, length });
        self.code_language = language;
        Ok(())
    }
}

fn unclosed(tag: &str, begin: usize) -> String {
    format!("Unclosed start tag \"{tag}\" at byte offset {begin}")
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\r' | '\n' | '\0' | '\x0b')
}

/// A numeric reference of so many characters behind its ampersand stays as it is.
const TOO_LONG_REFERENCE: usize = 9;

/// The character of a reference such as `&lt;` or `&#8209;`, none for half of a surrogate pair, and how many bytes it takes.
fn decode_reference(rest: &str) -> Option<(Option<char>, usize)> {
    let body = rest.strip_prefix('&')?;
    let (c, length) = if let Some(number) = body.strip_prefix('#') {
        let (digits, radix, prefix) = match number.strip_prefix('x') {
            Some(hex) => (hex, 16, 2),
            None => (number, 10, 1),
        };
        let length = digits.chars().take_while(|c| c.is_digit(radix)).count();
        let code = u32::from_str_radix(digits.get(..length)?, radix).ok()?;
        if code == 0 || code >= 0x10_ffff || prefix + length >= TOO_LONG_REFERENCE {
            return None;
        }
        (char::from_u32(code), prefix + length)
    } else {
        let length = body.chars().take_while(char::is_ascii_alphabetic).count();
        let c = match body.get(..length)? {
            "lt" => '<',
            "gt" => '>',
            "amp" => '&',
            "quot" => '"',
            _ => return None,
        };
        (Some(c), length)
    };
    let semicolon = usize::from(body.get(length..)?.starts_with(';'));
    Some((c, 1 + length + semicolon))
}

#[cfg(test)]
mod tests;
