//! Whatever people send each other about an order arrives as what it is, or its author is told that it does not.

use insta::assert_snapshot;
use keydesk_emulator::{Body, Content, FileKind, Message, MessageId, Right};
use serde_json::json;

use crate::support::shop::{ADMIN, OLEG, SP_1, STAFF_CHAT, Shop};
use crate::support::visitor::{Visitor, shown};

const KINDS: [FileKind; 6] =
    [FileKind::Video, FileKind::Animation, FileKind::Audio, FileKind::Voice, FileKind::VideoNote, FileKind::Sticker];

fn media(kind: FileKind) -> Content {
    Content::Media { kind, caption: kind.takes_caption().then(|| "Смотрите".to_owned()) }
}

/// What nobody can say in words, nor send again.
fn unusable() -> Vec<Content> {
    let poll = json!({
        "id": "1", "question": "Когда?", "options": [], "total_voter_count": 0, "is_closed": false, "is_anonymous": true,
        "type": "regular", "allows_multiple_answers": false,
    });
    let checklist = json!({ "title": "Документы", "tasks": [{ "id": 1, "text": "Счет" }] });
    let moving = json!({ "latitude": 55.75, "longitude": 37.62, "live_period": 900 });
    vec![
        Content::Other("poll".to_owned(), poll),
        Content::Other("dice".to_owned(), json!({ "emoji": "🎲", "value": 6 })),
        Content::Other("checklist".to_owned(), checklist),
        Content::Other("location".to_owned(), moving),
        Content::Other("story".to_owned(), json!({ "chat": { "id": 1, "type": "private" }, "id": 1 })),
    ]
}

fn newest(visitor: &Visitor<'_>) -> Message {
    visitor.shop.emulator.message(visitor.chat, visitor.newest_of_the_bot()).unwrap()
}

fn kind_of(message: &Message) -> FileKind {
    match message.body {
        Body::Media(kind, _) => kind,
        _ => panic!("no media: {message:?}"),
    }
}

#[tokio::test]
async fn every_kind_of_file_goes_both_ways() {
    let shop = Shop::open().await;
    let (anna, oleg) = (shop.anna(), shop.oleg());
    anna.orders(&[(SP_1, 50)]).await;
    let (mut at_staff, mut at_anna) = (Vec::new(), Vec::new());
    for kind in KINDS {
        anna.says("/order 446").await.taps("Вопрос по заказу").await.sends(media(kind)).await;
        let asked = newest(&oleg);
        assert_eq!(kind_of(&asked), kind);
        at_staff.push(shown(&asked));
        shop.emulator.reply_with(STAFF_CHAT, OLEG, asked.id, media(kind));
        shop.settle().await;
        let answered = newest(&anna);
        assert_eq!(kind_of(&answered), kind);
        at_anna.push(shown(&answered));
    }
    at_staff.dedup();
    at_anna.dedup();
    assert_snapshot!(at_staff.join("\n--\n"), @r"
        Вопрос по заказу №446
        Анна Иванова спрашивает. Ответьте на это сообщение, и клиент получит ваш ответ.
        Смотрите
        [Ответ не нужен]
        --

        [Анна Иванова: заказ №446]
        [Ответ не нужен]
        ");
    assert_snapshot!(at_anna.join("\n--\n"), @r"
        Ответ по заказу №446
        Смотрите
        [Открыть заказ]
        --

        [Ответ по заказу №446]
        ");
}

#[tokio::test]
async fn a_contact_and_a_place_are_said_in_words() {
    let shop = Shop::open().await;
    let (anna, oleg) = (shop.anna(), shop.oleg());
    anna.orders(&[(SP_1, 50)]).await.taps("Вопрос по заказу").await.sends(Content::Contact).await;
    assert!(oleg.screen().contains("\nIvan, +79001234567\n"), "{}", oleg.screen());
    let location = json!({ "latitude": 55.75, "longitude": 37.62 });
    let venue = json!({ "location": location, "title": "Склад", "address": "Москва, ул. Примерная, 1" });
    let venue = json!({ "venue": venue, "location": location });
    let place = shop.emulator.send(anna.chat, anna.id, Content::Location);
    shop.settle().await;
    assert!(oleg.screen().ends_with("\n55.751244, 37.618423"), "{}", oleg.screen());
    // Where somebody is may change every few seconds.
    let told = shop.staff_chat().len();
    shop.emulator.edit(anna.chat, anna.id, place, "");
    shop.settle().await;
    assert_eq!(shop.staff_chat().len(), told);
    oleg.sends_raw(Some(newest(&oleg).id), &[venue]).await;
    assert!(anna.screen().contains("\nСклад, Москва, ул. Примерная, 1 (55.75, 37.62)\n"), "{}", anna.screen());
}

#[tokio::test]
async fn what_cannot_be_passed_on_is_told_its_author() {
    let shop = Shop::open().await;
    let (anna, oleg) = (shop.anna(), shop.oleg());
    anna.orders(&[(SP_1, 50)]).await.taps("Вопрос по заказу").await.says("Когда?").await;
    let (question, staff) = (newest(&oleg).id, shop.staff_chat());
    for content in unusable() {
        anna.says("/order 446").await.taps("Вопрос по заказу").await.sends(content.clone()).await;
        assert_eq!(
            anna.sentence(),
            "Отправить можно текст, фотографию, видео, голосовое сообщение, стикер или файл.",
            "{content:?}"
        );
        anna.says("/start").await.sends(content).await;
        assert_eq!(anna.sentence(), "Отправить можно текст, фотографию, видео, голосовое сообщение, стикер или файл.");
    }
    assert_eq!(shop.staff_chat(), staff);
    let told = anna.chat();
    for content in unusable() {
        shop.emulator.reply_with(STAFF_CHAT, OLEG, question, content);
        shop.settle().await;
        assert_eq!(
            oleg.sentence(),
            "Ответить клиенту можно текстом, фотографией, видео, голосовым сообщением, стикером или файлом."
        );
    }
    assert_eq!(anna.chat(), told);
}

#[tokio::test]
async fn a_voice_message_answers_no_prompt() {
    let shop = Shop::open().await;
    let (anna, vera) = (shop.anna(), shop.vera());
    anna.orders(&[(SP_1, 50)]).await;
    vera.taps("Другая сумма…").await.replies_with(media(FileKind::Video)).await;
    assert!(vera.sentence().contains("PDF"), "{}", vera.screen());
    anna.says("/new").await.taps(SP_1).await.sends(Content::Voice).await;
    assert_eq!(anna.sentence(), "Количество не распознано, напишите целое число цифрами: 50, 100 или 200.");
}

#[tokio::test]
async fn a_group_that_takes_no_voice_messages_is_told_of_one() {
    let shop = Shop::open().await;
    let (anna, oleg) = (shop.anna(), shop.oleg());
    anna.orders(&[(SP_1, 50)]).await;
    shop.emulator.restrict_bot(STAFF_CHAT, ADMIN, &[Right::SendVoiceNotes, Right::SendVideoNotes]);
    for kind in [FileKind::Voice, FileKind::VideoNote] {
        anna.says("/order 446").await.taps("Вопрос по заказу").await.sends(media(kind)).await;
        let told = newest(&oleg);
        assert!(told.text.starts_with("Вопрос по заказу №446"), "{told:?}");
        assert!(told.text.ends_with("Разрешите их и попросите прислать файл заново."), "{told:?}");
    }
}

#[tokio::test]
async fn a_caption_mends_and_a_file_that_is_the_same_does_not() {
    let shop = Shop::open().await;
    let (anna, oleg) = (shop.anna(), shop.oleg());
    anna.orders(&[(SP_1, 50)]).await.taps("Вопрос по заказу").await;
    let video = shop.emulator.send(anna.chat, anna.id, media(FileKind::Video));
    shop.settle().await;
    let first = newest(&oleg).id;
    shop.emulator.edit(anna.chat, anna.id, video, "Смотрите с начала");
    shop.settle().await;
    let mended = newest(&oleg);
    assert_eq!((mended.reply_to, kind_of(&mended)), (Some(first), FileKind::Video));
    assert!(
        mended
            .text
            .ends_with("исправляет свое сообщение. Ответьте на это, и клиент получит ваш ответ.\nСмотрите с начала"),
        "{mended:?}"
    );
    // The other way round.
    let answer = shop.emulator.reply_with(STAFF_CHAT, OLEG, mended.id, media(FileKind::Video));
    shop.settle().await;
    shop.emulator.edit(STAFF_CHAT, OLEG, answer, "Вот так");
    shop.settle().await;
    let mended = newest(&anna);
    assert_eq!(
        (shown(&mended).as_str(), kind_of(&mended)),
        ("Исправленный ответ по заказу №446\nВот так\n[Открыть заказ]", FileKind::Video)
    );
    // Telegram tells of edits that change nothing, and may then call the file by another id.
    let (told, asked) = (shop.staff_chat().len(), anna.screens().len());
    let renamed = json!({
        "edited_message": {
            "message_id": answer.0, "date": 0, "edit_date": 1, "caption": "Вот так",
            "from": { "id": OLEG, "is_bot": false, "first_name": "Олег" },
            "chat": { "id": STAFF_CHAT, "type": "supergroup", "title": "Сотрудники" },
            "video": { "file_id": "another", "file_unique_id": unique_id(&shop, answer), "duration": 3, "width": 640, "height": 360 },
        },
    });
    shop.emulator.push_raw_update(renamed);
    shop.settle().await;
    assert_eq!((shop.staff_chat().len(), anna.screens().len()), (told, asked));
}

/// What Telegram recognises the file of a message by.
fn unique_id(shop: &Shop, message: MessageId) -> String {
    let file = shop.emulator.message(STAFF_CHAT, message).unwrap().file().unwrap().file_id.clone();
    format!("AgAD{}", file.chars().filter(char::is_ascii_digit).collect::<String>())
}
