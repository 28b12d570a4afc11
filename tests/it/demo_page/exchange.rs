//! What people and the bot hand each other on the page: replies, files, photos; the bot's part is spoken by plain Bot
//! API calls.

use keydesk_emulator::{Attachment, Body, Content, MessageId, Sender, Service};
use reqwest::multipart::Part;
use serde_json::{Value, json};

use super::{ANNA, STAFF};
use crate::demo_server::{self, Theatre};
use crate::support::browser::Browser;
use crate::support::devtools::DevTools;

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

    // With the keyboard alone.
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
async fn a_document_of_the_bot_is_saved_without_the_token_and_a_protected_one_not_at_all() {
    let (theatre, browser) = open().await;
    let chat = demo_server::ANNA.to_string();
    for (name, protect) in [("ключи.txt", "false"), ("тайна.txt", "true")] {
        let file = Part::bytes(b"DEMO-1\nDEMO-2\n".to_vec()).file_name(name).mime_str("text/plain").unwrap();
        let fields = [("chat_id", chat.as_str()), ("protect_content", protect), ("caption", "Ваши номера")];
        theatre.bot_sends("sendDocument", "document", file, &fields).await;
    }
    let link = browser.find("#pane-anna a.document[href]:not([hidden])").await;
    assert_eq!(link.attr("download").await.unwrap().unwrap(), "ключи.txt");
    assert_eq!(link.text().await.unwrap(), "ключи.txt\n14 Б");
    let saved = "fetch(document.querySelector('a.document[href]').href).then((it) => it.text())";
    assert_eq!(browser.evaluate(saved).await, "DEMO-1\nDEMO-2\n");

    browser.see(ANNA, "защищено").await;
    browser.find("#pane-anna a.document[data-protected]:not([href])").await;
    let files = theatre.emulator.messages(demo_server::ANNA);
    let secret = files.last().unwrap().file().unwrap().file_id.clone();
    assert_eq!(browser.evaluate(&format!("fetch('/file/{secret}').then((it) => it.status)")).await, 403);
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

    let broken = Content::Photo { bytes: b"\xff\xd8\xff\xe0".to_vec(), caption: None };
    theatre.emulator.send(demo_server::ANNA, demo_server::ANNA, broken);
    browser.see(ANNA, "Фото").await;
    browser.find("#pane-anna .photo[hidden] + .placeholder:not([hidden])").await;
}

#[tokio::test]
async fn people_act_in_turn_block_the_bot_and_see_what_it_does_not_see() {
    let (theatre, browser) = open().await;
    browser.click("#pane-anna [data-action='menu']").await;
    browser.click("#pane-anna [data-item='block']").await;
    browser.see(ANNA, "Вы заблокировали бота").await;
    assert!(theatre.emulator.look(|world| world.has_blocked(demo_server::ANNA)));
    browser.find("#pane-anna [data-action='unblock']:focus").await;
    browser.press(ANNA, "Разблокировать бота").await;
    browser.find("#pane-anna .composer:not([hidden])").await;
    assert!(!theatre.emulator.look(|world| world.has_blocked(demo_server::ANNA)));

    browser.type_into("#pane-staff textarea", "кто возьмет?\n").await;
    browser.see(STAFF, "бот не видит").await;
    browser.see(STAFF, "админ").await;
    browser.click("#pane-staff .acting label:nth-of-type(2)").await;
    browser.type_into("#pane-staff textarea", "/queue\n").await;
    theatre.receives(demo_server::STAFF, "/queue").await;
    let messages = theatre.emulator.messages(demo_server::STAFF).into_iter();
    let senders: Vec<Sender> = messages.map(|message| message.from).collect();
    assert_eq!(senders, [Sender::Person(demo_server::VERA), Sender::Person(demo_server::GLEB)]);

    // The group gets topics: what was written before stands in General, and each message stands in its topic alone.
    browser.set(DevTools::window(1000, 800, 1.0)).await;
    theatre.emulator.make_forum(demo_server::STAFF);
    let topic = theatre.emulator.create_topic(demo_server::STAFF, demo_server::VERA, "Отгрузки");
    theatre.emulator.say_in_topic(demo_server::STAFF, topic, demo_server::VERA, "Едет");
    browser.find("#pane-staff .topic[aria-label='Отгрузки, непрочитанных: 1']").await;
    browser.see(STAFF, "Глеб: /queue").await;
    browser.evaluate("document.querySelector('#pane-staff .topic').focus()").await;
    browser.strike("\u{e015}\n").await; // the down arrow: to General
    browser.find("#pane-staff textarea:focus").await;
    browser.see(STAFF, "кто возьмет?").await;
    let shown = "document.querySelector('#pane-staff .log').innerText";
    assert!(!browser.evaluate(shown).await.as_str().unwrap().contains("Едет"));
    browser.click("#pane-staff .back").await;
    browser.find("#pane-staff .topic[data-topic='1']:focus").await;
    browser.strike("\u{e013}\n").await; // the up arrow
    browser.see(STAFF, "Создана тема: Отгрузки").await;
    browser.strike("Приехало\n").await;
    theatre.receives(demo_server::STAFF, "Приехало").await;
    let said = theatre.emulator.last_message(demo_server::STAFF).unwrap();
    assert_eq!((said.extras.thread, said.extras.in_topic), (Some(topic), true));
    theatre.emulator.close_topic(demo_server::STAFF, demo_server::VERA, topic);
    browser.see(STAFF, "Эта тема закрыта.").await;
    browser.find("#pane-staff .composer[hidden]").await;
    browser.click("#pane-staff .back").await;
    browser.find("#pane-staff .topic[aria-label='Отгрузки, закрыта'] .lock").await;
    // A wide chat shows the list beside the topic.
    browser.set(DevTools::window(1400, 800, 1.0)).await;
    browser.click("#pane-staff .topic[data-topic='1']").await;
    browser.see(STAFF, "кто возьмет?").await;
    browser.find("#pane-staff .topic[aria-current='true'][data-topic='1']").await;
    let beside =
        "[...document.querySelectorAll('#pane-staff .topics, #pane-staff .talk')].map((it) => it.offsetWidth > 200)";
    assert_eq!(browser.evaluate(beside).await, json!([true, true]));
}

/// The computed colour of what a button stands on.
async fn ground(browser: &Browser, label: &str) -> Value {
    let key = format!("[...document.querySelectorAll('.key')].find((key) => key.textContent === '{label}')");
    browser.evaluate(&format!("getComputedStyle({key}).backgroundColor")).await
}

#[tokio::test]
async fn a_message_of_2026_looks_and_works_as_in_telegram() {
    let (theatre, browser) = open().await;
    browser.set(DevTools::grant(&["clipboardReadWrite", "clipboardSanitizedWrite"])).await;
    let hour_ago = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs() - 3600;
    let text = format!(
        "Ждет <tg-time unix=\"{hour_ago}\" format=\"r\">давно</tg-time>\n<blockquote expandable>1\n2\n3\n4\n\
         <code>DEMO-7</code></blockquote>Все"
    );
    let keyboard = json!([
        [{ "text": "Выдать", "callback_data": "a", "style": "success" }, { "text": "Нет", "callback_data": "b" }],
        [{ "text": "Ключ", "copy_text": { "text": "DEMO-1" } }, { "text": "Занято", "disabled": {} }],
    ]);
    let more = json!({ "parse_mode": "HTML", "reply_markup": { "inline_keyboard": keyboard } });
    let id = theatre.bot_says(demo_server::ANNA, &text, more).await;
    browser.see(ANNA, "1 час назад").await;
    let (green, plain, grey) =
        (ground(&browser, "Выдать").await, ground(&browser, "Нет").await, ground(&browser, "Занято").await);
    assert!(green != plain && plain != grey && green != grey, "{green} {plain} {grey}");
    let presses = || theatre.emulator.look(|world| world.presses().count());
    browser.press(ANNA, "Занято").await;
    browser.press(ANNA, "Ключ").await;
    browser.see(ANNA, "Скопировано.").await;
    assert_eq!(presses(), 0);
    let clipboard = "navigator.clipboard.readText()";
    assert_eq!(browser.evaluate(clipboard).await, "DEMO-1");

    let folded = "document.querySelector('.folding').scrollHeight > document.querySelector('.folding').clientHeight";
    assert_eq!(browser.evaluate(folded).await, true);
    browser.click("#pane-anna .fold").await;
    assert_eq!(browser.evaluate(folded).await, false);
    browser.click("#pane-anna .text code").await;
    assert_eq!(browser.evaluate(clipboard).await, "DEMO-7");

    // Her words, changed, and what the bot makes of them.
    browser.type_into("#pane-anna textarea", "Спасибо\n").await;
    theatre.receives(demo_server::ANNA, "Спасибо").await;
    browser.find("#pane-anna [data-from='me'] .ticks:not([hidden])").await;
    browser.type_into("#pane-anna textarea", "\u{e013}").await; // the up arrow
    browser.see(ANNA, "Изменение сообщения").await;
    browser.strike(" всем\n").await;
    theatre.receives(demo_server::ANNA, "Спасибо всем").await;
    browser.see(ANNA, "изменено").await;
    let hers = theatre.emulator.last_message(demo_server::ANNA).unwrap().id.0;
    let reaction = json!([{ "type": "emoji", "emoji": "👍" }]);
    let react = json!({ "chat_id": demo_server::ANNA, "message_id": hers, "reaction": reaction });
    theatre.bot_calls("setMessageReaction", react).await;
    browser.see(ANNA, "👍").await;

    let names = "[...document.querySelectorAll('#pane-anna .reply')].map((button) => button.ariaLabel)";
    let names = browser.evaluate(names).await;
    let names: std::collections::BTreeSet<&str> =
        names.as_array().unwrap().iter().map(|it| it.as_str().unwrap()).collect();
    assert_eq!(names.len(), 3, "{names:?}");
    assert!(names.contains("Ответить: Спасибо всем"), "{names:?}");

    // Keys in place of the reader's own.
    let keys = json!({ "reply_markup": { "keyboard": [["Да", "Нет"]] } });
    theatre.bot_says(demo_server::ANNA, "Верно?", keys).await;
    browser.click("#pane-anna .reply-keyboard button").await;
    theatre.receives(demo_server::ANNA, "Да").await;
    assert!(id < hers);

    // A key that asks for somebody opens the contacts, and shares whom she chooses there with the keyboard.
    let asks = json!({ "text": "Выбрать", "request_users": { "request_id": 7, "request_name": true } });
    let keys = json!({ "reply_markup": { "keyboard": [[asks], ["Отмена"]] } });
    theatre.bot_says(demo_server::ANNA, "Кого пригласить?", keys).await;
    let opens = "#pane-anna .reply-keyboard .people[aria-haspopup='dialog']";
    browser.click(opens).await;
    browser.find("dialog.picker[open] input:focus").await;
    browser.strike("\u{e00c}").await; // Escape
    browser.find(&format!("{opens}:focus")).await;
    browser.strike("\n").await;
    let chosen = format!("dialog.picker[open] [data-person='{}']", demo_server::GLEB);
    browser.find(&chosen).await;
    browser.strike("никто").await;
    browser.find("dialog.picker .none:not([hidden])").await;
    browser.strike(&"\u{e003}".repeat(5)).await; // backspace
    browser.strike("\u{e015}\u{e015}").await; // the down arrow
    browser.find(&format!("{chosen}:focus")).await;
    browser.strike("\n").await;
    browser.find("dialog.picker:not([open])").await;
    browser.see(ANNA, "Вы выбрали для бота: Глеб").await;
    let shared = theatre.emulator.last_message(demo_server::ANNA).unwrap().body;
    let Body::Service(Service::UsersShared(asked, people)) = shared else { panic!("{shared:?}") };
    assert_eq!((asked.request_id, people), (7, vec![demo_server::GLEB]));
}
