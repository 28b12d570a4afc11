//! «Serial numbers»: those that an account was given, the choice among them, and what they are.

use chrono::{Datelike, Days, Months, NaiveDate};

use super::facts::Facts;
use super::keyboard::{Button, Keyboard};
use super::outgoing_message::{Attachment, OutgoingMessage};
use super::{Html, Screen, Subject};
use crate::chat::action::{Action, SerialsAction};
use crate::chat::dialogue::{FoundSerials, SerialsState};
use crate::chat::i18n::Texts;
use crate::domain::{Catalogue, IssuedCount, Media, MessageId, Period, SerialsChoice, SerialsFormat, Sku};

/// Entries of the list; whoever has more chooses among them.
pub const SHOWN: u32 = 15;
/// Products on one page, each with a button.
const PRODUCTS_PER_PAGE: usize = 8;
/// Lines of one answer about typed serial numbers.
const FOUND_SHOWN: usize = 25;

/// The serial numbers that a customer was given, by order and product, newest first.
pub fn list(given: &[IssuedCount], texts: &Texts) -> Screen {
    let title = Html::new().bold(&texts.say("serials-title")).gap();
    let mut text = given.iter().take(SHOWN as usize).fold(title, |text, one| {
        let variables = [
            ("number", one.order.to_string().into()),
            ("product", one.name.in_language(texts.language()).into()),
            ("quantity", one.count.into()),
        ];
        text.line(&texts.say_with("serials-entry", &variables))
    });
    if given.len() > SHOWN as usize {
        text = text.line(&texts.say("serials-more"));
    }
    let chosen = |key: &str, action| by(texts.say(key), action);
    let (file, choice) = if given.is_empty() {
        text = text.line(&texts.say("serials-empty"));
        (None, Vec::new())
    } else {
        text = text.gap().line(&texts.say("serials-how"));
        let choice = vec![
            chosen("button-serials-by-order", SerialsAction::ByOrder { page: 0 }),
            chosen("button-serials-by-product", SerialsAction::ByProduct { page: 0 }),
            chosen("button-serials-by-period", SerialsAction::ByPeriod),
        ];
        (Some(Button::act(texts.say("button-serials-file"), Action::SerialsFile)), choice)
    };
    let keyboard = Keyboard::new().row(file).row(choice).row([
        Button::act(texts.say("button-orders"), Action::Orders { filter: None, page: 0 }),
        Button::act(texts.say("button-home"), Action::Home),
    ]);
    Screen { text, keyboard }
}

/// A choice among them.
pub(super) fn choice(state: &SerialsState, facts: &Facts, texts: &Texts) -> Screen {
    match (state, facts.subject) {
        (SerialsState::ChoosingOrder { .. }, Subject::Orders(page)) => {
            let orders = page.orders.iter().map(|order| {
                let date = texts.date(order.placed_at);
                let label = texts.say_with(
                    "button-serials-of",
                    &[("number", order.number.to_string().into()), ("date", date.into())],
                );
                by(label, SerialsAction::Choose(SerialsChoice::Order(order.number)))
            });
            let keyboard = Keyboard::new().grid(2, orders.collect());
            let title = if page.orders.is_empty() { "serials-empty" } else { "serials-choose-order" };
            let turn = |page| SerialsAction::ByOrder { page };
            asking(title, turned(keyboard, page.page, page.pages, turn, texts), texts)
        }
        (SerialsState::ChoosingProduct { page }, Subject::Products(given)) => {
            products(given, facts.catalogue, *page, texts)
        }
        (SerialsState::WaitingForPeriod, Subject::Today(today)) => {
            let ready = periods(*today)
                .into_iter()
                .map(|period| by(period_label(period, texts), SerialsAction::Choose(SerialsChoice::Period(period))));
            asking("serials-ask-period", Keyboard::new().grid(2, ready.collect()), texts)
        }
        (SerialsState::ChoosingFormat(choice), _) => {
            let formats = SerialsFormat::ALL
                .map(|format| by(format!(".{}", format.extension()), SerialsAction::Send(format, choice.clone())));
            let title = Html::new().bold(&described(choice, facts.catalogue, texts)).end_line();
            let text = title.line(&texts.say("serials-choose-format"));
            Screen { text, keyboard: back(Keyboard::new().row(formats), texts) }
        }
        _ => asking("serials-empty", Keyboard::new(), texts),
    }
}

fn products(given: &[Sku], catalogue: &Catalogue, page: u32, texts: &Texts) -> Screen {
    let pages = u32::try_from(given.len().div_ceil(PRODUCTS_PER_PAGE)).unwrap_or(u32::MAX).max(1);
    let page = page.min(pages - 1);
    let skipped = usize::try_from(page).unwrap_or(usize::MAX).saturating_mul(PRODUCTS_PER_PAGE);
    let shown = given
        .iter()
        .skip(skipped)
        .take(PRODUCTS_PER_PAGE)
        .map(|sku| by(product(sku, catalogue, texts), SerialsAction::Choose(SerialsChoice::Product(sku.clone()))));
    let keyboard = Keyboard::new().grid(1, shown.collect());
    asking(
        if given.is_empty() { "serials-empty" } else { "serials-choose-product" },
        turned(keyboard, page, pages, |page| SerialsAction::ByProduct { page }, texts),
        texts,
    )
}

/// This month and the last one, this year and the last one, and everything.
fn periods(today: NaiveDate) -> Vec<Period> {
    let month = today.with_day(1).unwrap_or(today);
    let year = month.with_month(1).unwrap_or(month);
    let months = [Some(month), month.checked_sub_months(Months::new(1))];
    let years = [Some(year), year.checked_sub_days(Days::new(1)).and_then(|day| day.with_month(1)?.with_day(1))];
    let months = months.into_iter().flatten().map(|first| Period::Month { first });
    let years = years.into_iter().flatten().map(|first| Period::Year { first });
    months.chain(years).chain([Period::All]).collect()
}

fn period_label(period: Period, texts: &Texts) -> String {
    if period == Period::All { texts.say("button-period-all") } else { texts.period(period) }
}

fn asking(title: &str, keyboard: Keyboard, texts: &Texts) -> Screen {
    Screen { text: Html::new().text(&texts.say(title)), keyboard: back(keyboard, texts) }
}

fn turned(keyboard: Keyboard, page: u32, pages: u32, turn: impl Fn(u32) -> SerialsAction, texts: &Texts) -> Keyboard {
    let before = page.checked_sub(1).map(|page| by(texts.say("button-previous-page"), turn(page)));
    let after = page.checked_add(1).filter(|next| *next < pages);
    let after = after.map(|page| by(texts.say("button-next-page"), turn(page)));
    keyboard.row(before.into_iter().chain(after))
}

fn back(keyboard: Keyboard, texts: &Texts) -> Keyboard {
    keyboard.row([Button::act(texts.say("button-back"), Action::Serials)])
}

fn by(label: String, action: SerialsAction) -> Button {
    Button::act(label, Action::SerialsBy(action))
}

/// What was chosen.
fn described(choice: &SerialsChoice, catalogue: &Catalogue, texts: &Texts) -> String {
    match choice {
        SerialsChoice::Order(number) => texts.say_with("message-serials-of", &[("number", number.to_string().into())]),
        SerialsChoice::Product(sku) => {
            texts.say_with("serials-of-product", &[("product", product(sku, catalogue, texts).into())])
        }
        SerialsChoice::Period(period) => {
            texts.say_with("serials-of-period", &[("period", texts.period(*period).into())])
        }
    }
}

/// A product's name, or what is left of one that the price list does not have any more.
fn product(sku: &Sku, catalogue: &Catalogue, texts: &Texts) -> String {
    let name = catalogue.product(sku).map(|product| product.name.in_language(texts.language()));
    name.unwrap_or(sku.as_str()).to_owned()
}

/// A file of chosen serial numbers.
pub struct ChosenFile {
    pub name: String,
    pub bytes: Vec<u8>,
    pub count: u64,
    /// Which file it is of how many, when there are several.
    pub part: Option<(u64, u64)>,
}

/// The serial numbers that a customer chose.
pub fn chosen(choice: &SerialsChoice, file: ChosenFile, catalogue: &Catalogue, texts: &Texts) -> OutgoingMessage {
    let title = Html::new().bold(&described(choice, catalogue, texts)).end_line();
    let title = match file.part {
        Some((number, of)) => {
            title.line(&texts.say_with("message-part", &[("number", number.into()), ("of", of.into())]))
        }
        None => title,
    };
    attached(title.line(&texts.say_with("message-serials", &[("count", file.count.into())])), file.name, file.bytes)
}

/// None of the account's serial numbers were chosen.
pub fn none_chosen(choice: &SerialsChoice, catalogue: &Catalogue, texts: &Texts) -> OutgoingMessage {
    let text = Html::new().bold(&described(choice, catalogue, texts)).end_line().line(&texts.say("serials-none"));
    OutgoingMessage::plain(Screen { text, keyboard: Keyboard::new() })
}

fn attached(text: Html, name: String, bytes: Vec<u8>) -> OutgoingMessage {
    let attachment = Attachment::Fresh { media: Media::Document, name, bytes };
    OutgoingMessage::plain(Screen { text, keyboard: Keyboard::new() }).attaching(attachment)
}

/// What typed serial numbers are, by their places in the message.
pub fn found(
    message: MessageId,
    found: &[FoundSerials],
    unknown: u64,
    catalogue: &Catalogue,
    texts: &Texts,
) -> OutgoingMessage {
    let title = Html::new().bold(&texts.say("serials-found-typed")).end_line();
    let text = found.iter().take(FOUND_SHOWN).fold(title, |text, one| {
        let place = match one.first == one.last {
            true => one.first.to_string(),
            false => format!("{}–{}", one.first, one.last),
        };
        let variables = [
            ("place", place.into()),
            ("number", one.order.to_string().into()),
            ("product", product(&one.sku, catalogue, texts).into()),
            ("date", texts.date(one.at).into()),
        ];
        text.line(&texts.say_with("serials-found-line", &variables))
    });
    let more = found.len().saturating_sub(FOUND_SHOWN) as u64;
    let text = if more > 0 { text.line(&texts.say("serials-found-more")) } else { text };
    OutgoingMessage::plain(Screen { text: with_unknown(text, unknown, texts), keyboard: Keyboard::new() })
        .replying_to(message)
}

/// What the serial numbers of a file are.
pub fn found_in_file(file: Option<ChosenFile>, unknown: u64, texts: &Texts) -> OutgoingMessage {
    let title = Html::new().bold(&texts.say("serials-found")).end_line();
    match file {
        Some(file) => {
            let text = title.line(&texts.say_with("serials-found-count", &[("count", file.count.into())]));
            attached(with_unknown(text, unknown, texts), file.name, file.bytes)
        }
        None => {
            let text =
                if unknown == 0 { title.line(&texts.say("file-empty")) } else { with_unknown(title, unknown, texts) };
            OutgoingMessage::plain(Screen { text, keyboard: Keyboard::new() })
        }
    }
}

/// The same of numbers that do not exist and of those of others.
fn with_unknown(text: Html, unknown: u64, texts: &Texts) -> Html {
    if unknown == 0 { text } else { text.line(&texts.say_with("serials-unknown", &[("count", unknown.into())])) }
}
