//! What the staff chat hears of updates that the bot cannot handle. What people wrote stands on the bot's server, not here.

use chrono::{DateTime, Utc};

use super::parts::with_link;
use super::{Html, Keyboard, Screen};
use crate::chat::i18n::Texts;
use crate::domain::Person;

/// People who are named; the rest is counted.
const NAMED: usize = 10;

/// What people did and the bot could not do.
pub fn given_up(count: u64, texts: &Texts) -> Screen {
    let said = texts.say_with("updates-failed", &[("count", count.into())]);
    screen(Html::new().line(&said).text(&texts.say("updates-failed-remedy")))
}

/// Whose updates fail while others are served, and since when; `None` for news of groups.
pub fn waiting(waits: &[(Option<Person>, DateTime<Utc>)], texts: &Texts) -> Screen {
    let people = waits.iter().map(|(person, since)| {
        let since = texts.date_time(*since);
        match person {
            Some(person) => with_link("updates-wait-person", person, &[("since", since.into())], texts),
            None => Html::new().text(&texts.say_with("updates-wait-nobody", &[("since", since.into())])),
        }
    });
    let text = Html::new().line(&texts.say("updates-wait"));
    screen(listed(text, people, texts).text(&texts.say("updates-wait-remedy")))
}

/// Whose updates wait no more.
pub fn passed(people: &[Option<Person>], texts: &Texts) -> Screen {
    let names = people.iter().map(|person| match person {
        Some(person) => with_link("updates-pass-person", person, &[], texts),
        None => Html::new().text(&texts.say("updates-pass-nobody")),
    });
    screen(listed(Html::new().line(&texts.say("updates-pass")), names, texts))
}

fn listed(text: Html, lines: impl ExactSizeIterator<Item = Html>, texts: &Texts) -> Html {
    let more = lines.len().saturating_sub(NAMED);
    let text = lines.take(NAMED).fold(text, |text, line| text.then(line).end_line());
    if more == 0 { text } else { text.line(&texts.say_with("list-more", &[("count", (more as u64).into())])) }
}

fn screen(text: Html) -> Screen {
    Screen { text, keyboard: Keyboard::new() }
}
