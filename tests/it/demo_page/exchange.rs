//! What people and the bot hand each other on the page: replies, files, photos; the bot's part is spoken by plain Bot
//! API calls.

use keydesk_emulator::{Attachment, Body, Content, MessageId, Sender};
use reqwest::multipart::Part;
use serde_json::{Value, json};

use super::{ANNA, STAFF};
use crate::demo_server::{self, Theatre};
use crate::support::browser::Browser;

async fn open() -> (Theatre, Browser) {
    let theatre = Theatre::open().await;
    theatre.emulator.say(demo_server::ANNA, demo_server::ANNA, "/start");
    let browser = Browser::start().await;
    browser.open(&theatre.page).await;
    browser.see(ANNA, "/start").await;
    (theatre, browser)
}

impl Theatre {
    async fn bot_says(&self, chat: i64, text: &str, more: Value) -> i32 {
        let mut message = json!({ "chat_id": chat, "text": text });
        message.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        i32::try_from(self.bot_calls("sendMessage", message).await["message_id"].as_i64().unwrap()).unwrap()
    }

    /// Waits for a person's message with this text, and gives its file and the message that it answers.
    async fn receives(&self, chat: i64, text: &str) -> (Body, Option<MessageId>) {
        self.emulator.until(|world| world.last_message(chat).is_some_and(|message| message.text == text)).await;
        let message = self.emulator.last_message(chat).unwrap();
        (message.body, message.reply_to)
    }

    fn content(&self, file: &Attachment) -> Vec<u8> {
        self.emulator.file(&file.file_id).unwrap().1
    }
}

fn reply_button(message: i32) -> String {
    format!("#{STAFF} [data-message-id='{message}'] .reply")
}

#[tokio::test]
async fn a_reply_quotes_its_message_whoever_answers_whom() {
    let (theatre, browser) = open().await;
    let asked = theatre.bot_says(demo_server::STAFF, "Какую сумму выставить?", json!({})).await;
    browser.click(&reply_button(asked)).await;
    browser.see(STAFF, "Ответ: keydesk").await;
    browser.click("#pane-staff [data-action='cancel-reply']").await;
    browser.find("#pane-staff .replying[hidden]").await;

    browser.click(&reply_button(asked)).await;
    browser.type_into("#pane-staff textarea", "25 000,00\n").await;
    let (_, answered) = theatre.receives(demo_server::STAFF, "25 000,00").await;
    assert_eq!(answered, Some(MessageId(asked)));
    browser.see(STAFF, "25 000,00").await;
    let quoted = "#pane-staff [data-from='me'] .quote:not([hidden])";
    assert_eq!(browser.find(quoted).await.text().await.unwrap(), "keydesk\nКакую сумму выставить?");

    let sum = theatre.emulator.last_message(demo_server::STAFF).unwrap().id.0;
    let reply = json!({ "reply_parameters": { "message_id": sum } });
    theatre.bot_says(demo_server::STAFF, "Счет выставлен", reply).await;
    browser.see(STAFF, "Счет выставлен").await;
    let quoted = "#pane-staff [data-from='bot'] .quote:not([hidden])";
    assert_eq!(browser.find(quoted).await.text().await.unwrap(), "Вера\n25 000,00");
}

#[tokio::test]
async fn a_sample_is_sent_by_who_has_no_file_at_hand() {
    let (theatre, browser) = open().await;
    let asked = theatre.bot_says(demo_server::STAFF, "Пришлите счет", json!({})).await;
    browser.click(&reply_button(asked)).await;
    browser.click("#pane-staff [data-action='attach']").await;
    browser.click("#pane-staff [data-item='invoice']").await;
    browser.type_into("#pane-staff textarea", "11 000\n").await;
    let (body, answered) = theatre.receives(demo_server::STAFF, "11 000").await;
    let Body::Document(invoice) = body else { panic!("{body:?}") };
    assert_eq!((invoice.name.as_str(), invoice.mime.as_str()), ("Счет.pdf", "application/pdf"));
    assert_eq!(answered, Some(MessageId(asked)));
    let pdf = String::from_utf8(theatre.content(&invoice)).unwrap();
    assert!(pdf.starts_with("%PDF-1.4\n") && pdf.ends_with("%%EOF\n"), "{pdf}");
    let table: usize = pdf.split("startxref\n").nth(1).unwrap().lines().next().unwrap().parse().unwrap();
    assert!(pdf[table..].starts_with("xref\n"), "{pdf}");

    let mut lists = Vec::new();
    for caption in ["первый", "второй"] {
        browser.click("#pane-staff [data-action='attach']").await;
        browser.click("#pane-staff [data-item='serials']").await;
        browser.type_into("#pane-staff textarea", &format!("{caption}\n")).await;
        let (body, _) = theatre.receives(demo_server::STAFF, caption).await;
        let Body::Document(list) = body else { panic!("{body:?}") };
        lists.push(String::from_utf8(theatre.content(&list)).unwrap());
    }
    assert!(lists.iter().all(|list| list.lines().count() == 50), "{lists:?}");
    assert_ne!(lists[0], lists[1]);
}

#[tokio::test]
async fn a_protected_document_of_the_bot_is_marked_and_can_be_saved_without_the_token() {
    let (theatre, browser) = open().await;
    let file = Part::bytes(b"DEMO-1\nDEMO-2\n".to_vec()).file_name("ключи.txt").mime_str("text/plain").unwrap();
    let chat = demo_server::ANNA.to_string();
    let fields = [("chat_id", chat.as_str()), ("protect_content", "true"), ("caption", "Ваши номера")];
    theatre.bot_sends("sendDocument", "document", file, &fields).await;

    browser.see(ANNA, "защищено").await;
    let link = browser.find("#pane-anna a.document:not([hidden])").await;
    assert_eq!(link.attr("download").await.unwrap().unwrap(), "ключи.txt");
    assert_eq!(link.text().await.unwrap(), "ключи.txt\n14 Б");
    let saved =
        browser.evaluate("fetch(document.querySelector('a.document:not([hidden])').href).then((it) => it.text())");
    assert_eq!(saved.await, "DEMO-1\nDEMO-2\n");
    let page = browser.evaluate("document.documentElement.outerHTML").await;
    assert!(!page.as_str().unwrap().contains(&theatre.emulator.token()));
}

#[tokio::test]
async fn a_picture_from_the_disk_goes_as_a_photo_and_is_enlarged_by_a_click() {
    let (theatre, browser) = open().await;
    let folder = tempfile::tempdir().unwrap();
    let picture = folder.path().join("чек.png");
    browser.screenshot(&picture).await;
    browser.type_into("#pane-anna input[type='file']", picture.to_str().unwrap()).await;
    browser.see(ANNA, "чек.png").await;
    browser.type_into("#pane-anna textarea", "Оплатили\n").await;
    let (body, _) = theatre.receives(demo_server::ANNA, "Оплатили").await;
    let Body::Photo(photo) = body else { panic!("{body:?}") };
    assert_eq!(theatre.content(&photo), std::fs::read(&picture).unwrap());

    let chart = Part::bytes(std::fs::read(&picture).unwrap()).file_name("chart.png");
    theatre.bot_sends("sendPhoto", "photo", chart, &[("chat_id", &demo_server::STAFF.to_string())]).await;
    let inline = "#pane-staff [data-from='bot'] .photo:not([hidden])";
    browser.click(inline).await;
    browser.find("dialog.viewer[open] a[download]").await;
    assert_eq!(browser.evaluate("document.querySelector('.viewer img').naturalWidth").await, 1400);
    browser.strike("\u{e00c}").await; // Escape
    browser.find("dialog.viewer:not([open])").await;
    let focused = "document.activeElement.className";
    assert_eq!(browser.evaluate(focused).await, "photo");
}

#[tokio::test]
async fn a_photo_that_the_browser_cannot_read_is_named() {
    let (theatre, browser) = open().await;
    let broken = Content::Photo { bytes: b"\xff\xd8\xff\xe0".to_vec(), caption: None };
    theatre.emulator.send(demo_server::ANNA, demo_server::ANNA, broken);
    browser.see(ANNA, "Фото").await;
    browser.find("#pane-anna .photo[hidden] + .placeholder:not([hidden])").await;
}

#[tokio::test]
async fn a_file_is_attached_with_the_keyboard_alone() {
    let (theatre, browser) = open().await;
    browser.click("#pane-anna textarea").await;
    browser.tab_to("Прикрепить файл").await;
    browser.strike("\n").await;
    browser.find("#pane-anna [data-item='pick']:focus").await;
    browser.strike("\u{e015}\n").await; // the down arrow
    browser.find("#pane-anna textarea:focus").await;
    browser.strike("вот счет\n").await;
    assert!(matches!(theatre.receives(demo_server::ANNA, "вот счет").await.0, Body::Document(_)));
}

#[tokio::test]
async fn a_customer_blocks_the_bot_and_lets_it_write_again() {
    let (theatre, browser) = open().await;
    browser.click("#pane-anna [data-action='menu']").await;
    browser.click("#pane-anna [data-item='block']").await;
    browser.see(ANNA, "Вы заблокировали бота").await;
    assert!(theatre.emulator.look(|world| world.has_blocked(demo_server::ANNA)));

    browser.find("#pane-anna [data-action='unblock']:focus").await;
    browser.press(ANNA, "Разблокировать бота").await;
    browser.find("#pane-anna .composer:not([hidden])").await;
    assert!(!theatre.emulator.look(|world| world.has_blocked(demo_server::ANNA)));
}

#[tokio::test]
async fn two_people_of_the_staff_write_in_turn_and_what_the_bot_does_not_see_is_marked() {
    let (theatre, browser) = open().await;
    browser.type_into("#pane-staff textarea", "кто возьмет?\n").await;
    browser.see(STAFF, "бот не видит").await;
    browser.see(STAFF, "админ").await;
    browser.click("#pane-staff .acting label:nth-of-type(2)").await;
    browser.type_into("#pane-staff textarea", "/queue\n").await;
    theatre.receives(demo_server::STAFF, "/queue").await;
    let messages = theatre.emulator.messages(demo_server::STAFF).into_iter();
    let senders: Vec<Sender> = messages.map(|message| message.from).collect();
    assert_eq!(senders, [Sender::Person(demo_server::VERA), Sender::Person(demo_server::GLEB)]);
}
