use crate::BotApi;
use crate::entities::Entity;
use serde_json::{Value, json};

fn parse(html: &str) -> Result<(String, Vec<Entity>), String> {
    super::parse(html, BotApi::V10_3)
}

type Marks = Vec<(&'static str, usize, usize)>;

fn marks(html: &str) -> Result<(String, Marks), String> {
    let (text, entities) = parse(html)?;
    let marks = entities.iter().map(|entity| (entity.kind.name(), entity.offset, entity.length)).collect();
    Ok((text, marks))
}

#[test]
fn marks_are_read_with_utf16_offsets() {
    assert_eq!(
        marks("🏟 <b>Заказ <i>№450</i></b> <a href=\"https://example.com\">счёт</a>"),
        Ok(("🏟 Заказ №450 счёт".into(), vec![("bold", 3, 10), ("italic", 9, 4), ("text_link", 14, 4)]))
    );
}

#[test]
fn every_documented_tag_is_known() {
    let html = "<strong>a</strong><em>b</em><u>c</u><ins>d</ins><s>e</s><strike>f</strike><del>g</del>\
        <code>h</code><pre>i</pre><tg-spoiler>j</tg-spoiler><span class=\"tg-spoiler\">k</span>\
        <blockquote>l</blockquote><blockquote expandable>m</blockquote>\
        <tg-emoji emoji-id=\"5368324170671202286\">n</tg-emoji><a href=\"tg://user?id=7\">o</a>";
    let (_, entities) = marks(html).unwrap_or_default();
    let names: Vec<_> = entities.iter().map(|(name, ..)| *name).collect();
    assert_eq!(
        names,
        [
            "bold",
            "italic",
            "underline",
            "underline",
            "strikethrough",
            "strikethrough",
            "strikethrough",
            "code",
            "pre",
            "spoiler",
            "spoiler",
            "blockquote",
            "expandable_blockquote",
            "custom_emoji",
            "text_mention"
        ]
    );
}

#[test]
fn a_block_of_code_keeps_its_language() {
    let (_, entities) = parse("<pre><code class=\"language-rust\">x</code></pre>").unwrap_or_default();
    let json: Vec<_> = entities.iter().map(|e| e.to_json(|_| serde_json::Value::Null)).collect();
    assert_eq!(json, [serde_json::json!({"type": "pre", "offset": 0, "length": 1, "language": "rust"})]);
}

#[test]
fn references_are_decoded_and_unknown_ones_stay() {
    assert_eq!(
        marks("&lt;&gt;&amp;&quot;&#65;&#x42;&laquo;&#12345678;&#X41; a & b > c"),
        Ok(("<>&\"AB&laquo;&#12345678;&#X41; a & b > c".into(), vec![]))
    );
}

#[test]
fn broken_html_is_refused_with_telegrams_words() {
    let cases = [
        ("🏟 🏟&lt;<abac>", "Unsupported start tag \"abac\" at byte offset 13"),
        ("🏟 🏟&lt;<i   =aba>", "Empty attribute name in the tag \"i\" at byte offset 13"),
        ("🏟 🏟&lt;<i    aba>", "Can't find end tag corresponding to start tag \"i\""),
        ("🏟 🏟&lt;<i    aba  =  ", "Unclosed start tag \"i\" at byte offset 13"),
        ("🏟 🏟&lt;<i    aba  =  190azAz-.,", "Unexpected end of name token at byte offset 27"),
        ("🏟 🏟&lt;<i    aba  =  \"&lt;&gt;&quot;>", "Unclosed start tag at byte offset 13"),
        ("🏟 🏟&lt;</", "Unexpected end tag at byte offset 13"),
        ("🏟 🏟&lt;<b></b></", "Unexpected end tag at byte offset 20"),
        ("🏟 🏟&lt;<i>a</i   ", "Unclosed end tag at byte offset 17"),
        ("🏟 🏟&lt;<i>a</em   >", "Unmatched end tag at byte offset 17, expected \"</i>\", found \"</em>\""),
        ("<i/>a</i>", "Unsupported start tag \"i/\" at byte offset 0"),
        ("<b x/>a</b>", "Empty attribute name in the tag \"b\" at byte offset 0"),
        ("a\r\n<x>", "Unsupported start tag \"x\" at byte offset 3"),
        (
            "<b>&#55357;</b>",
            "Text contains invalid Unicode characters after decoding HTML entities, check for unmatched surrogate code \
             units",
        ),
        ("1 < 2", "Unsupported start tag \"\" at byte offset 2"),
        ("<tg-time unix=\"7\" format=\"rt\">a</tg-time>", "Invalid date format used"),
        ("<span class=\"x\">a</span>", "Tag \"span\" must have class \"tg-spoiler\" at byte offset 0"),
    ];
    for (html, text) in cases {
        assert_eq!(parse(html), Err(text.to_owned()), "{html}");
    }
}

#[test]
fn a_link_that_leads_nowhere_loses_its_mark() {
    assert_eq!(marks("<a href=\"nowhere\">x</a>"), Ok(("x".into(), vec![])));
}

#[test]
fn an_instant_keeps_its_time_and_format() {
    let instants = |html: &str| {
        let (_, entities) = parse(html).unwrap_or_default();
        entities.iter().map(|entity| entity.to_json(|_| Value::Null)).collect::<Vec<_>>()
    };
    let instant = |format: &str| json!([{ "type": "date_time", "offset": 0, "length": 1, "unix_time": 1_766_000_000, "date_time_format": format }]);
    for (given, kept) in [("r", "r"), ("R", "r"), ("tDW", "wDt"), ("", "")] {
        let html = format!("<tg-time unix=\"1766000000\" format=\"{given}\">x</tg-time>");
        assert_eq!(json!(instants(&html)), instant(kept), "{given}");
    }
    for timeless in ["<tg-time>x</tg-time>", "<tg-time unix=\"-1\">x</tg-time>", "<tg-time unix=\"noon\">x</tg-time>"] {
        assert_eq!(instants(timeless), Vec::<Value>::new(), "{timeless}");
    }
    assert_eq!(
        super::parse("<tg-time unix=\"7\">x</tg-time>", BotApi::V9_2),
        Err("Unsupported start tag \"tg-time\" at byte offset 0".to_owned())
    );
}
