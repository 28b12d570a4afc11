//! Groups: customers are served in private only.

use keydesk_emulator::{Content, Group, GroupKind, PrivacyMode};

use crate::support::shop::{SP_1, STAFF_CHAT, Shop, VERA, on_both};

const OTHER_GROUP: i64 = -1009876543210;

on_both!(commands_of_customers_do_nothing_in_groups);

async fn commands_of_customers_do_nothing_in_groups(shop: Shop) {
    let title = "Чужая группа".to_owned();
    let group = Group { id: OTHER_GROUP, title, kind: GroupKind::Supergroup, privacy: PrivacyMode::SeesAll };
    shop.emulator.add_group(group, &[101]);
    shop.anna().orders(&[(SP_1, 50)]).await;
    let (private, alerts, sent) = (shop.anna().chat(), shop.staff_chat(), shop.calls("sendMessage"));
    for (chat, person) in [(STAFF_CHAT, VERA), (OTHER_GROUP, 101)] {
        for typed in ["/new", "/orders", "/settings@keydesk_bot", "50", "/cancel"] {
            shop.emulator.say(chat, person, typed);
        }
        shop.emulator.send(chat, person, Content::Sticker);
        shop.emulator.say_via_bot(chat, person, "other_bot", "/order 446");
        let message = shop.emulator.say(chat, person, "x");
        shop.emulator.press(chat, person, message, "order:446");
        shop.emulator.press(chat, person, message, "new");
    }
    for typed in ["/start", "/order 446", "/order_446@keydesk_bot", "/invoice 446", "/cancel_order 446 x"] {
        shop.emulator.say(OTHER_GROUP, 101, typed);
        shop.emulator.say_as_anonymous_admin(OTHER_GROUP, typed);
        shop.emulator.say_as_channel(OTHER_GROUP, typed);
    }
    shop.settle().await;
    assert_eq!(shop.emulator.pending_updates(), 0);
    // Only the staff are told that these are no commands of theirs, once for all of them.
    assert_eq!(shop.calls("sendMessage"), sent + 1);
    assert!(shop.vera().screen().starts_with("Такой команды нет"), "{}", shop.vera().screen());
    assert_eq!(shop.anna().chat(), private);
    assert_eq!(shop.staff_chat()[..1], alerts);
}
