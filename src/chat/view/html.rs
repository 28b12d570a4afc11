//! Text in Telegram's HTML style (<https://core.telegram.org/bots/api#html-style>), escaped as it is built.

use std::fmt;

use chrono::{DateTime, Utc};
use url::Url;

/// How the reader's app words an instant (<https://core.telegram.org/bots/api#date-time-entity-formatting>).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// How long ago or ahead it is.
    Relative,
    /// Day and time of day, in the reader's own time zone.
    DayAndTime,
}

impl Moment {
    fn format(self) -> &'static str {
        match self {
            Moment::Relative => "r",
            Moment::DayAndTime => "dt",
        }
    }
}

/// Signs that stand around words and are no part of an address, a name or a command.
const AROUND: [char; 13] = ['«', '»', '“', '”', '"', '(', ')', '.', ',', '!', '?', ':', ';'];
const MOMENT_BEGINS: &str = "<tg-time ";
const MOMENT_ENDS: &str = "</tg-time>";

/// Markup that always parses: only this type writes tags, and every text that enters is escaped.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Html(String);

impl Html {
    pub fn new() -> Html {
        Html::default()
    }

    #[must_use]
    pub fn text(mut self, text: &str) -> Html {
        for c in text.chars() {
            match c {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '"' => self.0.push_str("&quot;"),
                _ => self.0.push(c),
            }
        }
        self
    }

    /// Appends a text that holds somebody else's words or name, for readers whom nothing of it may lead anywhere or make do
    /// something: from its first link, `@name`, `/command` or the like to the last it stands as code, in which Telegram's
    /// apps look for none of them and which is copied as it was written. One stretch and not many, since a message has
    /// room for a hundred (<https://core.telegram.org/bots/api#formatting-options>).
    #[must_use]
    pub fn inert(self, text: &str) -> Html {
        let mut at = 0;
        let words = text.split_inclusive(char::is_whitespace).map(|part| {
            let begin = at;
            at += part.len();
            // Signs around a word lead nowhere, and a closing quotation mark would look like part of what is copied.
            let word = part.trim_start_matches(AROUND);
            (begin + part.len() - word.len(), word.trim_end().trim_end_matches(AROUND))
        });
        let mut live = words.filter(|(_, word)| may_be_live(word)).map(|(begin, word)| (begin, begin + word.len()));
        let Some((begin, first_end)) = live.next() else { return self.text(text) };
        let end = live.last().map_or(first_end, |(_, end)| end);
        let (before, from_first) = text.split_at(begin);
        let (stretch, after) = from_first.split_at(end - begin);
        self.text(before).tag("code", stretch).text(after)
    }

    /// Appends such a text and ends the line.
    #[must_use]
    pub fn inert_line(self, text: &str) -> Html {
        self.inert(text).end_line()
    }

    /// Appends plain text and ends the line.
    #[must_use]
    pub fn line(self, text: &str) -> Html {
        self.text(text).end_line()
    }

    #[must_use]
    pub fn bold(self, text: &str) -> Html {
        self.tag("b", text)
    }

    /// Appends a text that a tap copies.
    #[must_use]
    pub fn code(self, text: &str) -> Html {
        self.tag("code", text)
    }

    #[must_use]
    pub fn italic(self, text: &str) -> Html {
        self.tag("i", text)
    }

    /// Appends a link to a person (<https://core.telegram.org/bots/api#formatting-options>).
    #[must_use]
    pub fn person(mut self, id: i64, name: &str) -> Html {
        self.0.push_str(&format!("<a href=\"tg://user?id={id}\">"));
        let mut linked = self.text(name);
        linked.0.push_str("</a>");
        linked
    }

    /// Appends a link to a page.
    #[must_use]
    pub fn link(self, url: &Url, text: &str) -> Html {
        let mut link = Html(format!("{}<a href=\"", self.0)).text(url.as_str());
        link.0.push_str("\">");
        let mut linked = link.text(text);
        linked.0.push_str("</a>");
        linked
    }

    /// Appends somebody's own words, set apart so that they cannot pass for ours.
    #[must_use]
    pub fn quote(self, text: &str) -> Html {
        self.tag("blockquote", text).end_line()
    }

    /// The same with words that must be [inert](Html::inert).
    #[must_use]
    pub fn inert_quote(mut self, text: &str) -> Html {
        self.0.push_str("<blockquote>");
        let mut quoted = self.inert(text);
        quoted.0.push_str("</blockquote>");
        quoted.end_line()
    }

    /// Appends what is long and rarely read: the reader's app shows three lines of it until it is unfolded. Nothing if it is
    /// empty.
    #[must_use]
    pub fn expandable(mut self, quoted: &Html) -> Html {
        match quoted.as_str() {
            "" => self,
            quoted => {
                self.0.push_str(&format!("<blockquote expandable>{quoted}</blockquote>"));
                self.end_line()
            }
        }
    }

    /// Appends an instant, which the reader's app words by itself; `shown` stands there where it cannot.
    #[must_use]
    pub fn moment(mut self, at: DateTime<Utc>, format: Moment, shown: &str) -> Html {
        // Telegram's servers count in 32 bits, from 1.
        let Some(unix) = i32::try_from(at.timestamp()).ok().filter(|unix| *unix > 0) else { return self.text(shown) };
        self.0.push_str(&format!("{MOMENT_BEGINS}unix=\"{unix}\" format=\"{}\">", format.format()));
        let mut marked = self.text(shown);
        marked.0.push_str(MOMENT_ENDS);
        marked
    }

    #[must_use]
    pub fn end_line(mut self) -> Html {
        self.0.push('\n');
        self
    }

    /// Leaves an empty line before what follows.
    #[must_use]
    pub fn gap(mut self) -> Html {
        let kept = self.0.trim_end().len();
        self.0.truncate(kept);
        self.0.push_str("\n\n");
        self
    }

    #[must_use]
    pub fn then(mut self, other: Html) -> Html {
        self.0.push_str(&other.0);
        self
    }

    /// The markup, without white space at its end.
    pub fn as_str(&self) -> &str {
        self.0.trim_end()
    }

    /// Whether an instant stands in it that the reader's app is to word.
    pub fn has_moments(&self) -> bool {
        self.0.contains(MOMENT_BEGINS)
    }

    /// The same with what stands there for apps that cannot word an instant.
    #[must_use]
    pub fn without_moments(&self) -> Html {
        let mut parts = self.0.split(MOMENT_BEGINS);
        let mut plain = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let (_, shown) = part.split_once('>').unwrap_or(("", part));
            plain.push_str(&shown.replacen(MOMENT_ENDS, "", 1));
        }
        Html(plain)
    }

    /// How long Telegram takes what people see of it to be, which is what its limits are about.
    pub fn shown_length(&self) -> usize {
        let mut shown = 0;
        let mut rest = self.as_str();
        while let Some(c) = rest.chars().next() {
            // A tag shows nothing, and a character that is spelled is one.
            let (end, length) = match c {
                '<' => (rest.find('>'), 0),
                '&' => (rest.find(';'), 1),
                c => (None, c.len_utf16()),
            };
            shown += length;
            rest = rest.get(end.map_or(c.len_utf8(), |end| end + 1)..).unwrap_or_default();
        }
        shown
    }

    fn tag(mut self, tag: &str, text: &str) -> Html {
        self.0.push_str(&format!("<{tag}>"));
        let mut tagged = self.text(text);
        tagged.0.push_str(&format!("</{tag}>"));
        tagged
    }
}

/// Whether Telegram might find something in a word that can be pressed: an address, a name, a command, a tag. Rather too
/// often than not: nothing is lost by it.
fn may_be_live(word: &str) -> bool {
    let has_letter = word.chars().any(char::is_alphabetic);
    let points = word.matches('.').count();
    // Days and sums have points between digits; an address without letters has three of them.
    let is_address = points > 0 && (has_letter || points > 2);
    // Digits alone are neither a hashtag nor a cashtag.
    let is_tag = has_letter && word.contains(['#', '$']);
    is_address || is_tag || word.contains(['@', '/', '\\'])
}

impl fmt::Display for Html {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Utc};

    use super::{Html, Moment};

    #[test]
    fn an_instant_has_a_text_for_those_who_cannot_word_it() {
        let at = |seconds| DateTime::<Utc>::from_timestamp(seconds, 0).unwrap();
        let html = Html::new().text("Waits <since ").moment(at(1_766_000_000), Moment::Relative, "a<b").text(", ");
        let html = html.moment(at(1_766_000_001), Moment::DayAndTime, "noon").bold("!");
        assert_eq!(
            html.as_str(),
            "Waits &lt;since <tg-time unix=\"1766000000\" format=\"r\">a&lt;b</tg-time>, \
             <tg-time unix=\"1766000001\" format=\"dt\">noon</tg-time><b>!</b>"
        );
        assert!(html.has_moments());
        assert_eq!(html.without_moments().as_str(), "Waits &lt;since a&lt;b, noon<b>!</b>");
        assert_eq!(html.without_moments().without_moments(), html.without_moments());
        for never in [0, -1, i64::from(i32::MAX) + 1] {
            assert_eq!(Html::new().moment(at(never), Moment::Relative, "then").as_str(), "then");
        }
    }

    #[test]
    fn a_quote_that_unfolds_holds_other_marks_and_is_never_empty() {
        let quoted = Html::new().line("a").bold("b").end_line();
        let html = Html::new().line("Keys").expandable(&quoted).text("c");
        assert_eq!(html.as_str(), "Keys\n<blockquote expandable>a\n<b>b</b></blockquote>\nc");
        assert_eq!(Html::new().text("a").expandable(&Html::new().end_line()).as_str(), "a");
    }
}
