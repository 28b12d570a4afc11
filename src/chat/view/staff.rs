//! What the bot asks one of the staff, and what it answers them.

use chrono::NaiveDate;

use super::keyboard::{Button, Keyboard};
use super::vendor_banner::sentence;
use super::words::GLIMPSE;
use super::{Html, Screen, desk, menu, order_actions, timeline};
use crate::chat::action::{Action, Seen, StaffAction};
use crate::chat::dialogue::{AdminBanner, FileRefusal, Prompt, StaffBanner, StaffState, VendorBanner};
use crate::chat::i18n::Texts;
use crate::domain::typed::{clean_line, clean_text};
use crate::domain::{Catalogue, Invoice, KeptFile, MessageBody, Order, OrderNumber, PersonId, Reason, Role};

/// What a staff member's screen is made from.
#[derive(Debug, Clone, Copy)]
pub struct StaffFacts<'a> {
    /// Whom the bot asks.
    pub person: PersonId,
    /// What they are called.
    pub name: &'a str,
    pub catalogue: &'a Catalogue,
    /// The order that the place is about, as staff see it.
    pub subject: Option<&'a StaffSubject>,
    /// The day in the shop's time zone.
    pub today: NaiveDate,
    /// Whether nobody else reads along.
    pub is_alone: bool,
}

/// An order that a staff member's screen is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffSubject {
    pub order: Order,
    /// How it looks to staff.
    pub card: Screen,
    /// While its serial numbers are asked for: what the stock has for each line, counted no further than the line needs.
    pub in_stock: Vec<u32>,
}

/// The question that a staff member is asked, or the sentence that closes it.
pub fn screen(state: &StaffState, banner: Option<&VendorBanner>, facts: &StaffFacts, texts: &Texts) -> Screen {
    let said = banner.map(|banner| sentence(banner, facts.catalogue, texts));
    let subject = facts.subject;
    let asked = state.prompt().zip(subject);
    // What stood above the question was about an answer to it, and it takes none any more.
    if let Some((question, subject)) = asked.filter(|(question, of)| question.overtaken(&of.order).is_some()) {
        return overtaken(question, subject, facts, texts);
    }
    let screen = match (state, subject) {
        // In a group the alert is the card.
        (StaffState::ReadingOrder(_), Some(subject)) if facts.is_alone => subject.card.clone(),
        (StaffState::WaitingForInvoice(_), Some(subject)) => ask_invoice(&subject.order, facts, texts),
        (StaffState::WaitingForSerials(_), Some(subject)) => ask_serials(subject, banner, facts, texts),
        (StaffState::WaitingForReason(_), Some(subject)) => ask_reason(state, &subject.order, facts, texts),
        (StaffState::ConfirmingInvoice(_, invoice), Some(subject)) => {
            confirm_invoice(state, invoice, &subject.order, facts, texts)
        }
        (StaffState::OfferingToSend(number, words), _) => offer_to_send(*number, words, banner, texts),
        (StaffState::ConfirmingCancel(_, reason), Some(subject)) => {
            confirm_cancel(state, reason, &subject.order, facts, texts)
        }
        (StaffState::CheckingInvoice(number) | StaffState::ReadingSerials(number), _) => {
            let reading = match state {
                StaffState::CheckingInvoice(_) => "staff-checking-invoice",
                _ => "staff-reading-serials",
            };
            let text = Html::new().line(&addressed(reading, *number, facts, texts));
            Screen { text, keyboard: Keyboard::new() }
        }
        _ => {
            let closed = said.unwrap_or_else(|| texts.say("staff-question-closed"));
            // It may name a customer, unless it only explains a command.
            let text = match banner {
                Some(VendorBanner::Admin(AdminBanner::StatusExpected)) => Html::new().text(&closed),
                _ => Html::new().inert(&closed),
            };
            return Screen { text, keyboard: Keyboard::new() };
        }
    };
    let screen = match asked {
        Some((question, subject)) => {
            Screen { text: news(question, &subject.order, facts, texts).then(screen.text), ..screen }
        }
        None => screen,
    };
    match said {
        Some(said) => Screen { text: Html::new().italic(&said).gap().then(screen.text), ..screen },
        None => screen,
    }
}

/// A question that came to nothing, since somebody else was first: what they did, and what can be done now.
fn overtaken(question: Prompt, subject: &StaffSubject, facts: &StaffFacts, texts: &Texts) -> Screen {
    let missed = question.missed(&subject.order);
    let changed = missed.is_empty().then(|| subject.order.last_change()).flatten();
    let text = Html::new()
        .bold(&addressed("staff-question-overtaken", question.order, facts, texts))
        .end_line()
        .then(timeline::news(changed.map_or(missed, std::slice::from_ref), texts));
    Screen { text, keyboard: subject.card.keyboard.clone() }
}

/// What others did to the order since the question was asked, which still stands.
fn news(question: Prompt, order: &Order, facts: &StaffFacts, texts: &Texts) -> Html {
    let by_others: Vec<_> =
        question.missed(order).iter().filter(|event| !event.actor.is(facts.person)).cloned().collect();
    if by_others.is_empty() {
        return Html::new();
    }
    Html::new().italic(&texts.say("staff-news")).end_line().then(timeline::news(&by_others, texts)).gap()
}

fn ask_invoice(order: &Order, facts: &StaffFacts, texts: &Texts) -> Screen {
    let number = order.summary.number;
    let day = ("day", desk::example_day(facts.today, texts).into());
    let text = Html::new()
        .bold(&addressed("staff-ask-invoice", number, facts, texts))
        .end_line()
        .line(&texts.say_with("staff-ask-invoice-how", &[day]));
    let asked = StaffState::WaitingForInvoice(Prompt::about(order));
    Screen { text, keyboard: desk::choices(&asked, order, facts.today, texts) }
}

fn confirm_invoice(state: &StaffState, invoice: &Invoice, order: &Order, facts: &StaffFacts, texts: &Texts) -> Screen {
    let number = order.summary.number;
    let amount = ("amount", texts.money(invoice.amount).into());
    let total = ("total", texts.money(order.summary.total).into());
    let name = ("name", facts.name.into());
    let title = texts.say_with("staff-confirm-invoice", &[name, ("number", number.to_string().into()), amount]);
    let text = Html::new().bold(&title).end_line().line(&texts.say_with("staff-confirm-invoice-how", &[total]));
    let text = match invoice.due {
        Some(due) => text.line(&texts.say_with("staff-confirm-invoice-due", &[("date", texts.day(due).into())])),
        None => text,
    };
    Screen { text, keyboard: desk::choices(state, order, facts.today, texts) }
}

/// Words that went to nobody, for a press that sends them.
fn offer_to_send(number: OrderNumber, words: &[MessageBody], banner: Option<&VendorBanner>, texts: &Texts) -> Screen {
    let title = texts.say_with("staff-offer-to-send", &[("number", number.to_string().into())]);
    let longest = if words.len() == 1 { MessageBody::MAX_CAPTION } else { GLIMPSE };
    let text = words.iter().fold(Html::new().line(&title), |text, body| {
        let file = body.file.as_ref().map(|file| file_named(file, texts));
        let lines = file.into_iter().chain((!body.text.is_empty()).then(|| clean_text(&body.text, longest)));
        text.inert_quote(&lines.collect::<Vec<_>>().join("\n"))
    });
    let send = Action::Staff(number, StaffAction::SendWords(Seen::fingerprint(words)));
    let send = Button::act(texts.say("button-send-to-customer"), send);
    match banner {
        // A press took something away, and nobody has read what is left.
        Some(VendorBanner::Staff(StaffBanner::SerialNamed | StaffBanner::SerialsTyped)) => {
            Screen { text, keyboard: Keyboard::confirm(send, desk::dismiss(number, texts)) }
        }
        _ => question(text, number, Keyboard::new().row([send]), texts),
    }
}

/// What is sent as a file.
fn file_named(file: &KeptFile, texts: &Texts) -> String {
    match file.name.as_str() {
        "" => texts.say("staff-offered-nameless"),
        name => texts.say_with("staff-offered-file", &[("name", clean_line(name, GLIMPSE).into())]),
    }
}

fn ask_serials(subject: &StaffSubject, banner: Option<&VendorBanner>, facts: &StaffFacts, texts: &Texts) -> Screen {
    let number = subject.order.summary.number;
    let title = Html::new().bold(&addressed("staff-ask-serials", number, facts, texts)).end_line();
    // What is missing says it all, and both might not fit one message.
    let counted = matches!(
        banner,
        Some(VendorBanner::Staff(
            StaffBanner::Short(_) | StaffBanner::FileRefused(FileRefusal::Counts(_) | FileRefusal::CountsBeside(..))
        ))
    );
    let needs = subject.order.lines.iter().zip(&subject.in_stock).filter(|_| !counted);
    let text = needs.fold(title, |text, (line, available)| {
        let variables = [
            ("product", line.name.in_language(texts.language()).into()),
            ("quantity", u64::from(line.quantity).into()),
            ("available", u64::from(*available).into()),
        ];
        let key = if *available < line.quantity { "staff-need-line" } else { "staff-need-line-enough" };
        text.line(&texts.say_with(key, &variables))
    });
    let text = text.line(&texts.say("staff-ask-serials-how"));
    let stock = order_actions::stock_button(&subject.order, &subject.in_stock, texts);
    question(text, number, Keyboard::new().row([stock]), texts)
}

fn ask_reason(state: &StaffState, order: &Order, facts: &StaffFacts, texts: &Texts) -> Screen {
    let number = order.summary.number;
    let text = Html::new()
        .bold(&addressed("staff-ask-reason", number, facts, texts))
        .end_line()
        .line(&texts.say("staff-ask-reason-how"));
    Screen { text, keyboard: desk::choices(state, order, facts.today, texts) }
}

fn confirm_cancel(state: &StaffState, reason: &Reason, order: &Order, facts: &StaffFacts, texts: &Texts) -> Screen {
    let number = order.summary.number;
    let text = Html::new()
        .bold(&addressed("staff-confirm-cancel", number, facts, texts))
        .end_line()
        .line(&texts.say_with("staff-reason", &[("reason", texts.reason(reason).into())]));
    Screen { text, keyboard: desk::choices(state, order, facts.today, texts) }
}

fn question(text: Html, number: OrderNumber, answers: Keyboard, texts: &Texts) -> Screen {
    Screen { text, keyboard: answers.row([desk::dismiss(number, texts)]) }
}

/// What the bot does in the staff chat, for whoever asks it there.
pub fn help(role: Role, texts: &Texts) -> Screen {
    let text = Html::new().bold(&texts.say("staff-help-title")).gap().line(&texts.say("staff-help"));
    let commands = match role {
        Role::Admin => menu::admin_commands(texts),
        Role::Staff | Role::Customer => menu::staff_commands(texts),
    };
    let text = commands
        .into_iter()
        .fold(text.gap(), |text, (command, description)| text.line(&format!("/{command} — {description}")));
    Screen { text, keyboard: Keyboard::new() }
}

fn addressed(key: &str, number: OrderNumber, facts: &StaffFacts, texts: &Texts) -> String {
    texts.say_with(key, &[("name", facts.name.into()), ("number", number.to_string().into())])
}
