//! What programs and people leave around what is pasted, and what Telegram says of itself.

use keydesk::domain::billing::TaxNumber;
use keydesk::domain::{PersonId, Status};
use serde_json::{Value, json};

use crate::support::files::{document, pdf};
use crate::support::shop::{SP_1, Shop, TRIAL_30000, on_both};
use crate::support::visitor::Visitor;

on_both!(
    invisible_marks_are_dropped_everywhere,
    tax_numbers_are_taken_as_cards_show_them,
    what_telegram_says_of_itself_gets_silence,
    a_strange_sum_is_asked_about_once_more,
    a_pdf_is_one_by_its_content,
    the_shops_currency_may_be_named,
);

/// Marks as they surround pasted values.
const AROUND: [(&str, &str); 6] = [
    ("", "\u{200b}"),
    ("\u{202a}", "\u{202c}"),
    ("\u{feff}", ""),
    ("\u{2066}", "\u{2069}"),
    ("\u{200e}", "\u{ad}"),
    ("\u{202d}", "\u{202e}"),
];

/// What a clipboard makes of a value.
fn pasted(value: &str) -> impl Iterator<Item = String> {
    AROUND.iter().map(move |(before, after)| format!("{before}{value}{after}"))
}

async fn tax_of(shop: &Shop) -> Option<TaxNumber> {
    let mut tx = shop.store().read();
    let customer = tx.customer(PersonId(101)).await.unwrap().unwrap();
    tx.billing_of(customer.account).await.unwrap().map(|billing| billing.tax)
}

async fn invisible_marks_are_dropped_everywhere(shop: Shop) {
    let anna = shop.anna();
    anna.says("/settings").await.taps("Реквизиты").await.taps("Заполнить").await.says("Ромашка").await;
    anna.says("\u{200b}7707083893").await.says("773601001\u{200b}").await.says("buh@romashka.example\u{200b}").await;
    anna.taps("Сохранить").await;
    for (button, value) in
        [("Изменить ИНН", "7707083893"), ("Изменить КПП", "773601001"), ("Изменить почту", "buh@romashka.example")]
    {
        for value in pasted(value) {
            anna.taps(button).await.says(&value).await;
            assert_eq!(anna.sentence(), "Реквизиты сохранены.", "{value:?}");
        }
    }
    assert!(matches!(tax_of(&shop).await, Some(TaxNumber::Organisation { .. })), "{}", anna.screen());
    for quantity in pasted("5") {
        anna.says("/new").await;
        if anna.screen().contains("Начать заново") {
            anna.taps("Начать заново").await;
        }
        anna.taps(TRIAL_30000).await.says(&quantity).await;
        assert!(anna.screen().contains("5 шт."), "{quantity:?}: {}", anna.screen());
    }
    let (admin, vera) = (shop.admin(), shop.vera());
    anna.has_orders(6).await;
    for (index, sum) in pasted("25000").enumerate() {
        let number = 446 + i64::try_from(index).unwrap();
        admin.says(&format!("/invoice {number} {sum}")).await.taps("Да, на 25 000,00 ₽").await;
        assert_eq!(shop.order(number).await.invoice().unwrap().amount.minor(), 2_500_000, "{sum:?}");
    }
    for number in pasted("446") {
        vera.says(&format!("/order {number}")).await;
        assert!(vera.screen().starts_with("Заказ №446"), "{number:?}: {}", vera.screen());
    }
}

async fn tax_numbers_are_taken_as_cards_show_them(shop: Shop) {
    let anna = shop.anna();
    anna.says("/settings").await.taps("Реквизиты").await.taps("Заполнить").await.says("Ромашка").await;
    for both in
        ["7707083893/773601001", "ИНН 7707083893 КПП 773601001", "7707083893, 773601001", "инн7707083893\nкпп773601001"]
    {
        anna.says(both).await;
        assert!(anna.screen().contains("почт"), "{both}: {}", anna.screen());
        anna.taps("‹ Назад").await.taps("‹ Назад").await;
    }
    anna.says("ИНН 7707083893").await.says("КПП 773601001").await.says("buh@romashka.example").await;
    anna.taps("Сохранить").await;
    let Some(TaxNumber::Organisation { inn, kpp }) = tax_of(&shop).await else { panic!("{}", anna.screen()) };
    assert_eq!((inn.as_str(), kpp.as_str()), ("7707083893", "773601001"));
    anna.taps("Изменить ИНН").await.says("7736050003/772801001").await;
    let Some(TaxNumber::Organisation { inn, kpp }) = tax_of(&shop).await else { panic!("{}", anna.screen()) };
    assert_eq!((inn.as_str(), kpp.as_str()), ("7736050003", "772801001"));
}

async fn says_raw(visitor: &Visitor<'_>, fields: &Value) {
    let mut message = json!({
        "message_id": 900_000,
        "date": 1_427_880_600,
        "from": { "id": visitor.id, "is_bot": false, "first_name": "Анна", "language_code": "ru" },
        "chat": { "id": visitor.chat, "type": "private", "first_name": "Анна" },
    });
    message.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    visitor.shop.emulator.push_raw_update(json!({ "message": message }));
    visitor.shop.settle().await;
}

async fn what_telegram_says_of_itself_gets_silence(shop: Shop) {
    let service = [
        json!({ "message_auto_delete_timer_changed": { "message_auto_delete_time": 86_400 } }),
        json!({ "pinned_message": { "message_id": 1, "date": 0, "chat": { "id": 1, "type": "private" } } }),
        json!({ "chat_background_set": { "type": { "type": "fill" } } }),
        json!({ "write_access_allowed": { "from_request": true } }),
    ];
    let (anna, admin) = (shop.anna(), shop.admin());
    anna.orders(&[(SP_1, 50)]).await.taps("Вопрос по заказу").await;
    admin.says("/invoice 446").await;
    for fields in &service {
        for visitor in [&anna, &admin] {
            let before = visitor.screens();
            says_raw(visitor, fields).await;
            assert_eq!(visitor.screens(), before, "{fields}");
        }
    }
    // The question is still open, and what no release of ours knows is not taken for silence.
    says_raw(&anna, &json!({ "hologram": { "file_id": "h" } })).await;
    assert_eq!(anna.sentence(), "Отправить можно текст, фотографию, видео, голосовое сообщение, стикер или файл.");
    anna.says("Когда?").await;
    assert!(anna.sentence().starts_with("Вопрос отправлен"), "{}", anna.screen());
}

async fn a_strange_sum_is_asked_about_once_more(shop: Shop) {
    let (anna, vera, admin) = (shop.anna(), shop.vera(), shop.admin());
    anna.has_orders(2).await;
    admin.says("/invoice 446 110").await;
    insta::assert_snapshot!(admin.screen(), @r"
        Зоя, выставить счет по заказу №446 на 110,00 ₽?
        Сумма заказа — 11 000,00 ₽: суммы различаются больше чем вдвое. Подтвердите сумму кнопкой или пришлите другую ответом на это сообщение.
        [Да, на 110,00 ₽]
        [Не сейчас]
        ");
    assert_eq!(shop.order(446).await.summary.status, Status::Placed);
    // Another answer takes its place, and is asked about in turn.
    admin.says("110000 15.04.2015").await;
    insta::assert_snapshot!(admin.screen(), @r"
        Зоя, выставить счет по заказу №446 на 110 000,00 ₽?
        Сумма заказа — 11 000,00 ₽: суммы различаются больше чем вдвое. Подтвердите сумму кнопкой или пришлите другую ответом на это сообщение.
        Срок оплаты: 15.04.2015
        [Да, на 110 000,00 ₽]
        [Не сейчас]
        ");
    admin.taps("Да, на 110 000,00 ₽").await;
    let order = shop.order(446).await;
    let invoice = order.invoice().unwrap();
    assert_eq!((invoice.amount.minor(), invoice.due.is_some()), (11_000_000, true));
    // With a document, by a reply; nobody else's press confirms it, and it overtakes nothing.
    vera.says("/order 447").await.taps("Другая сумма…").await.replies_with(pdf("25,00")).await;
    assert!(shop.alert(447).contains("Вера, выставить счет на 25,00 ₽?"), "{}", shop.alert(447));
    let (message, data) = vera.button("Да, на 25,00 ₽");
    assert_eq!(shop.oleg().forges_on(message, &data).await.unwrap(), "Сумму указывает Вера");
    admin.says("/invoice 447 11000").await;
    assert_eq!(shop.order(447).await.summary.status, Status::Invoiced);
    vera.forges_on(message, &data).await;
    assert_eq!(shop.order(447).await.invoice().unwrap().amount.minor(), 1_100_000);
    vera.says("/order 447").await.taps("Другая сумма…").await.replies_with(pdf("25,00")).await;
    vera.taps("Да, на 25,00 ₽").await;
    let order = shop.order(447).await;
    assert_eq!(order.invoice().unwrap().amount.minor(), 2_500);
    assert!(order.invoice().unwrap().document.is_some());
}

async fn a_pdf_is_one_by_its_content(shop: Shop) {
    let (anna, vera) = (shop.anna(), shop.vera());
    anna.has_orders(1).await;
    vera.says("/order 446").await.taps("Другая сумма…").await;
    vera.replies_with(document("Счет.pdf", b"MZ not what it is called", "")).await;
    assert_eq!(vera.sentence(), "Файл не принят, это не PDF: пришлите счет файлом PDF или укажите сумму цифрами.");
    assert_eq!(shop.order(446).await.summary.status, Status::Placed);
    // A scanner's file may have another name, or junk before its beginning.
    let scanned = [&[b'\n'; 100][..], b"%PDF-1.7 scanned"].concat();
    vera.replies_with(document("scan0001.bin", &scanned, "10 500,00")).await;
    assert!(shop.alert(446).contains("выставлен счет на 10 500,00 ₽: Вера"), "{}", shop.alert(446));
    assert_eq!(anna.message().unwrap().document().unwrap().name, "scan0001.bin");
}

async fn the_shops_currency_may_be_named(shop: Shop) {
    let (anna, admin) = (shop.anna(), shop.admin());
    anna.has_orders(7).await;
    for (index, typed) in
        ["11 000 руб", "11000 руб.", "11 000,00 р.", "11000р", "11000₽", "11000 15.04.2027 г.", "11000 RUB"]
            .into_iter()
            .enumerate()
    {
        let number = 446 + i64::try_from(index).unwrap();
        admin.says(&format!("/invoice {number} {typed}")).await;
        assert_eq!(admin.sentence(), format!("Заказ №{number}: счет выставлен."), "{typed}");
    }
}
