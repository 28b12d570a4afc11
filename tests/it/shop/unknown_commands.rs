//! Commands that somebody in the staff chat does not have: they cannot be told from those that there are not.

use keydesk_emulator::MemberStatus;

use super::admins::{COMMANDS, STAFF_COMMANDS};
use crate::support::files::{document, list};
use crate::support::shop::{SP_1, STAFF_CHAT, Shop, VERA, on_both};

on_both!(
    to_staff_what_only_admins_do_is_unknown,
    to_a_stranger_every_command_is_refused_alike,
    a_command_of_the_customers_may_be_an_answer_to_one,
);

async fn to_staff_what_only_admins_do_is_unknown(shop: Shop) {
    let vera = shop.vera();
    let said = |so_far: usize| vera.screens().len() - so_far;
    vera.says("/nonsense 5 x").await;
    let hint = "Такой команды нет; что делает бот в этом чате, расскажет /help";
    assert_eq!(vera.screen(), hint);
    for command in COMMANDS[STAFF_COMMANDS..].iter().chain(&["/new", "/orders", "/nonsense@keydesk_bot"]) {
        let so_far = vera.screens().len();
        vera.says(command).await;
        assert_eq!((said(so_far), vera.screen().as_str()), (1, hint), "{command}");
    }
    // People talk, of folders as well, and to other bots.
    let so_far = vera.screens().len();
    for talk in ["/", "/ 446", "/srv/keydesk", "/заказ", "/nonsense@other_bot", "/block@other_bot @anna"] {
        vera.says(talk).await;
    }
    vera.sends(list("a.txt", "A\n")).await;
    vera.sends(document("a.txt", b"A", "/stock sp-1")).await;
    vera.sends(document("a.txt", b"A", "/nonsense")).await;
    assert_eq!(said(so_far), 0, "{}", vera.chat());
    // To nobody in particular everything is refused alike.
    for command in ["/nonsense", "/block @anna", "/queue", "/cancel_order 446 x"] {
        let so_far = vera.screens().len();
        shop.emulator.say_as_anonymous_admin(vera.chat, command);
        shop.settle().await;
        assert_eq!(said(so_far), 1, "{command}: {}", vera.chat());
        assert!(vera.screen().contains("анонимных администраторов"), "{}", vera.screen());
    }
}

async fn to_a_stranger_every_command_is_refused_alike(shop: Shop) {
    let vera = shop.vera();
    shop.emulator.set_member(STAFF_CHAT, VERA, MemberStatus::Left);
    for command in ["/queue", "/nonsense", "/block @anna", "/cancel_order 446 x", "/help"] {
        let so_far = vera.screens().len();
        vera.says(command).await;
        assert_eq!(vera.screens().len(), so_far + 1, "{command}: {}", vera.chat());
        assert!(vera.screen().ends_with("Это доступно только участникам этого чата."), "{}", vera.screen());
    }
}

async fn a_command_of_the_customers_may_be_an_answer_to_one(shop: Shop) {
    let (anna, vera) = (shop.anna(), shop.vera());
    anna.orders(&[(SP_1, 50)]).await.taps("Вопрос по заказу").await.says("Где все мои заказы?").await;
    vera.replies("/orders — все ваши заказы").await;
    assert!(anna.screen().contains("/orders — все ваши заказы"), "{}", anna.screen());
    let told = anna.chat();
    for command in ["/nonsense", "/block", "/stats"] {
        vera.replies(command).await;
        assert!(vera.screen().starts_with("Такой команды нет"), "{command}: {}", vera.screen());
    }
    assert_eq!(anna.chat(), told);
}
