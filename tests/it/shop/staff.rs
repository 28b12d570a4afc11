//! The staff's half: an order from its alert to its end.

use insta::assert_snapshot;

use crate::support::files::{list, pdf};
use crate::support::shop::{OLEG, SP_1, Shop, TRIAL_30000, VERA, on_both};

on_both!(
    an_order_is_taken_invoiced_and_completed_from_stock,
    an_order_is_cancelled_for_a_reason_that_the_customer_reads,
    a_pdf_with_the_sum_as_its_caption_is_the_invoice,
    serial_numbers_come_from_a_file,
    an_admin_serves_an_order_of_their_own_in_private,
    a_number_that_is_no_reply_is_no_invoice,
);

async fn an_order_is_taken_invoiced_and_completed_from_stock(shop: Shop) {
    let (anna, vera) = (shop.anna(), shop.vera());
    shop.stocks_many("sp-1", 60).await;
    anna.orders(&[(SP_1, 50)]).await;
    vera.taps("Взять в работу").await;
    assert_snapshot!(shop.desk(446).await, @r"
        Заказ №446
        Статус: Размещен
        …

        01.04.2015 12:30 — размещен: Анна Иванова
        01.04.2015 12:30 — в работе: Вера
        [Отменить…]
        [Другая сумма…]
        [Счет на 11 000,00 ₽]
        ");
    vera.taps("Другая сумма…").await;
    assert_snapshot!(vera.desk(446).await, @r"
        Заказ №446
        Статус: Размещен
        …

        01.04.2015 12:30 — размещен: Анна Иванова
        01.04.2015 12:30 — в работе: Вера

        Вера указывает сумму счета. Ответьте на это сообщение суммой, можно со сроком оплаты (12 500 до 15.04.2015), или файлом PDF.
        [Отменить…]
        [Счет на 11 000,00 ₽]
        [11 000,00 ₽, оплатить до 06.04.2015]
        [11 000,00 ₽, оплатить до 11.04.2015]
        [11 000,00 ₽, оплатить до 15.04.2015]
        [Не сейчас]
        [Сумму указывает Вера]
        ");
    vera.taps("Счет на 11 000,00 ₽").await;
    assert_snapshot!(vera.desk(446).await, @r"
        Заказ №446
        Статус: Выставлен счет
        …

        01.04.2015 12:30 — размещен: Анна Иванова
        01.04.2015 12:30 — в работе: Вера
        01.04.2015 12:30 — выставлен счет на 11 000,00 ₽: Вера
        [Отменить…]
        [Другая сумма…]
        [Выдать со склада (50 из 50)]
        [Другой файл…]
        ");
    assert_snapshot!(anna.screen(), @r"
        По заказу №446 выставлен счет на 11 000,00 ₽.
        [Открыть заказ]
        ");
    vera.taps("Другой файл…").await;
    assert_snapshot!(vera.desk(446).await, @r"
        Заказ №446
        Статус: Выставлен счет
        …

        01.04.2015 12:30 — размещен: Анна Иванова
        01.04.2015 12:30 — в работе: Вера
        01.04.2015 12:30 — выставлен счет на 11 000,00 ₽: Вера
        [Отменить…]
        [Другая сумма…]
        [Выдать со склада (50 из 50)]
        [Другой файл…]
        ");
    vera.taps_starting("Выдать со склада").await;
    assert_snapshot!(anna.screen(), @r"
        Заказ №446 выполнен.
        В файле 50 серийных номеров.
        SHA-256 файла: 2f06262a9903903553b2aa4d1fe3e0192e566b6ef388930f447d085c41759fbe
        [Открыть заказ]
        [Документация]
        ");
    assert_snapshot!(shop.desk(446).await, @r"
        Заказ №446
        Статус: Выполнен
        …

        01.04.2015 12:30 — размещен: Анна Иванова
        01.04.2015 12:30 — в работе: Вера
        01.04.2015 12:30 — выставлен счет на 11 000,00 ₽: Вера
        01.04.2015 12:30 — выполнен: Вера
        ");
    assert_snapshot!(shop.staff_chat().split_off(1).join("\n----\n"), @"На складе заканчиваются серийные номера: Лицензия Guardant SP, 1 активация, осталось 10 шт. Пополнить склад: /stock");
    anna.taps("Открыть заказ").await;
    assert_snapshot!(anna.screen(), @r"
        Заказ №446
        Статус: Выполнен
        Дата размещения: 01.04.2015

        Лицензия Guardant SP, 1 активация
        50 шт. — 11 000,00 ₽

        Итого: 50 шт. — 11 000,00 ₽

        01.04.2015 12:30 — Размещен
        01.04.2015 12:30 — Выставлен счет: 11 000,00 ₽
        01.04.2015 12:30 — Выполнен
        [Серийные номера файлом]
        [Вопрос по заказу]
        [Повторить заказ]
        [Заказы] [Меню]
        ");
}

async fn an_order_is_cancelled_for_a_reason_that_the_customer_reads(shop: Shop) {
    let (boris, vera) = (shop.boris(), shop.vera());
    boris.says("/new").await.taps("Guardant SP licence, 1 activation").await.says("50").await;
    boris.taps("Check out").await.taps("Send order").await;
    vera.taps("Отменить…").await;
    assert_snapshot!(vera.desk(446).await, @r"
        Новый заказ №446
        Статус: Размещен
        …

        Вера отменяет заказ. Выберите причину или напишите ее ответом на это сообщение; ее увидит клиент.
        [Взять в работу]
        [Отменой занимается Вера]
        [По просьбе клиента]
        [Счет не оплачен в срок]
        [Сейчас нет в наличии]
        [Дубликат другого заказа]
        [Не сейчас]
        [Другая сумма…]
        [Счет на 11 000,00 ₽]
        ");
    vera.taps("Сейчас нет в наличии").await;
    assert_snapshot!(vera.screen(), @r"
        Новый заказ №446
        Статус: Размещен
        Дата размещения: 01.04.2015 12:30
        Клиент: Boris, учетная запись 1

        Лицензия Guardant SP, 1 активация
        50 шт. — 11 000,00 ₽

        Итого: 50 шт. — 11 000,00 ₽

        Вера, отменить заказ? Причина: Сейчас нет в наличии
        [Взять в работу]
        [Отменой занимается Вера]
        [Не сейчас] [Отменить заказ]
        [Другая сумма…]
        [Счет на 11 000,00 ₽]
        ");
    vera.taps("Отменить заказ").await;
    assert_snapshot!(boris.screen(), @r"
        Order #446 has been cancelled.
        Reason: Not available at present
        [Open the order]
        ");
    assert_snapshot!(shop.desk(446).await, @r"
        Заказ №446
        Статус: Отменен
        …

        01.04.2015 12:30 — размещен: Boris
        01.04.2015 12:30 — отменен: Вера. Сейчас нет в наличии
        ");
}

async fn a_pdf_with_the_sum_as_its_caption_is_the_invoice(shop: Shop) {
    let (anna, vera) = (shop.anna(), shop.vera());
    anna.orders(&[(SP_1, 50)]).await;
    vera.taps("Другая сумма…").await;
    vera.replies_with(pdf("10 500,50 15.04.2015")).await;
    assert_snapshot!(anna.screen(), @r"
        По заказу №446 выставлен счет на 10 500,50 ₽.
        Оплатите его, пожалуйста, до 15.04.2015.
        [Открыть заказ]
        ");
    anna.taps("Открыть заказ").await.taps("Счет файлом").await;
    assert_snapshot!(anna.chat(), @r"
        /start
        ----
        /new
        ----
        50
        ----
        Заказ №446
        Статус: Выставлен счет
        Дата размещения: 01.04.2015

        Лицензия Guardant SP, 1 активация
        50 шт. — 11 000,00 ₽

        Итого: 50 шт. — 11 000,00 ₽

        01.04.2015 12:30 — Размещен
        01.04.2015 12:30 — Выставлен счет: 10 500,50 ₽, оплатить до 15.04.2015
        [Счет файлом]
        [Вопрос по заказу] [Попросить отменить]
        [Повторить заказ]
        [Заказы] [Меню]
        ----
        По заказу №446 выставлен счет на 10 500,50 ₽.
        Оплатите его, пожалуйста, до 15.04.2015.
        [Открыть заказ]
        ----
        Файл придет следующим сообщением.

        Заказ №446
        Статус: Выставлен счет
        Дата размещения: 01.04.2015

        Лицензия Guardant SP, 1 активация
        50 шт. — 11 000,00 ₽

        Итого: 50 шт. — 11 000,00 ₽

        01.04.2015 12:30 — Размещен
        01.04.2015 12:30 — Выставлен счет: 10 500,50 ₽, оплатить до 15.04.2015
        [Счет файлом]
        [Вопрос по заказу] [Попросить отменить]
        [Повторить заказ]
        [Заказы] [Меню]
        ----
        Счет по заказу №446 на 10 500,50 ₽
        Оплатите его, пожалуйста, до 15.04.2015.
        [Открыть заказ]
        ");
}

async fn an_admin_serves_an_order_of_their_own_in_private(shop: Shop) {
    shop.appoints(&[VERA, OLEG]).await;
    let admin = shop.admin();
    shop.stocks_many("sp-1", 60).await;
    admin.orders(&[(SP_1, 50)]).await;
    admin.says("/invoice 446").await.taps("Счет на 11 000,00 ₽").await;
    admin.says("/complete 446").await.taps_starting("Выдать со склада").await;
    admin.orders(&[(SP_1, 50)]).await;
    admin.says("/cancel_order 447 Проба").await.taps("Отменить заказ").await;
    assert!(shop.alert(446).contains("Статус: Выполнен"), "{}", shop.alert(446));
    assert!(shop.alert(447).contains("Статус: Отменен"), "{}", shop.alert(447));
    // What was asked of the admin is done, and they are a customer again.
    assert!(
        admin.says("Здравствуйте").await.sentence().starts_with("Это сообщение продавцу не отправлено"),
        "{}",
        admin.screen()
    );
}

async fn a_number_that_is_no_reply_is_no_invoice(shop: Shop) {
    let (anna, vera) = (shop.anna(), shop.vera());
    anna.orders(&[(SP_1, 50)]).await;
    vera.taps("Другая сумма…").await.says("10500").await;
    vera.sends(pdf("")).await;
    assert!(shop.alert(446).contains("Статус: Размещен"), "{}", shop.alert(446));
    vera.replies("10500").await;
    assert!(shop.alert(446).contains("выставлен счет на 10 500,00 ₽"), "{}", shop.alert(446));
}

async fn serial_numbers_come_from_a_file(shop: Shop) {
    let (anna, vera) = (shop.anna(), shop.vera());
    shop.stocks_many("trial-30000", 49).await; // low, and the file leaves it as it is
    anna.orders(&[(TRIAL_30000, 2)]).await;
    vera.taps("Счет на 9 200,00 ₽").await;
    vera.taps("Другой файл…").await.replies_with(list("keys.txt", "AAA-1\n")).await;
    assert_snapshot!(vera.screen(), @r"
        Заказ не выполнен. Количество не совпадает:
        Лицензия Guardant SP Trial, 30 000 активаций: нужно 2, в файле 1
        ");
    vera.replies_with(list("keys.txt", "\u{feff}AAA-1\r\n\r\nAAA-2")).await;
    assert_snapshot!(vera.screen(), @"");
    assert!(!shop.staff_chat().join("\n").contains("заканчиваются"), "{:?}", shop.staff_chat());
    assert_snapshot!(anna.screen(), @r"
        Заказ №446 выполнен.
        В файле 2 серийных номера.
        Скопировать их можно и здесь: раскройте список и нажмите на номер.
        AAA-1
        AAA-2
        SHA-256 файла: 07ba8f8b9c2b6f7fe8c911b760fb9654f8dc7e7b8f170a83b304c7be20b7879b
        [Открыть заказ]
        [Документация]
        ");
}
