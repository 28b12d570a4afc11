//! What people read of the things that are done to an order: whoever adds an [`OrderAction`] says here how its button is
//! labelled, how customers and staff read of it, and what answers whoever did it.

use super::background::{Background, Held, Place};
use super::customer_messages::{open_order, reason_for_customer, with_invoice};
use super::html::Html;
use super::keyboard::{Button, Keyboard, Style};
use super::outgoing_message::OutgoingMessage;
use super::parts::{repeated, who};
use super::words::{GLIMPSE, files_button, glimpse, passed_on, quoted};
use super::{Screen, desk};
use crate::chat::action::{Action, Seen, StaffAction};
use crate::chat::i18n::{Texts, Value};
use crate::domain::typed::clean_line;
use crate::domain::{
    ActionKind, Invoice, InvoiceStanding, Issued, Order, OrderAction, OrderEvent, OrderNumber, Request, Role, Sending,
    Sequence, Status,
};

/// The buttons with the next steps of an order as it stands. What somebody is asked about is theirs until they have answered.
pub fn keyboard(order: &Order, about: &Background, texts: &Texts) -> Keyboard {
    let steps = Steps { order, about, texts };
    match about.place {
        Place::Alert => steps.on_alert(),
        Place::Card => steps.on_card(),
    }
}

struct Steps<'a> {
    order: &'a Order,
    about: &'a Background<'a>,
    texts: &'a Texts,
}

impl<'a> Steps<'a> {
    /// Each step is one press.
    ///
    /// People tap twice. So a question opens upwards, and what drops it stands where the button stood that asked; the steps that
    /// cannot be taken back are below all questions, each in another row than the step that brings it.
    fn on_alert(&self) -> Keyboard {
        let (order, texts) = (self.order, self.texts);
        let has_total = self.may(ActionKind::Invoice) && !self.is_asked_to_pay() && !order.summary.total.is_zero();
        let invoice = has_total && self.is_free(ActionKind::Invoice);
        let complete = self.may(ActionKind::Complete);
        let other_file = complete.then(|| self.button("button-other-file", StaffAction::AskComplete));
        let other_sum =
            self.is_free(ActionKind::Invoice).then(|| self.button("button-other-sum", StaffAction::AskInvoice));
        // Whoever holds the invoice up stands where its button was, or else all above it would slip down.
        let (above, below) = match has_total {
            true => (Keyboard::new(), self.holders(ActionKind::Invoice)),
            false => (self.holders(ActionKind::Invoice), Keyboard::new()),
        };
        self.upper_rows()
            .then(self.questions(ActionKind::Cancel))
            .row(other_sum)
            .then(above)
            .then(self.questions(ActionKind::Invoice))
            .row(invoice.then(|| desk::invoice_button(order, texts)))
            .then(below)
            .row(complete.then(|| stock_button(order, &self.about.stock, texts)))
            .row(other_file)
    }

    /// People come to a card from lists and questions of any height, so whatever cannot be taken back would stand under
    /// somebody's finger: here it is asked for first. What drops such a question stands where the button stood that asked.
    fn on_card(&self) -> Keyboard {
        let invoice = if self.is_asked_to_pay() { "button-other-sum" } else { "button-ask-invoice" };
        let invoice = self.is_free(ActionKind::Invoice).then(|| self.button(invoice, StaffAction::AskInvoice));
        let complete = self.may(ActionKind::Complete).then(|| {
            let (label, _) = of_stock("button-ask-complete", self.order, &self.about.stock, self.texts);
            Button::act(label, Action::Staff(self.order.summary.number, StaffAction::AskComplete))
        });
        self.upper_rows().then(self.holders(ActionKind::Invoice)).row(invoice.into_iter().chain(complete))
    }

    fn upper_rows(&self) -> Keyboard {
        let number = self.order.summary.number;
        let take = self.may(ActionKind::Take).then(|| self.button("button-take", StaffAction::Take));
        let cancel =
            self.is_free(ActionKind::Cancel).then(|| self.button("button-cancel-order", StaffAction::AskCancel));
        Keyboard::new()
            .row(take)
            .row(files_button(self.order, Action::Staff(number, StaffAction::Files), self.texts))
            .row(cancel.map(|button| button.styled(Style::Danger)))
            .then(self.holders(ActionKind::Cancel))
    }

    fn button(&self, label: &str, action: StaffAction) -> Button {
        Button::act(self.texts.say(label), Action::Staff(self.order.summary.number, action))
    }

    fn may(&self, kind: ActionKind) -> bool {
        self.order.status_after(kind, Role::Staff).is_ok()
    }

    fn is_free(&self, kind: ActionKind) -> bool {
        self.may(kind) && self.held(kind).next().is_none()
    }

    fn is_asked_to_pay(&self) -> bool {
        self.order.summary.status == Status::Invoiced
    }

    fn held(&self, kind: ActionKind) -> impl Iterator<Item = &'a Held> {
        self.about.held.iter().filter(move |held| held.state.asks_for() == Some(kind))
    }

    fn holders(&self, kind: ActionKind) -> Keyboard {
        let holder = |held| desk::holder(held, self.order.summary.number, self.texts);
        self.held(kind).fold(Keyboard::new(), |rows, held| rows.row(holder(held)))
    }

    fn questions(&self, kind: ActionKind) -> Keyboard {
        let choices = |held: &Held| desk::choices(&held.state, self.order, self.about.today, self.texts);
        self.held(kind).fold(Keyboard::new(), |rows, held| rows.then(choices(held)))
    }
}

/// Delivers from the stock; where that is short, the button says so, and its press what is missing.
pub(super) fn stock_button(order: &Order, stock: &[u32], texts: &Texts) -> Button {
    let action = Action::Staff(order.summary.number, StaffAction::CompleteFromStock(Seen::of_order(order)));
    match of_stock("button-from-stock-now", order, stock, texts) {
        (label, Stocked::Whole) => Button::act(label, action).styled(Style::Success),
        (_, Stocked::InPart) => Button::inert(of_stock("button-stock-short", order, stock, texts).0, action),
    }
}

/// Whether the stock has all that an order needs.
enum Stocked {
    Whole,
    InPart,
}

/// A label with how much of an order the stock has.
fn of_stock(label: &str, order: &Order, stock: &[u32], texts: &Texts) -> (String, Stocked) {
    let needs = order.lines.iter().zip(stock);
    let available: u64 = needs.clone().map(|(line, available)| u64::from(line.quantity.min(*available))).sum();
    let is_short = needs.clone().count() < order.lines.len() || needs.clone().any(|(line, has)| *has < line.quantity);
    let counts = [("available", available.into()), ("needed", order.summary.keys.into())];
    (texts.say_with(label, &counts), if is_short { Stocked::InPart } else { Stocked::Whole })
}

/// What answers one of the staff who did it.
pub fn done(number: OrderNumber, kind: ActionKind, texts: &Texts) -> String {
    let key = match kind {
        ActionKind::Take => "staff-taken",
        ActionKind::Invoice => "staff-done-invoiced",
        ActionKind::Complete => "staff-done-completed",
        ActionKind::Cancel => "staff-done-cancelled",
        ActionKind::Answer => "staff-answered",
        ActionKind::Settle => "staff-settled",
        // These are done by others, who see them elsewhere.
        ActionKind::Place | ActionKind::Ask | ActionKind::Add | ActionKind::LoseFile => "order-title",
    };
    texts.say_with(key, &[("number", number.to_string().into())])
}

/// What the order's customers are told, in a message of its own; `None` for what they are not told so.
pub fn message(order: &Order, action: &OrderAction, sending: Sending, texts: &Texts) -> Option<OutgoingMessage> {
    let number = order.summary.number;
    let number_of = ("number", number.to_string().into());
    let title = |key: &str, more: &[_]| repeated(sending, texts).bold(&texts.say_with(key, more));
    let screen = |text: Html| Screen { text, keyboard: open_order(number, texts) };
    Some(match action {
        OrderAction::Invoiced(invoice) => {
            let amount = || ("amount", texts.money(invoice.amount).into());
            match order.standing_of(invoice) {
                InvoiceStanding::Current { replaces: None } => {
                    with_invoice(title("message-invoiced", &[number_of, amount()]), number, invoice, texts)
                }
                InvoiceStanding::Current { replaces: Some(former) } => {
                    let former = issued(former, texts);
                    let text = title("message-invoiced-anew", &[number_of, amount()]).end_line();
                    with_invoice(text.text(&texts.say_with("message-replaces", &former)), number, invoice, texts)
                }
                // It waited while its reader could not be reached, or while others were told.
                standing => OutgoingMessage::plain(void_invoice(order, (invoice, standing), sending, texts)),
            }
        }
        OrderAction::Cancelled(reason) => {
            let reason = texts.say_with("message-reason", &[("reason", reason_for_customer(reason, texts).into())]);
            OutgoingMessage::plain(screen(title("message-cancelled", &[number_of]).end_line().line(&reason)))
        }
        OrderAction::Answered(words) => {
            let key = match words.sequence {
                Sequence::Correction => "message-answered-anew",
                Sequence::Opening | Sequence::Continuation => "message-answered",
            };
            let open = Button::act(
                texts.say_with("words-answer", &[("number", number.to_string().into())]),
                Action::Order(number),
            );
            // The button below a file without a caption opens the order as well.
            let has_text = words.file.as_ref().is_none_or(|file| file.media.takes_caption());
            let keyboard = if has_text { open_order(number, texts) } else { Keyboard::new() };
            let text = title(key, &[number_of]).end_line().then(quoted(words, texts));
            passed_on(Screen { text, keyboard }, words, open)
        }
        // The serial numbers of a completed order stand in files, which have a module of their own.
        OrderAction::Completed
        | OrderAction::Placed
        | OrderAction::Taken
        | OrderAction::Asked(..)
        | OrderAction::Settled { .. }
        | OrderAction::FileLost(_) => return None,
    })
}

/// What a message about an invoice says once that invoice is not to be paid any more.
pub fn void_invoice(
    order: &Order,
    (invoice, standing): (&Invoice, InvoiceStanding),
    sending: Sending,
    texts: &Texts,
) -> Screen {
    let number = order.summary.number;
    let variables = [("number", number.to_string().into()), ("amount", texts.money(invoice.amount).into())];
    let why = match standing {
        InvoiceStanding::ReplacedBy(current) => texts.say_with("message-invoice-replaced", &issued(current, texts)),
        InvoiceStanding::Cancelled | InvoiceStanding::Current { .. } => texts.say("message-invoice-void"),
    };
    let text = repeated(sending, texts).bold(&texts.say_with("message-invoice-of", &variables)).end_line().line(&why);
    Screen { text, keyboard: open_order(number, texts) }
}

fn issued((invoice, at): Issued, texts: &Texts) -> [(&'static str, Value); 2] {
    [("amount", texts.money(invoice.amount).into()), ("date", texts.date_time(at).into())]
}

/// Its line in the timeline that customers see, below an invoice that it replaces; `None` for what is the vendor's own
/// business.
pub fn customer_line(event: &OrderEvent, former: Option<&Invoice>, texts: &Texts) -> Option<String> {
    let date = ("date", texts.date_time(event.at).into());
    let status = ("status", texts.status(event.to).into());
    Some(match &event.action {
        OrderAction::Taken | OrderAction::Settled { .. } | OrderAction::FileLost(_) => return None,
        OrderAction::Placed | OrderAction::Completed => texts.say_with("card-event", &[date, status]),
        OrderAction::Invoiced(invoice) => {
            let said = [date, status, ("amount", amount_of(invoice, former, texts).into())];
            match invoice.due {
                Some(due) => {
                    texts.say_with("card-invoiced-due", &[&said[..], &[("due", texts.day(due).into())]].concat())
                }
                None => texts.say_with("card-invoiced", &said),
            }
        }
        OrderAction::Cancelled(reason) => {
            texts.say_with("card-cancelled", &[date, status, ("reason", reason_for_customer(reason, texts).into())])
        }
        OrderAction::Asked(Request::Cancellation, words) if words.is_silent() => {
            texts.say_with("card-asked-to-cancel-silently", &[date])
        }
        OrderAction::Asked(request, words) => {
            let key = match (words.sequence, request) {
                (Sequence::Correction, _) => "card-asked-anew",
                (_, Request::Answer) => "card-asked",
                (_, Request::Cancellation) => "card-asked-to-cancel",
            };
            texts.say_with(key, &[date, ("text", glimpse(words, "card-file", texts).into())])
        }
        OrderAction::Answered(words) => {
            let key = match words.sequence {
                Sequence::Correction => "card-answered-anew",
                Sequence::Opening | Sequence::Continuation => "card-answered",
            };
            texts.say_with(key, &[date, ("text", glimpse(words, "card-file", texts).into())])
        }
    })
}

/// Its line in the audit trail that staff see, below an invoice that it replaces.
pub fn staff_line(event: &OrderEvent, former: Option<&Invoice>, texts: &Texts) -> String {
    let date = ("date", texts.date_time(event.at).into());
    let name = ("name", who(event.actor.name(), texts).into());
    match &event.action {
        OrderAction::Placed => texts.say_with("alert-placed", &[date, name]),
        OrderAction::Taken => texts.say_with("alert-taken", &[date, name]),
        OrderAction::Invoiced(invoice) => {
            let said = [date, name, ("amount", amount_of(invoice, former, texts).into())];
            match invoice.due {
                Some(due) => {
                    texts.say_with("alert-invoiced-due", &[&said[..], &[("due", texts.day(due).into())]].concat())
                }
                None => texts.say_with("alert-invoiced", &said),
            }
        }
        OrderAction::Completed => texts.say_with("alert-completed", &[date, name]),
        OrderAction::Cancelled(reason) => {
            texts.say_with("alert-cancelled", &[date, name, ("reason", texts.reason(reason).into())])
        }
        OrderAction::Asked(Request::Cancellation, words) if words.is_silent() => {
            texts.say_with("alert-asked-to-cancel-silently", &[date, name])
        }
        OrderAction::Asked(request, words) => {
            let key = match (words.sequence, request) {
                (Sequence::Correction, _) => "alert-asked-anew",
                (_, Request::Answer) => "alert-asked",
                (_, Request::Cancellation) => "alert-asked-to-cancel",
            };
            texts.say_with(key, &[date, name, ("text", glimpse(words, "alert-file", texts).into())])
        }
        OrderAction::Answered(words) => {
            let key = match words.sequence {
                Sequence::Correction => "alert-answered-anew",
                Sequence::Opening | Sequence::Continuation => "alert-answered",
            };
            texts.say_with(key, &[date, name, ("text", glimpse(words, "alert-file", texts).into())])
        }
        OrderAction::Settled { .. } => texts.say_with("alert-settled", &[date, name]),
        OrderAction::FileLost(file) if file.name.is_empty() => texts.say_with("alert-photo-lost", &[date]),
        OrderAction::FileLost(file) => {
            texts.say_with("alert-file-lost", &[date, ("name", clean_line(&file.name, GLIMPSE).into())])
        }
    }
}

/// What an invoice is for, and in place of what where that was something else.
fn amount_of(invoice: &Invoice, former: Option<&Invoice>, texts: &Texts) -> String {
    let amount = texts.money(invoice.amount);
    match former.filter(|former| former.amount != invoice.amount) {
        Some(former) => texts.say_with(
            "amount-in-place-of",
            &[("amount", amount.into()), ("former", texts.money(former.amount).into())],
        ),
        None => amount,
    }
}
