//! What was written and not told to anybody yet, and files that were sent and not fetched.

use serde_json::{Value, json};

use super::super::phone::colleague;
use super::{places, price_list};
use crate::support::files::{document, list};
use crate::support::shop::{STAFF_CHAT, Shop, TRIAL_30000, catalogue_without};

/// Gives the last update, which Telegram will bring once more.
pub(super) async fn leave(shop: &Shop) -> Value {
    prepare(shop).await;
    // From here on nothing is delivered. One at a time, since PostgreSQL takes the updates of several people side by side.
    let heard = || shop.takes_all_updates();
    colleague(shop, 222).presses_at(&["467"], "4 600,00 ₽");
    heard().await;
    colleague(shop, 223).presses_at(&["468"], "Со склада");
    heard().await;
    colleague(shop, 224).presses_at(&["469"], "Отменить заказ");
    heard().await;
    let question = colleague(shop, 225).message_with(&["Вопрос по заказу №470"]);
    shop.emulator.reply(STAFF_CHAT, 225, question, "Отгрузим в среду");
    heard().await;
    shop.visitor(154, "ru").presses("Отправить заказ");
    heard().await;
    let question = colleague(shop, 207).message_with(&["Visitor 207, откуда взять"]);
    shop.emulator.reply_with(STAFF_CHAT, 207, question, list("serials.txt", "TRIAL-FILE-1\n"));
    heard().await;
    shop.visitor(210, "ru").posts(document("c.txt", b"SP5-E\nSP5-F\n", "/stock sp-5"));
    heard().await;
    shop.visitor(213, "ru").posts(price_list(&catalogue_without("sp-3")));
    heard().await;
    shop.visitor(220, "ru").writes("/export 2015");
    heard().await;
    let words = json!({
        "update_id": shop.emulator.last_update_id() + 1,
        "message": {
            "message_id": 900_000, "date": 0, "text": "Можно забрать самовывозом?",
            "chat": { "id": 155, "type": "private", "first_name": "Visitor 155" },
            "from": { "id": 155, "is_bot": false, "first_name": "Visitor 155", "language_code": "ru" },
        }
    });
    shop.emulator.push_raw_update(words.clone());
    shop.takes_all_updates().await;
    words
}

/// Orders 467 to 469 of Visitor 152, 470 of Visitor 153 and 471 of Visitor 155, each one step before its news.
async fn prepare(shop: &Shop) {
    let ru = |id| shop.visitor(id, "ru");
    for number in 467..=469 {
        places(&ru(152), number).await;
    }
    colleague(shop, 222).taps_order(467, "Другая сумма…").await;
    colleague(shop, 223).taps_order(468, "Другая сумма…").await.taps("Счет на 4 600,00 ₽").await;
    colleague(shop, 223).taps_order(468, "Другой файл…").await;
    colleague(shop, 224).taps_order(469, "Отменить…").await.taps("По просьбе клиента").await;
    places(&ru(153), 470).await;
    ru(153).taps("Вопрос по заказу").await.says("Когда отгрузка?").await;
    places(&ru(155), 471).await;
    ru(155).taps("Вопрос по заказу").await;
    ru(154).chooses(&[(TRIAL_30000, 1)]).await.taps("Оформить заказ").await;
}
