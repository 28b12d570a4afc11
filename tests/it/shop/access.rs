//! Who is served.

use insta::assert_snapshot;
use keydesk::chat::action::AccessAction;
use keydesk::domain::{Access, AccessPolicy, PersonId};
use keydesk::store::{AccessChange, Decider};

use crate::support::shop::{SP_1, Shop, on_both};
use crate::support::visitor::Visitor;

on_both!(
    a_newcomer_waits_until_the_staff_let_them_in,
    whoever_waits_hears_of_it_when_an_admin_lets_them_in,
    of_two_decisions_the_first_holds,
    whoever_was_known_before_is_served,
    an_invited_colleague_is_let_in_by_the_owner,
    whoever_is_refused_stays_out_in_spite_of_an_invitation,
    a_blocked_person_meets_one_neutral_screen,
);

async fn asking_first(shop: Shop) -> Shop {
    shop.restart_as(|config| config.shop.access = AccessPolicy::Approval).await
}

async fn blocks(shop: &Shop, person: i64) {
    let by = Decider { id: PersonId(201), name: "Вера".to_owned() };
    let mut tx = shop.store().begin().await.unwrap();
    let change = tx.set_access(PersonId(person), Access::Blocked, &by, shop.clock.now()).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(change, AccessChange::Done);
    shop.settle().await;
}

/// The words that a newly opened invitation makes its guest say.
async fn invites(owner: &Visitor<'_>) -> String {
    owner.says("/settings").await.taps("Коллеги").await.taps("Пригласить коллегу").await;
    let screen = owner.screen();
    let link = screen.lines().find(|line| line.starts_with("https://t.me/")).unwrap();
    format!("/start {}", link.split_once("?start=").unwrap().1)
}

async fn a_newcomer_waits_until_the_staff_let_them_in(shop: Shop) {
    let shop = asking_first(shop).await;
    let anna = shop.anna();
    assert_snapshot!(anna.says("/start").await.screen(), @r"
        Мы передали вашу просьбу о доступе продавцу Guardant.
        Как только продавец ответит, бот напишет вам; больше ничего делать не нужно.
        Связаться с продавцом: orders@example.com
        ");
    let waiting = anna.screen();
    for typed in ["/prices", "/new", "/orders", "50", "/start order_446", "/settings", "/start join_x"] {
        assert_eq!(anna.says(typed).await.screen(), waiting, "{typed}");
    }
    for data in ["new", "prices:0", "d:1:c", "acc:m", "acc:i", "bill:show", "access:101:admit"] {
        anna.forges(data).await;
        assert_eq!(anna.screen(), waiting, "{data}");
    }
    assert_eq!(shop.staff_chat().len(), 1);
    assert_snapshot!(shop.staff_chat()[0], @r"
        Новый клиент запрашивает доступ
        Анна Иванова, @anna
        [Открыть доступ] [Отказать]
        ");
    shop.vera().taps("Открыть доступ").await;
    assert_snapshot!(shop.staff_chat()[0], @r"
        Новый клиент запрашивает доступ
        Анна Иванова, @anna
        Доступ открыт: Вера, 01.04.2015 12:30
        ");
    assert_snapshot!(anna.chat(), @r"
        /start
        ----
        /prices
        ----
        /new
        ----
        /orders
        ----
        50
        ----
        /start order_446
        ----
        /settings
        ----
        /start join_x
        ----
        Здравствуйте, Анна Иванова.

        Здесь можно заказать серийные номера софтверных ключей. Продавец: Guardant.
        Соберите заказ и отправьте его, а мы сообщим о счете и пришлем серийные номера.
        [Новый заказ]
        [Заказы]
        [Условия и цены]
        [Документация]
        ----
        Продавец Guardant открыл вам доступ: теперь можно оформлять заказы.
        [Новый заказ]
        [Меню]
        ");
    anna.orders(&[(SP_1, 50)]).await;
    assert!(anna.screen().contains("Заказ №446"), "{}", anna.screen());
}

async fn whoever_waits_hears_of_it_when_an_admin_lets_them_in(shop: Shop) {
    let shop = asking_first(shop).await;
    let anna = shop.anna();
    anna.says("/start").await;
    shop.admin().says("/start").await.says("/unblock @anna").await.taps("Разблокировать").await;
    assert_snapshot!(anna.screen(), @r"
        Продавец Guardant открыл вам доступ: теперь можно оформлять заказы.
        [Новый заказ]
        [Меню]
        ");
}

async fn of_two_decisions_the_first_holds(shop: Shop) {
    let shop = asking_first(shop).await;
    let boris = shop.boris();
    boris.says("/start").await;
    assert_eq!(shop.vera().decides(102, AccessAction::Refuse).await, "Отказано в доступе");
    assert_eq!(
        shop.oleg().decides(102, AccessAction::Admit).await,
        "Решение уже принято: «Отказано в доступе», Вера, 01.04.2015 12:30. Изменить его может администратор командой \
         /unblock."
    );
    assert_eq!(shop.vera().decides(999, AccessAction::Admit).await, "Такого человека бот не знает.");
    assert_snapshot!(boris.screen(), @r"
        Unfortunately, the vendor of Guardant has not given you access to ordering.
        Contact the vendor: orders@example.com
        ");
    let refused = boris.screen();
    assert_eq!(boris.says("/prices").await.screen(), refused);
    assert_eq!(shop.staff_chat().len(), 1);
}

async fn whoever_was_known_before_is_served(shop: Shop) {
    shop.anna().orders(&[(SP_1, 50)]).await;
    let shop = asking_first(shop).await;
    assert!(shop.anna().says("/orders").await.screen().contains("№446"));
    // An admin of the example configuration.
    let admin = shop.visitor(111_111_111, "ru");
    assert_eq!(admin.says("/start").await.sentence(), "Здравствуйте, Visitor 111111111.");
}

async fn an_invited_colleague_is_let_in_by_the_owner(shop: Shop) {
    let anna = shop.anna();
    anna.orders(&[(SP_1, 50)]).await;
    let shop = asking_first(shop).await;
    let (anna, oleg) = (shop.anna(), shop.visitor(301, "ru"));
    let opening = invites(&anna).await;
    assert!(oleg.says(&opening).await.screen().contains("Вас приглашают"), "{}", oleg.screen());
    assert_eq!(shop.staff_chat().len(), 1, "nobody is asked about a guest");
    oleg.taps("Присоединиться").await;
    assert!(oleg.says("/orders").await.screen().contains("№446"), "{}", oleg.screen());
    let pavel = shop.visitor(302, "ru");
    let opening = invites(&anna).await;
    pavel.says(&opening).await.taps("Не присоединяться").await;
    assert!(pavel.sentence().starts_with("Мы передали"), "{}", pavel.screen());
    assert_eq!(shop.staff_chat().len(), 2);
    // Who was let in by a colleague needs no decision any more.
    assert_eq!(
        shop.vera().decides(301, AccessAction::Refuse).await,
        "Решение уже принято: «Доступ открыт», Анна Иванова, 01.04.2015 12:30."
    );
}

async fn whoever_is_refused_stays_out_in_spite_of_an_invitation(shop: Shop) {
    shop.anna().says("/start").await;
    let shop = asking_first(shop).await;
    let (anna, boris, oleg) = (shop.anna(), shop.boris(), shop.visitor(301, "ru"));
    boris.says("/start").await;
    shop.vera().decides(102, AccessAction::Refuse).await;
    let refused = boris.screen();
    let opening = invites(&anna).await;
    assert_eq!(boris.says(&opening).await.screen(), refused);
    boris.forges(&format!("acc:j:{}", &opening[12..])).await;
    assert_eq!(boris.screen(), refused);
    // An owner who is shut out lets nobody in.
    blocks(&shop, 101).await;
    assert!(oleg.says(&opening).await.sentence().starts_with("Мы передали"), "{}", oleg.screen());
}

async fn a_blocked_person_meets_one_neutral_screen(shop: Shop) {
    let anna = shop.anna();
    anna.chooses(&[(SP_1, 50)]).await.taps("Оформить заказ").await;
    blocks(&shop, 101).await;
    assert_snapshot!(anna.screen(), @r"
        Сейчас бот не может вам помочь.
        Связаться с продавцом: orders@example.com
        ");
    let blocked = anna.screen();
    let draft = shop.asks_sql("SELECT draft FROM drafts").await;
    let id = draft.split_once("\"id\":").unwrap().1.split(',').next().unwrap().parse::<i64>().unwrap();
    for data in [format!("d:{id:x}:s:1"), "home".to_owned(), "prices:0".to_owned()] {
        anna.forges(&data).await;
        assert_eq!(anna.screen(), blocked, "{data}");
    }
    for typed in ["/start", "/new", "50", "/privacy"] {
        assert_eq!(anna.says(typed).await.screen(), blocked, "{typed}");
    }
    assert!(shop.staff_chat().is_empty());
}
