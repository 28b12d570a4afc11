//! What a customer writes to staff about an order: a question, what goes on with it, what mends it, and words that nothing
//! waited for, which are kept until their author says that they are meant for staff.

use chrono::{DateTime, TimeDelta, Utc};

use super::banner::Banner;
use super::request::{Context, CustomerRequest, Step};
use super::state::{Dialogue, OpenAlbum, OpenConversation, State, Unsent};
use crate::chat::dialogue::input::{Message, Upload};
use crate::domain::{
    InvalidBody, LimitReached, MessageBody, Order, OrderAction, OrderNumber, Request, Sequence, Source,
};

/// People write a thought in several messages; so long after one of them the next still belongs to it.
pub const GOES_ON_FOR: TimeDelta = TimeDelta::minutes(2);

impl Dialogue {
    /// The order whose conversation this message goes on with by itself: a further part of an album, or what follows soon.
    pub(super) fn continued_by(&self, message: &Message) -> Option<OrderNumber> {
        let talk = self.conversation.as_ref().filter(|open| message.sent_at - open.last <= GOES_ON_FOR);
        self.album_continued_by(message).or_else(|| talk.map(|open| open.order))
    }

    /// The order whose album this message is a further part of.
    pub(super) fn album_continued_by(&self, message: &Message) -> Option<OrderNumber> {
        let open = self.album.as_ref().filter(|open| message.album.as_ref() == Some(&open.id))?;
        Some(open.order)
    }

    fn talking(mut self, order: OrderNumber, last: DateTime<Utc>) -> Dialogue {
        self.conversation = Some(OpenConversation { order, last });
        self
    }

    /// Keeps words about an order beside those that are kept already, saying so; what was mended takes the place of what it
    /// mends. Without room for them it is that which their author hears.
    fn keeping(mut self, order: OrderNumber, mut words: Vec<MessageBody>, said: Banner) -> Dialogue {
        let mut or = Vec::new();
        if let Some(kept) = &self.unsent {
            or = kept.orders().filter(|other| *other != order).collect();
            let is_other =
                |body: &&MessageBody| words.iter().all(|new| new.source.is_none() || new.source != body.source);
            let others: Vec<_> = kept.words.iter().filter(is_other).cloned().collect();
            words.splice(0..0, others);
        }
        if words.len() > Unsent::MOST {
            return self.saying(Banner::TooManyUnsent);
        }
        self.unsent = Some(Unsent { order, or, words });
        self.saying(said)
    }
}

/// Words to staff about the order that the dialogue is about.
pub(super) fn ask(dialogue: Dialogue, order: Result<Order, OrderNumber>, message: &Message, context: &Context) -> Step {
    let State::Asking(number, request) = dialogue.state else { return Step::to(dialogue) };
    let Ok(order) = order else { return Step::to(dialogue.at(State::ReadingOrder(number))) };
    match message.body(context.chat) {
        Ok(body) => {
            let card = opening_album(dialogue.at(State::ReadingOrder(number)), number, message);
            send(card, &order, request, vec![body], message.sent_at)
        }
        Err(fault) => Step::to(dialogue.saying(refusal(fault))),
    }
}

/// Words in reply to what the bot wrote about an order, or to words of one's own about it. Whatever else the dialogue waits
/// for, it goes on waiting.
pub(super) fn reply(
    dialogue: Dialogue,
    order: Result<Order, OrderNumber>,
    message: &Message,
    context: &Context,
) -> Step {
    let order = match order {
        Ok(order) => order,
        Err(number) => return Step::to(dialogue.at(State::ReadingOrder(number))),
    };
    let number = order.summary.number;
    let goes_on = dialogue.continued_by(message) == Some(number);
    match message.body(context.chat) {
        Ok(body) => {
            let body = body.standing_as(if goes_on { Sequence::Continuation } else { Sequence::Opening });
            let dialogue = opening_album(dialogue, number, message);
            let step = send(dialogue, &order, Request::Answer, vec![body], message.sent_at);
            saying_sent(step, Banner::WordsSent(number))
        }
        Err(fault) => Step::to(dialogue.saying(refusal(fault))),
    }
}

/// A further message of what went to staff.
pub(super) fn go_on(dialogue: Dialogue, order: Result<Order, OrderNumber>, part: &Message, context: &Context) -> Step {
    let Ok(order) = order else { return Step::to(dialogue) };
    let number = order.summary.number;
    match part.body(context.chat) {
        Ok(body) => {
            let body = body.standing_as(Sequence::Continuation);
            let step = send(dialogue, &order, Request::Answer, vec![body], part.sent_at);
            saying_sent(step, Banner::WordsAdded(number))
        }
        Err(fault) => Step::to(dialogue.saying(refusal(fault))),
    }
}

/// Words that were passed on read otherwise now.
pub(super) fn correct(
    before: &Dialogue,
    dialogue: Dialogue,
    order: Result<Order, OrderNumber>,
    message: &Message,
    context: &Context,
) -> Step {
    let Ok(order) = order else { return Step::to(before.clone()) };
    let number = order.summary.number;
    let source = Source { chat: context.chat, message: message.id };
    let Some(OrderAction::Asked(request, _)) = order.written_in(source).first().map(|event| &event.action) else {
        return Step::to(before.clone());
    };
    match message.body(context.chat).map(|body| body.standing_as(Sequence::Correction).parts()) {
        // Telegram also tells of edits that change nothing that was passed on.
        Ok(parts) if order.has_passed_on(source, &parts) => Step::to(before.clone()),
        Ok(parts) => Step::asking(
            dialogue.saying(Banner::WordsCorrected(number)),
            CustomerRequest::AskStaff(number, *request, parts),
        ),
        Err(fault) => Step::to(dialogue.saying(refusal(fault))),
    }
}

/// A message was changed that was passed on to nobody.
pub(super) fn edit(before: &Dialogue, mut dialogue: Dialogue, message: &Message, context: &Context) -> Step {
    let source = Some(Source { chat: context.chat, message: message.id });
    let kept = dialogue.unsent.iter_mut().flat_map(|unsent| &mut unsent.words).find(|words| words.source == source);
    match (kept, message.body(context.chat)) {
        (Some(kept), Ok(body)) => {
            *kept = body;
            Step::to(dialogue)
        }
        (Some(_), Err(fault)) => Step::to(dialogue.saying(refusal(fault))),
        // What means nothing as it is sent means nothing when it changes: a place that moves along, for instance.
        (None, _) if message.upload == Upload::Unusable => Step::to(before.clone()),
        (None, _) => Step::to(dialogue.saying(Banner::EditIgnored)),
    }
}

/// Words that nothing waits for. Whoever has orders may mean them for staff, about one of these.
pub(super) fn keep(mut dialogue: Dialogue, orders: &[OrderNumber], message: &Message, context: &Context) -> Dialogue {
    let Some((order, or)) = orders.split_first() else { return dialogue.saying(Banner::UseButtons) };
    let body = match message.body(context.chat) {
        Ok(body) => body,
        Err(fault) => return dialogue.saying(refusal(fault)),
    };
    let unsent = dialogue.unsent.get_or_insert_with(|| Unsent { order: *order, or: or.to_vec(), words: Vec::new() });
    if unsent.words.len() >= Unsent::MOST {
        return dialogue.saying(Banner::TooManyUnsent);
    }
    unsent.words.push(body);
    dialogue
}

/// The words that were kept are meant for staff.
pub(super) fn send_kept(dialogue: Dialogue, order: &Order, context: &Context) -> Step {
    let number = order.summary.number;
    let is_offered = |unsent: &Unsent| unsent.orders().any(|order| order == number);
    let Some(Unsent { words, .. }) = dialogue.unsent.clone().filter(is_offered) else {
        return Step::outdated(dialogue);
    };
    let parts = words.into_iter().enumerate().map(|(index, body)| match (body.sequence, index) {
        (Sequence::Correction, _) => body,
        (_, 0) => body.standing_as(Sequence::Opening),
        _ => body.standing_as(Sequence::Continuation),
    });
    let card = Dialogue { unsent: None, ..dialogue.at(State::ReadingOrder(number)) };
    saying_sent(send(card, order, Request::Answer, parts.collect(), context.now), Banner::WordsSent(number))
}

/// Sends words to staff; those that they take no more of are kept with a button that sends them.
pub(super) fn send(
    dialogue: Dialogue,
    order: &Order,
    request: Request,
    words: Vec<MessageBody>,
    last: DateTime<Utc>,
) -> Step {
    let number = order.summary.number;
    let opens = words.iter().any(|body| body.sequence == Sequence::Opening);
    match refusal_to_ask(order, request).filter(|_| opens) {
        Some(banner) if words.iter().all(MessageBody::is_silent) => Step::to(dialogue.saying(banner)),
        Some(banner) => Step::to(dialogue.keeping(number, words, banner)),
        None => Step::asking(
            dialogue.talking(number, last).saying(Banner::Asked(request)),
            CustomerRequest::AskStaff(number, request, words.into_iter().flat_map(MessageBody::parts).collect()),
        ),
    }
}

/// The shop did not take words after all: somebody was quicker.
pub(super) fn not_sent(dialogue: Dialogue, order: OrderNumber, words: &[MessageBody]) -> Dialogue {
    keeping_unsent(dialogue, order, words, Banner::NotAnyMore)
}

/// The account has written to staff as often as it may within an hour. Whoever is asked for words about the order is still asked,
/// since they write on; whatever else the dialogue waits for, it goes on waiting, with a button for the words.
pub(super) fn over_limit(
    dialogue: Dialogue,
    (order, request): (OrderNumber, Request),
    words: &[MessageBody],
    reached: LimitReached,
) -> Dialogue {
    let said = Banner::OverLimit(reached);
    let was_asked = dialogue.banner == Some(Banner::Asked(request));
    // What is left of a long message goes on with what was sent of it.
    let goes_on = words.first().is_some_and(|body| body.sequence == Sequence::Continuation);
    match was_asked && !goes_on {
        true => Dialogue { album: None, conversation: None, ..dialogue.at(State::Asking(order, request)) }.saying(said),
        false => keeping_unsent(dialogue, order, words, said),
    }
}

fn keeping_unsent(dialogue: Dialogue, order: OrderNumber, words: &[MessageBody], said: Banner) -> Dialogue {
    let kept: Vec<MessageBody> = words.iter().filter(|body| !body.is_silent()).cloned().collect();
    let dialogue = Dialogue { album: None, conversation: None, ..dialogue };
    if kept.is_empty() { dialogue.saying(said) } else { dialogue.keeping(order, kept, said) }
}

/// Why the customer cannot turn to staff now.
pub(super) fn refusal_to_ask(order: &Order, request: Request) -> Option<Banner> {
    if request == Request::Cancellation && order.summary.status.is_final() {
        return Some(Banner::NotAnyMore);
    }
    (!order.may_ask()).then_some(Banner::TooManyQuestions)
}

fn saying_sent(step: Step, banner: Banner) -> Step {
    match step.request {
        Some(_) => Step { dialogue: step.dialogue.saying(banner), ..step },
        None => step,
    }
}

fn opening_album(mut dialogue: Dialogue, order: OrderNumber, message: &Message) -> Dialogue {
    if message.any_file().is_some() {
        dialogue.album = message.album.clone().map(|id| OpenAlbum { id, order });
    }
    dialogue
}

fn refusal(fault: InvalidBody) -> Banner {
    match fault {
        InvalidBody::Empty => Banner::WordsExpected,
    }
}
