//! What can be read beside the order, and what means nothing.

use insta::assert_snapshot;
use keydesk_emulator::Content;

use super::words::{UNKNOWN_COMMAND, USE_BUTTONS};
use crate::support::shop::{SP_1, Shop, catalogue_with};

#[tokio::test]
async fn prices_help_and_privacy_can_be_read() {
    let shop = Shop::open().await;
    let anna = shop.anna();
    assert_snapshot!(anna.says("/prices").await.screen(), @r"
        Условия и цены

        Лицензия Guardant SP, 1 активация
        50 шт. — 11 000,00 ₽
        100 шт. — 20 900,00 ₽
        200 шт. — 39 600,00 ₽

        Лицензия Guardant SP, 3 активации
        50 шт. — 27 000,00 ₽
        100 шт. — 51 300,00 ₽
        200 шт. — 97 200,00 ₽

        Лицензия Guardant SP, 5 активаций
        50 шт. — 41 000,00 ₽
        100 шт. — 77 900,00 ₽
        200 шт. — 147 600,00 ₽

        Лицензия Guardant SP Trial, 30 000 активаций
        4 600,00 ₽ за шт.

        Лицензия Guardant SP Trial, 100 000 активаций
        от 1 шт. — 4 800,00 ₽ за шт.
        от 5 шт. — 4 500,00 ₽ за шт.

        Цены не являются публичной офертой.
        [Условия]
        [Продукты]
        [Новый заказ] [Меню]
        ");
    assert_snapshot!(anna.says("/help").await.screen(), @r"
        Что умеет бот
        Здесь можно заказать серийные номера софтверных ключей и следить за своими заказами. Продавец: Guardant.
        Связаться с продавцом: orders@example.com

        /start — Начать
        /new — Новый заказ
        /orders — Заказы
        /serials — Полученные серийные номера
        /products — Что можно заказать
        /prices — Условия и цены
        /settings — Язык, коллеги, реквизиты
        /help — Что умеет бот
        /privacy — Какие данные хранит бот
        /cancel — Выйти из оформления заказа
        /order 449 — Карточка заказа по номеру
        /new sp-1 50, sp-3 50 — Заказ одной строкой
        [Документация]
        [Меню]
        ");
    assert_snapshot!(anna.says("/privacy").await.screen(), @r"
        Какие данные хранит бот

        Бот хранит ваш идентификатор, имя и имя пользователя в Telegram, выбранный язык, черновик заказа, ваши заказы, примечания и переписку по ним, выданные серийные номера, состав вашей учетной записи, приглашения в нее и реквизиты для счета.
        Имена участников, заказы, серийные номера и реквизиты видят все участники учетной записи.
        Эти данные доступны сотрудникам Guardant и нужны для исполнения заказов.

        Заказы, переписка по ним и выданные серийные номера хранятся бессрочно, остальное — ограниченное время.
        Отправленные сообщения бота: 90 дней.
        Номера обработанных сообщений и нажатий: 7 дней.
        Сообщения и нажатия, которые не удалось обработать: 90 дней.
        Состояние диалога, которое не удалось прочитать: 90 дней.
        Журнал администраторов, в том числе о блокировках: бессрочно.

        Чтобы получить или удалить свои данные, обратитесь к продавцу: orders@example.com
        Удаляются имя, имя пользователя, идентификатор, черновик, примечания, переписка с файлами и сообщения бота. Сами заказы с суммами, счетами и серийными номерами, а также реквизиты для счета остаются в учете без вас. Пока заказ открыт, его нужно сначала выполнить или отменить.
        [Меню]
        ");
    shop.applies(&catalogue_with("11000.00", "12000.00")).await;
    assert!(anna.says("/prices").await.screen().contains("50 шт. — 12 000,00 ₽"), "{}", anna.screen());
    assert_eq!(anna.screens().len(), 1);
}

#[tokio::test]
async fn what_means_nothing_gets_a_hint_and_keeps_the_screen() {
    let shop = Shop::open().await;
    let anna = shop.anna();
    let form = anna.chooses(&[(SP_1, 50)]).await.screen();
    for typed in ["Добрый день", "50", "Отправить заказ", "\u{202e}\u{200b}", "@keydesk_bot"] {
        anna.says(typed).await;
        assert_eq!(anna.screen(), format!("{USE_BUTTONS}\n\n{form}"), "{typed}");
    }
    anna.says("/new").await.taps("Продолжить заказ").await;
    assert_eq!(anna.sends(Content::Voice).await.screen(), format!("{USE_BUTTONS}\n\n{form}"));
    assert_eq!(anna.screens().len(), 1);
}

#[tokio::test]
async fn commands_of_admins_are_unknown_like_any_nonsense() {
    let shop = Shop::open().await;
    let anna = shop.anna();
    anna.orders(&[(SP_1, 50)]).await;
    anna.says("/start").await;
    let nonsense = anna.says("/nonsense 1 x").await.screen();
    assert_eq!(anna.sentence(), UNKNOWN_COMMAND);
    for command in [
        "/queue",
        "/queue placed",
        "/find Anna",
        "/invoice 446 1",
        "/complete 446",
        "/cancel_order 446 x",
        "/stock",
        "/catalog",
        "/staff",
        "/stats",
        "/export",
        "/block 102",
        "/unblock 102",
        "/",
        "/orders@other_bot",
    ] {
        assert_eq!(anna.says(command).await.screen(), nonsense, "{command}");
    }
    assert_eq!(shop.staff_chat().len(), 1);
}
