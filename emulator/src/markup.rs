//! A marked text written back as HTML, for whoever shows it.

use super::entities::{Entity, EntityKind};

/// The text as HTML: escaped, with a tag for each mark that Telegram's apps show.
pub fn to_html(text: &str, entities: &[Entity]) -> String {
    let mut html = String::with_capacity(text.len());
    let mut open: Vec<&Entity> = Vec::new();
    let mut waiting = entities.iter().peekable();
    let mut offset = 0;
    for c in text.chars() {
        close_until(&mut html, &mut open, offset);
        while let Some(entity) = waiting.next_if(|entity| entity.offset <= offset) {
            html.push_str(&start_tag(entity));
            open.push(entity);
        }
        match c {
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '&' => html.push_str("&amp;"),
            _ => html.push(c),
        }
        offset += c.len_utf16();
    }
    close_until(&mut html, &mut open, usize::MAX);
    html
}

/// Closes what ends at or before `offset`; what stands open inside it is closed and opened again.
fn close_until(html: &mut String, open: &mut Vec<&Entity>, offset: usize) {
    let Some(first) = open.iter().position(|entity| entity.end() <= offset) else {
        return;
    };
    let inner = open.split_off(first);
    for entity in inner.iter().rev() {
        html.push_str(&end_tag(entity));
    }
    for entity in inner.into_iter().filter(|entity| entity.end() > offset) {
        html.push_str(&start_tag(entity));
        open.push(entity);
    }
}

fn start_tag(entity: &Entity) -> String {
    match &entity.kind {
        EntityKind::TextLink { url } => format!("<a href=\"{}\">", attribute(url)),
        EntityKind::TextMention { user } => format!("<a href=\"tg://user?id={user}\">"),
        EntityKind::ExpandableBlockquote => "<blockquote expandable>".to_owned(),
        EntityKind::DateTime { unix, format } => format!("<tg-time unix=\"{unix}\" format=\"{format}\">"),
        EntityKind::CustomEmoji { id } => format!("<tg-emoji emoji-id=\"{}\">", attribute(id)),
        kind => tag_of(kind).map_or_else(String::new, |tag| format!("<{tag}>")),
    }
}

fn end_tag(entity: &Entity) -> String {
    tag_of(&entity.kind).map_or_else(String::new, |tag| format!("</{tag}>"))
}

fn tag_of(kind: &EntityKind) -> Option<&'static str> {
    Some(match kind {
        EntityKind::Bold => "b",
        EntityKind::Italic => "i",
        EntityKind::Underline => "u",
        EntityKind::Strikethrough => "s",
        EntityKind::Spoiler => "tg-spoiler",
        EntityKind::Blockquote | EntityKind::ExpandableBlockquote => "blockquote",
        EntityKind::Code => "code",
        EntityKind::Pre { .. } => "pre",
        EntityKind::TextLink { .. } | EntityKind::TextMention { .. } => "a",
        EntityKind::CustomEmoji { .. } => "tg-emoji",
        EntityKind::DateTime { .. } => "tg-time",
        _ => return None,
    })
}

fn attribute(value: &str) -> String {
    value.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;")
}

#[cfg(test)]
mod tests {
    use super::to_html;
    use crate::BotApi;
    use crate::html::parse;

    #[test]
    fn what_was_parsed_is_written_back() {
        for html in [
            "🏟 <b>Заказ <i>№450</i></b> &lt;x&gt;",
            "<a href=\"https://example.com/?a=1&amp;b=2\">счёт</a>",
            "<blockquote expandable>a</blockquote><code>b</code>",
            "<tg-time unix=\"1766000000\" format=\"wDt\">am Mittwoch</tg-time>",
        ] {
            let (text, entities) = parse(html, BotApi::V10_3).unwrap_or_default();
            assert_eq!(to_html(&text, &entities), html);
        }
    }
}
