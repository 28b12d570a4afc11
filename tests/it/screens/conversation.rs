//! What both sides read of a conversation about an order.

use keydesk::chat::dialogue::{Banner, State, Unsent};
use keydesk::chat::view::alert;
use keydesk::chat::view::{OutgoingMessage, Screen, Subject, order_actions, words};
use keydesk::domain::{
    Actor, Answered, KeptFile, Media, MessageBody, Order, OrderAction, OrderEvent, OrderNumber, Person, PersonId,
    Request, Role, Sending, Status,
};

use super::reading::order;
use super::staff::about;
use super::{Scene, Scenes, at, reviewed};
use crate::support::screens::readable;

const ORDER: OrderNumber = OrderNumber(450);

fn said(text: &str, media: Option<Media>) -> MessageBody {
    let file = |media| KeptFile { media, file_id: format!("{media:?}"), unique_id: String::new(), name: String::new() };
    MessageBody::new(text, media.map(file)).unwrap()
}

fn quoting(body: MessageBody, quote: &str) -> MessageBody {
    MessageBody { answers: Some(Answered { words: None, quote: Some(quote.to_owned()) }), ..body }
}

fn anna() -> Person {
    Person { id: PersonId(42), name: "Анна <Иванова>".to_owned(), username: None, telegram_language: None }
}

/// An order about which a question was answered, and two were asked after that.
fn talked_about() -> Order {
    let mut order = order(Status::Placed);
    let mut say = |minute: u32, role, action| {
        let actor = Actor::Person { id: PersonId(42), name: "Анна".to_owned(), role };
        let at = at(&format!("2015-04-01T09:{minute:02}:00Z"));
        order.events.push(OrderEvent { at, actor, from: Some(Status::Placed), to: Status::Placed, action });
    };
    say(1, Role::Customer, OrderAction::Asked(Request::Answer, said("Когда?", None)));
    say(2, Role::Staff, OrderAction::Answered(said("Завтра", Some(Media::Document))));
    say(3, Role::Customer, OrderAction::Asked(Request::Answer, said("", Some(Media::Voice))));
    say(4, Role::Customer, OrderAction::Asked(Request::Cancellation, said("Передумали", None)));
    order
}

fn shown(message: &OutgoingMessage) -> String {
    readable(&message.screen)
}

#[test]
fn a_conversation_reads_well() {
    let mut scenes = Scenes::new();
    let person = anna();
    for (title, body) in [
        ("a question", said("Когда счет?", None)),
        ("a question about a part", quoting(said("Не вижу его", None), "Выставлен счет, см. пример.рф")),
        ("a round video", said("", Some(Media::VideoNote))),
    ] {
        scenes.add(title, |texts| {
            let asked = (Request::Answer, Some(1));
            shown(&alert::question(ORDER, asked, &body, &person, Sending::First, texts))
        });
    }
    for (title, body) in [
        ("an answer", said("Завтра", None)),
        ("an answer about a part", quoting(said("Успеем", None), "до пятницы")),
        ("a sticker", said("", Some(Media::Sticker))),
    ] {
        scenes.add(title, |texts| {
            let answered = OrderAction::Answered(body.clone());
            shown(&order_actions::message(&talked_about(), &answered, Sending::First, texts).unwrap())
        });
    }
    scenes.add("an alert with questions", |texts| {
        let about = about(&person);
        readable(&alert::order(&talked_about(), &about, Sending::First, texts))
    });
    scenes.add("a card with files", |texts| {
        Scene::at(State::ReadingOrder(ORDER))
            .saying(Banner::FilesFollow)
            .showing(Subject::Order(Some(talked_about())))
            .seen(texts)
    });
    scenes.add("a file again", |texts| {
        let order = talked_about();
        let (place, file) = order.newest_files()[0];
        let line = order_actions::customer_line(&order.events[place], None, texts).unwrap();
        let open = keydesk::chat::action::Action::Order(ORDER);
        shown(&words::file_again(ORDER, &line, file, open, texts))
    });
    for (title, count) in [("words about one of two orders", 1), ("more of them", 3)] {
        scenes.add(title, |texts| {
            let mut scene = Scene::at(State::Home);
            let words = vec![said("Когда?", None); count];
            scene.dialogue.unsent = Some(Unsent { order: ORDER, or: vec![OrderNumber(449)], words });
            scene.seen(texts)
        });
    }
    reviewed!("conversation", scenes.0);
}

/// A caption holds 1024 characters (<https://core.telegram.org/bots/api#senddocument>).
#[test]
fn a_quote_beside_a_long_caption_leaves_room() {
    for length in [1, 700, 800, 830, MessageBody::MAX_CAPTION] {
        let body = quoting(said(&"я".repeat(length), Some(Media::Photo)), &"ю".repeat(1024));
        let person = Person { name: "ж".repeat(64), ..anna() };
        for texts in [crate::support::languages::russian(), crate::support::languages::english()] {
            let texts = keydesk::chat::i18n::Texts::new(texts, chrono_tz::Europe::Moscow);
            let asked = alert::question(
                OrderNumber(999_999_999),
                (Request::Cancellation, Some(1)),
                &body,
                &person,
                Sending::PossibleDuplicate,
                &texts,
            );
            let Screen { text, .. } = asked.screen;
            let shown = crate::support::screens::plain(text.as_str());
            assert!(shown.encode_utf16().count() <= 1024, "{} characters", shown.encode_utf16().count());
        }
    }
}
