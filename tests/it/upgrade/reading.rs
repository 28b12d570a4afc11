//! What stands written reads as before.

use insta::assert_snapshot;

use super::on_fixtures;
use crate::support::shop::Shop;

on_fixtures!(cards_and_lists_read_as_before, audit_trails_read_as_before, serial_numbers_come_as_before);

async fn cards_and_lists_read_as_before(shop: Shop) {
    let anna = shop.anna();
    assert_snapshot!(anna.says("/orders").await.screen(), @r"
        Заказы

        Номер заказа · Дата размещения
        Статус · Количество номеров · Сумма

        Заказ №448 · 01.04.2015
        Размещен · 1 шт. · 4 600,00 ₽

        Заказ №447 · 01.04.2015
        Выставлен счет · 2 шт. · 9 200,00 ₽

        Заказ №446 · 01.04.2015
        Выполнен · 52 шт. · 20 200,00 ₽
        [№448] [№447] [№446]
        [• Все] [Размещен] [Выставлен счет]
        [Выполнен] [Отменен]
        [Новый заказ] [Меню]
        ");
    assert_snapshot!(anna.says("/order 446").await.screen(), @r"
        Заказ №446
        Статус: Выполнен
        Дата размещения: 01.04.2015

        Лицензия Guardant SP, 1 активаций
        50 шт. — 11 000,00 ₽
        Лицензия Guardant SP Trial, 30000 активаций
        2 шт. — 9 200,00 ₽

        Итого: 52 шт. — 20 200,00 ₽
        Примечание: Заявка 17, <срочно> & точно

        01.04.2015 12:30 — Размещен
        01.04.2015 12:30 — Выставлен счет: 20 200,00 ₽
        01.04.2015 12:30 — Выполнен
        [Серийные номера файлом]
        [Вопрос по заказу]
        [Повторить заказ]
        [Заказы] [Меню]
        ");
    assert_snapshot!(anna.says("/order 447").await.screen(), @r"
        Заказ №447
        Статус: Выставлен счет
        Дата размещения: 01.04.2015

        Лицензия Guardant SP Trial, 30000 активаций
        2 шт. — 9 200,00 ₽

        Итого: 2 шт. — 9 200,00 ₽

        01.04.2015 12:30 — Размещен
        01.04.2015 12:30 — Выставлен счет: 9 000,00 ₽
        01.04.2015 12:30 — Выставлен счет: 9 100,50 ₽ вместо 9 000,00 ₽, оплатить до 15.04.2015
        [Счет файлом]
        [Вопрос по заказу] [Попросить отменить]
        [Повторить заказ]
        [Заказы] [Меню]
        ");
    assert_snapshot!(anna.says("/order 448").await.screen(), @r"
        Заказ №448
        Статус: Размещен
        Дата размещения: 01.04.2015

        Лицензия Guardant SP Trial, 30000 активаций
        1 шт. — 4 600,00 ₽

        Итого: 1 шт. — 4 600,00 ₽

        01.04.2015 12:30 — Размещен
        01.04.2015 12:30 — Вопрос: Когда будет счет?
        01.04.2015 12:31 — Ответ: Завтра
        01.04.2015 12:31 — Вопрос: Вот реквизиты
        01.04.2015 12:31 — Ответ: Получили
        01.04.2015 12:31 — Просьба отменить
        01.04.2015 12:31 — Вопрос: Нет, не отменяйте. Есть ли скидка?
        [Файлы переписки (2)]
        [Вопрос по заказу] [Попросить отменить]
        [Повторить заказ]
        [Заказы] [Меню]
        ");
    let boris = shop.boris();
    assert_snapshot!(boris.says("/order 450").await.screen(), @r"
        Order #450
        Status: Cancelled
        Date placed: 1 Apr 2015

        Guardant SP licence, 1 activation
        50 keys — RUB 11,000.00

        Total: 50 keys — RUB 11,000.00

        1 Apr 2015 12:32 — Placed
        1 Apr 2015 12:32 — Cancelled. Ошибка в <заказе> & сумме
        [Ask about the order]
        [Repeat order]
        [Orders] [Menu]
        ");
}

async fn audit_trails_read_as_before(shop: Shop) {
    shop.settle().await;
    let mut trails = Vec::new();
    for number in [446, 447, 448, 449, 450] {
        shop.oleg().says(&format!("/order {number}")).await;
        let card = shop.oleg().screen();
        trails.extend(card.lines().filter(|line| line.starts_with("01.04.2015")).map(str::to_owned));
        trails.push(String::new());
    }
    assert_snapshot!(trails.join("\n").trim_end(), @r"
        01.04.2015 12:30 — размещен: Анна Иванова
        01.04.2015 12:30 — в работе: Вера
        01.04.2015 12:30 — выставлен счет на 20 200,00 ₽: Вера
        01.04.2015 12:30 — выполнен: Вера

        01.04.2015 12:30 — размещен: Анна Иванова
        01.04.2015 12:30 — выставлен счет на 9 000,00 ₽: Олег
        01.04.2015 12:30 — выставлен счет на 9 100,50 ₽ вместо 9 000,00 ₽ (оплатить до 15.04.2015): Олег

        01.04.2015 12:30 — размещен: Анна Иванова
        01.04.2015 12:30 — в работе: Вера
        01.04.2015 12:30 — вопрос (Анна Иванова): Когда будет счет? (ответ дан)
        01.04.2015 12:31 — ответ (Олег): Завтра
        01.04.2015 12:31 — вопрос (Анна Иванова): Вот реквизиты (ответ дан)
        01.04.2015 12:31 — ответ (Олег): Получили
        01.04.2015 12:31 — просьба отменить: Анна Иванова
        01.04.2015 12:31 — вопрос (Анна Иванова): Нет, не отменяйте. Есть ли скидка?

        01.04.2015 12:32 — размещен: Boris
        01.04.2015 12:32 — отменен: Вера. Сейчас нет в наличии

        01.04.2015 12:32 — размещен: Boris
        01.04.2015 12:32 — отменен: Вера. Ошибка в <заказе> & сумме
        ");
}

async fn serial_numbers_come_as_before(shop: Shop) {
    let anna = shop.anna();
    anna.says("/order 446").await.taps("Серийные номера файлом").await;
    let mut files = shop.emulator.messages(anna.id).into_iter().filter_map(|message| message.document().cloned());
    let last = files.next_back().unwrap();
    let (name, bytes) = shop.emulator.file(&last.file_id).unwrap();
    let text = String::from_utf8(bytes).unwrap();
    assert_eq!(name, "order-446.txt");
    // Of each product a heading as well, and a line between them.
    assert_eq!(text.lines().count(), 55);
    assert!(text.contains("\r\nSP-1-000050\r\n") && text.contains("\r\nTRIAL-30000-000002\r\n"), "{text}");
    assert_snapshot!(shop.zoya().says("/stock").await.screen(), @r"
        Склад

        Лицензия Guardant SP, 1 активаций (sp-1): 10 шт.
        Лицензия Guardant SP, 3 активаций (sp-3): 0 шт.
        Лицензия Guardant SP, 5 активаций (sp-5): 4 шт.
        Лицензия Guardant SP Trial, 30000 активаций (trial-30000): 8 шт.
        Лицензия Guardant SP Trial, 100000 активаций (trial-100000): 0 шт.
        [Загрузить: sp-1] [Загрузить: sp-3]
        [Загрузить: sp-5] [Загрузить: trial-30000]
        [Загрузить: trial-100000]
        [Закрыть]
        ");
    shop.admin().says("/find SP-1-000007").await;
    assert!(shop.admin().screen().contains("заказ №446"), "{}", shop.admin().screen());
}
