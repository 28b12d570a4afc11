//! Staff and admins with every question open that the bot asks them.

use keydesk_emulator::FaultKind;

use super::super::phone::colleague;
use super::{has_a_draft, places, price_list};
use crate::support::files::document;
use crate::support::shop::{Shop, catalogue_with};

pub(super) async fn leave(shop: &Shop) {
    in_questions_about_orders(shop).await;
    not_heard_by_customers(shop).await;
    shop.appoints(&[208, 209, 210, 211, 212, 213, 214, 215, 216, 217, 218, 219, 220]).await;
    among_admins_screens(shop).await;
    with_reports(shop).await;
}

/// Orders 458 to 464 of Visitor 151, one for each question.
async fn in_questions_about_orders(shop: &Shop) {
    let customer = shop.visitor(151, "ru");
    for number in 458..=464 {
        places(&customer, number).await;
    }
    for number in [459, 463] {
        shop.vera().taps_order(number, "Взять в работу").await;
        shop.vera().taps_order(number, "Другая сумма…").await.taps("Счет на 4 600,00 ₽").await;
    }
    shop.vera().taps_order(458, "Другая сумма…").await;
    shop.oleg().taps_order(459, "Другой файл…").await;
    colleague(shop, 203).taps_order(460, "Отменить…").await;
    colleague(shop, 204).taps_order(461, "Отменить…").await.taps("Счет не оплачен в срок").await;
    colleague(shop, 205).taps_order(462, "Отменить…").await.replies("Нет <в наличии>").await;
    colleague(shop, 206).says("/order 446").await;
    colleague(shop, 207).taps_order(463, "Другой файл…").await;
}

/// Order 465 of somebody who blocked the bot, and order 466, the letter about which Telegram refused.
async fn not_heard_by_customers(shop: &Shop) {
    let (gone, other) = (shop.visitor(141, "ru"), shop.visitor(142, "ru"));
    let clerk = colleague(shop, 221);
    places(&gone, 465).await;
    shop.emulator.block(gone.id);
    shop.settle().await;
    clerk.taps_order(465, "Другая сумма…").await.taps("Счет на 4 600,00 ₽").await;
    places(&other, 466).await;
    let refusal = FaultKind::Refuse { code: 400, description: "Bad Request: message is too long".to_owned() };
    clerk.taps_order(466, "Другая сумма…").await.presses("4 600,00 ₽");
    shop.takes_all_updates().await;
    shop.suffers("sendMessage", other.id, refusal);
    shop.delivers().await;
    for number in [465, 466] {
        assert!(shop.alert(number).contains("Не доставлено"), "{}", shop.alert(number));
    }
    // What does not read becomes a dead letter.
    shop.emulator.push_raw_update(serde_json::json!({ "message": 5 }));
    shop.settle().await;
}

async fn among_admins_screens(shop: &Shop) {
    let ru = |id| shop.visitor(id, "ru");
    shop.zoya().says("/queue").await.taps("Размещен").await;
    shop.admin().says("/start").await.says("/find Visitor 151").await;
    colleague(shop, 208).says("/catalog").await;
    colleague(shop, 209).says("/stock sp-3").await;
    colleague(shop, 211).says("/staff").await;
    ru(212).sends(price_list(&catalogue_with("11000.00", "12000.00"))).await;
    ru(214).says("/staff 987654321").await;
    ru(215).says("/staff").await.taps("Снять: Visitor 211").await;
    ru(216).says("/block 107").await;
    ru(217).says("/block 148").await;
    shop.visitor(148, "ru").says("/start").await;
    ru(217).says("/block 148").await.taps("Заблокировать").await.says("/unblock 148").await;
    ru(218).says("/stock").await;
    has_a_draft(&ru(219)).await;
    ru(219).says("/invoice 464").await;
    // Two files at once: what came of the first is told by itself.
    ru(210).posts(document("a.txt", b"SP5-A\nSP5-B B\n", "/stock sp-5"));
    ru(210).posts(document("b.txt", b"SP5-C\nSP5-D\n", "/stock sp-5"));
    shop.settle().await;
}

/// The price list, figures and exports that the admin asked for.
async fn with_reports(shop: &Shop) {
    let admin = shop.admin();
    admin.says("/catalog").await.taps("Прайс-лист файлом").await;
    admin.says("/stats all").await.says("/export all").await;
    admin.says("/find Visitor 151").await;
}
