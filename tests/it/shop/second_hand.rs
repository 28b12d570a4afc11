//! What somebody else wrote, or another bot, answers nothing in private either.

use keydesk::domain::Status;
use keydesk_emulator::Content;
use serde_json::json;

use super::words::SECOND_HAND;
use crate::support::actions::invoiced;
use crate::support::files::{document, list, pdf};
use crate::support::shop::{SP_1, Shop, TRIAL_30000, on_both};

on_both!(
    an_admin_invoices_nothing_with_words_of_somebody_else,
    an_admin_completes_nothing_with_a_file_of_somebody_else,
    an_admin_fills_no_stock_and_changes_no_prices_with_a_file_of_somebody_else,
    a_customer_orders_nothing_with_words_of_somebody_else,
    a_customer_passes_on_nothing_of_somebody_else,
    an_answer_to_another_chat_answers_nothing_here,
);

const SOMEBODY: i64 = 900;

async fn an_admin_invoices_nothing_with_words_of_somebody_else(shop: Shop) {
    shop.anna().orders(&[(SP_1, 50)]).await;
    let admin = shop.admin();
    admin.says("/invoice 446").await;
    for content in [None, Some(pdf("0,01")), Some(pdf(""))] {
        match content {
            None => shop.emulator.forward(admin.chat, admin.id, SOMEBODY, "0,01"),
            Some(content) => shop.emulator.forward_content(admin.chat, admin.id, SOMEBODY, content),
        };
        shop.settle().await;
        assert_eq!(admin.sentence(), SECOND_HAND);
        assert!(admin.screen().contains("на какую сумму"), "{}", admin.screen());
    }
    shop.emulator.say_via_bot(admin.chat, admin.id, "other_bot", "0,01");
    shop.settle().await;
    assert_eq!(admin.sentence(), SECOND_HAND);
    assert_eq!(shop.order(446).await.summary.status, Status::Placed);
    admin.says("11000").await;
    assert_eq!(shop.order(446).await.summary.status, Status::Invoiced);
}

async fn an_admin_completes_nothing_with_a_file_of_somebody_else(shop: Shop) {
    shop.anna().orders(&[(TRIAL_30000, 1)]).await;
    shop.staff_did(446, invoiced()).await;
    let admin = shop.admin();
    admin.says("/complete 446").await;
    shop.emulator.forward_content(admin.chat, admin.id, SOMEBODY, list("keys.txt", "A-1\n"));
    shop.settle().await;
    assert_eq!(admin.sentence(), SECOND_HAND);
    assert_eq!(shop.order(446).await.summary.status, Status::Invoiced);
    admin.sends(list("keys.txt", "A-1\n")).await;
    assert_eq!(shop.order(446).await.summary.status, Status::Completed);
}

async fn an_admin_fills_no_stock_and_changes_no_prices_with_a_file_of_somebody_else(shop: Shop) {
    let admin = shop.admin();
    admin.says("/stock sp-1").await;
    for content in [
        list("keys.txt", "A-1\n"),
        document("keys.txt", b"A-1\n", "/stock sp-1"),
        document("catalog.toml", b"", "/catalog"),
    ] {
        shop.emulator.forward_content(admin.chat, admin.id, SOMEBODY, content);
        shop.settle().await;
        assert_eq!(admin.sentence(), SECOND_HAND);
    }
    assert!(shop.store().read().stock().await.unwrap().is_empty());
}

async fn an_answer_to_another_chat_answers_nothing_here(shop: Shop) {
    let (anna, admin) = (shop.anna(), shop.admin());
    anna.orders(&[(SP_1, 50)]).await;
    admin.says("/invoice 446").await;
    let told = (anna.chat, anna.newest_of_the_bot());
    shop.emulator.reply_elsewhere(admin.chat, admin.id, told, "11000");
    shop.settle().await;
    assert_eq!(admin.sentence(), SECOND_HAND);
    assert!(admin.screen().contains("на какую сумму"), "{}", admin.screen());
    // A story is answered in private too, and a bot may write in somebody's name.
    for (message, field) in (900..).zip(["reply_to_story", "sender_business_bot"]) {
        let private = json!({ "id": admin.id, "type": "private", "first_name": "Зоя" });
        let from = json!({ "id": admin.id, "is_bot": false, "first_name": "Зоя" });
        let mut said = json!({ "message_id": message, "date": 0, "chat": private, "from": from, "text": "11000" });
        said[field] = json!({ "id": 5 });
        shop.emulator.push_raw_update(json!({ "message": said }));
        shop.settle().await;
        assert_eq!(admin.sentence(), SECOND_HAND, "{field}");
    }
    assert_eq!(shop.order(446).await.summary.status, Status::Placed);

    anna.taps("Вопрос по заказу").await;
    let (staff, asked) = (shop.staff_chat(), (admin.chat, admin.newest_of_the_bot()));
    shop.emulator.reply_elsewhere(anna.chat, anna.id, asked, "Когда счет?");
    shop.settle().await;
    assert_eq!(anna.sentence(), SECOND_HAND);
    assert_eq!(shop.staff_chat(), staff);
}

async fn a_customer_orders_nothing_with_words_of_somebody_else(shop: Shop) {
    let anna = shop.anna();
    anna.says("/new").await.taps(SP_1).await;
    for text in ["50", "/orders"] {
        shop.emulator.forward(anna.chat, anna.id, SOMEBODY, text);
        shop.settle().await;
        assert_eq!(anna.sentence(), SECOND_HAND, "{text}");
    }
    assert!(anna.screen().contains("Лицензия Guardant SP, 1 активация"), "{}", anna.screen());
    anna.says("50").await;
    assert!(anna.screen().contains("11 000,00"), "{}", anna.screen());
}

async fn a_customer_passes_on_nothing_of_somebody_else(shop: Shop) {
    let anna = shop.anna();
    anna.orders(&[(SP_1, 50)]).await.taps("Вопрос по заказу").await;
    let staff = shop.staff_chat();
    shop.emulator.forward(anna.chat, anna.id, SOMEBODY, "Когда счет?");
    shop.emulator.forward_content(anna.chat, anna.id, SOMEBODY, Content::Sticker);
    shop.settle().await;
    assert_eq!(anna.sentence(), SECOND_HAND);
    assert_eq!(shop.staff_chat(), staff);
    anna.says("Когда счет?").await;
    assert_ne!(shop.staff_chat(), staff);
}
