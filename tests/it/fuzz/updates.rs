//! Updates: what Telegram sends, and what it never should. Each is read, served and shown by the whole bot, on one shop that
//! goes on from whatever the updates before left behind.

use std::cell::{Cell, RefCell};

use keydesk::telegram::Router;
use keydesk_emulator::{ButtonAction, Content, FileKind};
use serde_json::value::RawValue;
use serde_json::{Value, json};

use super::buttons::DATA;
use super::harness::{Read, fuzz};
use super::json::values;
use crate::support::files::{list, pdf};
use crate::support::shop::{ADMIN, OLEG, SP_1, STAFF_CHAT, Shop, VERA};

/// Inputs of one shop: a strange update may close the staff chat for good.
const OF_A_SHOP: u64 = 500;
/// Staff are asked about anew after five minutes; one second passes with each delivery.
const BETWEEN_DELIVERIES: u64 = 8;

const WORDS: &[&str] = &[
    "/start",
    "/new",
    "/new sp-1 50, trial-30000 2",
    "/orders",
    "/order 446",
    "/order_446",
    "/start order_446",
    "/start join_0123456789abcdef0123456789abcdef",
    "/serials",
    "/prices",
    "/products",
    "/settings",
    "/privacy",
    "/cancel",
    "/help",
    "50",
    "пятьдесят",
    "Когда будет счет?",
];
const VENDORS_WORDS: &[&str] = &[
    "/queue",
    "/queue placed",
    "/find 446",
    "/invoice 446 25000",
    "/invoice 446 25 000,00 ₽ 15.04",
    "/complete 446",
    "/cancel_order 446 Не оплачен",
    "/stock",
    "/stock sp-1",
    "/catalog",
    "/staff",
    "/staff 101 Анна",
    "/block 102",
    "/unblock 102",
    "/person 102",
    "/stats 2015",
    "/export 01.04.2015 15.04.2015",
    "/audit",
];
/// Stands for the button of that place in the chat: what it carries differs from shop to shop.
const PRESS: &str = "press:";

/// A shop with one order, whose staff are known.
async fn open() -> Shop {
    let shop = Shop::open().await;
    shop.anna().orders(&[(SP_1, 50)]).await;
    shop.boris().says("/start").await;
    shop.admin().says("/start").await;
    for one in [shop.vera(), shop.oleg(), shop.zoya()] {
        one.says("/help").await;
    }
    shop
}

/// What people said and pressed, as Telegram tells it.
async fn examples(shop: &Shop) -> Vec<Value> {
    let (anna, vera, admin, zoya) = (shop.anna(), shop.vera(), shop.admin(), shop.zoya());
    WORDS.iter().for_each(|words| anna.writes(words));
    for words in VENDORS_WORDS {
        admin.writes(words);
        zoya.writes(words);
    }
    let emulator = &shop.emulator;
    let poll = json!({ "id": "1", "question": "Когда?", "options": [] });
    for content in [
        Content::Sticker,
        Content::Voice,
        Content::Photo { bytes: vec![1, 2, 3], caption: Some("Вот".to_owned()) },
        Content::Media { kind: FileKind::Video, caption: None },
        Content::Album(2),
        Content::Contact,
        Content::Location,
        Content::Other("poll".to_owned(), poll),
        list("keys.txt", "GSP-0001\n"),
    ] {
        anna.posts(content.clone());
        vera.posts(content);
    }
    let alert = vera.newest_of_the_bot();
    emulator.reply(STAFF_CHAT, VERA, alert, "11000");
    emulator.reply_quoting(STAFF_CHAT, OLEG, alert, "446", "Счет будет завтра");
    emulator.reply_with(STAFF_CHAT, VERA, alert, pdf("25 000"));
    emulator.forward(STAFF_CHAT, VERA, 101, "11000");
    emulator.say_via_bot(STAFF_CHAT, VERA, "gif", "11000");
    emulator.say_as_anonymous_admin(STAFF_CHAT, "/queue");
    emulator.say_as_channel(STAFF_CHAT, "/queue");
    let words = emulator.say(101, 101, "Вопорс");
    emulator.edit(101, 101, words, "Вопрос");
    for (chat, person) in [(101, 101), (102, 102), (ADMIN, ADMIN), (STAFF_CHAT, VERA), (STAFF_CHAT, ADMIN)] {
        let standing = shop.emulator.last_message(chat).unwrap().id;
        emulator.press(chat, person, standing, "press:0");
    }
    emulator.block(102);
    emulator.unblock(102);
    emulator.leave(STAFF_CHAT, OLEG);
    emulator.join(STAFF_CHAT, OLEG);
    shop.unposted(0).await
}

fn matter() -> Vec<Value> {
    let texts = WORDS.iter().chain(VENDORS_WORDS).chain(DATA).map(|text| json!(text));
    let presses = (0..40).map(|place| json!(format!("{PRESS}{place}")));
    let ids = [101, 102, VERA, OLEG, ADMIN, STAFF_CHAT, 1, 446, 777_000].map(|id| json!(id));
    let kinds =
        ["private", "group", "supergroup", "channel", "bot_command", "administrator", "kicked"].map(|kind| json!(kind));
    texts.chain(presses).chain(ids).chain(kinds).collect()
}

/// The update as it is in this shop: with a number of its own, and a button that stands there.
fn arriving(mut update: Value, number: u64, shop: &Shop) -> Value {
    if let Some(Value::Number(id)) = update.get_mut("update_id") {
        *id = (1_000_000 + number).into();
    }
    let chat = update.pointer("/callback_query/message/chat/id").and_then(Value::as_i64);
    let place =
        update.pointer("/callback_query/data").and_then(Value::as_str).and_then(|data| data.strip_prefix(PRESS));
    if let (Some(chat), Some(place)) = (chat, place.and_then(|place| place.parse::<usize>().ok())) {
        let messages = shop.emulator.messages(chat);
        let buttons = messages
            .iter()
            .rev()
            .flat_map(|message| message.keyboard.iter().flatten().map(|button| (message.id, button)));
        let data: Vec<_> = buttons
            .filter_map(|(id, button)| match &button.action {
                ButtonAction::Data(data) => Some((id, data.clone())),
                _ => None,
            })
            .collect();
        if let Some((message, data)) = data.get(place % data.len().max(1)) {
            update["callback_query"]["data"] = json!(data);
            update["callback_query"]["message"]["message_id"] = json!(message.0);
        }
    }
    update
}

#[test]
fn whatever_comes_is_served_or_not_understood_and_the_bot_goes_on() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let first = runtime.block_on(open());
    let inputs = values(runtime.block_on(examples(&first)), matter());
    let (shop, number) = (RefCell::new(Some(first)), Cell::new(0_u64));
    let router = Router::new("keydesk_bot");
    fuzz("updates", 64, &inputs, |update| {
        number.set(number.get() + 1);
        if number.get().is_multiple_of(OF_A_SHOP) {
            // The former one goes first: its files are many.
            drop(shop.take());
            shop.replace(Some(runtime.block_on(open())));
        }
        let shop = shop.borrow();
        let shop = shop.as_ref().expect("a shop is open");
        let raw = RawValue::from_string(arriving(update, number.get(), shop).to_string()).unwrap();
        runtime.block_on(async {
            let Ok(incoming) = router.route(&raw).await else { return Read::Refused };
            shop.handles(&incoming).await.expect("it takes effect: an update that fails alone is lost to its person");
            if number.get().is_multiple_of(BETWEEN_DELIVERIES) {
                shop.passes_a_second().await;
            }
            Read::Taken
        })
    });
    let shop = shop.into_inner().expect("a shop is open");
    runtime.block_on(async {
        // What was said for an example waits with Telegram yet, and is very much at once.
        shop.anna().says("/start").await;
        while !shop.waiting_updates().await.is_empty() {
            shop.retries().await;
        }
        // What she was told of her orders meanwhile may stand below.
        let chat = shop.chat(shop.anna().chat);
        assert!(chat.iter().any(|text| text.contains("Здравствуйте, Анна Иванова.")), "{chat:?}");
        assert_eq!(shop.store().read().dead_letters().await.unwrap(), []);
    });
}
