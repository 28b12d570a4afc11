//! A reply to the message that shows an order: what it holds says what it is meant for. Pure and total.

use super::banner::{Overtaken, StaffBanner};
use super::invoice::{invoice, invoiced};
use super::prompt::Prompt;
use super::request::StaffRequest;
use super::state::StaffState;
use super::words::remarked;
use crate::chat::dialogue::input::{Message, Upload};
use crate::chat::dialogue::stage::Spoken;
use crate::chat::dialogue::vendor::{VendorContext, VendorStep};
use crate::domain::{ActionKind, KeptFile, Media, Order, TermsFault, terms};

/// Words of a reply that begins with a sum but is hardly meant as one.
const TALK: usize = 5;

/// What a reply is meant for.
enum Meaning {
    Invoice,
    Serials,
    /// A table in a form that the bot does not read, where serial numbers are awaited.
    UnreadTable,
    Talk,
}

pub(super) fn on_reply(
    state: &StaffState,
    order: &Order,
    spoken: Spoken,
    message: &Message,
    context: &VendorContext,
) -> VendorStep {
    let kind = match meaning(order, message, context) {
        Meaning::Invoice => ActionKind::Invoice,
        Meaning::Serials => ActionKind::Complete,
        Meaning::UnreadTable => return VendorStep::remark(StaffBanner::FileExpected),
        Meaning::Talk => {
            let is_document = message.file().is_some_and(|file| file.media == Media::Document);
            let perhaps =
                is_document && (awaits_serials(order, context) || message.file().is_some_and(KeptFile::is_list));
            let banner = if perhaps { StaffBanner::PerhapsSerials } else { StaffBanner::NotAsked };
            return remarked(state, order.summary.number, spoken, message, context.chat, banner);
        }
    };
    if message.is_of_album() {
        return VendorStep::remark(StaffBanner::OneFileExpected);
    }
    let number = order.summary.number;
    let refused = |banner: StaffBanner| VendorStep::say(StaffState::ReadingOrder(number), banner);
    // Telegram's clock counts whole seconds.
    let since = order.last_change().filter(|event| event.at.timestamp() > message.sent_at.timestamp());
    if let Some(event) = since.filter(|event| !event.actor.is(context.person)) {
        return refused(StaffBanner::Overtaken(Overtaken::by(number, event)));
    }
    if let Err(error) = order.status_after(kind, context.role) {
        return refused(StaffBanner::refused(order, error));
    }
    let prompt = Prompt::about(order);
    match (kind, message.file()) {
        (ActionKind::Complete, Some(file)) => VendorStep::to(StaffState::ReadingSerials(number))
            .asking(StaffRequest::CompleteFromFile(prompt, file.clone()).into()),
        _ => match invoice(&message.text, &message.upload, order, context) {
            Ok(invoice) => invoiced(prompt, invoice, order),
            Err(banner) => refused(banner),
        },
    }
}

fn awaits_serials(order: &Order, context: &VendorContext) -> bool {
    order.status_after(ActionKind::Complete, context.role).is_ok()
}

fn meaning(order: &Order, message: &Message, context: &VendorContext) -> Meaning {
    let sum = || terms::read(message.text.trim(), order.summary.total.currency(), context.words, context.today);
    match &message.upload {
        Upload::File(file) if file.media == Media::Document && file.is_list() => {
            match order.summary.status.is_final() {
                // Whoever has had their serial numbers may get any table.
                true if file.is_named(".xlsx") => Meaning::Talk,
                _ => Meaning::Serials,
            }
        }
        Upload::File(file) if awaits_serials(order, context) && file.is_unread_table() => Meaning::UnreadTable,
        Upload::File(file) if file.media == Media::Document && (file.is_named(".pdf") || sum().is_ok()) => {
            Meaning::Invoice
        }
        Upload::Nothing => match sum() {
            Ok(_) => Meaning::Invoice,
            Err(TermsFault::Currency | TermsFault::Day) if message.text.split_whitespace().count() <= TALK => {
                Meaning::Invoice
            }
            Err(_) if terms::is_figure(&message.text) => Meaning::Invoice,
            Err(_) => Meaning::Talk,
        },
        // What somebody passes on from elsewhere answers nothing.
        Upload::File(_) | Upload::Forwarded(_) | Upload::Media(_) | Upload::Described | Upload::Unusable => {
            Meaning::Talk
        }
    }
}
