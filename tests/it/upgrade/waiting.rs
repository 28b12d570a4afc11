//! What the earlier release had written and not told is told, once each; what came once is not heard again.

use super::on_fixtures;
use crate::support::shop::{STAFF_CHAT, Shop};

on_fixtures!(
    what_was_not_told_is_told_once,
    who_comes_back_is_told,
    files_that_were_sent_are_worked_on,
    an_update_that_was_taken_is_not_heard_again,
);

/// How many messages of a chat have these words.
fn count(shop: &Shop, chat: i64, words: &str) -> usize {
    shop.chat(chat).iter().filter(|message| message.contains(words)).count()
}

async fn what_was_not_told_is_told_once(shop: Shop) {
    let news = [
        (152, "По заказу №467 выставлен счет на 4 600,00 ₽."),
        (152, "Заказ №468 выполнен."),
        (152, "Заказ №469 отменен.\nПричина: По вашей просьбе"),
        (153, "Ответ по заказу №470\nОтгрузим в среду"),
        (STAFF_CHAT, "Новый заказ №472\n"),
    ];
    for (chat, words) in &news {
        assert_eq!(count(&shop, *chat, words), 0, "{words}");
    }
    shop.settle().await;
    for (chat, words) in &news {
        assert_eq!(count(&shop, *chat, words), 1, "{words}: {}", shop.chat(*chat).join("\n----\n"));
    }
    assert!(shop.visitor(154, "ru").screen().contains("Заказ №472\n"), "{}", shop.visitor(154, "ru").screen());
    assert!(shop.first_alert(467).contains("счет на 4 600,00 ₽: Visitor 222"), "{}", shop.first_alert(467));
    assert!(shop.first_alert(468).contains("выполнен: Visitor 223"), "{}", shop.first_alert(468));
    assert!(shop.first_alert(469).contains("отменен: Visitor 224. По просьбе клиента"), "{}", shop.first_alert(469));
    assert!(shop.first_alert(470).contains("ответ (Visitor 225): Отгрузим в среду"), "{}", shop.first_alert(470));
    let shop = shop.restart().await;
    shop.settle().await;
    for (chat, words) in &news {
        assert_eq!(count(&shop, *chat, words), 1, "{words}: {}", shop.chat(*chat).join("\n----\n"));
    }
    let reports = shop.emulator.messages(220).into_iter().filter_map(|one| one.document().cloned());
    let names: Vec<String> = reports.map(|report| report.name).collect();
    assert_eq!(names[names.len() - 2..], ["orders.xlsx", "orders.csv"]);
}

async fn who_comes_back_is_told(shop: Shop) {
    let gone = shop.visitor(141, "ru");
    for person in [141, 142] {
        shop.emulator.block(shop.visitor(person, "ru").id);
    }
    let told = "По заказу №465 выставлен счет на 4 600,00 ₽.";
    shop.settle().await;
    assert!(!gone.chat().contains(told), "{}", gone.chat());
    assert!(
        shop.first_alert(465).contains("Не доставлено: Visitor 141 (бот заблокирован)"),
        "{}",
        shop.first_alert(465)
    );
    shop.emulator.unblock(gone.id);
    shop.settle().await;
    assert_eq!(count(&shop, gone.id, told), 1, "{}", gone.chat());
    assert!(!shop.first_alert(465).contains("Не доставлено"), "{}", shop.first_alert(465));
    assert!(shop.first_alert(466).contains("Не доставлено: Visitor 142"), "{}", shop.first_alert(466));
}

async fn files_that_were_sent_are_worked_on(shop: Shop) {
    shop.settle().await;
    assert!(shop.first_alert(463).contains("выполнен: Visitor 207"), "{}", shop.first_alert(463));
    assert_eq!(count(&shop, 151, "Заказ №463 выполнен."), 1);
    assert!(shop.visitor(210, "ru").chat().contains("добавлено на склад 2, уже было 0."));
    let screen = shop.visitor(213, "ru").screen();
    assert!(screen.contains("Больше не продается: Лицензия Guardant SP, 3 активаций (sp-3)"), "{screen}");
}

async fn an_update_that_was_taken_is_not_heard_again(shop: Shop) {
    let asked = "Можно забрать самовывозом?";
    assert_eq!(shop.emulator.pending_updates(), 1);
    shop.settle().await;
    assert_eq!(
        count(&shop, STAFF_CHAT, &format!("Ответьте на это сообщение, и клиент получит ваш ответ.\n{asked}")),
        1
    );
    let card = shop.visitor(155, "ru").says("/order 471").await.screen();
    assert_eq!(card.matches(asked).count(), 1, "{card}");
    shop.vera().replies_to(&["Вопрос по заказу №471", asked], "Можно").await;
    assert_eq!(count(&shop, 155, "Ответ по заказу №471\nМожно"), 1, "{}", shop.visitor(155, "ru").chat());
}
