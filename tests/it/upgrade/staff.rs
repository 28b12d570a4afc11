//! Staff and admins go on where they were.

use super::on_fixtures;
use super::phone::{assert_has, colleague};
use crate::support::files::{list, pdf};
use crate::support::shop::{STAFF_CHAT, Shop};

on_fixtures!(
    a_sum_in_reply_to_the_question_invoices_the_order,
    a_file_in_reply_to_the_question_completes_the_order,
    each_question_about_a_cancellation_goes_on,
    a_reply_to_a_customers_question_reaches_them,
    an_admins_question_and_draft_live_beside_each_other,
    an_admins_screens_go_on,
    confirmations_of_admins_go_on,
    a_proposed_price_list_is_applied,
);

async fn a_sum_in_reply_to_the_question_invoices_the_order(shop: Shop) {
    shop.vera().replies_to(&["Вера, на какую сумму выставить счет по заказу №458?"], "4 500,50 20.04.2015").await;
    assert_has(&shop.first_alert(458), &["Статус: Выставлен счет", "счет на 4 500,50 ₽", "Вера"]);
    let told = "По заказу №458 выставлен счет на 4 500,50 ₽.\nОплатите его, пожалуйста, до 20.04.2015.";
    assert_has(&shop.chat(151).concat(), &[told]);
}

async fn a_file_in_reply_to_the_question_completes_the_order(shop: Shop) {
    let oleg = shop.oleg();
    let question = oleg.message_with(&["Олег, откуда взять серийные номера для заказа №459?"]);
    shop.emulator.reply_with(STAFF_CHAT, oleg.id, question, list("serials.txt", "TRIAL-OLEG-1\n"));
    shop.settle().await;
    assert_has(&shop.first_alert(459), &["Статус: Выполнен", "выполнен: Олег"]);
    assert_has(&shop.chat(151).concat(), &["Заказ №459 выполнен."]);
}

async fn each_question_about_a_cancellation_goes_on(shop: Shop) {
    colleague(&shop, 203).taps_at(&["№460"], "Повторный заказ").await.taps_at(&["№460"], "Отменить заказ").await;
    colleague(&shop, 204).taps_at(&["№461"], "Отменить заказ").await;
    colleague(&shop, 205).taps_at(&["№462"], "Отменить заказ").await;
    let told = shop.chat(151).concat();
    for (number, reason) in
        [(460, "Дубликат другого заказа"), (461, "Счет не оплачен в срок"), (462, "Нет <в наличии>")]
    {
        assert_has(&shop.first_alert(number), &["Статус: Отменен", reason]);
        assert_has(&told, &[&format!("Заказ №{number} отменен.\nПричина: {reason}")]);
    }
}

async fn a_reply_to_a_customers_question_reaches_them(shop: Shop) {
    shop.oleg().replies_to(&["Вопрос по заказу №448", "Есть ли скидка?"], "Есть, десять процентов").await;
    assert_has(&shop.anna().chat(), &["Ответ по заказу №448\nЕсть, десять процентов"]);
    assert_has(&shop.first_alert(448), &["ответ (Олег): Есть, десять процентов"]);
    // The question that Oleg was asked before is still open.
    colleague(&shop, 202).taps_at(&["Олег, откуда взять"], "Со склада").await;
    assert_has(&shop.first_alert(459), &["Статус: Выполнен"]);
}

async fn an_admins_question_and_draft_live_beside_each_other(shop: Shop) {
    let admin = shop.visitor(219, "ru");
    admin.replies_with(pdf("4700")).await;
    assert_has(&admin.screen(), &["Заказ №464: счет выставлен."]);
    assert_has(&shop.first_alert(464), &["счет на 4 700,00 ₽: Visitor 219"]);
    assert_has(&shop.chat(151).concat(), &["По заказу №464 выставлен счет на 4 700,00 ₽."]);
    admin.says("/new").await;
    assert_has(&admin.screen(), &["50 шт. — 11 000,00 ₽", "2 шт. — 9 200,00 ₽"]);
    admin.taps("Продолжить заказ").await.taps("Оформить заказ").await.taps("Отправить заказ").await;
    assert_has(&admin.screen(), &["Заказ №473\n", "Итого: 52 шт. — 20 200,00 ₽"]);
}

async fn an_admins_screens_go_on(shop: Shop) {
    let ru = |id| shop.visitor(id, "ru");
    shop.zoya().taps_at(&["В очереди"], "• Размещен").await;
    shop.zoya().taps_at(&["В очереди"], "Выставлен счет").await;
    assert_has(&shop.chat(STAFF_CHAT).concat(), &["№447 · Выставлен счет"]);
    shop.admin().taps("№464").await;
    assert_has(&shop.admin().screen(), &["аказ №464\n", "Visitor 151"]);
    let question = colleague(&shop, 209).message_with(&["Visitor 209, пришлите серийные номера"]);
    shop.emulator.reply_with(STAFF_CHAT, 209, question, list("serials.txt", "SP3-A\nSP3-B\n"));
    shop.settle().await;
    assert_has(&shop.chat(STAFF_CHAT).concat(), &["добавлено на склад 2, уже было 0."]);
    ru(218).taps("Загрузить: sp-5").await.replies_with(list("a.txt", "SP5-Z\n")).await;
    assert_has(&ru(218).sentence(), &["добавлено на склад 1"]);
    assert_has(&shop.visitor(210, "ru").chat(), &["добавлено на склад 2"]);
    assert_has(&colleague(&shop, 211).taps_at(&["Администраторы"], "Снять: Visitor 209").await.chat(), &["снять"]);
    colleague(&shop, 208).taps_at(&["Прайс-лист: 5 ключей"], "Прайс-лист файлом").await;
    assert!(shop.emulator.messages(STAFF_CHAT).iter().any(|message| message.document().is_some()));
}

async fn confirmations_of_admins_go_on(shop: Shop) {
    let ru = |id| shop.visitor(id, "ru");
    assert_has(&ru(214).taps("Назначить").await.screen(), &["Назначен администратор: 987654321."]);
    assert_has(&ru(215).taps("Снять").await.chat(), &["Visitor 211 (211) больше не администратор."]);
    assert_has(&ru(216).taps("Заблокировать").await.chat(), &["Visitor 107 (107) заблокирован."]);
    assert_has(&ru(217).taps("Разблокировать").await.chat(), &["Visitor 148 (148) разблокирован."]);
    assert_has(&ru(148).says("/new").await.screen(), &["Новый заказ"]);
    assert_has(&ru(107).says("/new").await.screen(), &["Сейчас бот не может вам помочь."]);
}

async fn a_proposed_price_list_is_applied(shop: Shop) {
    let admin = shop.visitor(212, "ru");
    assert_has(&admin.screen(), &["11 000,00 ₽ → 12 000,00 ₽"]);
    assert_has(&admin.taps("Применить").await.screen(), &["Прайс-лист применен."]);
    // Nobody pays another price than the one that they saw.
    let anna = shop.anna();
    anna.taps("Отправить заказ").await;
    assert_has(&anna.screen(), &["было 11 000,00 ₽, стало 12 000,00 ₽"]);
    anna.taps("Принять изменения").await;
    assert_has(&anna.taps("Отправить заказ").await.screen(), &["Заказ №473\n", "50 шт. — 12 000,00 ₽"]);
    assert_has(&anna.says("/order 446").await.screen(), &["50 шт. — 11 000,00 ₽"]);
}
